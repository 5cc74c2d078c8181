// The rows that leave by a rejected port.
#pragma once
#include "core/pipeline/node_kind.h"

namespace rw {

/// The output port of rows that failed.
PortSpec rejectedPort();

/// The output port of rows that came too late.
PortSpec latePort();

/// node STRING, error STRING, row STRING, position BIGINT (the row's number in its source from 1; NULL for
/// made rows).
StreamType rejectedStream();
/// The same for the rows that a source could not read, which come in its order.
StreamType sourceRejectedStream();

/// The columns that a late port adds to those of the input: late_by BIGINT, late_for TIMESTAMP(3). Those that
/// the input has of an earlier late port give way. The event time is the input's, and so is the order when
/// `oneTask` takes all rows.
StreamType lateStream(const StreamType& input, bool oneTask);
/// Marks in `read` the columns of the input that are wanted of its late port.
void markLate(const ColumnSet& wanted, const Schema& input, ColumnSet& read);
/// Whether a column of this name gives way.
bool isLateColumn(std::string_view name);

}  // namespace rw
