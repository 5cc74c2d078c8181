// How many rows a node has seen, now and up to a barrier.
#pragma once
#include <atomic>
#include <cstdint>

namespace rw {

struct RowCounts {
    std::uint64_t in = 0, out = 0, late = 0, rejected = 0, nullDropped = 0;

    RowCounts& operator+=(const RowCounts& more) {
        in += more.in;
        out += more.out;
        late += more.late;
        rejected += more.rejected;
        nullDropped += more.nullDropped;
        return *this;
    }
};

/// The rows up to the newest barrier. One thread at a time puts them down, another one reads.
class RowMark {
 public:
    /// Before the first row behind the barrier is counted.
    void set(std::uint64_t barrier, const RowCounts& counts) {
        m_in.store(counts.in, std::memory_order_relaxed);
        m_out.store(counts.out, std::memory_order_relaxed);
        m_late.store(counts.late, std::memory_order_relaxed);
        m_rejected.store(counts.rejected, std::memory_order_relaxed);
        m_nullDropped.store(counts.nullDropped, std::memory_order_relaxed);
        // Rows that are counted from here on are seen after it.
        m_barrier.exchange(barrier, std::memory_order_acq_rel);
    }
    /// Those up to `barrier`, which all writers have passed; `now` was read just before: a writer that has not
    /// marked it has counted no row behind it.
    RowCounts at(std::uint64_t barrier, const RowCounts& now) const {
        if (m_barrier.load(std::memory_order_acquire) != barrier) return now;
        return {m_in.load(std::memory_order_relaxed), m_out.load(std::memory_order_relaxed),
                m_late.load(std::memory_order_relaxed), m_rejected.load(std::memory_order_relaxed),
                m_nullDropped.load(std::memory_order_relaxed)};
    }

 private:
    std::atomic<std::uint64_t> m_barrier{0}, m_in{0}, m_out{0}, m_late{0}, m_rejected{0}, m_nullDropped{0};
};

}  // namespace rw
