#include "core/sql/aggregates/int384.h"

#include <algorithm>
#include <cmath>

#include "core/sql/uint256.h"

namespace rw::sql {

Int384::Int384(const Int192Sum& value) {
    const auto words = value.words();
    std::copy(words.begin(), words.end(), m_words.begin());
    std::fill(m_words.begin() + words.size(), m_words.end(),
              (words.back() >> 63) != 0 ? ~std::uint64_t{0} : 0);
}

Int384 Int384::nearest(double value, int exponent) {
    int binary = 0;
    const double fraction = std::frexp(std::abs(value), &binary);
    Int384 out;
    out.m_words[0] = static_cast<std::uint64_t>(std::ldexp(fraction, 53));
    binary -= 53;
    for (int i = 0; i < exponent; ++i) out = out.times(10);
    for (; binary > 0; --binary) out = out.times(2);
    for (bool half = false; binary < 0; ++binary) {
        half = (out.m_words[0] & 1U) != 0;
        for (std::size_t i = 0; i < out.m_words.size(); ++i) {
            const std::uint64_t above = i + 1 < out.m_words.size() ? out.m_words[i + 1] << 63 : 0;
            out.m_words[i] = (out.m_words[i] >> 1) | above;
        }
        if (binary == -1 && half) {
            Int384 one;
            one.m_words[0] = 1;
            out.add(one);
        }
    }
    return value < 0 ? out.negated() : out;
}

void Int384::add(const Int384& other) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        const UInt128 sum = UInt128{m_words[i]} + other.m_words[i] + carry;
        m_words[i] = static_cast<std::uint64_t>(sum);
        carry = static_cast<std::uint64_t>(sum >> 64);
    }
}

Int384 Int384::negated() const {
    Int384 out;
    for (std::size_t i = 0; i < m_words.size(); ++i) out.m_words[i] = ~m_words[i];
    Int384 one;
    one.m_words[0] = 1;
    out.add(one);
    return out;
}

void Int384::subtract(const Int384& other) {
    add(other.negated());
}

void Int384::addSquare(Int128 value, bool out) {
    const UInt128 size = value < 0 ? -static_cast<UInt128>(value) : static_cast<UInt128>(value);
    const UInt256 square = multiply(size, size);
    Int384 term;
    term.m_words[0] = static_cast<std::uint64_t>(square.low);
    term.m_words[1] = static_cast<std::uint64_t>(square.low >> 64);
    term.m_words[2] = static_cast<std::uint64_t>(square.high);
    term.m_words[3] = static_cast<std::uint64_t>(square.high >> 64);
    if (out) {
        subtract(term);
    } else {
        add(term);
    }
}

Int384 Int384::times(std::uint64_t factor) const {
    Int384 out;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        const UInt128 product = UInt128{m_words[i]} * factor + carry;
        out.m_words[i] = static_cast<std::uint64_t>(product);
        carry = static_cast<std::uint64_t>(product >> 64);
    }
    return out;
}

Int384 Int384::squared() const {
    const Int384 size = negative() ? negated() : *this;
    Int384 out;
    for (std::size_t shift = 0; shift < 3; ++shift) {
        const Int384 part = size.times(size.m_words[shift]);
        Int384 shifted;
        std::copy(part.m_words.begin(), part.m_words.end() - static_cast<std::ptrdiff_t>(shift),
                  shifted.m_words.begin() + static_cast<std::ptrdiff_t>(shift));
        out.add(shifted);
    }
    return out;
}

Int192Sum Int384::narrow() const {
    return Int192Sum({m_words[0], m_words[1], m_words[2]});
}

long double Int384::rounded() const {
    auto top = static_cast<int>(m_words.size()) - 1;
    while (top > 1 && m_words[static_cast<std::size_t>(top)] == 0) --top;
    const auto high = static_cast<std::size_t>(top);
    UInt128 leading = UInt128{m_words[high]} << 64 | m_words[high - 1];
    // A one below the digits kept, where anything follows, rounds right.
    const auto isSet = [](std::uint64_t word) { return word != 0; };
    if (std::any_of(m_words.begin(), m_words.begin() + (top - 1), isSet)) leading |= 1;
    return std::ldexp(static_cast<long double>(leading), (top - 1) * 64);
}

}  // namespace rw::sql
