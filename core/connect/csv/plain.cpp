#include "core/connect/csv/plain.h"

#include <algorithm>

#include "core/data/base64.h"
#include "core/data/text.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

/// Before it calendars differ in which days there were.
constexpr std::string_view kFirstYear = "1583";

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool areDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

/// “1.50” as “1” and “50”; without a point all of it is whole.
struct Digits {
    std::string_view whole{}, decimals{};
    bool plain = false;
};
Digits digitsOf(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    Digits out{text.substr(0, point), {}, false};
    const bool noZero = out.whole.size() == 1 || !out.whole.starts_with('0');
    out.plain = areDigits(out.whole) && noZero;
    if (point == std::string_view::npos) return out;
    out.decimals = text.substr(point + 1);
    out.plain = out.plain && areDigits(out.decimals);
    return out;
}

bool isPlainWhole(std::string_view text) {
    const Digits digits = digitsOf(text);
    return digits.plain && digits.decimals.empty();
}

bool isPlainDouble(std::string_view text) {
    const std::size_t at = text.find_first_of("eE");
    if (at == std::string_view::npos) return digitsOf(text).plain;
    std::string_view exponent = text.substr(at + 1);
    if (exponent.starts_with('+') || exponent.starts_with('-')) exponent.remove_prefix(1);
    return digitsOf(text.substr(0, at)).plain && areDigits(exponent);
}

bool isPlainDecimal(std::string_view text, Type type) {
    const Digits digits = digitsOf(text);
    const std::size_t whole = digits.whole == "0" ? 0 : digits.whole.size();
    return digits.plain && digits.decimals.size() <= type.scale &&
           whole + type.scale <= static_cast<std::size_t>(type.precision);
}

/// Where `form` has a 0 stands a digit, else the same sign.
bool hasForm(std::string_view text, std::string_view form) {
    return text.size() == form.size() &&
           std::equal(text.begin(), text.end(), form.begin(),
                      [](char c, char wanted) { return wanted == '0' ? isDigit(c) : c == wanted; });
}

bool isPlainTimestamp(std::string_view text) {
    constexpr std::string_view kForm = "0000-00-00 00:00:00.000";
    constexpr std::size_t kSeconds = 19;
    const bool decimals = text.size() >= kSeconds + 2;
    return (text.size() == kSeconds || decimals) && text >= kFirstYear &&
           hasForm(text, kForm.substr(0, std::min(text.size(), kForm.size())));
}

/// With its padding, which other engines ask for, and without blanks.
bool isPlainBase64(std::string_view text) {
    std::string bytes;
    return text.size() % 4 == 0 && appendFromBase64(bytes, text);
}

}  // namespace

bool isPlainCell(std::string_view text, Type type) {
    const bool plain = visitType(
        type.id,
        Overloaded{[&](types::String) { return true; },
                   [&](types::Boolean) { return text == "true" || text == "false"; },
                   [&](AnyOf<types::Int, types::Bigint> auto) { return isPlainWhole(text); },
                   [&](types::Double) { return isPlainDouble(text); },
                   [&](types::Decimal) { return isPlainDecimal(text, type); },
                   [&](types::Date) { return hasForm(text, "0000-00-00") && text >= kFirstYear; },
                   [&](types::Timestamp) { return isPlainTimestamp(text); },
                   [&](types::Bytes) { return isPlainBase64(text); },
                   [&](AnyOf<types::Null, types::IntervalDay, types::IntervalMonth> auto) { return false; }});
    return plain && (type.is(TypeId::String) || parseValue(text, type).has_value());
}

}  // namespace rw
