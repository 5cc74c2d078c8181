// Cells of CSV files that no cast of Flink or Spark reads as they are read here.
#pragma once
#include <optional>

#include "core/base/text.h"
#include "core/connect/csv/format.h"
#include "core/data/schema.h"

namespace rw {

/// The advice about numbers with a decimal comma, in the words of the first such column; nothing: no column
/// is read so.
std::optional<Text> commaMend(const CsvFormat& format, const Schema& columns);
/// The same about times that are written as numbers.
std::optional<Text> epochMend(const CsvFormat& format, const Schema& columns);

}  // namespace rw
