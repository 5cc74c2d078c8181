// MIN and MAX of every type.
#include "core/sql/accumulate.h"
#include "core/sql/accumulators.h"

namespace rw::sql {

namespace {

template <class T, bool kLargest>
struct Extreme {
    Kept<T> value{};
    bool known = false;

    void add(const T& candidate) {
        if (known && !beats(candidate)) return;
        keep<T>(value, candidate);
        known = true;
    }
    void merge(const Extreme& other) {
        if (!other.known || (known && !beats(other.value))) return;
        value = other.value;
        known = true;
    }
    void finish(Results& out) const {
        if (!known) return out.null();
        out.value(value);
    }
    std::size_t heapBytes() const { return sql::heapBytes(value); }

 private:
    template <class Candidate>
    bool beats(const Candidate& candidate) const {
        return kLargest ? ordersBefore(value, candidate) : ordersBefore(candidate, value);
    }
};

template <bool kLargest>
std::unique_ptr<Accumulator> makeExtreme(const BoundAggregate& bound) {
    return withMemoryType(bound.argument->type.id, [&]<class T>() -> std::unique_ptr<Accumulator> {
        return std::make_unique<StateAccumulator<Extreme<T, kLargest>, T>>(bound.type);
    });
}

}  // namespace

std::unique_ptr<Accumulator> makeMin(const BoundAggregate& bound) {
    return makeExtreme<false>(bound);
}

std::unique_ptr<Accumulator> makeMax(const BoundAggregate& bound) {
    return makeExtreme<true>(bound);
}

}  // namespace rw::sql
