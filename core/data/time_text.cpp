#include "core/data/time_text.h"

#include "core/data/text.h"

namespace rw {

namespace {

char* putTwo(char* at, std::int64_t value) {
    at[0] = static_cast<char>('0' + value / 10);
    at[1] = static_cast<char>('0' + value % 10);
    return at + 2;
}

}  // namespace

void DateText::newDay(std::int64_t days) {
    const CivilDate date = civilFromDays(days);
    char text[2 * kLongest] = {};  // digits touch more than they need
    char* at = text;
    if (date.year >= 0 && date.year <= 9'999) {
        at = putPadded<4>(at, static_cast<std::uint64_t>(date.year));
    } else {
        // A minus counts as one of the five characters that such a year has at least.
        const bool four = date.year < 0 && date.year > -10'000;
        if (four) *at++ = '-';
        at = four ? putPadded<4>(at, static_cast<std::uint64_t>(-date.year)) : putInteger(at, date.year);
    }
    *at = '-';
    at = putTwo(at + 1, date.month);
    *at = '-';
    at = putTwo(at + 1, date.day);
    std::memcpy(m_text, text, kLongest);
    m_size = static_cast<std::size_t>(at - text);
    m_days = days;
}

void TimestampText::newMinute(std::int64_t minute) {
    constexpr std::int64_t kMinutesOfDay = 1'440;
    const std::int64_t rest = minute % kMinutesOfDay, inDay = rest + (rest < 0 ? kMinutesOfDay : 0);
    char* at = m_date.write(m_text, minute / kMinutesOfDay - (rest < 0 ? 1 : 0));
    *at = ' ';
    at = putTwo(at + 1, inDay / 60);
    *at = ':';
    at = putTwo(at + 1, inDay % 60);
    *at = ':';
    m_size = static_cast<std::size_t>(at + 1 - m_text);
    m_minute = minute;
}

}  // namespace rw
