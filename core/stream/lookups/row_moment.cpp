#include "core/stream/lookups/row_moment.h"

#include <algorithm>

namespace rw {

Instant momentOf(LookupBy by, const Batch& rows, std::size_t row, int eventTime) {
    if (by == LookupBy::Nothing) return kNoMoment;
    if (by == LookupBy::Arrival) return rows.arrived;
    const Instant time = rows.column(eventTime).at<Instant>(row);
    return rows.stamps ? std::max(time, (*rows.stamps)[row]) : time;
}

}  // namespace rw
