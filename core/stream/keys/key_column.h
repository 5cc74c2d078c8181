// One column of the keys of a table: values as in a Column, but growing.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "core/data/column.h"

namespace rw {

/// Where cells of keys are read: a column of a batch, or a KeyColumn. Valid while that is there unchanged.
struct KeyCells {
    explicit KeyCells(const Column& column)
        : values(column.raw()),
          valid(column.validity().allValid() ? nullptr : column.validity().words().data()) {}
    KeyCells(const std::byte* bytes, const std::uint64_t* validBits) : values(bytes), valid(validBits) {}

    bool isNull(std::size_t row) const { return valid && ((valid[row / 64] >> (row % 64)) & 1U) == 0; }
    template <class T>
    const T& at(std::size_t row) const {
        return reinterpret_cast<const T*>(values)[row];
    }

    const std::byte* values;
    const std::uint64_t* valid;  ///< a bit a cell, 1: it has a value; null: all have one
};

/// Appends keys and gives them back as columns. The bytes of long strings are copied into blocks that
/// finished columns share, so results cost no copying of text. Single-threaded.
class KeyColumn {
 public:
    explicit KeyColumn(Type type);

    Type type() const { return m_type; }
    KeyCells cells() const { return {m_values.data(), m_valid.empty() ? nullptr : m_valid.data()}; }
    /// Appends the values at `rows` of cells of the same type. Doubles are kept as keys: 0.0 for
    /// −0.0, one NaN.
    void append(const KeyCells& cells, std::span<const std::uint32_t> rows);
    /// Whether two cells of this type hold one key; NULL equals NULL.
    bool same(const KeyCells& cells, std::size_t row, const KeyCells& others, std::size_t other) const;
    /// Of many: same[i] becomes 0 where entry indexes[i] is not the key at rows[i].
    void compare(std::span<const std::uint32_t> indexes, const KeyCells& cells,
                 std::span<const std::uint32_t> rows, std::uint8_t* same) const;
    /// The entries `indexes` as a column.
    ColumnRef gather(std::span<const std::uint32_t> indexes) const;
    /// Appends them to a column that is being built; texts are copied.
    void appendTo(std::span<const std::uint32_t> indexes, ColumnBuilder& builder) const;
    /// Keeps these entries, which ascend, as entries 0, 1, …; the room for the others stays.
    void keep(std::span<const std::uint32_t> indexes);
    /// Gives the room back that no entry takes.
    void shrink();
    std::size_t memoryBytes() const;
    /// How many bytes more it takes with so many entries more; those of long texts come besides.
    std::size_t growth(std::size_t entries) const;

 private:
    std::size_t grown(std::size_t entries) const;
    void appendValidity(const KeyCells& cells, std::span<const std::uint32_t> rows);

    static constexpr std::size_t kFirstBlock = 1024;  ///< bytes; there may be many tables of few keys
    Type m_type;
    std::size_t m_width;
    std::size_t m_size = 0;
    RawBytes m_values;                   ///< sized to the room there is, not to the entries
    std::vector<std::uint64_t> m_valid;  ///< a bit an entry once there was a NULL
    StringArena m_texts{kFirstBlock};
};

}  // namespace rw
