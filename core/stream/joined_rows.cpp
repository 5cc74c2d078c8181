#include "core/stream/joined_rows.h"

#include <utility>

#include "core/stream/row_errors.h"

namespace rw {

std::vector<ColumnRef> PairSide::gather(std::span<const std::uint32_t> rows) const {
    if (m_store) return m_store->gather(rows);
    std::vector<ColumnRef> columns;
    columns.reserve(m_batch->columns.size());
    for (const ColumnRef& column : m_batch->columns)
        columns.push_back(column ? column->select(rows) : nullptr);
    return columns;
}

JoinedRows::JoinedRows(const JoinPlan& plan, const MakeContext& context)
    : m_plan(plan),
      m_eval(context.eval),
      m_nullOnError(context.nullOnError),
      m_batchRows(context.batchRows) {}

Result<Joined> JoinedRows::take(const PairSide& left, const PairSide& right, Output& out) {
    Joined joined;
    joined.rows = std::exchange(m_pairs, {});
    Batch& batch = joined.batch;
    batch.schema = m_plan.both;
    batch.rows = joined.rows[kLeft].size();
    batch.columns = left.gather(joined.rows[kLeft]);
    for (ColumnRef& column : right.gather(joined.rows[kRight])) batch.columns.push_back(std::move(column));
    if (!m_plan.rest || batch.rows == 0) return joined;

    sql::RowErrors errors;
    sql::filterRows(*m_plan.rest, batch, m_eval, m_holds, errors);
    if (!errors.empty() && !m_nullOnError) {
        RowFailures failures;
        failures.add(errors);
        RW_TRY(failures.reject(batch, out));
    }
    if (m_holds.size() == batch.rows) return joined;
    batch = batch.select(m_holds);
    for (std::vector<std::uint32_t>& rows : joined.rows) {
        // m_holds ascends: what is read stands at its place or behind it.
        for (std::size_t i = 0; i < m_holds.size(); ++i) rows[i] = rows[m_holds[i]];
        rows.resize(m_holds.size());
    }
    return joined;
}

Batch JoinedRows::alone(JoinPort port, const PairSide& side, std::span<const std::uint32_t> rows) const {
    std::vector<ColumnRef> nulls;
    const Schema& others = port == kLeft ? *m_plan.right.schema : *m_plan.left.schema;
    for (const Field& field : others.fields) nulls.push_back(Column::nulls(field.type, rows.size()));
    std::vector<ColumnRef> own = side.gather(rows);
    Batch batch;
    batch.schema = m_plan.both;
    batch.rows = rows.size();
    batch.columns = std::move(port == kLeft ? own : nulls);
    for (ColumnRef& column : port == kLeft ? nulls : own) batch.columns.push_back(std::move(column));
    return batch;
}

}  // namespace rw
