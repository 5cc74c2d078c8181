// Quantiles of any number of values in bounded memory, within 1 % of the value.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace rw {

class StateFields;

/// Counts values by exponent and the first bits of the mantissa: 64 buckets an octave, from 2^-40 to 2^64
/// (smaller ones count as 0, larger ones as the largest). Not thread-safe.
class QuantileSketch {
 public:
    void add(double value);
    void merge(const QuantileSketch& other);
    std::uint64_t count() const { return m_count; }
    /// The value below which a share of `fraction` (0 … 1) lies; 0 without values.
    double quantile(double fraction) const;

    void fields(StateFields& state);

 private:
    /// Counts of one sign, by magnitude: index m_first + i.
    struct Side {
        std::uint32_t first = 0;
        std::vector<std::uint64_t> counts{};
        void add(std::uint32_t index, std::uint64_t count);
    };
    Side m_positive, m_negative;
    std::uint64_t m_zero = 0, m_count = 0;
};

}  // namespace rw
