#include "core/connect/csv/values.h"

#include <algorithm>
#include <string>

#include "core/base/ascii.h"
#include "core/data/text.h"
#include "core/data/trim.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

// The years 1 to 9999, in which a TIMESTAMP can be written.
constexpr Instant kFirstInstant = -62'135'596'800'000, kLastInstant = 253'402'300'799'999;
constexpr Type kSecondsType{TypeId::Decimal, 18, 3};
// Separators between groups of three digits: a point, a blank, and blanks at which no line breaks.
constexpr std::string_view kGroupMarks[] = {".", " ", "\u00A0", "\u202F"};

bool allDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), isAsciiDigit);
}

/// Appends the digits of a whole number to `out`, without the separators of its groups of three.
bool appendUngrouped(std::string_view whole, std::string& out) {
    const std::size_t first =
        static_cast<std::size_t>(std::find_if_not(whole.begin(), whole.end(), isAsciiDigit) - whole.begin());
    out += whole.substr(0, first);
    std::string_view rest = whole.substr(first);
    if (rest.empty()) return true;
    const auto mark = std::find_if(std::begin(kGroupMarks), std::end(kGroupMarks),
                                   [&](std::string_view each) { return rest.starts_with(each); });
    if (mark == std::end(kGroupMarks) || first == 0 || first > 3 || whole.front() == '0') return false;
    for (; !rest.empty(); rest.remove_prefix(mark->size() + 3)) {
        if (!rest.starts_with(*mark) || rest.size() < mark->size() + 3) return false;
        const std::string_view group = rest.substr(mark->size(), 3);
        if (!allDigits(group)) return false;
        out += group;
    }
    return true;
}

/// The number with a point before its decimals and nothing between its groups; nothing where it is none.
std::optional<std::string> withPoint(std::string_view text, CsvFormat::Decimal decimal) {
    text = trimmed(text);
    const std::size_t comma = text.find(',');
    const bool marked = comma != std::string_view::npos;
    if (!marked && (decimal == CsvFormat::Decimal::Either || text.empty())) return std::string(text);
    std::string out;
    if (text.front() == '-' || text.front() == '+') out += text.front();
    const std::string_view whole = text.substr(out.size(), marked ? comma - out.size() : std::string::npos);
    if (!marked && whole.find_first_of(". \xC2\xE2") == std::string_view::npos) return std::string(text);
    if (!appendUngrouped(whole, out)) return std::nullopt;
    if (!marked) return out;
    const std::string_view fraction = text.substr(comma + 1);
    if (fraction.empty() || !isAsciiDigit(fraction.front()) || fraction.find('.') != std::string_view::npos)
        return std::nullopt;
    return out.append(".").append(fraction);
}

std::optional<Instant> withinYears(Int128 millis) {
    if (millis < kFirstInstant || millis > kLastInstant) return std::nullopt;
    return static_cast<Instant>(millis);
}

}  // namespace

bool hasDecimalComma(std::string_view text) {
    text = trimmed(text);
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos || !csvDouble(text, CsvFormat::Decimal::Either)) return false;
    const std::string_view fraction = text.substr(comma + 1);
    std::string_view whole = text.substr(0, comma);
    if (whole.starts_with('-') || whole.starts_with('+')) whole.remove_prefix(1);
    const bool mayBeThousands =
        fraction.size() == 3 && !whole.empty() && whole.size() <= 3 && whole.front() != '0';
    return !mayBeThousands;
}

std::optional<double> csvDouble(std::string_view text, CsvFormat::Decimal decimal) {
    if (decimal == CsvFormat::Decimal::Point) return parseDouble(text);
    const auto pointed = withPoint(text, decimal);
    return pointed ? parseDouble(*pointed) : std::nullopt;
}

std::optional<Int128> csvDecimal(std::string_view text, Type type, CsvFormat::Decimal decimal) {
    if (decimal == CsvFormat::Decimal::Point) return parseDecimal(text, type.precision, type.scale);
    const auto pointed = withPoint(text, decimal);
    return pointed ? parseDecimal(*pointed, type.precision, type.scale) : std::nullopt;
}

std::optional<Instant> csvTimestamp(std::string_view text, const CsvFormat& format) {
    if (const auto written = parseTimestamp(text)) return written;
    switch (format.epoch) {
        case CsvFormat::Epoch::None:
            return std::nullopt;
        case CsvFormat::Epoch::Seconds: {
            const auto millis = csvDecimal(text, kSecondsType, format.decimal);
            return millis ? withinYears(*millis) : std::nullopt;
        }
        case CsvFormat::Epoch::Milliseconds: {
            const auto millis = parseBigint(text);
            return millis ? withinYears(*millis) : std::nullopt;
        }
    }
    return std::nullopt;
}

bool isCsvValue(std::string_view text, Type type, const CsvFormat& format) {
    return visitType(
        type.id,
        Overloaded{[&](types::Double) { return csvDouble(text, format.decimal).has_value(); },
                   [&](types::Decimal) { return csvDecimal(text, type, format.decimal).has_value(); },
                   [&](types::Timestamp) { return csvTimestamp(text, format).has_value(); },
                   [&](AnyOf<types::Boolean, types::Int, types::Bigint, types::String, types::Bytes,
                             types::Date, types::Null, types::IntervalDay, types::IntervalMonth> auto) {
                       return parseValue(text, type).has_value();
                   }});
}

}  // namespace rw
