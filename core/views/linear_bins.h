// Exact counts in bins of one width, at round numbers, that grow wider by themselves as the range grows.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/views/bin_width.h"

namespace rw {

/// A run of bins at equal distances: bin i covers [edge(first + i), edge(first + i + 1)).
struct BinRun {
    BinWidth width{};
    std::int64_t first = 0;
    std::vector<std::uint64_t> counts{};
};

/// Counts values in bins of a BinScale. Not thread-safe.
class LinearBins {
 public:
    static constexpr std::size_t kMaxBins = 512;

    /// Counts a finite value.
    void add(double value);
    /// Adds the counts of `other`.
    void merge(LinearBins other);

    bool empty() const { return m_counts.empty(); }
    const std::vector<std::uint64_t>& counts() const { return m_counts; }

    void fields(StateFields& state);

    /// The narrowest width of 1, 2 or 5 × 10^k, at least `least`, that puts all values into at most `bins`
    /// bins.
    BinWidth shownWidth(std::size_t bins, BinWidth least) const;
    /// The counts in bins of `width`, which shownWidth() of these bins, or of a merge with them, gave.
    BinRun shown(BinWidth width) const;

 private:
    void step();

    BinScale m_scale{};
    std::int64_t m_first = 0;
    std::vector<std::uint64_t> m_counts;
};

}  // namespace rw
