#include "core/stream/key_column.h"

#include <algorithm>

#include "core/data/hash.h"

namespace rw {

namespace {

/// Calls body.template operator()<T>() with a type that compares as the key does. Doubles have been
/// normalised, so their bits tell.
template <class Body>
auto withKeyType(TypeId type, Body body) {
    switch (widthOf(type)) {
        case 1:
            return body.template operator()<std::uint8_t>();
        case 4:
            return body.template operator()<std::uint32_t>();
        case 8:
            return body.template operator()<std::uint64_t>();
        default:
            break;
    }
    if (type == TypeId::String) return body.template operator()<StringRef>();
    return body.template operator()<Int128>();
}

std::uint64_t keyBits(double value) {
    return std::bit_cast<std::uint64_t>(keyDouble(value));
}

}  // namespace

KeyColumn::KeyColumn(Type type) : m_type(type), m_width(widthOf(type.id)) {}

void KeyColumn::append(const Column& column, std::size_t row) {
    const std::size_t index = size();
    m_values.resize((index + 1) * m_width);
    std::byte* place = m_values.data() + index * m_width;
    if (column.isNull(row)) {
        m_nulls.resize(index, 0);
        m_nulls.push_back(1);
        ++m_nullCount;
        return;
    }
    if (m_nullCount > 0) {
        m_nulls.resize(index, 0);
        m_nulls.push_back(0);
    }
    if (m_type.is(TypeId::String)) return appendText(column.string(row));
    if (m_type.is(TypeId::Double)) {
        const double value = keyDouble(column.at<double>(row));
        std::memcpy(place, &value, sizeof value);
        return;
    }
    std::memcpy(place, column.raw() + row * m_width, m_width);
}

void KeyColumn::appendText(std::string_view text) {
    const StringRef value = m_texts.add(text);
    std::memcpy(m_values.data() + m_values.size() - m_width, &value, sizeof value);
}

bool KeyColumn::equals(std::size_t index, const Column& column, std::size_t row) const {
    if (isNull(index) || column.isNull(row)) return isNull(index) && column.isNull(row);
    if (m_type.is(TypeId::Double)) return at<std::uint64_t>(index) == keyBits(column.at<double>(row));
    return withKeyType(m_type.id, [&]<class T>() { return at<T>(index) == column.at<T>(row); });
}

ColumnRef KeyColumn::gather(std::span<const std::uint32_t> indexes) const {
    RawBytes values(indexes.size() * m_width);
    withKeyType(m_type.id, [&]<class T>() {
        auto* to = reinterpret_cast<T*>(values.data());
        for (std::size_t i = 0; i < indexes.size(); ++i) to[i] = at<T>(indexes[i]);
    });
    Validity validity;
    if (m_nullCount > 0) {
        for (std::size_t i = 0; i < indexes.size(); ++i) {
            if (isNull(indexes[i])) validity.setNull(i, indexes.size());
        }
    }
    return std::make_shared<Column>(m_type, indexes.size(), std::move(values), std::move(validity),
                                    m_texts.blocks());
}

std::size_t KeyColumn::memoryBytes() const {
    return m_values.capacity() + m_nulls.capacity() + m_texts.bytes();
}

}  // namespace rw
