#include "core/sql/eval/choose.h"

#include <algorithm>
#include <cstring>
#include <span>

namespace rw::sql {

namespace {

/// Values of `rows` from another column's same rows, or from its only one. The width is known to the
/// compiler: a copy is one instruction then, not a call.
template <std::size_t width>
void copyRows(std::span<const std::uint32_t> rows, const std::byte* from, bool constant, std::byte* to) {
    for (const std::uint32_t row : rows) {
        std::memcpy(to + row * width, from + (constant ? 0 : row * width), width);
    }
}

}  // namespace

Chooser::Chooser(Type type, std::size_t rows)
    : m_type(type),
      m_width(widthOf(type.id)),
      m_open(rows),
      m_isOpen(rows, 1),
      m_values(rows * m_width, std::byte{0}) {}

void Chooser::select(std::size_t row) {
    m_rows.push_back(static_cast<std::uint32_t>(row));
    m_isOpen[row] = 0;
    --m_open;
}

void Chooser::closeFailed(const Vector& vector) {
    if (!vector.errors) return;
    for (const RowError& error : *vector.errors) {
        if (m_isOpen[error.row] == 0) continue;
        m_errors.push_back(error);
        m_validity.setNull(error.row, m_isOpen.size());
        m_isOpen[error.row] = 0;
        --m_open;
    }
}

void Chooser::when(const Vector& condition) {
    m_rows.clear();
    closeFailed(condition);
    for (std::size_t row = 0; row < m_isOpen.size(); ++row) {
        if (m_isOpen[row] != 0 && condition.at<std::uint8_t>(row) != 0) select(row);  // NULL's byte is 0
    }
}

void Chooser::whenPresent(const Vector& value) {
    m_rows.clear();
    closeFailed(value);
    for (std::size_t row = 0; row < m_isOpen.size(); ++row) {
        if (m_isOpen[row] != 0 && !value.isNull(row)) select(row);
    }
}

void Chooser::whenOpen() {
    m_rows.clear();
    for (std::size_t row = 0; row < m_isOpen.size(); ++row) {
        if (m_isOpen[row] != 0) select(row);
    }
}

void Chooser::take(const Vector& branch) {
    const std::byte* const from = branch.column->raw();
    std::byte* const to = m_values.data();
    switch (m_width) {
        case 1:
            copyRows<1>(m_rows, from, branch.constant, to);
            break;
        case 4:
            copyRows<4>(m_rows, from, branch.constant, to);
            break;
        case 8:
            copyRows<8>(m_rows, from, branch.constant, to);
            break;
        default:
            copyRows<16>(m_rows, from, branch.constant, to);
    }
    if (!branch.column->validity().allValid()) {
        for (const std::uint32_t row : m_rows) {
            if (branch.isNull(row)) m_validity.setNull(row, m_isOpen.size());
        }
    }
    const auto& heaps = branch.column->heaps();
    m_heaps.insert(m_heaps.end(), heaps.begin(), heaps.end());
    if (!branch.errors) return;
    auto row = m_rows.begin();
    for (const RowError& error : *branch.errors) {  // both are sorted
        row = std::lower_bound(row, m_rows.end(), error.row);
        if (row != m_rows.end() && *row == error.row) m_errors.push_back(error);
    }
}

Vector Chooser::finish() {
    for (std::size_t row = 0; row < m_isOpen.size(); ++row) {
        if (m_isOpen[row] != 0) m_validity.setNull(row, m_isOpen.size());
    }
    Vector result;
    if (!m_errors.empty()) {
        std::sort(m_errors.begin(), m_errors.end(),
                  [](const RowError& a, const RowError& b) { return a.row < b.row; });
        result.errors = std::make_shared<const RowErrors>(std::move(m_errors));
    }
    result.column = std::make_shared<Column>(m_type, m_isOpen.size(), std::move(m_values),
                                             std::move(m_validity), std::move(m_heaps));
    return result;
}

}  // namespace rw::sql
