#include "core/connect/sqlite/decimal_key.h"

#include <algorithm>
#include <cstdint>

#include "core/data/trim.h"

namespace rw {
namespace {

constexpr std::int64_t kLargestExponent = 1'000'000'000;

// The first byte of a key.
enum class Class : char { Lowest, Negative, Zero, Positive, Highest };

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// 0.DIGITS × 10^exponent; no digit is 0 at either end.
struct Number {
    bool negative = false;
    std::string digits;
    std::int64_t exponent = 0;
};

bool readSign(std::string_view& text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
    return negative;
}

/// The `e-15` behind the digits; nullopt when `text` is something else. No text is 0.
std::optional<std::int64_t> readExponent(std::string_view text) {
    if (text.empty()) return 0;
    if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
    text.remove_prefix(1);
    const bool negative = readSign(text);
    if (text.empty() || !std::all_of(text.begin(), text.end(), isDigit)) return std::nullopt;
    std::int64_t exponent = 0;
    for (const char c : text) exponent = std::min(exponent * 10 + (c - '0'), kLargestExponent);
    return negative ? -exponent : exponent;
}

std::optional<Number> readNumber(std::string_view text) {
    Number number;
    number.negative = readSign(text);
    bool point = false, any = false;
    std::size_t at = 0;
    for (; at < text.size() && (isDigit(text[at]) || (text[at] == '.' && !point)); ++at) {
        if (text[at] == '.') {
            point = true;
            continue;
        }
        any = true;
        const bool leading = number.digits.empty() && text[at] == '0';
        if (!leading) number.digits += text[at];
        if (!leading && !point) ++number.exponent;
        if (leading && point) --number.exponent;
    }
    const std::optional<std::int64_t> exponent = readExponent(text.substr(at));
    if (!any || !exponent) return std::nullopt;
    number.exponent = std::clamp(number.exponent + *exponent, -kLargestExponent, kLargestExponent);
    while (!number.digits.empty() && number.digits.back() == '0') number.digits.pop_back();
    return number;
}

std::string keyOf(Class kind) {
    return {static_cast<char>(kind)};
}

}  // namespace

std::optional<std::string> decimalKey(std::string_view text) {
    text = trimmed(text);
    if (text == "Infinity") return keyOf(Class::Highest);
    if (text == "-Infinity") return keyOf(Class::Lowest);
    const std::optional<Number> number = readNumber(text);
    if (!number) return std::nullopt;
    if (number->digits.empty()) return keyOf(Class::Zero);
    std::string key = keyOf(number->negative ? Class::Negative : Class::Positive);
    const auto exponent = static_cast<std::uint32_t>(number->exponent + 2 * kLargestExponent);
    for (const int shift : {24, 16, 8, 0}) key += static_cast<char>(exponent >> shift);
    key += number->digits;
    if (!number->negative) return key;
    // The other way round; of two that begin alike the longer one is the smaller number.
    for (char& c : key) c = static_cast<char>(~c);
    key.front() = static_cast<char>(Class::Negative);
    key += '\xff';
    return key;
}

}  // namespace rw
