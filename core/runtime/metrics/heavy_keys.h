// Which keys have most of the rows that are spread over the instances of a node: a small sketch of a sample.
#pragma once
#include <array>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "core/data/batch.h"
#include "core/runtime/metrics/metrics.h"

namespace rw {

/// Space-Saving (Metwally, Agrawal, El Abbadi 2005): of kPlaces keys it knows how many rows they have, and by
/// how much that may be too many; a key with more than 1 / kPlaces of the rows is among them. Older rows
/// count less and less. Any thread; adding rows never waits.
class HeavyKeys {
 public:
    static constexpr std::size_t kPlaces = 64;
    static constexpr double kLeastShare = 0.02;  ///< of the rows, to be told of
    static constexpr std::size_t kMost = 5;      ///< are told of
    static constexpr std::size_t kLongestKey = 80;

    /// Whether a sender's batch of this number, from 0, is to be looked at: the first, and then one in 64,
    /// in no step that rows could keep with it.
    static constexpr bool samples(std::uint64_t batch) {
        return (batch * 0x9E37'79B9'7F4A'7C15U) >> 58U == 0;
    }
    /// Looks at some rows of a batch, whose keys in `columns` have these hashes. Passes it by while another
    /// thread has the sketch.
    void sample(const Batch& batch, std::span<const int> columns, std::span<const std::uint64_t> hashes);
    /// The heaviest first.
    std::vector<HeavyKey> heaviest() const;

 private:
    /// How many rows further on the next one is looked at: `mean` on average.
    std::uint64_t jump(std::uint64_t mean);
    /// The place of a key: its own, a free one, or that of the lightest, which is forgotten.
    std::size_t placeOf(std::uint64_t hash);
    void forget();
    std::uint64_t surely(std::size_t place) const { return m_rows[place] - m_errors[place]; }

    mutable std::mutex m_mutex;  ///< guards the members below
    std::array<std::uint64_t, kPlaces> m_hashes{}, m_rows{}, m_errors{};
    std::array<std::string, kPlaces> m_texts{};
    std::size_t m_used = 0;                    ///< places
    std::uint64_t m_total = 0, m_sampled = 0;  ///< rows that were stood for, and looked at
    std::uint64_t m_chance = 1;
};

}  // namespace rw
