#include "core/stream/aggregates/aggregate_rows.h"

#include <algorithm>

#include "core/data/visit_type.h"
#include "core/stream/keys/key_hash.h"

namespace rw {

namespace {

constexpr std::size_t kLargeConstant = 4'096;  // bytes

/// Whether an aggregate's argument is a text that no column has: others are as small as their columns, and
/// the texts that are computed on the way to them are made in slices by sql::evaluate().
bool makesTexts(const sql::BoundAggregate& aggregate) {
    return aggregate.argument && isReference(aggregate.argument->type.id) &&
           aggregate.argument->kind != sql::BoundExpr::Kind::Column;
}

/// One text for all rows may be kept once a group: it counts as made for each row.
void countConstant(const sql::Vector& argument, std::size_t rows, sql::Work& work) {
    if (!argument.constant || argument.column->isNull(0)) return;
    const std::size_t size = argument.column->at<StringRef>(0).size();
    if (size > kLargeConstant) work.made(size * rows);
}

}  // namespace

AggregateRows::AggregateRows(const std::vector<sql::BoundAggregate>& aggregates, std::vector<int> keys,
                             int eventTime, const MakeContext& context)
    : m_aggregates(aggregates),
      m_keys(std::move(keys)),
      m_eventTime(eventTime),
      m_context(context),
      m_evaluated(aggregates.size()) {
    m_ordered = std::any_of(aggregates.begin(), aggregates.end(), [](const auto& a) { return a.ordered; });
    m_makesTexts = std::any_of(aggregates.begin(), aggregates.end(), makesTexts);
}

const Batch& AggregateRows::take(const Batch& batch) {
    std::size_t most = batch.rows;
    if (!m_makesTexts || !sql::hasLargeTexts(batch)) {
        sql::Work work = m_makesTexts ? sql::Slices::workOf(batch) : sql::Work();
        if (take(batch, work)) return batch;
        most /= 2;
    }
    m_slices = sql::Slices(batch, most);
    return takeMore();
}

const Batch& AggregateRows::takeMore() {
    for (bool taken = false; !taken;) {
        m_slice = m_slices.rows();
        sql::Work work = m_slices.work();
        (void)take(m_slice, m_slices.context(m_context.eval), work);
        taken = m_slices.take(work);
    }
    if (m_slices.done()) m_slices = sql::Slices();
    return m_slice;
}

bool AggregateRows::take(const Batch& batch, sql::Work& work) {
    return take(batch, m_context.eval, work);
}

bool AggregateRows::take(const Batch& batch, const sql::EvalContext& eval, sql::Work& work) {
    if (!evaluate(batch, eval, work)) return false;
    m_keyColumns.clear();
    for (const int key : m_keys) m_keyColumns.push_back(&batch.column(key));
    hashKeys(m_keyColumns, batch.rows, m_hashes);
    m_kinds = batch.kinds;
    if (m_ordered) orderRows(batch);
    return true;
}

bool AggregateRows::evaluate(const Batch& batch, const sql::EvalContext& eval, sql::Work& work) {
    m_errors.clear();
    for (std::size_t i = 0; i < m_aggregates.size(); ++i) {
        const sql::BoundAggregate& aggregate = m_aggregates[i];
        Evaluated& evaluated = m_evaluated[i];
        if (aggregate.filter) evaluateFilter(*aggregate.filter, batch, eval, evaluated.passes);
        if (!aggregate.argument) continue;
        const sql::BoundExpr& argument = *aggregate.argument;
        evaluated.argument = makesTexts(aggregate) ? sql::evaluate(argument, batch, eval, work)
                                                   : sql::evaluate(argument, batch, eval);
        if (makesTexts(aggregate)) countConstant(evaluated.argument, batch.rows, work);
        if (work.givenUp()) return false;
        if (!evaluated.argument.errors) continue;
        for (const sql::RowError& error : *evaluated.argument.errors) {
            // Rows that FILTER leaves out need not be computable: SUM(a / b) FILTER (WHERE b <> 0).
            if (!aggregate.filter || evaluated.passes[error.row] != 0) m_errors.push_back(error);
        }
    }
    if (m_context.nullOnError) m_errors.clear();
    keepFirstOfEachRow(m_errors);
    return true;
}

void AggregateRows::evaluateFilter(const sql::BoundExpr& filter, const Batch& batch,
                                   const sql::EvalContext& eval, std::vector<std::uint8_t>& passes) {
    sql::RowErrors errors;
    sql::filterRows(filter, batch, eval, m_rows, errors);
    m_errors.insert(m_errors.end(), errors.begin(), errors.end());
    passes.assign(batch.rows, 0);
    for (const std::uint32_t row : m_rows) passes[row] = 1;
}

void AggregateRows::orderRows(const Batch& batch) {
    const InputInfo& input = m_context.inputs.front();
    m_orders.assign(batch.rows, {});
    if (input.type.updating) return;  // the values alone
    for (std::size_t row = 0; row < batch.rows; ++row) {
        sql::RowOrder& place = m_orders[row];
        if (input.order != InputOrder::Source) {
            if (m_eventTime >= 0) place.time = batch.column(m_eventTime).at<Instant>(row);
            place.wire = batch.wire;
        }
        if (input.order == InputOrder::Columns) continue;
        // Rows of one position, as flatten makes them, have no other order than this.
        const bool arrives = input.order == InputOrder::Source || !batch.positions.known();
        place.sequence = arrives ? m_arrivals++ : batch.positions.at(row);
    }
}

sql::AggregateInput AggregateRows::chosen(std::size_t index, std::span<const std::uint32_t> rows,
                                          std::span<const std::uint32_t> groups) {
    const sql::BoundAggregate& aggregate = m_aggregates[index];
    const Evaluated& evaluated = m_evaluated[index];
    if (aggregate.filter) {
        m_rows.clear();
        m_groups.clear();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (evaluated.passes[rows[i]] == 0) continue;
            m_rows.push_back(rows[i]);
            m_groups.push_back(groups[i]);
        }
        rows = m_rows;
        groups = m_groups;
    }
    m_chosen.clear();
    if (aggregate.ordered) {
        for (const std::uint32_t row : rows) m_chosen.push_back(m_orders[row]);
    }
    return {rows, groups, aggregate.argument ? &evaluated.argument : nullptr, m_chosen};
}

ColumnRef AggregateRows::operand(std::size_t index, std::size_t rows) const {
    const Evaluated& evaluated = m_evaluated[index];
    const ColumnRef argument = m_aggregates[index].argument ? evaluated.argument.flat(rows) : nullptr;
    if (!m_aggregates[index].filter) return argument;
    ColumnBuilder operand(argument ? argument->type() : Type::of(TypeId::Boolean));
    for (std::size_t row = 0; row < rows; ++row) {
        if (evaluated.passes[row] == 0) {
            operand.appendNull();
        } else if (argument) {
            operand.appendSharing(*argument, row);
        } else {
            operand.append(std::uint8_t{1});
        }
    }
    return operand.finish();
}

void AggregateRows::update(std::size_t index, sql::Accumulator& accumulator,
                           std::span<const std::uint32_t> rows, std::span<const std::uint32_t> groups) {
    accumulator.update(chosen(index, rows, groups));
}

void AggregateRows::retract(std::size_t index, sql::RetractingAccumulator& accumulator,
                            std::span<const std::uint32_t> rows, std::span<const std::uint32_t> groups) {
    accumulator.retract(chosen(index, rows, groups));
}

}  // namespace rw
