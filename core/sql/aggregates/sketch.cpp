// APPROX_COUNT_DISTINCT.
#include "core/data/hash.h"
#include "core/sql/aggregates/accumulate.h"
#include "core/sql/aggregates/accumulators.h"
#include "core/sql/aggregates/distinct_count_sketch.h"

namespace rw::sql {

namespace {

template <class T>
struct DifferentValues {
    static constexpr bool kOnHeap = true;
    DistinctCountSketch sketch;

    void add(const T& value) {
        // One more round: the folded product alone is good enough for tables, not for counting leading zeros.
        const std::uint64_t hash = hashValue(value);
        sketch.add(XXH3_64bits(&hash, sizeof hash));
    }
    void merge(const DifferentValues& other) { sketch.merge(other.sketch); }
    void finish(Results& out) const { out.value(sketch.estimate()); }
    static void fields(auto& self, auto& fields) { fields("sketch", self.sketch); }
    std::size_t heapBytes() const { return sketch.memoryBytes(); }
};

}  // namespace

std::unique_ptr<Accumulator> makeApproxCountDistinct(const BoundAggregate& bound) {
    return visitType(bound.argument->type.id, [&]<class T>(OfMemory<T>) -> std::unique_ptr<Accumulator> {
        return std::make_unique<StateAccumulator<DifferentValues<T>, T>>(bound.type);
    });
}

}  // namespace rw::sql
