// Which keys are surely not in a file, so that it need not be read for them.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/random.h"

namespace rw {

/// A Bloom filter whose bits for a key lie in one line of the cache (blocked, as Putze, Sanders and Singler
/// have it). With 10 bits a key about one other key in seventy passes, with 5 about one in nine. Several
/// threads may read one that does not change any more.
class PartFilter {
 public:
    static constexpr std::size_t kMostBits = 10;  ///< a key; more hardly help
    static constexpr std::size_t kLeastBits = 3;  ///< with fewer a filter is not worth its memory

    /// For at most so many keys, at `bits` a key; 0: it has none, and every key passes.
    PartFilter(std::uint64_t keys, std::size_t bits)
        : m_blocks(bits == 0 ? 0 : (keys * bits + kBlockBits - 1) / kBlockBits),
          m_probes(std::clamp<std::size_t>((bits * 7 + 5) / 10, 1, kMostProbes)),
          m_words(m_blocks * kBlockWords) {}

    /// `hash`: of a key.
    void add(std::uint64_t hash) {
        if (m_blocks == 0) return;
        forEachBit(hash, [this](std::size_t word, std::uint64_t bit) {
            m_words[word] |= bit;
            return true;
        });
    }
    /// False: no key of this hash was added.
    bool mayHave(std::uint64_t hash) const {
        return m_blocks == 0 || forEachBit(hash, [this](std::size_t word, std::uint64_t bit) {
                   return (m_words[word] & bit) != 0;
               });
    }
    std::size_t memoryBytes() const { return m_words.capacity() * sizeof(std::uint64_t); }

 private:
    static constexpr std::size_t kBlockWords = 8, kBlockBits = kBlockWords * 64;
    static constexpr unsigned kPlaceBits = 9;      ///< that tell a bit of a block
    static constexpr std::size_t kMostProbes = 7;  ///< as many places as 64 bits have

    /// Calls body(word, bit) for the bits of a key as long as it gives true; whether it always did.
    template <class Body>
    bool forEachBit(std::uint64_t hash, Body body) const {
        // All keys of a file have the same high bits.
        const std::uint64_t block = splitMix64(hash) % m_blocks;
        std::uint64_t places = splitMix64(hash, 1);
        for (std::size_t i = 0; i < m_probes; ++i, places >>= kPlaceBits) {
            const std::uint64_t place = places % kBlockBits;
            if (!body(block * kBlockWords + place / 64, std::uint64_t{1} << (place % 64))) return false;
        }
        return true;
    }

    std::uint64_t m_blocks;
    std::size_t m_probes;
    std::vector<std::uint64_t> m_words;
};

}  // namespace rw
