// Columns in the file that is shared with a child process. worker_columns.cpp is the other side, and says how
// they lie there.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/data/column.h"

namespace rw {

/// Appends rows from … from + rows − 1 of a column; decimals as texts of their unscaled values. A column of
/// texts has less than 4 GB.
void appendFrame(std::string& body, const Column& column, std::size_t from, std::size_t rows);
/// Appends a column of rows that are all NULL.
void appendNullFrame(std::string& body, Type type, std::size_t rows);
/// Appends a number of 8 bytes, little-endian.
void append64(std::string& body, std::uint64_t value);
/// Appends bytes, and what is missing to a multiple of 8.
void appendPadded(std::string& body, std::string_view bytes);

/// Takes a column of `rows` rows off the front of what a child wrote. Null: it is as in the input. Whatever
/// the bytes are: an error, or a column of that type.
Result<ColumnRef> takeFrame(std::string_view& body, Type type, std::size_t rows);
/// Takes that many bytes, and those up to a multiple of 8.
Result<std::string_view> takePadded(std::string_view& body, std::size_t size);

/// The error of bytes that a child could not have written by itself.
Status brokenAnswer();

}  // namespace rw
