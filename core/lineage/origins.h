// Where the rows of a source are from: in its files, or on a tape.
#pragma once
#include <vector>

#include "core/lineage/lineage.h"
#include "core/sql/eval/evaluate.h"

namespace rw {

/// Sets the origins of rows of a source, as far as they can be known: their numbers; of files that can be
/// read again file, line and text, where the file has not changed since `question.tape` was recorded; of a
/// tape when they were read, their partitions and their offsets there. An error only where it was cancelled.
/// `notes` gets what could not be read.
Status setOrigins(const LineageQuestion& question, const PlannedNode& source, const sql::EvalContext& eval,
                  std::vector<LineageRow*> rows, std::vector<Text>& notes);

}  // namespace rw
