// The state of an edited node, made of the one that it had.
#pragma once
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/forecast/carried_aggregates.h"

namespace rw {

/// The state of one instance of window_aggregate or group_aggregate, as the operator of the new definition
/// restores it. Of the aggregates that both definitions have, the accumulators are taken over, byte by byte;
/// a new one has an empty accumulator for each key, and has shown its result of no rows wherever a result was
/// shown. All else stays: keys, windows, watermarks, rows that wait. `state`: as StateWriter::finish() gave
/// it for the old definition.
///
/// Pure. Bytes that are damaged, of another version, or of another definition than `carried` says are an
/// error.
Result<std::string> carriedState(std::string_view state, const CarriedAggregates& carried);

}  // namespace rw
