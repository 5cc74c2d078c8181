// DISTINCT: lets each value of a group through once.
#include "core/sql/accumulate.h"
#include "core/sql/accumulators.h"
#include "core/sql/aggregates_registry.h"
#include "core/sql/value_set.h"

namespace rw::sql {

namespace {

template <class T>
class Distinct : public Accumulator {
 public:
    Distinct(Type argument, std::unique_ptr<Accumulator> inner)
        : m_argument(argument), m_inner(std::move(inner)) {}

    void resize(std::size_t groups) override {
        m_sets.resize(groups);
        m_inner->resize(groups);
    }
    void update(const AggregateInput& input) override {
        m_rows.clear();
        m_groups.clear();
        forEachValue<T>(input, [&](std::size_t i, std::uint32_t group, const T& value) {
            if (!m_sets[group].insert(value)) return;
            m_rows.push_back(input.rows[i]);
            m_groups.push_back(group);
        });
        m_inner->update({m_rows, m_groups, input.argument, {}});
    }
    void merge(const Accumulator& other, std::span<const std::uint32_t> sources,
               std::span<const std::uint32_t> targets) override {
        const auto& from = static_cast<const Distinct&>(other).m_sets;
        m_rows.clear();
        m_groups.clear();
        Results fresh(m_argument);
        for (std::size_t i = 0; i < sources.size(); ++i) {
            for (const Kept<T>& value : from[sources[i]].values()) {
                if (!m_sets[targets[i]].insert(T(value))) continue;
                m_rows.push_back(static_cast<std::uint32_t>(m_rows.size()));
                m_groups.push_back(targets[i]);
                fresh.value(value);
            }
        }
        const Vector argument = fresh.finish();
        m_inner->update({m_rows, m_groups, &argument, {}});
    }
    void clear(std::span<const std::uint32_t> groups) override {
        for (const std::uint32_t group : groups) m_sets[group].clear();
        m_inner->clear(groups);
    }
    Vector finish(std::span<const std::uint32_t> groups) const override { return m_inner->finish(groups); }
    std::size_t memoryBytes() const override {
        std::size_t bytes = m_sets.capacity() * sizeof(ValueSet<T>) + m_inner->memoryBytes();
        for (const ValueSet<T>& set : m_sets) bytes += set.heapBytes();
        return bytes;
    }

 private:
    Type m_argument;
    std::unique_ptr<Accumulator> m_inner;
    std::vector<ValueSet<T>> m_sets;
    std::vector<std::uint32_t> m_rows, m_groups;  ///< of one call; kept for their memory
};

}  // namespace

std::unique_ptr<Accumulator> makeDistinct(const BoundAggregate& bound) {
    auto inner = findAggregate(bound.function)->make(bound);
    return withMemoryType(bound.argument->type.id, [&]<class T>() -> std::unique_ptr<Accumulator> {
        return std::make_unique<Distinct<T>>(bound.argument->type, std::move(inner));
    });
}

}  // namespace rw::sql
