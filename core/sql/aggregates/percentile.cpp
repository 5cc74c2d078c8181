// PERCENTILE(x, p): exact, interpolating linearly between the two nearest values. Keeps every value.
#include <algorithm>

#include "core/sql/aggregates/accumulate.h"
#include "core/sql/aggregates/accumulators.h"
#include "core/sql/aggregates/value_counts.h"

namespace rw::sql {

namespace {

/// The value that has the share `fraction` of `count` values below it: so far (0 to 1) above value
/// `below`.
struct Place {
    std::size_t below;
    double share;
};
Place placeOf(double fraction, std::size_t count) {
    const double place = fraction * static_cast<double>(count - 1);
    const auto below = static_cast<std::size_t>(place);
    return {below, place - static_cast<double>(below)};
}

double between(double low, double high, double share) {
    return low == high ? high : low + (high - low) * share;  // equal infinities stay infinite
}

struct Values {
    static constexpr bool kOnHeap = true;
    std::vector<double> values;
    double fraction = 0;

    std::size_t add(double value) {
        const std::size_t before = values.capacity();
        if (values.size() < before) {
            values.push_back(value);
            return 0;
        }
        values.push_back(value);
        return (values.capacity() - before) * sizeof(double);
    }
    void merge(const Values& other) { values.insert(values.end(), other.values.begin(), other.values.end()); }
    void finish(Results& out) const {
        if (values.empty()) return out.null();
        const auto [below, share] = placeOf(fraction, values.size());
        std::vector<double> parted = values;
        const auto nth = parted.begin() + static_cast<std::ptrdiff_t>(below);
        const auto before = [](double a, double b) { return ordersBefore(a, b); };
        std::nth_element(parted.begin(), nth, parted.end(), before);
        if (share == 0) return out.value(*nth);
        const double above = *std::min_element(nth + 1, parted.end(), before);
        out.value(between(*nth, above, share));
    }
    static void fields(auto& self, auto& fields) { fields("values", self.values); }
    std::size_t heapBytes() const { return values.capacity() * sizeof(double); }
};

/// The same of rows that can be taken back.
struct RetractingValues {
    static constexpr bool kOnHeap = true;
    ValueCounts<double> values;
    double fraction = 0;

    void change(double value, std::int64_t by) { values.change(value, by); }
    void merge(const RetractingValues& other) { values.merge(other.values); }
    void finish(Results& out) const {
        std::size_t total = 0;
        for (const auto& entry : values.counts()) total += present(entry.second);
        if (total == 0) return out.null();
        const auto [below, share] = placeOf(fraction, total);
        std::size_t passed = 0;
        const double* low = nullptr;
        for (const auto& [value, count] : values.counts()) {
            passed += present(count);
            if (low == nullptr && passed > below) low = &value;
            if (low == nullptr || (share != 0 && passed <= below + 1)) continue;
            return out.value(share == 0 ? *low : between(*low, value, share));
        }
    }
    static void fields(auto& self, auto& fields) { fields("values", self.values); }
    std::size_t heapBytes() const { return values.heapBytes(); }

 private:
    static std::size_t present(std::int64_t count) { return count > 0 ? static_cast<std::size_t>(count) : 0; }
};

}  // namespace

std::unique_ptr<Accumulator> makePercentile(const BoundAggregate& bound) {
    Values empty;
    empty.fraction = bound.fraction;
    return std::make_unique<StateAccumulator<Values, double>>(bound.type, empty);
}

std::unique_ptr<RetractingAccumulator> makeRetractingPercentile(const BoundAggregate& bound) {
    RetractingValues empty;
    empty.fraction = bound.fraction;
    return std::make_unique<RetractingStates<RetractingValues, double>>(bound.type, empty);
}

}  // namespace rw::sql
