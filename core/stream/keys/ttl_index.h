// Until when the state of each key lives, where it ends by itself; and which keys it has ended for.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/stream/state_ttl.h"

namespace rw {

/// A key lives for the time to live from the largest time of its rows (event-time rules, 17). Keys are
/// numbers, as a KeyTable gives them. Takes no room where nothing ends. Single-threaded.
class TtlIndex {
 public:
    /// `ttl` outlives this; it has taken the batch whose rows are spoken of here.
    explicit TtlIndex(const StateTtl& ttl) : m_ttl(&ttl) {}

    void resize(std::size_t keys) {
        if (m_ttl->on()) m_lives.resize(keys);
    }
    /// Whether the key's state has ended before row `row`, which then finds the key new.
    bool ended(std::uint32_t key, std::uint32_t row) const {
        return m_ttl->on() && m_ttl->ended(m_lives[key].newest, row);
    }
    /// Keeps these keys, which ascend: they get the numbers 0, 1, … The room for the others stays.
    void keep(std::span<const std::uint32_t> keys);
    /// Gives the room back that no key takes.
    void shrink();
    /// How many bytes more it takes with so many keys more, at most.
    std::size_t growth(std::size_t keys) const;
    /// A row of the key came. `begins`: its first one, or the first one after it was forgotten.
    void came(std::uint32_t key, std::uint32_t row, bool begins);
    /// A key of a saved state, or of another table.
    void add(std::uint32_t key, Instant newest);
    void forget(std::uint32_t key) {
        if (m_ttl->on()) m_lives[key].newest = kNone;
    }
    /// The largest time of its rows.
    Instant newest(std::uint32_t key) const { return m_ttl->on() ? m_lives[key].newest : kNone; }

    /// Whether there are keys to look at: some may be over now.
    bool due() const { return !m_queue.empty() && m_ttl->over(m_queue.front().at); }
    /// Looks at one of those: the key, when it is over and no row to come will find it.
    std::optional<std::uint32_t> takeOver();

    std::size_t memoryBytes() const {
        return m_lives.capacity() * sizeof(Life) + m_queue.capacity() * sizeof(Look);
    }

 private:
    static constexpr Instant kNone = kMinTimestamp;  ///< the key has no rows
    struct Life {
        Instant newest = kNone;
        Instant queued = kMaxTimestamp;  ///< the time of the look that counts
    };
    /// When a key is to be looked at: its newest row when the look was queued. It may have got newer ones.
    struct Look {
        Instant at = 0;
        std::uint32_t key = 0;
        bool operator<(const Look& other) const { return at > other.at; }  ///< the least is at the heap's top
    };
    void queue(std::uint32_t key);

    const StateTtl* m_ttl;
    std::vector<Life> m_lives{};
    std::vector<Look> m_queue{};  ///< a heap
};

}  // namespace rw
