#include "core/stream/windows/window_results.h"

#include <algorithm>

#include "core/stream/row_errors.h"
#include "core/stream/windows/window_columns.h"

namespace rw {

namespace {

constexpr std::size_t kPassesWhole = 256;  // rows that are not worth copying together with others

}  // namespace

WindowResults::WindowResults(WindowPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)), m_batchRows(context.batchRows), m_nullOnError(context.nullOnError) {
    for (const Field& field : m_plan->output.schema->fields) m_builders.emplace_back(field.type);
}

std::vector<ColumnRef> WindowResults::values(const KeyTable& keys, std::span<const std::uint32_t> keyGroups,
                                             const Aggregates& aggregates,
                                             std::span<const std::uint32_t> groups,
                                             sql::RowErrors& errors) const {
    std::vector<ColumnRef> columns = keys.columns(keyGroups);
    for (ColumnRef& column : aggregates.results(groups, m_nullOnError ? nullptr : &errors))
        columns.push_back(std::move(column));
    return columns;
}

Batch WindowResults::batchOf(std::span<const Window> windows, std::vector<ColumnRef> values) const {
    Batch batch;
    batch.schema = m_plan->output.schema;
    batch.rows = windows.size();
    batch.columns = windowColumns(windows);
    batch.columns.reserve(m_builders.size());
    for (ColumnRef& column : values) batch.columns.push_back(std::move(column));
    return batch;
}

bool WindowResults::addFew(std::span<const Window> windows, const KeyTable& keys,
                           std::span<const std::uint32_t> keyGroups, const Aggregates& aggregates,
                           std::span<const std::uint32_t> groups, Output& out) {
    sql::RowErrors errors;
    const std::vector<ColumnRef> results = aggregates.results(groups, m_nullOnError ? nullptr : &errors);
    if (!errors.empty()) return false;
    if (m_kinds.size() + windows.size() > m_batchRows) flush(out);
    for (const Window& window : windows) {
        m_builders[0].append(window.start);
        m_builders[1].append(window.end);
        m_builders[2].append(window.end - 1);
    }
    auto builder = m_builders.begin() + kWindowColumns;
    for (std::size_t i = 0; i < keys.columnCount(); ++i) keys.appendTo(i, keyGroups, *builder++);
    for (const ColumnRef& column : results) {
        for (std::size_t row = 0; row < windows.size(); ++row) builder->appendSharing(*column, row);
        ++builder;
    }
    m_kinds.resize(m_kinds.size() + windows.size(), RowKind::Insert);
    return true;
}

Status WindowResults::add(std::span<const Window> windows, const KeyTable& keys,
                          std::span<const std::uint32_t> keyGroups, const Aggregates& aggregates,
                          std::span<const std::uint32_t> groups, Output& out) {
    if (groups.size() < std::min(kPassesWhole, m_batchRows) &&
        addFew(windows, keys, keyGroups, aggregates, groups, out)) {
        return {};
    }
    for (std::size_t from = 0; from < groups.size(); from += m_batchRows) {
        const std::size_t count = std::min(m_batchRows, groups.size() - from);
        sql::RowErrors errors;
        auto columns =
            values(keys, keyGroups.subspan(from, count), aggregates, groups.subspan(from, count), errors);
        RW_TRY(push(batchOf(windows.subspan(from, count), std::move(columns)), errors, out));
    }
    return {};
}

Status WindowResults::push(Batch batch, const sql::RowErrors& errors, Output& out) {
    if (!errors.empty()) {
        RowFailures failures;
        failures.add(errors);
        RW_TRY(failures.reject(batch, out));
        batch = batch.select(failures.others(batch.rows));
    }
    if (m_kinds.size() + batch.rows > m_batchRows) flush(out);
    if (batch.rows >= kPassesWhole) {
        flush(out);
        out.emit(kWindowOut, std::move(batch));
        return {};
    }
    for (std::size_t i = 0; i < m_builders.size(); ++i) {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            m_builders[i].appendSharing(*batch.columns[i], row);
        }
    }
    m_kinds.resize(m_kinds.size() + batch.rows, RowKind::Insert);
    return {};
}

void WindowResults::add(RowKind kind, const Window& window, std::span<const ColumnRef> values,
                        std::size_t row, Output& out) {
    // An update's two rows leave in one batch.
    if (kind == RowKind::UpdateBefore && m_kinds.size() + 2 > m_batchRows) flush(out);
    m_builders[0].append(window.start);
    m_builders[1].append(window.end);
    m_builders[2].append(window.end - 1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        m_builders[kWindowColumns + i].appendSharing(*values[i], row);
    }
    m_kinds.push_back(kind);
    m_onlyInserts = m_onlyInserts && kind == RowKind::Insert;
    if (m_kinds.size() == m_batchRows) flush(out);
}

Status WindowResults::reject(const Window& window, std::span<const ColumnRef> values, std::size_t row,
                             const Text& reason, Output& out) const {
    const std::uint32_t only[] = {static_cast<std::uint32_t>(row)};
    std::vector<ColumnRef> one;
    for (const ColumnRef& column : values) one.push_back(column->select(only));
    return out.reject(batchOf({&window, 1}, std::move(one)), 0, reason);
}

void WindowResults::flush(Output& out) {
    if (m_kinds.empty()) return;
    Batch batch;
    batch.schema = m_plan->output.schema;
    batch.rows = m_kinds.size();
    for (ColumnBuilder& builder : m_builders) batch.columns.push_back(builder.finish());
    if (!m_onlyInserts) batch.kinds = std::make_shared<const std::vector<RowKind>>(m_kinds);
    m_kinds.clear();
    m_onlyInserts = true;
    out.emit(kWindowOut, std::move(batch));
}

}  // namespace rw
