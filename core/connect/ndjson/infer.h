// Names and types of the columns of a file of JSON, guessed from its beginning.
#pragma once
#include <string>

#include "core/base/status.h"
#include "core/data/schema.h"

namespace rw {

/// Looks at the first 1 000 rows of the first file at `path` (as inputFiles() takes it). Columns are the
/// fields of their objects in the order in which they turn up, each of the narrowest type that all its values
/// are of: a number INT, BIGINT or DOUBLE (STRING with more digits than a BIGINT has), a string DATE,
/// TIMESTAMP(3) or STRING, an object or an array STRING, as a field that is always null.
/// Columns of `declared` keep their types as ColumnGuess says.
Result<Schema> inferNdjsonSchema(const std::string& path, const Schema& declared = {});

}  // namespace rw
