// MIN and MAX of every type.
#include "core/sql/aggregates/accumulate.h"
#include "core/sql/aggregates/accumulators.h"
#include "core/sql/aggregates/value_counts.h"

namespace rw::sql {

namespace {

template <class T, bool kLargest>
struct Extreme {
    static constexpr bool kOnHeap = std::is_same_v<T, StringRef>;
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
    static void fields(auto& self, auto& fields) {
        fields("known", self.known);
        fields("value", self.value);
    }
    std::size_t heapBytes() const { return sql::heapBytes(value); }

 private:
    template <class Candidate>
    bool beats(const Candidate& candidate) const {
        return kLargest ? ordersBefore(value, candidate) : ordersBefore(candidate, value);
    }
};

/// The same of rows that can be taken back: the next one to be the extreme is always at hand.
template <class T, bool kLargest>
struct RetractingExtreme {
    static constexpr bool kOnHeap = true;
    ValueCounts<Kept<T>> values;

    void change(const T& value, std::int64_t by) { values.change(value, by); }
    void merge(const RetractingExtreme& other) { values.merge(other.values); }
    void finish(Results& out) const {
        const Kept<T>* const found = kLargest ? values.last() : values.first();
        if (found == nullptr) return out.null();
        out.value(*found);
    }
    static void fields(auto& self, auto& fields) { fields("values", self.values); }
    std::size_t heapBytes() const { return values.heapBytes(); }
};

template <bool kLargest>
std::unique_ptr<Accumulator> makeExtreme(const BoundAggregate& bound) {
    return visitType(bound.argument->type.id, [&]<class T>(OfMemory<T>) -> std::unique_ptr<Accumulator> {
        return std::make_unique<StateAccumulator<Extreme<T, kLargest>, T>>(bound.type);
    });
}

template <bool kLargest>
std::unique_ptr<RetractingAccumulator> makeRetractingExtreme(const BoundAggregate& bound) {
    return visitType(
        bound.argument->type.id, [&]<class T>(OfMemory<T>) -> std::unique_ptr<RetractingAccumulator> {
            return std::make_unique<RetractingStates<RetractingExtreme<T, kLargest>, T>>(bound.type);
        });
}

}  // namespace

std::unique_ptr<Accumulator> makeMin(const BoundAggregate& bound) {
    return makeExtreme<false>(bound);
}

std::unique_ptr<Accumulator> makeMax(const BoundAggregate& bound) {
    return makeExtreme<true>(bound);
}

std::unique_ptr<RetractingAccumulator> makeRetractingMin(const BoundAggregate& bound) {
    return makeRetractingExtreme<false>(bound);
}

std::unique_ptr<RetractingAccumulator> makeRetractingMax(const BoundAggregate& bound) {
    return makeRetractingExtreme<true>(bound);
}

}  // namespace rw::sql
