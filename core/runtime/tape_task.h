// Records a run: takes what sources give, as it is put in order, and has it written by a thread of its own.
//
// What waits to be written is bounded: sources wait while it is too much, so that a slow disk slows the run
// down as a slow sink does. A disk that takes nothing for some seconds, or is full, ends the recording and
// not the run; the tape is good up to there.
#pragma once
#include <atomic>
#include <mutex>
#include <vector>

#include "core/runtime/metrics.h"
#include "core/runtime/run_shared.h"
#include "core/stream/tape.h"

namespace rw {

class TapeTask final : public Task {
 public:
    static constexpr std::size_t kQueueBytes = 32U << 20;  ///< that wait, in memory
    static constexpr Millis kPatience = 5'000;             ///< for a disk that takes nothing
    static constexpr Millis kFlushEvery = 1'000;           ///< so much is lost by a kill, at most

    explicit TapeTask(RunShared& shared);

    /// Before the sources are opened.
    Status open(const MakeContext& context, const TapeStart& start);
    /// Whether there is room for more; asks when a source wants to read. Any thread.
    bool admits();
    /// What source `source` (its place in TapeStart::sources) gave, in order of that source. `steadyMillis`:
    /// when it was read, pauses left out. Any thread.
    void add(std::size_t source, TapePiece piece, std::int64_t steadyMillis);
    /// No step runs any more: writes what waits, and the end.
    void finish(const TapeEnd& end);
    /// The run did not begin.
    void discard();
    /// Any thread.
    TapeMetrics metrics() const;

 private:
    struct Entry {
        std::size_t source;
        TapePiece piece;
        std::size_t bytes;
    };
    Step work() override;
    void failed(const Status& status) override { giveUp(status.error().message); }
    /// Writes what waits.
    void writeAll();
    void giveUp(Text why);

    RunShared& m_shared;
    const std::shared_ptr<TapeRecorder> m_recorder;
    const std::int64_t m_beganAt;  ///< steady milliseconds
    std::int64_t m_flushedAt;      ///< the same
    bool m_unflushed = false;      ///< something was written since
    std::int64_t m_wakesAt = -1;   ///< steady milliseconds; earlier than now: no timer is set
    bool m_open = false;
    std::atomic<bool> m_over{false};  ///< nothing is recorded any more

    mutable std::mutex m_mutex;  ///< guards what follows
    std::vector<Entry> m_queue;
    std::size_t m_waiting = 0;      ///< bytes in it, and of what is being written
    std::int64_t m_fullSince = -1;  ///< steady milliseconds; -1: there is room
    std::uint64_t m_order = 0, m_rows = 0;
    Text m_trouble;
};

}  // namespace rw
