// Units of time, as EXTRACT, FLOOR TO, TIMESTAMPADD and TIMESTAMPDIFF name them.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/time.h"

namespace rw::sql {

enum class TimeUnit {
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    // Fields only, for EXTRACT:
    DayOfWeek,     ///< DOW: Sunday is 1
    IsoDayOfWeek,  ///< ISODOW: Monday is 1
    DayOfYear,     ///< DOY
    IsoYear,       ///< the year that the ISO week belongs to
    Decade,
    Century,     ///< 2001 to 2100 are the 21st
    Millennium,  ///< 2001 to 3000 are the 3rd
    Epoch        ///< seconds since 1970
};

/// The unit of an upper-case name.
std::optional<TimeUnit> timeUnit(std::string_view name);

/// Whether it is a length of time, not only a field.
inline bool isLength(TimeUnit unit) {
    return unit <= TimeUnit::Year;
}
/// Milliseconds of a unit up to WEEK; 0 for those that are made of months.
std::int64_t millisOf(TimeUnit unit);
/// Months of MONTH, QUARTER and YEAR; 0 for the others.
int monthsOf(TimeUnit unit);

/// The field of a time. Weeks are ISO's.
std::int64_t fieldOf(TimeUnit unit, Instant time);

// Starts of units: at or before the time, at or after it. Weeks begin on Sunday here, as in Flink.
Instant floorTo(TimeUnit unit, Instant time);
Instant ceilTo(TimeUnit unit, Instant time);

/// `amount` units later; false when that does not fit.
bool addUnits(Instant& out, Instant time, std::int64_t amount, TimeUnit unit);

/// How many whole units lie between two times; negative when `to` is the earlier one. Units made of months are
/// counted by dates. When `to` is on the day a whole number of months from `from`, but earlier in that day, one
/// is taken off, for either sign. That is Flink's rule.
std::int64_t unitsBetween(TimeUnit unit, Instant from, Instant to);

}  // namespace rw::sql
