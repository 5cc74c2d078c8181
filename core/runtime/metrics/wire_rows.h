// How many rows flowed on each wire of a run, now and up to a barrier.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <vector>

namespace rw {

/// Many tasks send on one wire, each of which passes a barrier at its own time. But one barrier at a time
/// goes through a run: at any moment they all have passed the newest or the one before. So two counters a
/// wire, for rows behind barriers of even and of odd numbers, tell one from the other.
class WireRows {
 public:
    explicit WireRows(std::size_t wires) : m_sent(wires), m_before(wires) {}

    // Any thread.
    /// `passed`: the newest barrier that the sender has passed; 0: none.
    void add(std::size_t wire, std::uint64_t passed, std::uint64_t rows) {
        m_sent[wire][passed % 2].fetch_add(rows, std::memory_order_relaxed);
    }
    std::uint64_t now(std::size_t wire) const {
        return m_sent[wire][0].load(std::memory_order_relaxed) +
               m_sent[wire][1].load(std::memory_order_relaxed);
    }
    /// now() of each.
    std::vector<std::uint64_t> all() const {
        std::vector<std::uint64_t> rows(m_sent.size());
        for (std::size_t wire = 0; wire < rows.size(); ++wire) rows[wire] = now(wire);
        return rows;
    }

    // Called by one thread at a time: the one that asks for barriers.
    /// Before barrier `number` is asked for: all senders have passed the one before, and send no more rows
    /// behind the one before that.
    void begin(std::uint64_t number) {
        for (std::size_t wire = 0; wire < m_before.size(); ++wire)
            m_before[wire] = m_sent[wire][number % 2].load(std::memory_order_relaxed);
    }
    /// Of each wire; everybody has passed barrier `number`, the newest that was begun.
    std::vector<std::uint64_t> upTo(std::uint64_t number) const {
        std::vector<std::uint64_t> rows = m_before;
        for (std::size_t wire = 0; wire < rows.size(); ++wire)
            rows[wire] += m_sent[wire][(number + 1) % 2].load(std::memory_order_relaxed);
        return rows;
    }

 private:
    std::deque<std::array<std::atomic<std::uint64_t>, 2>> m_sent;
    std::vector<std::uint64_t> m_before;  ///< sent behind barriers older than the newest, with its parity
};

}  // namespace rw
