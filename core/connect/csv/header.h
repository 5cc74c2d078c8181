// The header of a CSV file, and the places of columns in its rows.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/csv/parser.h"
#include "core/connect/csv/rows.h"
#include "core/data/schema.h"

namespace rw {

/// The fields of a file's header row, which is given without its line end. An error names the reason why it
/// can't be read: another encoding, lines that end with CR alone, broken quotes.
Result<std::vector<CsvField>> headerFields(std::string_view row, const CsvFormat& format,
                                           const std::string& file);

/// Names of a file's columns: without blanks around them, an empty one called column_3 after its place, a
/// repeated one with _2, _3 …
std::vector<std::string> headerNames(const std::vector<CsvField>& header);

/// Where the fields of `schema` but `arrival` stand, by name. An error names the columns that the file has.
Result<CsvLayout> layoutByName(const std::vector<std::string>& names, const Schema& schema, int arrival,
                               const std::string& file);
/// For files without a header: the columns in their order, one field each.
CsvLayout layoutByPosition(const Schema& schema, int arrival);

}  // namespace rw
