#include "core/sql/functions/time_unit.h"

#include <algorithm>
#include <array>

#include "core/data/text.h"
#include "core/sql/functions/integer_math.h"
#include "core/sql/time_math.h"

namespace rw::sql {

namespace {

struct Name {
    std::string_view name;
    TimeUnit unit;
};
constexpr std::array<Name, 17> kNames{{{"MILLISECOND", TimeUnit::Millisecond},
                                       {"SECOND", TimeUnit::Second},
                                       {"MINUTE", TimeUnit::Minute},
                                       {"HOUR", TimeUnit::Hour},
                                       {"DAY", TimeUnit::Day},
                                       {"WEEK", TimeUnit::Week},
                                       {"MONTH", TimeUnit::Month},
                                       {"QUARTER", TimeUnit::Quarter},
                                       {"YEAR", TimeUnit::Year},
                                       {"DOW", TimeUnit::DayOfWeek},
                                       {"ISODOW", TimeUnit::IsoDayOfWeek},
                                       {"DOY", TimeUnit::DayOfYear},
                                       {"ISOYEAR", TimeUnit::IsoYear},
                                       {"DECADE", TimeUnit::Decade},
                                       {"CENTURY", TimeUnit::Century},
                                       {"MILLENNIUM", TimeUnit::Millennium},
                                       {"EPOCH", TimeUnit::Epoch}}};

std::int64_t modulo(std::int64_t a, std::int64_t b) {
    return a - floorDivide(a, b) * b;
}

/// 0 on Sunday; the epoch was a Thursday.
std::int64_t daysSinceSunday(std::int64_t day) {
    return modulo(day + 4, 7);
}
std::int64_t daysSinceMonday(std::int64_t day) {
    return modulo(day + 3, 7);
}

/// An ISO week belongs to the year of its Thursday.
std::int64_t thursdayOfWeek(std::int64_t day) {
    return day - daysSinceMonday(day) + 3;
}
std::int64_t firstOfYear(std::int64_t day) {
    return daysFromCivil(civilFromDays(day).year, 1, 1);
}

Instant midnight(std::int64_t day) {
    return day * kMillisPerDay;
}

std::int64_t monthNumber(const CivilDate& date) {
    return date.year * 12 + date.month - 1;
}

/// The day of the month that `day` becomes in the month of `date`, which may be too short for it.
int dayInMonthOf(const CivilDate& date, int day) {
    const bool december = date.month == 12;
    const std::int64_t next =
        daysFromCivil(december ? date.year + 1 : date.year, december ? 1 : date.month + 1, 1);
    return std::min(day, static_cast<int>(next - daysFromCivil(date.year, date.month, 1)));
}

std::int64_t monthsBetween(Instant from, Instant to) {
    const CivilDate a = civilFromDays(dayOf(from)), b = civilFromDays(dayOf(to));
    std::int64_t between = monthNumber(b) - monthNumber(a);
    if (dayOf(to) >= dayOf(from)) {
        if (dayInMonthOf(b, a.day) > b.day) --between;
    } else if (dayInMonthOf(a, b.day) > a.day) {
        ++between;
    }
    const bool sameMonth = monthNumber(a) + between == monthNumber(b);
    const bool met = sameMonth && dayInMonthOf(b, a.day) == b.day;
    return met && millisOfDay(to) < millisOfDay(from) ? between - 1 : between;
}

}  // namespace

std::optional<TimeUnit> timeUnit(std::string_view name) {
    for (const Name& known : kNames) {
        if (known.name == name) return known.unit;
    }
    return std::nullopt;
}

std::int64_t millisOf(TimeUnit unit) {
    switch (unit) {
        case TimeUnit::Millisecond:
            return 1;
        case TimeUnit::Second:
            return 1'000;
        case TimeUnit::Minute:
            return 60'000;
        case TimeUnit::Hour:
            return 3'600'000;
        case TimeUnit::Day:
            return kMillisPerDay;
        case TimeUnit::Week:
            return 7 * kMillisPerDay;
        default:
            return 0;
    }
}

int monthsOf(TimeUnit unit) {
    switch (unit) {
        case TimeUnit::Month:
            return 1;
        case TimeUnit::Quarter:
            return 3;
        case TimeUnit::Year:
            return 12;
        default:
            return 0;
    }
}

std::int64_t fieldOf(TimeUnit unit, Instant time) {
    const std::int64_t day = dayOf(time);
    const std::int64_t millis = millisOfDay(time);
    switch (unit) {
        case TimeUnit::Millisecond:
            return millis % 1'000;
        case TimeUnit::Second:
            return millis / 1'000 % 60;
        case TimeUnit::Minute:
            return millis / 60'000 % 60;
        case TimeUnit::Hour:
            return millis / 3'600'000;
        case TimeUnit::Day:
            return civilFromDays(day).day;
        case TimeUnit::Week: {
            const std::int64_t thursday = thursdayOfWeek(day);
            return (thursday - firstOfYear(thursday)) / 7 + 1;
        }
        case TimeUnit::Month:
            return civilFromDays(day).month;
        case TimeUnit::Quarter:
            return (civilFromDays(day).month + 2) / 3;
        case TimeUnit::Year:
            return civilFromDays(day).year;
        case TimeUnit::DayOfWeek:
            return daysSinceSunday(day) + 1;
        case TimeUnit::IsoDayOfWeek:
            return daysSinceMonday(day) + 1;
        case TimeUnit::DayOfYear:
            return day - firstOfYear(day) + 1;
        case TimeUnit::IsoYear:
            return civilFromDays(thursdayOfWeek(day)).year;
        case TimeUnit::Decade:
            return civilFromDays(day).year / 10;
        case TimeUnit::Century:
            return (civilFromDays(day).year + 99) / 100;
        case TimeUnit::Millennium:
            return (civilFromDays(day).year + 999) / 1'000;
        case TimeUnit::Epoch:
            return floorDivide(time, 1'000);
    }
    return 0;
}

Instant floorTo(TimeUnit unit, Instant time) {
    if (unit == TimeUnit::Week) return midnight(dayOf(time) - daysSinceSunday(dayOf(time)));
    if (const std::int64_t millis = millisOf(unit)) return floorDivide(time, millis) * millis;
    const CivilDate date = civilFromDays(dayOf(time));
    const int months = monthsOf(unit);
    return midnight(daysFromCivil(date.year, (date.month - 1) / months * months + 1, 1));
}

Instant ceilTo(TimeUnit unit, Instant time) {
    const Instant start = floorTo(unit, time);
    // Flink goes on to the next quarter where one starts, but in January.
    const bool stays = start == time && (unit != TimeUnit::Quarter || civilFromDays(dayOf(time)).month == 1);
    Instant next = start;
    return stays || !addUnits(next, start, 1, unit) ? start : next;
}

bool addUnits(Instant& out, Instant time, std::int64_t amount, TimeUnit unit) {
    std::int64_t scaled = 0;
    if (const int months = monthsOf(unit)) {
        return multiplyChecked(scaled, amount, std::int64_t{months}) && addMonths(out, time, scaled);
    }
    return multiplyChecked(scaled, amount, millisOf(unit)) && addChecked(out, time, scaled);
}

std::int64_t unitsBetween(TimeUnit unit, Instant from, Instant to) {
    const int months = monthsOf(unit);
    if (months == 0) return static_cast<std::int64_t>((Int128{to} - from) / millisOf(unit));
    return monthsBetween(from, to) / months;
}

}  // namespace rw::sql
