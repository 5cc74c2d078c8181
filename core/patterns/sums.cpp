#include "core/patterns/sums.h"

namespace rw::patterns {

namespace {

constexpr std::uint32_t kOne[] = {0};  // the one row, and the one group

}  // namespace

ColumnRef keptColumn(const RowStore& kept, const Terms& terms, int column, std::span<const RowSlot> slots) {
    ColumnRef values = kept.gather(column, slots);
    if (values) return values;
    return Column::nulls(terms.kept.fields[static_cast<std::size_t>(column)].type, slots.size());
}

RunningSums::RunningSums(const Terms& terms, const RowStore& kept) : m_terms(terms), m_kept(kept) {
    for (const TermAggregate& aggregate : terms.ofConditions) {
        m_sums.push_back(aggregate.bound.makeRetracting(aggregate.bound));
        m_sums.back()->resize(1);
    }
}

void RunningSums::clear() {
    m_rows.clear();
    for (const auto& sum : m_sums) sum->clear(kOne);
}

template <class Give>
void RunningSums::hand(const Row& row, Give give) {
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        const TermAggregate& aggregate = m_terms.ofConditions[i];
        if (aggregate.variable >= 0 && aggregate.variable != row.variable) continue;
        sql::Vector argument;
        if (aggregate.column >= 0)
            argument.column = keptColumn(m_kept, m_terms, aggregate.column, {&row.slot, 1});
        give(*m_sums[i], sql::AggregateInput{kOne, kOne, aggregate.column >= 0 ? &argument : nullptr, {}});
    }
}

void RunningSums::push(RowSlot row, int variable) {
    m_rows.push_back({row, variable});
    hand(m_rows.back(), [](auto& sum, const sql::AggregateInput& input) { sum.update(input); });
}

std::size_t RunningSums::follow(const Path& path, std::span<const RowSlot> rows) {
    const std::size_t before = m_rows.size();
    while (m_rows.size() < path.size()) push(rows[m_rows.size()], path.at(m_rows.size()).variable);
    return m_rows.size() - before;
}

void RunningSums::cut(std::size_t size) {
    for (; m_rows.size() > size; m_rows.pop_back())
        hand(m_rows.back(), [](auto& sum, const sql::AggregateInput& input) { sum.retract(input); });
}

sql::Vector RunningSums::result(int aggregate) const {
    return m_sums[static_cast<std::size_t>(aggregate)]->finish(kOne);
}

std::size_t RunningSums::memoryBytes() const {
    std::size_t bytes = m_rows.capacity() * sizeof(Row);
    for (const auto& sum : m_sums) bytes += sum->memoryBytes();
    return bytes;
}

}  // namespace rw::patterns
