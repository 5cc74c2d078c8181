// Integers of 384 bits, for sums of squares of DECIMALs and exact results from them.
#pragma once
#include <array>
#include <cstdint>

#include "core/sql/aggregates/int192_sum.h"

namespace rw::sql {

/// In two's complement. Sums of 2^63 squares of DECIMALs fit, and so does such a sum times a number of rows.
class Int384 {
 public:
    Int384() = default;
    explicit Int384(const Int192Sum& value);
    /// The nearest integer to value × 10^exponent, which fits; of a finite value.
    static Int384 nearest(double value, int exponent);

    void add(const Int384& other);
    void subtract(const Int384& other);
    /// Adds value², or takes it out.
    void addSquare(Int128 value, bool out = false);
    void merge(const Int384& other) { add(other); }

    bool negative() const { return (m_words.back() >> 63) != 0; }
    Int384 times(std::uint64_t factor) const;
    /// Of a value that fits 192 bits.
    Int384 squared() const;
    /// Of a value that fits 192 bits.
    Int192Sum narrow() const;
    /// The nearest number of 64 binary digits; of one that is not negative.
    long double rounded() const;

    static void cells(auto& self, auto& cells) {
        for (auto& word : self.m_words) cells(word);
    }

 private:
    Int384 negated() const;

    std::array<std::uint64_t, 6> m_words{};  ///< the lowest first
};

}  // namespace rw::sql
