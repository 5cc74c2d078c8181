#include "core/views/bin_width.h"

#include <algorithm>
#include <limits>

#include "core/views/state_fields.h"

namespace rw {

namespace {

double powerOfTen(int exponent) {
    return std::pow(10.0, exponent);
}

}  // namespace

double BinWidth::value() const {
    return exponent < 0 ? mantissa / powerOfTen(-exponent) : mantissa * powerOfTen(exponent);
}

double BinWidth::edge(std::int64_t index) const {
    const double units = static_cast<double>(index) * mantissa;
    return exponent < 0 ? units / powerOfTen(-exponent) : units * powerOfTen(exponent);
}

BinWidth BinWidth::next() const {
    if (mantissa == 1) return {2, exponent};
    return mantissa == 2 ? BinWidth{5, exponent} : BinWidth{1, exponent + 1};
}

BinWidth BinWidth::around(double value) {
    if (value == 0) return {1, 0};
    return {1, std::max(kLeastExponent, static_cast<int>(std::floor(std::log10(std::abs(value)))) - 1)};
}

bool narrower(BinWidth a, BinWidth b) {
    return a.exponent != b.exponent ? a.exponent < b.exponent : a.mantissa < b.mantissa;
}

bool divides(BinWidth kept, BinWidth shown) {
    if (narrower(shown, kept)) return false;
    return kept.mantissa == 1 || shown.mantissa == 2 || shown.exponent > kept.exponent;
}

std::int64_t binsWithin(BinWidth shown, BinWidth kept) {
    std::int64_t bins = shown.mantissa;  // a kept mantissa of 2 divides this 2, or one of the tens
    for (int exponent = kept.exponent; exponent < shown.exponent; ++exponent) {
        if (bins > std::numeric_limits<std::int64_t>::max() / 10)
            return std::numeric_limits<std::int64_t>::max();
        bins *= 10;
    }
    return bins / kept.mantissa;
}

std::int64_t floorDiv(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

BinScale BinScale::startingAt(double value) {
    constexpr int kDigits = 12;  // of the first value that its bin tells
    const int magnitude =
        value == 0 ? BinWidth::kLeastExponent : static_cast<int>(std::floor(std::log10(std::abs(value))));
    return BinScale(BinWidth{1, std::max(magnitude - kDigits, BinWidth::kLeastExponent)});
}

std::int64_t BinScale::widen() {
    const std::int64_t merged = m_width.mantissa == 1 ? 2 : 5;
    set(nextWidth());
    return merged;
}

BinWidth BinScale::nextWidth() const {
    return m_width.mantissa == 1 ? BinWidth{2, m_width.exponent} : BinWidth{1, m_width.exponent + 1};
}

void BinScale::fields(StateFields& state) {
    BinWidth width = m_width;
    state("mantissa", width.mantissa);
    state("exponent", width.exponent);
    state.require(has(width), "the width of bins");
    if (state.restores()) set(width);
}

bool BinScale::has(BinWidth width) {
    return (width.mantissa == 1 || width.mantissa == 2) && width.exponent >= BinWidth::kLeastExponent &&
           width.exponent <= BinWidth::kGreatestExponent;
}

void BinScale::set(BinWidth width) {
    m_width = width;
    m_multiplier = width.exponent < 0 ? powerOfTen(-width.exponent) : 1;
    m_divisor = width.exponent < 0 ? width.mantissa : width.value();
}

}  // namespace rw
