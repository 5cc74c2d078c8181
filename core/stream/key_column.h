// One column of the keys of a table: values as in a Column, but growing.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "core/data/column.h"

namespace rw {

/// Appends keys and gives them back as columns. The bytes of long strings are copied into blocks that
/// finished columns share, so results cost no copying of text. Single-threaded.
class KeyColumn {
 public:
    explicit KeyColumn(Type type);

    Type type() const { return m_type; }
    std::size_t size() const { return m_values.size() / m_width; }
    /// Appends the value of a column of the same type. Doubles are kept as keys: 0.0 for −0.0, one NaN.
    void append(const Column& column, std::size_t row);
    /// Whether entry `index` is the key that stands at `row`; NULL equals NULL.
    bool equals(std::size_t index, const Column& column, std::size_t row) const;
    bool hasNulls() const { return m_nullCount > 0; }
    bool isNull(std::size_t index) const { return m_nullCount > 0 && m_nulls[index] != 0; }
    template <class T>
    const T& at(std::size_t index) const {
        return reinterpret_cast<const T*>(m_values.data())[index];
    }
    /// The entries `indexes` as a column.
    ColumnRef gather(std::span<const std::uint32_t> indexes) const;
    std::size_t memoryBytes() const;

 private:
    void appendText(std::string_view text);

    static constexpr std::size_t kFirstBlock = 1024;  ///< bytes; there may be many tables of few keys
    Type m_type;
    std::size_t m_width;
    std::vector<std::byte> m_values;
    std::vector<std::uint8_t> m_nulls;  ///< 1: NULL; one an entry once there was a NULL
    std::size_t m_nullCount = 0;
    StringArena m_texts{kFirstBlock};
};

}  // namespace rw
