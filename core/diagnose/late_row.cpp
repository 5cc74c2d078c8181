#include "core/diagnose/late_row.h"

#include "core/diagnose/questions.h"

namespace rw {

namespace {

/// `at`, without its day where that is the day of `near`.
std::string nearText(Instant at, Instant near) {
    const std::string text = momentText(at), day = text.substr(0, text.find(' ') + 1);
    return momentText(near).starts_with(day) ? text.substr(day.size()) : text;
}

}  // namespace

Text lateRowText(const KeptRow& row) {
    const std::string stamp = nearText(row.stamp, row.eventTime);
    if (row.windowEnd == kMinTimestamp)
        return RW_TEXT("diagnose", "The watermark had reached %1").with(stamp);
    return RW_TEXT("diagnose", "Window until %1 closed, watermark %2")
        .with(nearText(row.windowEnd, row.eventTime), stamp);
}

}  // namespace rw
