// Keys as bytes, for stores in files: equal where the keys are, and columns again.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/column.h"

namespace rw {

/// The cells of a key, one behind the other. The columns are those of a KeyTable, in which equal values have
/// equal bits.
class KeyBytes {
 public:
    explicit KeyBytes(std::vector<Type> types) : m_types(std::move(types)) {}

    /// Appends the key at a row; the cells of a column that was not built are NULL.
    void append(std::span<const ColumnRef> columns, std::size_t row, std::string& bytes) const;
    /// Columns of keys that append() gave.
    std::vector<ColumnRef> columns(std::span<const std::string_view> keys) const;

 private:
    const std::vector<Type> m_types;
};

}  // namespace rw
