#include <algorithm>

#include "core/data/column.h"
#include "core/data/visit_type.h"

namespace rw {

void ColumnBuilder::reserve(std::size_t rows) {
    if (rows * m_width > m_values.size()) m_values.resize(rows * m_width);
}

void ColumnBuilder::grow() {
    m_values.resize(std::max(m_values.size() * 2, 64 * m_width));
}

void ColumnBuilder::appendNull() {
    const std::size_t at = m_rows * m_width;
    if (at + m_width > m_values.size()) grow();
    std::memset(m_values.data() + at, 0, m_width);
    m_nulls.push_back(m_rows++);
}

void ColumnBuilder::appendString(std::string_view text) {
    // Short ones without a call: they are the most.
    append(text.size() <= StringRef::kInline ? StringRef(text) : m_texts.add(text));
}

void ColumnBuilder::appendFrom(const Column& column, std::size_t row) {
    if (column.isNull(row)) return appendNull();
    if (isReference(m_type.id)) return appendString(column.string(row));
    const std::size_t at = m_rows * m_width;
    if (at + m_width > m_values.size()) grow();
    std::memcpy(m_values.data() + at, column.raw() + row * m_width, m_width);
    ++m_rows;
}

void ColumnBuilder::appendSharing(const Column& column, std::size_t row) {
    if (!isReference(m_type.id) || column.isNull(row)) return appendFrom(column, row);
    const auto& text = column.at<StringRef>(row);
    if (!text.isInline()) share(column.heaps());
    append(text);
}

void ColumnBuilder::share(const std::vector<BytesRef>& heaps) {
    const auto held = m_heaps.begin() + static_cast<std::ptrdiff_t>(m_sharedFrom);
    if (m_sharedCount == heaps.size() && std::equal(heaps.begin(), heaps.end(), held)) return;
    m_sharedFrom = m_heaps.size();
    m_sharedCount = heaps.size();
    m_heaps.insert(m_heaps.end(), heaps.begin(), heaps.end());
}

ColumnRef ColumnBuilder::finish() {
    m_values.resize(m_rows * m_width);
    Validity validity;
    for (const std::size_t row : m_nulls) validity.setNull(row, m_rows);
    for (BytesRef& block : m_texts.takeBlocks()) keepAlive(std::move(block));
    std::sort(m_heaps.begin(), m_heaps.end());
    m_heaps.erase(std::unique(m_heaps.begin(), m_heaps.end()), m_heaps.end());
    auto column = std::make_shared<Column>(m_type, m_rows, std::move(m_values), std::move(validity),
                                           std::move(m_heaps));
    *this = ColumnBuilder(m_type);
    return column;
}

}  // namespace rw
