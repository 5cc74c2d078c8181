// The memory that a run may take for state of which the rest can be in files.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>

namespace rw {

/// Shared by instances according to their need: one may keep more than its share as long as all together do
/// not keep too much. Any thread.
class StateMemory {
 public:
    /// Bytes for all instances together.
    explicit StateMemory(std::uint64_t bytes) : m_bytes(bytes) {}

    /// An instance keeps `now` bytes; at its last report it kept `before`.
    void changed(std::uint64_t before, std::uint64_t now) {
        m_kept.fetch_add(now - before, std::memory_order_relaxed);  // a wrapped difference wraps back
    }
    bool isFull() const { return m_kept.load(std::memory_order_relaxed) > m_bytes; }
    /// So many have to go until half of it is free.
    std::uint64_t surplus() const {
        const std::uint64_t kept = m_kept.load(std::memory_order_relaxed);
        return kept - std::min(kept, m_bytes / 2);
    }

 private:
    const std::uint64_t m_bytes;
    std::atomic<std::uint64_t> m_kept{0};
};

/// What one instance keeps of it. Single-threaded.
class StateShare {
 public:
    /// `bytes`: what it may always keep; 0: there is no bound. `all`: it may keep more while this is not
    /// full; null: it never may. It outlives this.
    StateShare(std::uint64_t bytes, StateMemory* all) : m_bytes(bytes), m_all(all) {}
    ~StateShare() {
        if (m_all != nullptr) m_all->changed(m_told, 0);
    }
    StateShare(const StateShare&) = delete;
    StateShare& operator=(const StateShare&) = delete;

    bool isBounded() const { return m_bytes > 0; }
    std::uint64_t bytes() const { return m_bytes; }
    /// The instance keeps so many now. Whether it has to let go of some.
    bool isOver(std::uint64_t kept) {
        if (m_all != nullptr) m_all->changed(m_told, kept);
        m_told = kept;
        return kept > m_bytes && (m_all == nullptr || m_all->isFull());
    }
    /// How many it should keep then: it lets go of many at once, so that it does not have to soon again.
    std::uint64_t toKeep() const {
        const std::uint64_t surplus = m_all == nullptr ? m_told : m_all->surplus();
        return std::max(m_bytes / 2, m_told - std::min(m_told, surplus));
    }

 private:
    const std::uint64_t m_bytes;
    StateMemory* const m_all;
    std::uint64_t m_told = 0;
};

}  // namespace rw
