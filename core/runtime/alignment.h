// Alignment (event-time rules, 22): a source that is far ahead of the others waits for them. This bounds the
// rows that the nodes below must keep until all sources have come as far.
#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <set>

#include "core/base/time.h"

namespace rw {

/// Sources that wait for slower ones, and are woken when one of those has gone on. Any thread.
class Alignment {
 public:
    class Member {
     public:
        virtual ~Member() = default;
        /// Whether it may be able to proceed. Takes no lock.
        virtual bool mayProceed() const = 0;
        virtual void wake() = 0;
    };
    void wait(Member& member);
    void leave(Member& member);
    /// The watermark of a source rose, or it became idle or ended.
    void moved() {
        if (m_count != 0) wakeAll();
    }

 private:
    void wakeAll();

    std::atomic<std::size_t> m_count{0};
    std::mutex m_mutex;  ///< guards the members below
    std::set<Member*> m_waiting;
};

/// How far one partition is ahead: the rows it has given since the others were as far as it. Guarded by the
/// lock of the source's reader, but for gave().
class Lead {
 public:
    struct Amount {
        std::uint64_t rows = 0, bytes = 0;
    };
    /// Any thread.
    void gave(const Amount& amount) {
        m_rows += amount.rows;
        m_bytes += amount.bytes;
    }
    /// The partition has sent `own`, the slowest `smallest`: whether it gave as much as `limit` beyond that.
    bool tooFar(Instant own, Instant smallest, const Amount& limit);
    /// When it is too far: the watermark that the slowest must reach before it may go on.
    Instant resumesAt() const { return m_ahead.front().watermark; }

 private:
    /// The count of rows given when the partition's watermark was this.
    struct Mark {
        Instant watermark;
        Amount given;
    };
    static constexpr std::uint64_t kMarks = 64;  ///< about so many to a limit

    std::atomic<std::uint64_t> m_rows{0}, m_bytes{0};
    Amount m_base;  ///< given when the slowest was as far as the partition
    std::deque<Mark> m_ahead;
};

}  // namespace rw
