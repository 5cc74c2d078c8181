// What nodes say that make rows of the rows of a key.
#pragma once
#include <functional>
#include <vector>

#include "core/sql/aggregates/aggregates.h"
#include "core/stream/lineage/row_match.h"

namespace rw {

/// Rows with the keys of the row that is asked about, where these are its columns from `first` on; first −1:
/// it has all columns of the input.
std::shared_ptr<RowMatch> rowsOfKeys(const AskedRow& asked, const std::vector<int>& keys, int first);
/// “rows with k = x”, or “all rows”.
Text keysWords(const AskedRow& asked, std::size_t keys, int first);
/// The columns first, first + 1 … of which there are `count`.
std::vector<int> columnsFrom(std::size_t first, std::size_t count);

/// Whether the arguments and filters of all aggregates can be computed for a row: others are rejected, and
/// count for nothing. Null where none can fail. `aggregates` outlive it.
std::function<bool(const Batch&, std::size_t)> computable(const std::vector<sql::BoundAggregate>& aggregates,
                                                          const AskedRow& asked);

/// Columns with the first and the last event time of the rows that made a row.
struct SpanColumns {
    int start = -1, end = -1;  ///< of the row
    int eventTime = -1;        ///< of the input
    bool earlier = false;      ///< rows before the start count, too
};
/// Those rows of `match` that lie in the span, and came in time.
Contributors rowsOfSpan(std::shared_ptr<RowMatch> match, const AskedRow& asked, const SpanColumns& span);

}  // namespace rw
