// Rows of a table that are read in one piece, or in pieces that wait, as lookups need them.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/tables/selected_columns.h"
#include "core/data/batch.h"

namespace rw {

/// The next rows of the SELECT that the session has begun, `most` at most; none: that was all. Waits for
/// them. A value that is not of its type is an error.
Result<Batch> takeBatch(RowsSession& session, const SelectedColumns& selected, const SqlReading& reading,
                        std::size_t most);

}  // namespace rw
