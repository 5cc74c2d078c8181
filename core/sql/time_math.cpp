#include "core/sql/time_math.h"

#include <algorithm>

#include "core/data/text.h"

namespace rw::sql {

namespace {

/// Years beyond this have no use, and days of them would not fit a DATE.
constexpr std::int64_t kLastYear = 5'000'000;

bool addMonthsToDay(std::int64_t& out, std::int64_t day, std::int64_t months) {
    if (day > kLastYear * 365 || day < -kLastYear * 365) return false;
    if (months > kLastYear * 12 || months < -kLastYear * 12) return false;
    const CivilDate date = civilFromDays(day);
    const std::int64_t month = date.year * 12 + (date.month - 1) + months;
    const std::int64_t year = floorDivide(month, 12);
    if (year > kLastYear || year < -kLastYear) return false;
    const auto monthOfYear = static_cast<int>(month - year * 12) + 1;
    const std::int64_t first = daysFromCivil(year, monthOfYear, 1);
    const std::int64_t next =
        monthOfYear == 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, monthOfYear + 1, 1);
    out = std::min(first + date.day - 1, next - 1);
    return true;
}

}  // namespace

bool addMonths(Instant& out, Instant time, std::int64_t months) {
    std::int64_t day = 0;
    if (!addMonthsToDay(day, dayOf(time), months)) return false;
    out = day * kMillisPerDay + millisOfDay(time);
    return true;
}

bool addMonthsToDate(std::int32_t& out, std::int32_t day, std::int64_t months) {
    std::int64_t moved = 0;
    const bool fine = addMonthsToDay(moved, day, months);
    out = static_cast<std::int32_t>(moved);
    return fine && out == moved;
}

bool addMillisToDate(std::int32_t& out, std::int32_t day, std::int64_t millis) {
    const std::int64_t moved = day + millis / kMillisPerDay;
    out = static_cast<std::int32_t>(moved);
    return out == moved;
}

}  // namespace rw::sql
