// Dates and timestamps from text.
#include "core/data/text.h"
#include "core/data/trim.h"

namespace rw {

namespace {

constexpr std::int64_t kMillisPerDay = 86'400'000;

/// `count` digits at `at`; -1 when one of them is not a digit.
int digitsAt(const char* at, int count) {
    int value = 0;
    for (int i = 0; i < count; ++i) {
        const int digit = at[i] - '0';
        if (digit < 0 || digit > 9) return -1;
        value = value * 10 + digit;
    }
    return value;
}

/// The days of `yyyy-mm-dd` at `at`; nullopt when there is no such day in the years 1 to 9999.
std::optional<std::int64_t> daysAt(const char* at) {
    const int year = digitsAt(at, 4), month = digitsAt(at + 5, 2), day = digitsAt(at + 8, 2);
    if (at[4] != '-' || at[7] != '-' || year < 1 || month < 1 || month > 12 || day < 1) return std::nullopt;
    constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (day > kDays[month - 1] + (month == 2 && leap ? 1 : 0)) return std::nullopt;
    return daysFromCivil(year, month, day);
}

/// The milliseconds of `hh:mm:ss` at `at`; -1 when there is no such time of day.
std::int64_t timeAt(const char* at) {
    const int hour = digitsAt(at, 2), minute = digitsAt(at + 3, 2), second = digitsAt(at + 6, 2);
    if (at[2] != ':' || at[5] != ':') return -1;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
    return (hour * 3'600 + minute * 60 + second) * std::int64_t{1'000};
}

/// The milliseconds of `.f`, `.ff` … with up to nine digits; -1 when `text` is not that. No text is 0.
int fraction(std::string_view text) {
    if (text.empty()) return 0;
    if (text.front() != '.' || text.size() > 10) return -1;
    text.remove_prefix(1);
    if (text.empty() || digitsAt(text.data(), static_cast<int>(text.size())) < 0) return -1;
    int millis = 0;
    for (std::size_t i = 0; i < 3; ++i) millis = millis * 10 + (i < text.size() ? text[i] - '0' : 0);
    return millis;
}

}  // namespace

std::optional<std::int32_t> parseDate(std::string_view text) {
    text = trimmed(text);
    if (text.size() != 10) return std::nullopt;
    const std::optional<std::int64_t> days = daysAt(text.data());
    if (!days) return std::nullopt;
    return static_cast<std::int32_t>(*days);
}

std::optional<Instant> parseTimestamp(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 10) return std::nullopt;
    const std::optional<std::int64_t> days = daysAt(text.data());
    if (!days) return std::nullopt;
    const Instant midnight = *days * kMillisPerDay;
    text.remove_prefix(10);
    if (text.empty()) return midnight;
    if (text.size() < 9 || (text.front() != ' ' && text.front() != 'T')) return std::nullopt;
    const std::int64_t time = timeAt(text.data() + 1);
    text.remove_prefix(9);
    if (!text.empty() && text.back() == 'Z') text.remove_suffix(1);
    const int millis = fraction(text);
    if (time < 0 || millis < 0) return std::nullopt;
    return midnight + time + millis;
}

}  // namespace rw
