// Numbers, truth values and bytes from text; no locale, and memory for bytes alone.
#include <fast_float/fast_float.h>

#include <charconv>

#include "core/base/ascii.h"
#include "core/data/text.h"
#include "core/data/trim.h"

namespace rw {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// `text` equals `word`, which is lower case; upper and lower case of ASCII letters are the same.
bool equalsIgnoringCase(std::string_view text, std::string_view word) {
    if (text.size() != word.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c) != word[i]) return false;
    }
    return true;
}

template <class Integer>
std::optional<Integer> parseInteger(std::string_view text) {
    text = trimmed(text);
    // from_chars takes no plus sign, and after one it would take a minus
    if (text.size() > 1 && text[0] == '+' && isDigit(text[1])) text.remove_prefix(1);
    Integer value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end) return std::nullopt;
    return value;
}

/// A decimal literal taken apart: [sign] digits [. digits] [e exponent]. The digits stay in the text.
struct DecimalParts {
    std::string_view whole, fraction;
    bool negative = false;
    int exponent = 0;

    std::size_t digits() const { return whole.size() + fraction.size(); }
    int digit(std::size_t i) const {
        return (i < whole.size() ? whole[i] : fraction[i - whole.size()]) - '0';
    }
};

std::string_view takeDigits(std::string_view& text) {
    std::size_t n = 0;
    while (n < text.size() && isDigit(text[n])) ++n;
    const std::string_view digits = text.substr(0, n);
    text.remove_prefix(n);
    return digits;
}

std::optional<int> takeExponent(std::string_view text) {
    constexpr int kLargest = 100'000'000;  // beyond any text's length: only zero survives it
    bool negative = false;
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    const std::string_view digits = takeDigits(text);
    if (digits.empty() || !text.empty()) return std::nullopt;
    int exponent = 0;
    for (const char c : digits) exponent = std::min(exponent * 10 + (c - '0'), kLargest);
    return negative ? -exponent : exponent;
}

std::optional<DecimalParts> takeApart(std::string_view text) {
    DecimalParts parts;
    text = trimmed(text);
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        parts.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    parts.whole = takeDigits(text);
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        parts.fraction = takeDigits(text);
    }
    if (parts.digits() == 0) return std::nullopt;
    if (!text.empty()) {
        if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
        const std::optional<int> exponent = takeExponent(text.substr(1));
        if (!exponent) return std::nullopt;
        parts.exponent = *exponent;
    }
    return parts;
}

/// Of a DECIMAL(precision, scale). `T` holds the power of ten that has one digit more than `precision`.
template <class T>
std::optional<Int128> unscaledOf(const DecimalParts& parts, int precision, int scale) {
    T lastPlace = 1;  // a number of at least this has no room for another digit
    for (int i = 1; i < precision; ++i) lastPlace *= 10;
    // how many of the digits belong to the unscaled value; the next one decides the rounding
    const std::int64_t kept = static_cast<std::int64_t>(parts.whole.size()) + parts.exponent + scale;
    const auto digits = static_cast<std::int64_t>(parts.digits());
    T value = 0;
    for (std::int64_t i = 0; i < std::min(kept, digits); ++i) {
        if (value >= lastPlace) return std::nullopt;
        value = value * 10 + parts.digit(static_cast<std::size_t>(i));
    }
    for (std::int64_t i = digits; i < kept && value != 0; ++i) {
        if (value >= lastPlace) return std::nullopt;
        value *= 10;
    }
    if (kept >= 0 && kept < digits && parts.digit(static_cast<std::size_t>(kept)) >= 5) ++value;
    if (value >= lastPlace * 10) return std::nullopt;  // rounding has made one digit more
    return parts.negative ? -Int128{value} : Int128{value};
}

}  // namespace

std::optional<bool> parseBoolean(std::string_view text) {
    text = trimmed(text);
    if (equalsIgnoringCase(text, "true")) return true;
    if (equalsIgnoringCase(text, "false")) return false;
    return std::nullopt;
}

std::optional<std::int32_t> parseInt(std::string_view text) {
    return parseInteger<std::int32_t>(text);
}
std::optional<std::int64_t> parseBigint(std::string_view text) {
    return parseInteger<std::int64_t>(text);
}

std::optional<std::string> parseHex(std::string_view digits) {
    const auto valueOf = [](char c) -> int {
        if (isDigit(c)) return c - '0';
        const char small = asciiSmall(c);
        return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
    };
    if (digits.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    bytes.reserve(digits.size() / 2);
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const int high = valueOf(digits[i]), low = valueOf(digits[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

std::optional<double> parseDouble(std::string_view text) {
    text = trimmed(text);
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (negative || text.front() == '+')) text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    double value = 0;
    if (isDigit(text.front()) || text.front() == '.') {
        const char* const end = text.data() + text.size();
        const auto [stop, error] = fast_float::from_chars(text.data(), end, value);
        // too large a number is infinite, too small a one zero, as in IEEE arithmetic: fast_float has set
        // both
        if ((error != std::errc() && error != std::errc::result_out_of_range) || stop != end)
            return std::nullopt;
    } else if (text == "Infinity") {
        value = std::numeric_limits<double>::infinity();
    } else if (text == "NaN") {
        value = std::numeric_limits<double>::quiet_NaN();
    } else {
        return std::nullopt;
    }
    return negative ? -value : value;
}

std::optional<Int128> parseDecimal(std::string_view text, int precision, int scale) {
    const std::optional<DecimalParts> parts = takeApart(text);
    if (!parts) return std::nullopt;
    return precision <= std::numeric_limits<std::int64_t>::digits10
               ? unscaledOf<std::int64_t>(*parts, precision, scale)
               : unscaledOf<Int128>(*parts, precision, scale);
}

}  // namespace rw
