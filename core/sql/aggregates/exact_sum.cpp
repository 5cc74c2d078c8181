#include "core/sql/aggregates/exact_sum.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace rw::sql {

namespace {

constexpr int kDigits = 32;            // binary digits from one place to the next
constexpr int kLeastExponent = -1074;  // of the smallest DOUBLE
constexpr int kPlaces = 64;            // 2^-1074 … 2^1023
constexpr int kPlusInfinity = 100, kMinusInfinity = 101, kNaN = 102;
/// More than any rows bring to a place, and far from where integers of 128 bits end.
constexpr Int128 kMostAtPlace = Int128{1} << 124;

/// A sum written out in digits of 32 bits, the lowest first; two more hold the carry.
using Digits = std::array<std::uint32_t, kPlaces + 6>;

}  // namespace

void ExactSum::addAt(int place, Int128 sum) {
    auto part =
        std::find_if(m_parts.begin(), m_parts.end(), [place](const Part& p) { return p.place >= place; });
    if (part == m_parts.end() || part->place != place) {
        m_parts.insert(part, {place, sum});
        return;
    }
    part->sum += sum;
    if (part->sum == 0) m_parts.erase(part);
}

void ExactSum::add(double value, std::int64_t times) {
    if (std::isnan(value)) return addAt(kNaN, times);
    if (std::isinf(value)) return addAt(value > 0 ? kPlusInfinity : kMinusInfinity, times);
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const int biased = static_cast<int>((bits >> 52) & 0x7ff);
    const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52) - 1);
    const std::uint64_t mantissa = biased == 0 ? fraction : fraction | (std::uint64_t{1} << 52);
    if (mantissa == 0) return;
    const int above = std::max(biased, 1) - 1;  // value = mantissa × 2^(above − 1074)
    const Int128 term = static_cast<Int128>(static_cast<UInt128>(mantissa) << (above % kDigits)) * times;
    addAt(above / kDigits, value < 0 ? -term : term);
}

void ExactSum::addSquare(double value, std::int64_t times) {
    const double square = value * value;
    add(square, times);
    if (std::isfinite(square)) add(std::fma(value, value, -square), times);
}

void ExactSum::merge(const ExactSum& other) {
    if (this == &other) {
        const ExactSum copy = other;
        return merge(copy);
    }
    for (const Part& part : other.m_parts) addAt(part.place, part.sum);
}

bool ExactSum::ordered() const {
    const auto unordered = [](const Part& a, const Part& b) { return a.place >= b.place; };
    const auto impossible = [](const Part& part) {
        return part.place < 0 || part.sum == 0 || part.sum > kMostAtPlace || part.sum < -kMostAtPlace;
    };
    return std::adjacent_find(m_parts.begin(), m_parts.end(), unordered) == m_parts.end() &&
           std::none_of(m_parts.begin(), m_parts.end(), impossible);
}

bool ExactSum::finite() const {
    return m_parts.empty() || m_parts.back().place < kPlusInfinity;
}

double ExactSum::value() const {
    bool plus = false, minus = false;
    for (const Part& part : m_parts) {
        if (part.place == kNaN) return std::numeric_limits<double>::quiet_NaN();
        plus = plus || part.place == kPlusInfinity;
        minus = minus || part.place == kMinusInfinity;
    }
    if (plus && minus) return std::numeric_limits<double>::quiet_NaN();
    if (plus || minus) return std::copysign(std::numeric_limits<double>::infinity(), plus ? 1.0 : -1.0);
    return finiteValue();
}

double ExactSum::finiteValue() const {
    Digits digits{};
    const auto writeOut = [&](int sign) {
        Int128 carry = 0;
        auto part = m_parts.begin();
        for (std::size_t place = 0; place < digits.size(); ++place) {
            if (part != m_parts.end() && part->place == static_cast<int>(place))
                carry += sign * (part++)->sum;
            digits[place] = static_cast<std::uint32_t>(carry);
            carry >>= kDigits;
        }
        return carry >= 0;  // otherwise the sum is negative
    };
    const bool positive = writeOut(1);
    if (!positive) writeOut(-1);
    auto top = static_cast<int>(digits.size()) - 1;
    while (top >= 0 && digits[static_cast<std::size_t>(top)] == 0) --top;
    if (top < 0) return 0;
    // The highest 97 to 128 binary digits, and a one below them where anything follows: that rounds right.
    const int lowest = std::max(top - 3, 0);
    UInt128 leading = 0;
    for (int place = top; place >= lowest; --place)
        leading = (leading << kDigits) | digits[static_cast<std::size_t>(place)];
    const auto isSet = [](std::uint32_t digit) { return digit != 0; };
    if (std::any_of(digits.begin(), digits.begin() + lowest, isSet)) leading |= 1;
    const double magnitude = std::ldexp(static_cast<double>(leading), lowest * kDigits + kLeastExponent);
    return positive ? magnitude : -magnitude;
}

SumParts ExactSum::parts() const {
    const double high = finiteValue();
    if (!std::isfinite(high)) return {high, 0};
    ExactSum rest = *this;
    rest.add(high, -1);
    return {high, rest.finiteValue()};
}

}  // namespace rw::sql
