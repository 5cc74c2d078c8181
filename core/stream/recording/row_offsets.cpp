#include "core/stream/recording/row_offsets.h"

#include <algorithm>

namespace rw {

void RowOffsets::add(std::int64_t first, std::uint64_t rows) {
    if (rows == 0) return;
    const bool follows = !m_runs.empty() &&
                         static_cast<std::uint64_t>(m_runs.back().first) + (m_rows - m_runs.back().before) ==
                             static_cast<std::uint64_t>(first);
    if (!follows) m_runs.push_back({first, m_rows});
    m_rows += rows;
}

void RowOffsets::add(const RowOffsets& next) {
    for (std::size_t run = 0; run < next.m_runs.size(); ++run) add(next.m_runs[run].first, next.rowsOf(run));
}

std::uint64_t RowOffsets::rowsOf(std::size_t run) const {
    return (run + 1 < m_runs.size() ? m_runs[run + 1].before : m_rows) - m_runs[run].before;
}

std::optional<std::int64_t> RowOffsets::at(std::uint64_t row) const {
    if (row >= m_rows) return std::nullopt;
    const auto behind =
        std::upper_bound(m_runs.begin(), m_runs.end(), row,
                         [](std::uint64_t number, const Run& run) { return number < run.before; });
    const Run& run = *(behind - 1);
    return run.first + static_cast<std::int64_t>(row - run.before);
}

}  // namespace rw
