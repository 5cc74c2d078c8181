#include "core/stream/joins/joined_rows.h"

#include <utility>

namespace rw {

namespace {

std::vector<ColumnRef> nullsOf(const Schema& schema, std::size_t rows) {
    std::vector<ColumnRef> columns;
    for (const Field& field : schema.fields) columns.push_back(Column::nulls(field.type, rows));
    return columns;
}

/// A store that never had a row knows of no column which ones are built.
std::vector<ColumnRef> gatherFrom(const RowStore& store, std::span<const RowSlot> slots) {
    return store.slots() == 0 ? nullsOf(*store.schema(), slots.size()) : store.gather(slots);
}

}  // namespace

std::vector<ColumnRef> PairSide::gather(std::span<const std::uint32_t> rows) const {
    if (m_store) return m_store->gather(rows);
    std::vector<ColumnRef> columns;
    columns.reserve(m_batch->columns.size());
    for (const ColumnRef& column : m_batch->columns)
        columns.push_back(column ? column->select(rows) : nullptr);
    return columns;
}

JoinedRows::JoinedRows(const JoinPlan& plan, const MakeContext& context)
    : m_plan(plan), m_rest(plan.rest, context), m_batchRows(context.batchRows) {}

void JoinedRows::addKind(RowKind kind) {
    m_kinds.resize(size() - 1, RowKind::Insert);
    m_kinds.push_back(kind);
}

Result<Joined> JoinedRows::take(const PairSide& left, const PairSide& right, Output& out) {
    Joined joined;
    joined.rows = std::exchange(m_pairs, {});
    // The next ones will be about as many.
    for (std::vector<std::uint32_t>& rows : m_pairs) rows.reserve(joined.rows[kLeft].size());
    joined.batch =
        sides(left.gather(joined.rows[kLeft]), right.gather(joined.rows[kRight]), joined.rows[kLeft].size());
    Batch& batch = joined.batch;
    if (!m_kinds.empty())
        batch.kinds = std::make_shared<const std::vector<RowKind>>(std::exchange(m_kinds, {}));
    if (!m_rest.hasCondition() || batch.rows == 0) return joined;

    m_rest.evaluate(batch);
    RW_TRY(m_rest.reject(batch, out));
    const std::span<const std::uint32_t> holds = m_rest.holds();
    if (holds.size() == batch.rows) return joined;
    batch = batch.select(holds);
    for (std::vector<std::uint32_t>& rows : joined.rows) {
        // `holds` ascends: rows to read are at their place or behind it.
        for (std::size_t i = 0; i < holds.size(); ++i) rows[i] = rows[holds[i]];
        rows.resize(holds.size());
    }
    return joined;
}

Batch JoinedRows::alone(JoinPort port, const PairSide& side, std::span<const std::uint32_t> rows) const {
    std::vector<ColumnRef> own = side.gather(rows);
    if (port == kLeft) return sides(std::move(own), nullsOf(*m_plan.right.schema, rows.size()), rows.size());
    return sides(nullsOf(*m_plan.left.schema, rows.size()), std::move(own), rows.size());
}

Batch JoinedRows::sideBySide(const RowStore& left, const RowStore& right,
                             const std::array<std::vector<RowSlot>, 2>& rows) const {
    return sides(gatherFrom(left, rows[kLeft]), gatherFrom(right, rows[kRight]), rows[kLeft].size());
}

Batch JoinedRows::sides(std::vector<ColumnRef> left, std::vector<ColumnRef> right, std::size_t rows) const {
    Batch batch;
    batch.schema = m_plan.both;
    batch.rows = rows;
    batch.columns = std::move(left);
    for (ColumnRef& column : right) batch.columns.push_back(std::move(column));
    return batch;
}

}  // namespace rw
