// Names and types of a CSV file's columns, guessed from its beginning.
#pragma once
#include <string>

#include "core/base/status.h"
#include "core/connect/csv/format.h"
#include "core/data/schema.h"

namespace rw {

/// Looks at the header and the first 1 000 rows of the first file at `path` (as inputFiles() takes it). A
/// column is of the narrowest type that all its values are of: BOOLEAN, INT, BIGINT, DOUBLE, DATE,
/// TIMESTAMP(3), else STRING. Numbers that are names (leading zeros, a plus, more digits than a BIGINT has)
/// stay STRING; so does a column that is always NULL. Without a header columns are called column_1 and so on.
///
/// Columns of `declared` keep their types as ColumnGuess says.
Result<Schema> inferCsvSchema(const std::string& path, const CsvFormat& format, const Schema& declared = {});

}  // namespace rw
