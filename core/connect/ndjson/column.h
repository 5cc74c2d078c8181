// From the values in rows of JSON to a column.
#pragma once
#include <optional>
#include <vector>

#include "core/connect/ndjson/row_reader.h"
#include "core/data/column.h"
#include "core/data/swar.h"

namespace rw {

/// Strings are read as the fields of CSV are, whatever the type of the column; numbers and truth values as
/// they are there, and only where the column is of their type, or STRING. An object or an array in a STRING
/// is its text without the blanks between tokens, as Flink writes it. BYTES are strings in Base64.
/// Single-threaded.
class NdjsonColumn {
 public:
    /// For at most so many rows.
    NdjsonColumn(Type type, std::size_t rows) : m_type(type), m_values(rows * widthOf(type.id)) {}

    /// The value of the next row; false: it is not of the type, and NULL.
    bool append(const NdjsonValue& value);
    /// Long strings point into the rows, which `owner` keeps alive.
    ColumnRef finish(const BytesRef& owner);

 private:
    template <class T>
    bool put(const std::optional<T>& value);
    void putNull();
    bool read(const NdjsonValue& value);
    StringRef string(const NdjsonValue& value);

    Type m_type;
    RawBytes m_values;
    std::size_t m_rows = 0;
    std::vector<std::size_t> m_nulls;
    StringArena m_texts;  ///< those that are not in the rows
    TimestampReader m_times;
};

}  // namespace rw
