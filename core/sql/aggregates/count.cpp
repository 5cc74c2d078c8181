// COUNT(*) and COUNT(x).
#include "core/sql/aggregates/accumulate.h"
#include "core/sql/aggregates/accumulators.h"

namespace rw::sql {

namespace {

/// Counts need no values, only which are NULL: one loop for all types.
class Count : public RetractingAccumulator {
 public:
    void resize(std::size_t groups) override { m_counts.resize(groups); }
    void update(const AggregateInput& input) override { count<1>(input); }
    void retract(const AggregateInput& input) override { count<-1>(input); }
    void merge(const Accumulator& other, std::span<const std::uint32_t> sources,
               std::span<const std::uint32_t> targets) override {
        const auto& from = static_cast<const Count&>(other).m_counts;
        for (std::size_t i = 0; i < sources.size(); ++i) m_counts[targets[i]] += from[sources[i]];
    }
    void clear(std::span<const std::uint32_t> groups) override {
        for (const std::uint32_t group : groups) m_counts[group] = 0;
    }
    void keep(std::span<const std::uint32_t> groups) override { keepEntries(m_counts, groups); }
    void shrink() override { m_counts.shrink_to_fit(); }
    void reserve(std::size_t groups) override { m_counts.reserve(groups); }
    std::size_t groupBytes() const override { return sizeof(std::int64_t); }
    Vector finish(std::span<const std::uint32_t> groups) const override {
        Results results(Type::of(TypeId::Bigint));
        for (const std::uint32_t group : groups) results.value(m_counts[group]);
        return results.finish();
    }
    std::size_t memoryBytes() const override { return m_counts.capacity() * sizeof(std::int64_t); }
    void snapshot(std::span<const std::uint32_t> groups, StateWriter& out) const override {
        StateFieldsWriter fields;
        for (const std::uint32_t group : groups) {
            fields("count", m_counts[group]);
            fields.next();
        }
        fields.writeTo(out);
    }
    Status restore(std::span<const std::uint32_t> groups, const StateReader& state) override {
        StateFieldsReader fields(state);
        for (const std::uint32_t group : groups) {
            fields("count", m_counts[group]);
            fields.next();
        }
        return fields.status();
    }
    void writeGroup(std::uint32_t group, CellWriter& out) const override { out(m_counts[group]); }
    void readGroup(std::uint32_t group, CellReader& in) override { in(m_counts[group]); }

 private:
    template <std::int64_t by>
    void count(const AggregateInput& input) {
        std::int64_t* counts = m_counts.data();
        const Vector* argument = input.argument;
        if (!argument || argument->column->validity().allValid()) {
            for (const std::uint32_t group : input.groups) counts[group] += by;
            return;
        }
        for (std::size_t i = 0; i < input.rows.size(); ++i) {
            if (!argument->isNull(input.rows[i])) counts[input.groups[i]] += by;
        }
    }

    std::vector<std::int64_t> m_counts;
};

}  // namespace

std::unique_ptr<Accumulator> makeCount(const BoundAggregate&) {
    return std::make_unique<Count>();
}

std::unique_ptr<RetractingAccumulator> makeRetractingCount(const BoundAggregate&) {
    return std::make_unique<Count>();
}

}  // namespace rw::sql
