// Calendar arithmetic on DATE and TIMESTAMP. Each returns false when the result does not fit.
#pragma once
#include <cstdint>

#include "core/base/time.h"

namespace rw::sql {

inline constexpr std::int64_t kMillisPerDay = 86'400'000;

/// a / b rounded down; b > 0.
inline std::int64_t floorDivide(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// The day of a time, as days since the epoch, and the milliseconds since its midnight.
inline std::int64_t dayOf(Instant time) {
    return floorDivide(time, kMillisPerDay);
}
inline std::int64_t millisOfDay(Instant time) {
    return time - dayOf(time) * kMillisPerDay;
}

/// The same day of another month, or that month's last day where it has no such day.
bool addMonths(Instant& out, Instant time, std::int64_t months);
bool addMonthsToDate(std::int32_t& out, std::int32_t day, std::int64_t months);
/// Whole days only; the remainder is dropped.
bool addMillisToDate(std::int32_t& out, std::int32_t day, std::int64_t millis);

}  // namespace rw::sql
