// A CSV file as the other side of a comparison.
#pragma once
#include <QString>

#include "core/connect/sqlite/table_difference.h"

namespace rw::ui {

/// Reads the file, whose columns are named by its header, or are those of the table in their order, and
/// compares `asked.here` with it: `asked.there` is not looked at. A field is a value of the type that the
/// column of the same name has here; an empty one is NULL. Blocking; nothing is left behind. An error tells
/// the first row that can't be read.
Result<TableDifference> compareWithCsv(TableComparison asked, const QString& file, CancelFlag cancel);

}  // namespace rw::ui
