#include "core/stream/row_errors.h"

#include <algorithm>

namespace rw {

void RowFailures::add(const sql::RowErrors& errors) {
    if (errors.empty()) return;
    sql::RowErrors merged;
    merged.reserve(m_errors.size() + errors.size());
    // Of equal rows std::merge takes that of the first range first.
    std::merge(m_errors.begin(), m_errors.end(), errors.begin(), errors.end(), std::back_inserter(merged),
               [](const sql::RowError& a, const sql::RowError& b) { return a.row < b.row; });
    merged.erase(std::unique(merged.begin(), merged.end(),
                             [](const sql::RowError& a, const sql::RowError& b) { return a.row == b.row; }),
                 merged.end());
    m_errors = std::move(merged);
}

Status RowFailures::reject(const Batch& batch, Output& out) const {
    for (const sql::RowError& error : m_errors) RW_TRY(out.reject(batch, error.row, error.reason));
    return {};
}

std::vector<std::uint32_t> RowFailures::others(std::size_t rows) const {
    std::vector<std::uint32_t> good;
    good.reserve(rows - m_errors.size());
    auto failed = m_errors.begin();
    for (std::uint32_t row = 0; row < rows; ++row) {
        if (failed != m_errors.end() && failed->row == row) {
            ++failed;
        } else {
            good.push_back(row);
        }
    }
    return good;
}

}  // namespace rw
