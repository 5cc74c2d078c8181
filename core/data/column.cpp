#include "core/data/column.h"

#include <bit>

#include "core/data/with_width.h"

namespace rw {

namespace {

std::size_t wordsFor(std::size_t rows) {
    return (rows + 63) / 64;
}

}  // namespace

void Validity::setNull(std::size_t row, std::size_t rows) {
    if (m_words.empty()) m_words.assign(wordsFor(rows), ~std::uint64_t{0});
    m_words[row / 64] &= ~(std::uint64_t{1} << (row % 64));
}

std::size_t Validity::nullCount(std::size_t rows) const {
    if (m_words.empty()) return 0;
    std::size_t valid = 0;
    for (std::size_t word = 0; word < rows / 64; ++word) {
        valid += static_cast<std::size_t>(std::popcount(m_words[word]));
    }
    if (rows % 64 != 0) {
        const std::uint64_t mask = (std::uint64_t{1} << (rows % 64)) - 1;
        valid += static_cast<std::size_t>(std::popcount(m_words[rows / 64] & mask));
    }
    return rows - valid;
}

Column::Column(Type type, std::size_t rows, RawBytes values, Validity validity, std::vector<BytesRef> heaps)
    : m_type(type),
      m_rows(rows),
      m_values(std::move(values)),
      m_validity(std::move(validity)),
      m_heaps(std::move(heaps)) {}

ColumnRef Column::select(std::span<const std::uint32_t> rows) const {
    const std::size_t width = widthOf(m_type.id);
    RawBytes values(rows.size() * width);
    withWidth(width, [&](auto unit) {
        using Unit = decltype(unit);
        const auto* from = reinterpret_cast<const Unit*>(m_values.data());
        auto* to = reinterpret_cast<Unit*>(values.data());
        for (std::size_t i = 0; i < rows.size(); ++i) to[i] = from[rows[i]];
    });
    Validity validity;
    if (!m_validity.allValid()) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (isNull(rows[i])) validity.setNull(i, rows.size());
        }
    }
    return std::make_shared<Column>(m_type, rows.size(), std::move(values), std::move(validity), m_heaps);
}

ColumnRef Column::slice(std::size_t from, std::size_t count) const {
    const std::size_t width = widthOf(m_type.id);
    RawBytes values(m_values.data() + from * width, count * width);
    Validity validity;
    if (!m_validity.allValid()) {
        for (std::size_t i = 0; i < count; ++i) {
            if (isNull(from + i)) validity.setNull(i, count);
        }
    }
    return std::make_shared<Column>(m_type, count, std::move(values), std::move(validity), m_heaps);
}

ColumnRef Column::repeat(std::size_t row, std::size_t rows) const {
    if (isNull(row)) return nulls(m_type, rows);
    const std::size_t width = widthOf(m_type.id);
    RawBytes values(rows * width);
    withWidth(width, [&](auto unit) {
        using Unit = decltype(unit);
        auto* to = reinterpret_cast<Unit*>(values.data());
        std::fill(to, to + rows, reinterpret_cast<const Unit*>(m_values.data())[row]);
    });
    return std::make_shared<Column>(m_type, rows, std::move(values), Validity(), m_heaps);
}

ColumnRef Column::nulls(Type type, std::size_t rows) {
    return std::make_shared<Column>(type, rows, RawBytes(rows * widthOf(type.id), std::byte{0}),
                                    Validity(std::vector<std::uint64_t>(wordsFor(rows))));
}

}  // namespace rw
