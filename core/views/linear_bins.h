// Exact counts in bins of one width, at round numbers, that grow wider by themselves as the range grows.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace rw {

/// A round bin width: mantissa × 10^exponent with mantissa 1, 2 or 5.
struct BinWidth {
    int mantissa = 1;
    int exponent = 0;
    double value() const;
    bool operator==(const BinWidth&) const = default;
};

/// Widths are 1 and 2 × 10^k: each is a multiple of the one before, so that bins merge without loss. Not
/// thread-safe.
class LinearBins {
 public:
    static constexpr std::size_t kMaxBins = 512;

    /// Counts a finite value.
    void add(double value);
    /// Adds the counts of `other`.
    void merge(const LinearBins& other);
    /// Widens the bins until they are at least as wide as `width`.
    void widen(BinWidth width);

    bool empty() const { return m_counts.empty(); }
    BinWidth width() const { return m_width; }
    std::int64_t firstBin() const { return m_first; }  ///< bin b covers [b × width, (b + 1) × width)
    const std::vector<std::uint64_t>& counts() const { return m_counts; }

    /// A width of 1, 2 or 5 × 10^k that this instance's bins divide, for at most `bins` bins (0: automatic).
    BinWidth shownWidth(std::size_t bins) const;
    /// Counts in bins of `width` (a multiple of width()): bins first … first + counts - 1.
    std::vector<std::uint64_t> shown(BinWidth width, std::int64_t first, std::size_t bins) const;
    std::int64_t firstShown(BinWidth width) const;
    std::int64_t lastShown(BinWidth width) const;

 private:
    void reach(std::int64_t bin);
    void step();

    BinWidth m_width{};
    std::int64_t m_first = 0;
    std::vector<std::uint64_t> m_counts;
};

}  // namespace rw
