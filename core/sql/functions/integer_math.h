// Checked arithmetic on INT and BIGINT, written so that compilers vectorise loops over it. Each returns false
// when the result does not fit.
#pragma once
#include <cstdint>
#include <limits>

#include "core/data/type.h"

namespace rw::sql {

inline bool addChecked(std::int32_t& out, std::int32_t a, std::int32_t b) {
    const std::int64_t sum = std::int64_t{a} + b;
    out = static_cast<std::int32_t>(sum);
    return out == sum;
}
inline bool addChecked(std::int64_t& out, std::int64_t a, std::int64_t b) {
    const auto sum = static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b);
    out = static_cast<std::int64_t>(sum);
    return ((a ^ out) & (b ^ out)) >= 0;
}
inline bool subtractChecked(std::int32_t& out, std::int32_t a, std::int32_t b) {
    const std::int64_t difference = std::int64_t{a} - b;
    out = static_cast<std::int32_t>(difference);
    return out == difference;
}
inline bool subtractChecked(std::int64_t& out, std::int64_t a, std::int64_t b) {
    const auto difference = static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b);
    out = static_cast<std::int64_t>(difference);
    return ((a ^ b) & (a ^ out)) >= 0;
}
inline bool multiplyChecked(std::int32_t& out, std::int32_t a, std::int32_t b) {
    const std::int64_t product = std::int64_t{a} * b;
    out = static_cast<std::int32_t>(product);
    return out == product;
}
inline bool multiplyChecked(std::int64_t& out, std::int64_t a, std::int64_t b) {
    return !__builtin_mul_overflow(a, b, &out);
}

/// Truncates; false for a zero divisor and for the smallest number by -1.
template <class Integer>
bool divideChecked(Integer& out, Integer a, Integer b) {
    const bool bad = (b == 0) | ((a == std::numeric_limits<Integer>::min()) & (b == -1));
    out = static_cast<Integer>(a / (bad ? Integer{1} : b));
    return !bad;
}
/// The sign is that of a; false for a zero divisor.
template <class Integer>
bool moduloChecked(Integer& out, Integer a, Integer b) {
    const bool trivial = (b == 0) | (b == -1);
    out = trivial ? Integer{0} : static_cast<Integer>(a % (trivial ? Integer{1} : b));
    return b != 0;
}

/// Remainders by one divisor that is neither 0 nor the smallest number: a multiplication each instead of a
/// division.
class Remainder {
 public:
    explicit Remainder(std::int64_t divisor);
    std::int64_t of(std::int64_t value) const {
        const auto number = static_cast<std::uint64_t>(value);
        const auto high = static_cast<std::uint64_t>((Int128{m_factor} * value) >> 64);
        const std::int64_t rounded = static_cast<std::int64_t>(number + high) >> m_shift;
        const std::uint64_t quotient = static_cast<std::uint64_t>(rounded) + (number >> 63);
        return static_cast<std::int64_t>(number - quotient * m_divisor);
    }

 private:
    std::uint64_t m_divisor;
    std::int64_t m_factor;
    int m_shift;
};

}  // namespace rw::sql
