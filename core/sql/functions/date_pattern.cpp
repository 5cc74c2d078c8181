#include "core/sql/functions/date_pattern.h"

#include <algorithm>
#include <array>

#include "core/data/text.h"
#include "core/sql/functions/time_unit.h"
#include "core/sql/time_math.h"

namespace rw::sql {

namespace {

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> kDays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                "Friday", "Saturday", "Sunday"};
constexpr std::string_view kLetters = "yuMLdDEHkKhamsSQ";

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isYear(char letter) {
    return letter == 'y' || letter == 'u';
}

/// Whether the letter, so often, stands for words instead of digits.
bool isKeyword(char letter, int width) {
    return letter == 'a' || letter == 'E' || ((letter == 'M' || letter == 'L') && width >= 3);
}

/// The largest width that makes sense; Java refuses more as well.
int widest(char letter) {
    if (letter == 'a') return 1;
    if (letter == 'S' || isYear(letter)) return 9;
    if (letter == 'D') return 3;
    return letter == 'M' || letter == 'L' || letter == 'E' ? 4 : 2;
}

std::string_view shown(std::string_view name, int width) {
    return width >= 4 ? name : name.substr(0, 3);
}

void appendPadded(std::string& out, std::int64_t value, int width) {
    const std::string digits = std::to_string(value);
    out.append(static_cast<std::size_t>(std::max(0, width - static_cast<int>(digits.size()))), '0')
        .append(digits);
}

std::int64_t numberOf(char letter, Instant time) {
    const std::int64_t hour = fieldOf(TimeUnit::Hour, time);
    switch (letter) {
        case 'y':
        case 'u':
            return fieldOf(TimeUnit::Year, time);
        case 'M':
        case 'L':
            return fieldOf(TimeUnit::Month, time);
        case 'd':
            return fieldOf(TimeUnit::Day, time);
        case 'D':
            return fieldOf(TimeUnit::DayOfYear, time);
        case 'Q':
            return fieldOf(TimeUnit::Quarter, time);
        case 'H':
            return hour;
        case 'k':
            return hour == 0 ? 24 : hour;
        case 'K':
            return hour % 12;
        case 'h':
            return hour % 12 == 0 ? 12 : hour % 12;
        case 'm':
            return fieldOf(TimeUnit::Minute, time);
        default:
            return fieldOf(TimeUnit::Second, time);
    }
}

/// The fields read so far, and the time that they make.
struct Fields {
    std::int64_t year = 1970, month = 1, day = 1, minute = 0, second = 0, millis = 0;
    std::optional<std::int64_t> dayOfYear, hour, hourOfHalf, weekday;
    bool afternoon = false;

    void set(char letter, int width, std::int64_t value) {
        switch (letter) {
            case 'y':
            case 'u':
                year = width == 2 ? 2'000 + value : value;
                break;
            case 'M':
            case 'L':
                month = value;
                break;
            case 'd':
                day = value;
                break;
            case 'D':
                dayOfYear = value;
                break;
            case 'H':
                hour = value;
                break;
            case 'k':
                hour = value == 24 ? 0 : value == 0 ? 24 : value;
                break;
            case 'K':
                hourOfHalf = value;
                break;
            case 'h':
                hourOfHalf = value == 12 ? 0 : value == 0 ? 12 : value;
                break;
            case 'm':
                minute = value;
                break;
            case 's':
                second = value;
                break;
            default:
                break;  // a quarter says nothing that the month does not
        }
    }

    std::optional<Instant> instant() const {
        if (year < 1 || year > 9'999 || month < 1 || month > 12 || minute > 59 || second > 59)
            return std::nullopt;
        if (hourOfHalf.value_or(0) > 11 || hour.value_or(0) > 23) return std::nullopt;
        std::int64_t days = daysFromCivil(year, static_cast<int>(month), 1) + day - 1;
        if (dayOfYear) days = daysFromCivil(year, 1, 1) + *dayOfYear - 1;
        const CivilDate date = civilFromDays(days);
        // A day beyond its month would lie in another one.
        if (date.year != year || (!dayOfYear && (date.month != month || date.day != day)))
            return std::nullopt;
        const Instant midnight = days * kMillisPerDay;
        if (weekday && fieldOf(TimeUnit::IsoDayOfWeek, midnight) != *weekday) return std::nullopt;
        const std::int64_t hours = hour ? *hour : hourOfHalf.value_or(0) + (afternoon ? 12 : 0);
        return midnight + ((hours * 60 + minute) * 60 + second) * 1'000 + millis;
    }
};

/// Takes the word of `names` that `text` begins with off its front; its number, from 1.
template <class Names>
std::optional<std::int64_t> acceptKeyword(std::string_view& text, const Names& names, int width) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string_view name = shown(names[i], width);
        if (!text.starts_with(name)) continue;
        text.remove_prefix(name.size());
        return static_cast<std::int64_t>(i) + 1;
    }
    return std::nullopt;
}

bool takeWordInto(Fields& fields, std::string_view& text, char letter, int width) {
    if (letter == 'a') {
        fields.afternoon = text.starts_with("PM");
        if (!fields.afternoon && !text.starts_with("AM")) return false;
        text.remove_prefix(2);
        return true;
    }
    const auto number =
        letter == 'E' ? acceptKeyword(text, kDays, width) : acceptKeyword(text, kMonths, width);
    if (!number) return false;
    (letter == 'E' ? fields.weekday.emplace() : fields.month) = *number;
    return true;
}

}  // namespace

std::variant<DatePattern, Text> DatePattern::compile(std::string_view pattern) {
    constexpr std::size_t kLongest = 1'000;  // parts of a pattern may look at all others
    if (pattern.size() > kLongest)
        return RW_TEXT("sql", "A pattern of dates and times has at most %1 bytes.").with(kLongest);
    DatePattern compiled;
    const auto literal = [&compiled](std::string_view text) {
        if (compiled.m_parts.empty() || compiled.m_parts.back().letter != 0) compiled.m_parts.push_back({});
        compiled.m_parts.back().literal += text;
    };
    for (std::size_t at = 0; at < pattern.size();) {
        const char c = pattern[at];
        if (isLetter(c)) {
            const std::size_t end = std::min(pattern.find_first_not_of(c, at), pattern.size());
            const auto width = static_cast<int>(end - at);
            if (kLetters.find(c) == std::string_view::npos || width > widest(c)) {
                return RW_TEXT("sql", "“%1” has no meaning in a pattern of dates and times.")
                    .with(pattern.substr(at, end - at));
            }
            compiled.m_parts.push_back({c, width, {}});
            at = end;
        } else if (c == '\'') {
            const std::size_t end = pattern.find('\'', at + 1);
            if (end == std::string_view::npos) return RW_TEXT("sql", "The pattern's quoted text has no end.");
            const std::string_view quoted = pattern.substr(at + 1, end - at - 1);
            literal(quoted.empty() ? "'" : quoted);
            at = end + 1;
            // 'o''clock': within a text, two quotes are one of its own
            if (!quoted.empty() && pattern.substr(at).starts_with('\'')) literal("'");
        } else if (c == '[' || c == ']' || c == '{' || c == '}' || c == '#') {
            return RW_TEXT("sql", "“%1” has no meaning in a pattern of dates and times.")
                .with(std::string(1, c));
        } else {
            literal(pattern.substr(at, 1));
            ++at;
        }
    }
    return compiled;
}

void DatePattern::format(std::string& out, Instant time) const {
    for (const Part& part : m_parts) {
        if (part.letter == 0) {
            out += part.literal;
        } else if (part.letter == 'a') {
            out += fieldOf(TimeUnit::Hour, time) < 12 ? "AM" : "PM";
        } else if (part.letter == 'E') {
            out +=
                shown(kDays[static_cast<std::size_t>(fieldOf(TimeUnit::IsoDayOfWeek, time) - 1)], part.width);
        } else if (isKeyword(part.letter, part.width)) {
            out += shown(kMonths[static_cast<std::size_t>(fieldOf(TimeUnit::Month, time) - 1)], part.width);
        } else if (part.letter == 'S') {
            std::string digits;
            appendPadded(digits, fieldOf(TimeUnit::Millisecond, time), 3);
            digits.resize(static_cast<std::size_t>(part.width), '0');
            out += digits;
        } else {
            const std::int64_t number = numberOf(part.letter, time);
            const bool twoDigits = isYear(part.letter) && part.width == 2;
            appendPadded(out, twoDigits ? (number % 100 + 100) % 100 : number, part.width);
        }
    }
}

std::size_t DatePattern::reservedAfter(std::size_t part) const {
    std::size_t digits = 0;
    for (++part; part < m_parts.size(); ++part) {
        const Part& next = m_parts[part];
        if (next.letter == 0 || isKeyword(next.letter, next.width) || next.width < 2) break;
        digits += static_cast<std::size_t>(next.width);
    }
    return digits;
}

std::optional<Instant> DatePattern::parse(std::string_view text) const {
    Fields fields;
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const Part& part = m_parts[i];
        if (part.letter == 0) {
            if (!text.starts_with(part.literal)) return std::nullopt;
            text.remove_prefix(part.literal.size());
            continue;
        }
        if (isKeyword(part.letter, part.width)) {
            if (!takeWordInto(fields, text, part.letter, part.width)) return std::nullopt;
            continue;
        }
        // One letter, or a year, takes as many digits as there are; the others exactly as many as letters.
        const auto width = static_cast<std::size_t>(part.width);
        const bool open = part.letter != 'S' && (width == 1 || (isYear(part.letter) && width != 2));
        const std::size_t reserved = open ? reservedAfter(i) : 0;
        // More digits than the part can have are not counted.
        const std::string_view near = text.substr(0, std::max(reserved + 10, width));
        const std::size_t run = std::min(near.find_first_not_of("0123456789"), near.size());
        const std::size_t digits = open ? (run > reserved ? run - reserved : 0) : width;
        if (digits < width || digits > run || digits > 9) return std::nullopt;
        std::int64_t number = 0;
        for (const char c : text.substr(0, digits)) number = number * 10 + (c - '0');
        text.remove_prefix(digits);
        if (part.letter == 'S') {
            for (std::size_t place = digits; place < 3; ++place) number *= 10;
            for (std::size_t place = digits; place > 3; --place) number /= 10;
            fields.millis = number;
        } else {
            fields.set(part.letter, part.width, number);
        }
    }
    return text.empty() ? fields.instant() : std::nullopt;
}

}  // namespace rw::sql
