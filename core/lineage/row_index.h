// Where rows stand among those that were kept, found by what is in them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "core/data/batch.h"

namespace rw {

/// Of rows of one stream type, by their places from 0. Rows that an updating stream takes back are found in
/// the time that one row takes, however many are kept. Single-threaded.
class RowIndex {
 public:
    /// How many rows were added, those that were taken off included.
    std::size_t rows() const { return m_next.size(); }
    void clear();
    /// A row, at the place behind all that are there.
    void add(const Batch& oneRow);
    /// Takes off the row with the content of `oneRow`, of several the one with the highest place, and gives
    /// its place; nothing: there is none. `rowAt(place)` gives a row that was added.
    template <class RowAt>
    std::optional<std::size_t> take(const Batch& oneRow, const RowAt& rowAt) {
        if (m_first.empty()) return std::nullopt;
        std::uint32_t* link = &m_first[bucketOf(hashOf(oneRow))];
        while (*link != kEnd && !areSame(rowAt(*link), oneRow)) link = &m_next[*link];
        const std::uint32_t place = *link;
        if (place == kEnd) return std::nullopt;
        *link = m_next[place];
        m_next[place] = kTaken;
        return place;
    }

 private:
    static constexpr std::uint32_t kEnd = std::numeric_limits<std::uint32_t>::max(), kTaken = kEnd - 1;

    static bool areSame(const Batch& a, const Batch& b);
    std::uint64_t hashOf(const Batch& oneRow);
    std::size_t bucketOf(std::uint64_t hash) const { return hash & (m_first.size() - 1); }
    void grow();

    std::vector<std::uint32_t> m_first{};   ///< by bucket: the highest place in it
    std::vector<std::uint32_t> m_next{};    ///< by place: the next lower one of its bucket
    std::vector<std::uint64_t> m_hashes{};  ///< by place
    // Of one call; kept for their memory
    std::vector<const Column*> m_columns{};
    std::vector<std::uint64_t> m_hash{};
};

}  // namespace rw
