// The moment of a row, by which it meets a version of a table or a model in a run that is recorded.
#pragma once
#include "core/data/batch.h"
#include "core/stream/lookups/lookup_moments.h"

namespace rw {

/// `eventTime`: the column of the event time.
Instant momentOf(LookupBy by, const Batch& rows, std::size_t row, int eventTime);

}  // namespace rw
