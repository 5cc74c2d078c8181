#include "core/sql/functions/rounding.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/data/text.h"
#include "core/sql/decimal.h"

namespace rw::sql {

namespace {

/// Cuts the shortest text of `value` after `digits` places and reads it back.
double atDigits(double value, int digits, bool round) {
    if (!std::isfinite(value)) return value;
    if (value == 0) return 0;
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                                   std::chars_format::scientific);
    const std::string_view shortest(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
    const std::size_t mark = shortest.find('e');
    int exponent = 0;
    const std::string_view tail = shortest.substr(mark + (shortest[mark + 1] == '+' ? 2 : 1));
    std::from_chars(tail.data(), tail.data() + tail.size(), exponent);
    std::int64_t number = 0;  // at most 17 digits
    int count = 0;
    for (const char c : shortest.substr(0, mark)) {
        if (c == '.') continue;
        number = number * 10 + (c - '0');
        ++count;
    }
    // number × 10^power is the value; `drop` of its digits stand beyond the place.
    const int power = exponent - (count - 1);
    const std::int64_t drop = -static_cast<std::int64_t>(digits) - power;
    if (drop <= 0) return value;
    if (drop > count) return 0;
    std::int64_t unit = 1;
    for (std::int64_t i = 0; i < drop; ++i) unit *= 10;
    const std::int64_t rest = number % unit;
    number = number / unit + (round && rest >= unit - rest ? 1 : 0);
    if (number == 0) return 0;
    std::string text = std::to_string(number) + "e" + std::to_string(power + static_cast<int>(drop));
    return std::copysign(parseDouble(text).value_or(0), value);
}

}  // namespace

double roundDouble(double value, int digits) {
    if (digits == 0) {
        const double whole = std::trunc(value);
        return std::abs(value - whole) >= 0.5 ? whole + std::copysign(1.0, value) : whole + 0.0;
    }
    return atDigits(value, digits, true);
}

double truncateDouble(double value, int digits) {
    return digits == 0 ? std::trunc(value) + 0.0 : atDigits(value, digits, false);
}

std::optional<Int128> roundDecimal(Int128 value, int scale, int digits, Type result) {
    if (digits >= scale) return rescale(value, scale, result);
    if (scale - digits > kMaxPrecision) return Int128{0};
    const auto unit = static_cast<Int128>(powerOfTen(scale - digits));
    const Int128 rest = value % unit;
    Int128 rounded = value / unit;
    if (rest >= unit - rest) ++rounded;
    if (-rest >= unit + rest) --rounded;
    const int up = result.scale - digits;
    if (up > kMaxPrecision) return rounded == 0 ? std::optional(Int128{0}) : std::nullopt;
    Int128 scaled = 0;
    if (__builtin_mul_overflow(rounded, static_cast<Int128>(powerOfTen(up)), &scaled)) return std::nullopt;
    return fitsPrecision(scaled, result.precision) ? std::optional(scaled) : std::nullopt;
}

}  // namespace rw::sql
