#include "core/stream/shown_window.h"

#include <numeric>

#include "core/stream/cell_compare.h"

namespace rw {

namespace {

constexpr std::uint32_t kNone = 0xffffffff;
}  // namespace

Status ShownWindow::show(const Window& window, const GroupState& state, WindowResults& results, Output& out) {
    std::vector<std::uint32_t> groups(state.keys.size());
    std::iota(groups.begin(), groups.end(), 0U);
    sql::RowErrors errors;
    std::vector<ColumnRef> values = results.values(state.keys, groups, state.aggregates, groups, errors);

    std::vector<std::uint32_t> keys;
    m_keys.insertAll(state.keys, keys);
    m_shown.resize(m_keys.size(), Shown::No);
    m_rows.resize(m_keys.size(), kNone);
    std::vector<std::uint32_t> rows(m_keys.size(), kNone);
    for (std::uint32_t row = 0; row < keys.size(); ++row) rows[keys[row]] = row;
    std::vector<const Text*> failures(groups.size());
    for (const sql::RowError& error : errors) failures[error.row] = &error.reason;

    for (std::size_t key = 0; key < rows.size(); ++key) {
        const std::uint32_t row = rows[key];
        const Text* failure = row == kNone ? nullptr : failures[row];
        const Shown now = row == kNone ? Shown::No : failure ? Shown::Failed : Shown::Yes;
        const Shown before = m_shown[key];
        if (now == Shown::Failed && before != Shown::Failed) {
            RW_TRY(results.reject(window, values, row, *failure, out));
        }
        if (before == Shown::Yes && now == Shown::Yes) {
            if (sameRow(m_values, m_rows[key], values, row)) continue;
            results.add(RowKind::UpdateBefore, window, m_values, m_rows[key], out);
            results.add(RowKind::UpdateAfter, window, values, row, out);
        } else if (before == Shown::Yes) {
            results.add(RowKind::Delete, window, m_values, m_rows[key], out);
        } else if (now == Shown::Yes) {
            results.add(RowKind::Insert, window, values, row, out);
        }
        m_shown[key] = now;
    }
    m_values = std::move(values);
    m_rows = std::move(rows);
    return {};
}

std::size_t ShownWindow::memoryBytes() const {
    std::size_t bytes = m_keys.memoryBytes() + m_rows.capacity() * sizeof(std::uint32_t) + m_shown.capacity();
    for (const ColumnRef& column : m_values) bytes += column->memoryBytes();
    return bytes;
}

}  // namespace rw
