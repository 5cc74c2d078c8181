#include "core/stream/windows/shown_window.h"

#include <algorithm>
#include <numeric>

#include "core/stream/keys/state_columns.h"
#include "core/stream/rows/cell_compare.h"

namespace rw {

namespace {

constexpr std::uint32_t kNone = 0xffffffff;
constexpr std::uint32_t kShownVersion = 1;
constexpr std::size_t kKeysPerUnit = 8;  // of a call's budget, that are only looked at

}  // namespace

Status ShownWindow::show(const Window& window, const GroupState& state, bool last, WindowResults& results,
                         CallBudget& budget, Output& out) {
    if (!m_busy) m_nextGroup = 0;
    m_busy = true;
    if (!m_begun) {
        m_begun = true;
        m_nextKey = 0;
        m_chunkRows = results.batchRows();
        m_next = {};
        m_next.rows.assign(m_keys.size(), kNone);
    }
    while (m_nextGroup < state.keys.size()) {
        if (budget.spent()) return {};
        const std::size_t count = std::min(m_chunkRows, state.keys.size() - m_nextGroup);
        RW_TRY(showSome(window, state, count, results, out));
        m_nextGroup += count;
        budget.spend(2 * count);  // a change is two rows
    }
    if (!last) {
        m_busy = false;
        return {};
    }
    // Usually no key is gone.
    const bool all = m_next.standing == m_keys.size();
    for (; !all && m_nextKey < m_keys.size(); ++m_nextKey) {
        if (budget.spent()) return {};
        if (m_nextKey % kKeysPerUnit == 0) budget.spend(1);
        if (m_next.rows[m_nextKey] != kNone || m_shown[m_nextKey] == Shown::No) continue;
        if (m_shown[m_nextKey] == Shown::Yes) withdraw(window, m_nextKey, results, out);
        m_shown[m_nextKey] = Shown::No;
        budget.spend(1);
    }
    m_values = std::move(m_next);
    m_next = {};
    m_begun = m_busy = false;
    return {};
}

Status ShownWindow::showSome(const Window& window, const GroupState& state, std::size_t count,
                             WindowResults& results, Output& out) {
    const std::vector<std::uint32_t> groups = state.standing(m_nextGroup, count);
    const auto first = static_cast<std::uint32_t>(m_next.chunks.size() * m_chunkRows);
    std::vector<std::uint32_t> keys;
    sql::RowErrors errors;
    m_next.chunks.push_back(results.values(state.keys, groups, state.aggregates, groups, errors));
    const std::vector<ColumnRef>& values = m_next.chunks.back();
    for (const ColumnRef& column : values) m_next.bytes += column->memoryBytes();
    m_keys.insert(state.keys, groups, keys);
    m_shown.resize(m_keys.size(), Shown::No);
    m_next.rows.resize(m_keys.size(), kNone);
    m_values.rows.resize(m_keys.size(), kNone);
    m_next.standing += groups.size();

    auto error = errors.begin();
    for (std::uint32_t row = 0; row < groups.size(); ++row) {
        const std::uint32_t key = keys[row];
        const bool failed = error != errors.end() && error->row == row;
        const Shown before = m_shown[key];
        m_next.rows[key] = first + row;
        m_shown[key] = failed ? Shown::Failed : Shown::Yes;
        if (failed) {
            if (before != Shown::Failed) RW_TRY(results.reject(window, values, row, error->reason, out));
            if (before == Shown::Yes) withdraw(window, key, results, out);
            ++error;
        } else if (before != Shown::Yes) {
            results.add(RowKind::Insert, window, values, row, out);
        } else {
            const std::uint32_t was = m_values.rows[key];
            const std::vector<ColumnRef>& old = m_values.chunks[was / m_chunkRows];
            if (sameRow(old, was % m_chunkRows, values, row)) continue;
            results.add(RowKind::UpdateBefore, window, old, was % m_chunkRows, out);
            results.add(RowKind::UpdateAfter, window, values, row, out);
        }
    }
    return {};
}

void ShownWindow::withdraw(const Window& window, std::size_t key, WindowResults& results, Output& out) {
    const std::uint32_t row = m_values.rows[key];
    results.add(RowKind::Delete, window, m_values.chunks[row / m_chunkRows], row % m_chunkRows, out);
}

void ShownWindow::snapshot(const Window& window, StateWriter& out) const {
    std::vector<std::uint32_t> keys;
    for (std::uint32_t key = 0; key < m_shown.size(); ++key) {
        if (m_shown[key] != Shown::No) keys.push_back(key);
    }
    const auto hashOf = [this](std::uint32_t key) { return m_keys.hash(key); };
    forEachKeyGroup(std::move(keys), hashOf, [&](int group, std::span<const std::uint32_t> some) {
        std::vector<ColumnBuilder> builders;
        for (const ColumnRef& column : m_values.chunks.front()) builders.emplace_back(column->type());
        std::string shown;
        for (const std::uint32_t key : some) {
            const std::uint32_t row = m_values.rows[key];
            const std::vector<ColumnRef>& chunk = m_values.chunks[row / m_chunkRows];
            for (std::size_t i = 0; i < builders.size(); ++i)
                builders[i].appendSharing(*chunk[i], row % m_chunkRows);
            shown.push_back(static_cast<char>(m_shown[key]));
        }
        std::vector<ColumnRef> columns;
        for (ColumnBuilder& builder : builders) columns.push_back(builder.finish());
        out.keyed("shown", group, kShownVersion, [&](StateWriter& record) {
            record.i64("start", window.start);
            record.i64("end", window.end);
            record.bytes("shown", shown);
            writeColumns(record, "value", columns);  // the keys come first
        });
    });
}

Status ShownWindow::restore(const StateReader& record, int keyGroup, const WindowPlan& plan,
                            std::size_t chunkRows) {
    if (record.version() != kShownVersion) return brokenState("version of a shown window");
    std::vector<Type> types;
    for (std::size_t i = kWindowColumns; i < plan.output.schema->size(); ++i)
        types.push_back(plan.output.schema->fields[i].type);
    RW_TRY_ASSIGN(const std::string_view shown, record.bytes("shown"));
    RW_TRY_ASSIGN(const auto columns, readColumns(record, "value", types, shown.size()));
    const std::size_t known = m_keys.size();
    RW_TRY(m_keys.restore(std::span(columns).first(m_keys.columnCount()), shown.size(), keyGroup));
    m_shown.resize(known, Shown::No);
    m_values.rows.resize(known, kNone);
    m_chunkRows = chunkRows;
    for (std::uint32_t from = 0; from < shown.size(); from += static_cast<std::uint32_t>(chunkRows)) {
        std::vector<std::uint32_t> rows(std::min(chunkRows, shown.size() - from));
        std::iota(rows.begin(), rows.end(), from);
        const auto first = static_cast<std::uint32_t>(m_values.chunks.size() * chunkRows);
        m_values.chunks.emplace_back();
        for (const ColumnRef& column : columns) {
            m_values.chunks.back().push_back(column->select(rows));
            m_values.bytes += m_values.chunks.back().back()->memoryBytes();
        }
        for (const std::uint32_t row : rows) {
            const auto state = static_cast<Shown>(shown[row]);
            if (state != Shown::Yes && state != Shown::Failed) return brokenState("what is shown of a key");
            m_shown.push_back(state);
            m_values.rows.push_back(first + row - from);
        }
    }
    return {};
}

std::size_t ShownWindow::memoryBytes() const {
    return m_keys.memoryBytes() + m_values.bytes + m_next.bytes + m_shown.capacity() +
           (m_values.rows.capacity() + m_next.rows.capacity()) * sizeof(std::uint32_t);
}

}  // namespace rw
