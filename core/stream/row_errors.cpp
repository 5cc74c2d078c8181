#include "core/stream/row_errors.h"

#include <algorithm>

namespace rw {

void keepFirstOfEachRow(sql::RowErrors& errors) {
    std::stable_sort(errors.begin(), errors.end(),
                     [](const sql::RowError& a, const sql::RowError& b) { return a.row < b.row; });
    errors.erase(std::unique(errors.begin(), errors.end(),
                             [](const sql::RowError& a, const sql::RowError& b) { return a.row == b.row; }),
                 errors.end());
}

bool withdraws(const Batch& batch, std::size_t row) {
    return withdraws(batch.kind(row));
}

void unpairUpdates(Batch& batch) {
    if (!batch.kinds) return;
    std::vector<RowKind> kinds(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        kinds[row] = withdraws(batch, row) ? RowKind::Delete : RowKind::Insert;
    }
    batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
}

void RowFailures::add(const sql::RowErrors& errors) {
    if (errors.empty()) return;
    m_errors.insert(m_errors.end(), errors.begin(), errors.end());
    keepFirstOfEachRow(m_errors);
}

Status RowFailures::reject(const Batch& batch, Output& out) const {
    for (const sql::RowError& error : m_errors) {
        if (!withdraws(batch, error.row)) RW_TRY(out.reject(batch, error.row, error.reason));
    }
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
