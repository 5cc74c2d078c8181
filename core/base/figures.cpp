#include "core/base/figures.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/base/readable.h"

namespace rw::figures {

namespace {

constexpr const char* kThinSpace = "\u2009";
constexpr const char* kPercent = "\u00A0%";  // which no line break parts from its number

std::string withoutZeros(std::string digits) {
    if (digits.find('.') == std::string::npos) return digits;
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return digits;
}

/// “1.20e+05” as “1.2e5”.
std::string shortPower(const std::string& scientific) {
    const std::size_t cut = scientific.find('e');
    const bool negative = scientific[cut + 1] == '-';
    std::size_t first = scientific.find_first_of("123456789", cut + 1);
    if (first == std::string::npos) first = scientific.size() - 1;
    return withoutZeros(scientific.substr(0, cut)) + (negative ? "e-" : "e") + scientific.substr(first);
}

std::string notFinite(double value) {
    return std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

constexpr double kUnitsFrom = 1e4, kPowersFrom = 1e16;
constexpr int kDigits = 3;
constexpr std::array<const char*, 5> kUnits{"", "k", "M", "G", "T"};
constexpr std::array<double, 5> kFactors{1, 1e3, 1e6, 1e9, 1e12};

std::size_t unitFor(double magnitude) {
    std::size_t unit = 0;
    while (unit + 1 < kUnits.size() && magnitude >= kUnitsFrom * kFactors[unit]) ++unit;
    return unit;
}

std::string withUnit(const std::string& digits, std::size_t unit) {
    return unit == 0 ? grouped(digits) : grouped(digits) + kThinSpace + kUnits[unit];
}

}  // namespace

std::string count(std::uint64_t number) {
    return grouped(std::to_string(number));
}

std::string rounded(double value) {
    constexpr double kPowersBelow = 1e-3;
    if (!std::isfinite(value)) return notFinite(value);
    const double magnitude = std::fabs(value);
    if (magnitude == 0) return "0";
    if (magnitude >= kPowersFrom) return shortPower(fmt::format("{:.{}e}", value, kDigits - 1));
    if (magnitude < kPowersBelow) return exact(tidy(value, kDigits));  // 0.000512, 1.2e-7
    const std::size_t unit = unitFor(magnitude);
    const double scaled = value / kFactors[unit];
    const int before = static_cast<int>(std::floor(std::log10(std::fabs(scaled)))) + 1;
    return withUnit(withoutZeros(fmt::format("{:.{}f}", scaled, std::max(0, kDigits - before))), unit);
}

std::string mark(double at, double step, double farthest) {
    constexpr int kMostDecimals = 6, kMarkDigits = 12;  // a scale has far fewer marks than 10^12
    if (!std::isfinite(at)) return notFinite(at);
    const std::size_t unit = unitFor(farthest);
    const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step / kFactors[unit]) + 1e-9)));
    if (farthest >= kPowersFrom || decimals > kMostDecimals) return exact(tidy(at, kMarkDigits));
    return withUnit(fmt::format("{:.{}f}", at / kFactors[unit], decimals), unit);
}

double tidy(double value, int digits) {
    const std::string text = fmt::format("{:.{}e}", value, digits - 1);
    double read = value;
    std::from_chars(text.data(), text.data() + text.size(), read);
    return read;
}

// A whole number below 2^53 has no rounding in it: it may be a key.
std::string shown(double value) {
    constexpr double kWholeBelow = 9'007'199'254'740'992;
    constexpr int kShownDigits = 15;
    const bool whole = std::fabs(value) < kWholeBelow && value == std::trunc(value);
    return exact(whole ? value : tidy(value, kShownDigits));
}

std::string exact(double value) {
    constexpr double kTooLarge = 1e21, kTooSmall = 1e-6;
    constexpr std::size_t kRoom = 64;  // 21 digits, or a sign, a point and 17 digits behind six zeros
    if (!std::isfinite(value)) return notFinite(value);
    const double magnitude = std::fabs(value);
    const bool plain = magnitude == 0 || (magnitude >= kTooSmall && magnitude < kTooLarge);
    std::array<char, kRoom> buffer{};
    const auto format = plain ? std::chars_format::fixed : std::chars_format::scientific;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format).ptr;
    const std::string digits(buffer.data(), end);
    return plain ? digits : shortPower(digits);
}

std::string rate(double perSecond) {
    constexpr std::size_t kLargest = 3;  // G
    std::size_t unit = 0;
    while (perSecond >= 999.5 && unit < kLargest) {
        perSecond /= 1000;
        ++unit;
    }
    const bool whole = unit == 0 && std::fabs(perSecond - std::round(perSecond)) < 0.05;
    const int decimals = unit > 0 ? (perSecond < 99.95 ? 1 : 0) : perSecond < 9.95 && !whole ? 1 : 0;
    const std::string digits = fmt::format("{:.{}f}", perSecond, decimals);
    return withUnit(digits, unit) + "/s";
}

std::string share(double ofOne) {
    const double percents = ofOne * 100;
    if (percents > 0 && percents < 0.5) return std::string("<1") + kPercent;
    return fmt::format("{:.0f}{}", percents, kPercent);
}

// The numbers bring their thin spaces along.
Text age(Millis length) {
    constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;
    const Millis millis = std::max<Millis>(0, length);
    const std::int64_t seconds = millis / 1000;
    const auto number = [](std::int64_t figure) { return grouped(std::to_string(figure)) + kThinSpace; };
    if (millis < 50) return RW_TEXT("duration", "%1s").with(number(0));
    if (millis < 9'950)
        return RW_TEXT("duration", "%1s")
            .with(fmt::format("{:.1f}{}", static_cast<double>(millis) / 1000, kThinSpace));
    if (millis < 59'500) return RW_TEXT("duration", "%1s").with(number((millis + 500) / 1000));
    if (seconds < kMinute) return RW_TEXT("duration", "%1min").with(number(1));
    if (seconds < 10 * kMinute)
        return RW_TEXT("duration", "%1min %2s").with(number(seconds / kMinute), number(seconds % kMinute));
    if (seconds < 2 * kHour) return RW_TEXT("duration", "%1min").with(number(seconds / kMinute));
    if (seconds < 2 * kDay) return RW_TEXT("duration", "%1h").with(number(seconds / kHour));
    return RW_TEXT("duration", "%1d").with(number(seconds / kDay));
}

Text wholeAge(Millis length) {
    constexpr Millis kMinute = 60'000;
    const Millis whole = std::max<Millis>(0, length) / 1000 * 1000;
    if (whole >= kMinute) return age(whole);
    return RW_TEXT("duration", "%1s").with(std::to_string(whole / 1000) + kThinSpace);
}

Text took(double seconds) {
    if (!(seconds < 0.9995)) {
        constexpr double kLongest = 1e15;  // the range of Millis
        return age(static_cast<Millis>(std::min(seconds, kLongest) * 1000));
    }
    const double millis = std::max(0.0, seconds) * 1000;
    return RW_TEXT("duration", "%1ms")
        .with(fmt::format("{:.{}f}{}", millis, millis > 0 && millis < 9.95 ? 1 : 0, kThinSpace));
}

Text bytes(std::uint64_t number) {
    return counted(number, RW_TEXT("byte_size", "1 byte"), RW_TEXT("byte_size", "%1 bytes"));
}

Text counted(std::uint64_t number, Text one, Text many) {
    return number == 1 ? std::move(one) : std::move(many).with(count(number));
}

Text countedAmount(double amount, Text one, Text many) {
    return amount == 1 ? std::move(one) : std::move(many).with(grouped(exact(amount)));
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count(number), number == 1 ? one : many);
}

}  // namespace rw::figures
