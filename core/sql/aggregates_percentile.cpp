// PERCENTILE(x, p): exact, interpolating linearly between the two nearest values. Keeps every value.
#include <algorithm>

#include "core/sql/accumulate.h"
#include "core/sql/accumulators.h"

namespace rw::sql {

namespace {

struct Values {
    std::vector<double> values;
    double fraction = 0;

    void add(double value) { values.push_back(value); }
    void merge(const Values& other) { values.insert(values.end(), other.values.begin(), other.values.end()); }
    void finish(Results& out) const {
        if (values.empty()) return out.null();
        const double place = fraction * static_cast<double>(values.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const double share = place - static_cast<double>(below);
        std::vector<double> parted = values;
        const auto nth = parted.begin() + static_cast<std::ptrdiff_t>(below);
        const auto before = [](double a, double b) { return ordersBefore(a, b); };
        std::nth_element(parted.begin(), nth, parted.end(), before);
        if (share == 0) return out.value(*nth);
        const double above = *std::min_element(nth + 1, parted.end(), before);
        out.value(*nth == above ? above
                                : *nth + (above - *nth) * share);  // equal infinities stay what they are
    }
    std::size_t heapBytes() const { return values.capacity() * sizeof(double); }
};

}  // namespace

std::unique_ptr<Accumulator> makePercentile(const BoundAggregate& bound) {
    Values empty;
    empty.fraction = bound.fraction;
    return std::make_unique<StateAccumulator<Values, double>>(bound.type, empty);
}

}  // namespace rw::sql
