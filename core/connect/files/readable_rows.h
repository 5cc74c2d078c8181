// Rows that a file can't hold so that sources read them back: dates with years of more than four digits.
#pragma once
#include "core/base/text.h"
#include "core/data/batch.h"
#include "core/sql/eval/evaluate.h"

namespace rw {

/// Whether all dates and times of the batch have years from 0001 to 9999. NULLs have.
bool datesFit(const Batch& batch);
/// Why the date or time of that row can't be written; empty: it can, is NULL, or the column is of another
/// type.
Text unfitDate(const Field& field, const Column& column, std::size_t row);
/// The rows of the batch that are not among `errors`, which are in the order of rows.
Batch rowsWithout(const Batch& batch, const sql::RowErrors& errors);

}  // namespace rw
