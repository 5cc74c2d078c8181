// The memory that a run may take for state of which the rest can be in files.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <utility>

namespace rw {

/// What instances may take beyond their shares, whoever needs it. Any thread.
class StateMemory {
 public:
    explicit StateMemory(std::uint64_t bytes) : m_bytes(bytes) {}

    /// An instance takes `now` bytes of it; at its last report it took `before`.
    void changed(std::uint64_t before, std::uint64_t now) {
        m_taken.fetch_add(now - before, std::memory_order_relaxed);  // a wrapped difference wraps back
    }
    bool isFull() const { return isFullWith(0); }
    /// Whether it would be if somebody took so many bytes more.
    bool isFullWith(std::uint64_t more) const {
        return m_taken.load(std::memory_order_relaxed) + more > m_bytes;
    }
    bool isNearlyFull() const { return m_taken.load(std::memory_order_relaxed) > m_bytes / 4 * 3; }
    /// So many have to go until half of it is free.
    std::uint64_t surplus() const {
        const std::uint64_t taken = m_taken.load(std::memory_order_relaxed);
        return taken - std::min(taken, m_bytes / 2);
    }

 private:
    const std::uint64_t m_bytes;
    std::atomic<std::uint64_t> m_taken{0};
};

/// What one instance keeps. Single-threaded.
class StateShare {
 public:
    /// `bytes`: what it may always keep; 0: there is no bound. `more`: what it may take beyond that; null:
    /// nothing. It outlives this.
    StateShare(std::uint64_t bytes, StateMemory* more) : m_bytes(bytes), m_more(more) {}
    ~StateShare() { take(0); }
    StateShare(const StateShare&) = delete;
    StateShare& operator=(const StateShare&) = delete;

    bool isBounded() const { return m_bytes > 0; }
    /// From now on it may keep all that it wants.
    void unbound() {
        take(0);
        m_bytes = 0;
    }
    std::uint64_t bytes() const { return m_bytes; }
    /// The instance keeps so many now. Whether it has to let go of some.
    bool isOver(std::uint64_t kept) {
        if (!isBounded()) return false;
        m_kept = kept;
        take(kept - std::min(kept, m_bytes));
        return kept > m_bytes && (m_more == nullptr || m_more->isFull());
    }
    /// Whether it would have to if it kept so many bytes more than it said at last.
    bool isOverWith(std::uint64_t more) const {
        const std::uint64_t kept = m_kept + more;
        if (!isBounded() || kept <= m_bytes) return false;
        return m_more == nullptr || m_more->isFullWith(kept - m_bytes - m_taken);
    }
    /// How many it should keep then: it lets go of many at once, so that it does not have to soon again.
    std::uint64_t toKeep() const {
        const std::uint64_t surplus = m_more == nullptr ? m_kept : m_more->surplus();
        return std::max(m_bytes / 2, m_kept - std::min(m_kept, surplus));
    }
    /// Whether it has to soon.
    bool isNearlyOver() const {
        return m_kept > m_bytes / 4 * 3 && (m_more == nullptr || m_more->isNearlyFull());
    }

 private:
    void take(std::uint64_t bytes) {
        const std::uint64_t before = std::exchange(m_taken, bytes);
        if (m_more != nullptr) m_more->changed(before, bytes);
    }

    std::uint64_t m_bytes;
    StateMemory* const m_more;
    std::uint64_t m_kept = 0, m_taken = 0;
};

}  // namespace rw
