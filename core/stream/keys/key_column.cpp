#include "core/stream/keys/key_column.h"

#include <algorithm>

#include "core/data/visit_type.h"
#include "core/stream/keys/key_value.h"

namespace rw {

KeyColumn::KeyColumn(Type type) : m_type(type), m_width(widthOf(type.id)) {}

/// Bytes of values that there are then.
std::size_t KeyColumn::grown(std::size_t entries) const {
    const std::size_t needed = (m_size + entries) * m_width;
    return needed > m_values.size() ? std::max(needed, 2 * m_values.size()) : m_values.size();
}

std::size_t KeyColumn::growth(std::size_t entries) const {
    return grown(entries) - m_values.size();
}

void KeyColumn::keep(std::span<const std::uint32_t> indexes) {
    const KeyCells keys = cells();
    StringArena texts(kFirstBlock);
    withKeyType(m_type.id, [&]<class T>() {
        auto* const values = reinterpret_cast<T*>(m_values.data());
        for (std::size_t i = 0; i < indexes.size(); ++i) {
            if constexpr (std::is_same_v<T, StringRef>) {
                const bool none = keys.isNull(indexes[i]);
                values[i] = texts.add(none ? std::string_view() : values[indexes[i]].view());
            } else {
                values[i] = values[indexes[i]];
            }
        }
    });
    m_texts = std::move(texts);
    m_size = indexes.size();
    if (m_valid.empty()) return;
    std::vector<std::uint64_t> valid((m_size + 63) / 64, ~std::uint64_t{0});
    for (std::size_t i = 0; i < m_size; ++i) {
        if (keys.isNull(indexes[i])) valid[i / 64] &= ~(std::uint64_t{1} << (i % 64));
    }
    m_valid = std::move(valid);
}

void KeyColumn::shrink() {
    if (m_size * m_width < m_values.size()) m_values = RawBytes(m_values.data(), m_size * m_width);
    m_valid.shrink_to_fit();
}

void KeyColumn::append(const KeyCells& cells, std::span<const std::uint32_t> rows) {
    m_values.resize(grown(rows.size()));
    if (cells.valid || !m_valid.empty()) appendValidity(cells, rows);
    std::byte* to = m_values.data() + m_size * m_width;
    const auto put = [&to](const auto& value) {
        std::memcpy(to, &value, sizeof value);
        to += sizeof value;
    };
    if (isReference(m_type.id)) {
        for (const std::uint32_t row : rows) put(m_texts.add(cells.at<StringRef>(row).view()));
    } else {
        withKeyType(m_type.id, [&]<class T>() {
            for (const std::uint32_t row : rows) put(KeyValue<T>::of(cells, row));
        });
    }
    m_size += rows.size();
}

void KeyColumn::appendValidity(const KeyCells& cells, std::span<const std::uint32_t> rows) {
    m_valid.resize((m_size + rows.size() + 63) / 64, ~std::uint64_t{0});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t index = m_size + i;
        if (cells.isNull(rows[i])) m_valid[index / 64] &= ~(std::uint64_t{1} << (index % 64));
    }
}

bool KeyColumn::same(const KeyCells& cells, std::size_t row, const KeyCells& others,
                     std::size_t other) const {
    return withKeyType(m_type.id, [&]<class T>() { return sameKeyOrNull<T>(cells, row, others, other); });
}

void KeyColumn::compare(std::span<const std::uint32_t> indexes, const KeyCells& cells,
                        std::span<const std::uint32_t> rows, std::uint8_t* same) const {
    const KeyCells keys = this->cells();
    const bool nulls = keys.valid || cells.valid;
    withKeyType(m_type.id, [&]<class T>() {
        const auto compareWith = [&](auto sameAt) {
            for (std::size_t i = 0; i < rows.size(); ++i)
                same[i] &= static_cast<std::uint8_t>(sameAt(keys, indexes[i], cells, rows[i]));
        };
        return nulls ? compareWith(sameKeyOrNull<T>) : compareWith(sameKey<T>);
    });
}

ColumnRef KeyColumn::gather(std::span<const std::uint32_t> indexes) const {
    const KeyCells keys = cells();
    RawBytes values(indexes.size() * m_width);
    withKeyType(m_type.id, [&]<class T>() {
        auto* to = reinterpret_cast<T*>(values.data());
        for (std::size_t i = 0; i < indexes.size(); ++i) to[i] = keys.at<T>(indexes[i]);
    });
    Validity validity;
    if (keys.valid) {
        for (std::size_t i = 0; i < indexes.size(); ++i) {
            if (keys.isNull(indexes[i])) validity.setNull(i, indexes.size());
        }
    }
    return std::make_shared<Column>(m_type, indexes.size(), std::move(values), std::move(validity),
                                    m_texts.blocks());
}

void KeyColumn::appendTo(std::span<const std::uint32_t> indexes, ColumnBuilder& builder) const {
    const KeyCells keys = cells();
    withKeyType(m_type.id, [&]<class T>() {
        for (const std::uint32_t index : indexes) {
            if (keys.isNull(index)) {
                builder.appendNull();
            } else if constexpr (std::is_same_v<T, StringRef>) {
                builder.appendString(keys.at<T>(index).view());
            } else {
                builder.append(keys.at<T>(index));
            }
        }
    });
}

std::size_t KeyColumn::memoryBytes() const {
    return m_values.size() + m_valid.capacity() * sizeof(std::uint64_t) + m_texts.bytes();
}

}  // namespace rw
