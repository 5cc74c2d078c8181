// A set that is made once and asked often: the list of IN.
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "core/data/hash.h"

namespace rw::sql {

inline std::uint64_t hashKey(std::int64_t key, std::uint64_t seed) {
    return hashWords(static_cast<std::uint64_t>(key), seed);
}

/// Cuckoo hashing (Pagh and Rodler): every key is in one of its two places, so that a look-up reads both
/// and never branches, whether the key is there or not. The place changes from row to row; a mispredicted
/// branch costs more than the second read.
///
/// A Key has == without a branch and hashKey(key, seed).
template <class Key>
class CuckooSet {
 public:
    /// `keys` differ from each other. `filler` fills free places: one of the keys, or a key that is never asked for.
    CuckooSet(const std::vector<Key>& keys, const Key& filler) {
        std::size_t size = 2;
        while (size < keys.size() * 3) size *= 2;
        m_mask = size - 1;
        while (!fill(keys, filler)) ++m_seed;
    }

    /// The fields that a loop over rows keeps in registers. The set outlives it.
    class Finder {
     public:
        bool operator()(const Key& key) const {
            const std::uint64_t hash = hashKey(key, m_seed);
            // As numbers: no branch, which the processor would guess wrong.
            return (int{m_places[hash & m_mask] == key} | int{m_places[(hash >> 32) & m_mask] == key}) != 0;
        }

     private:
        friend CuckooSet;
        Finder(const Key* places, std::size_t mask, std::uint64_t seed)
            : m_places(places), m_mask(mask), m_seed(seed) {}

        const Key* m_places;
        std::size_t m_mask;
        std::uint64_t m_seed;
    };
    Finder finder() const { return {m_places.data(), m_mask, m_seed}; }

 private:
    /// Whether all keys found a place with this seed. A third of the places is taken at most: nearly always.
    bool fill(const std::vector<Key>& keys, const Key& filler) {
        constexpr int kMostMoves = 100;
        m_places.assign(m_mask + 1, filler);
        std::vector<char> taken(m_places.size());
        for (Key homeless : keys) {
            std::size_t place = hashKey(homeless, m_seed) & m_mask;
            for (int moves = 0; taken[place] != 0; ++moves) {
                if (moves == kMostMoves) return false;
                std::swap(m_places[place], homeless);  // the key that was here goes to its other place
                const std::uint64_t hash = hashKey(homeless, m_seed);
                const std::size_t first = hash & m_mask, second = (hash >> 32) & m_mask;
                place = place == first ? second : first;
            }
            m_places[place] = homeless;
            taken[place] = 1;
        }
        return true;
    }

    std::size_t m_mask = 0;
    std::uint64_t m_seed = 0;
    std::vector<Key> m_places;
};

}  // namespace rw::sql
