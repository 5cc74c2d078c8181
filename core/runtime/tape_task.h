// Records a run: takes the pieces of sources, as they are put in order, and has a thread of its own write
// them.
//
// The data that waits to be written is bounded: sources wait while there is too much, so that a slow disk
// slows the run down as a slow sink does. A disk that takes nothing for some seconds, or is full, ends the
// recording and not the run; the tape is good up to there. For a tape that rolls no source waits: it ends
// where too much would.
#pragma once
#include <atomic>
#include <mutex>
#include <variant>
#include <vector>

#include "core/runtime/executors/alarm.h"
#include "core/runtime/metrics/metrics.h"
#include "core/runtime/run_shared.h"
#include "core/stream/recording/tape.h"

namespace rw {

class TapeTask final : public Task, public LookupRecorder {
 public:
    static constexpr std::size_t kQueueBytes = 32U << 20;  ///< that wait, in memory
    static constexpr Millis kPatience = 5'000;             ///< for a disk that takes nothing
    static constexpr Millis kFlushEvery = 1'000;           ///< so much is lost by a kill, at most

    explicit TapeTask(RunShared& shared);

    /// Before the sources are opened.
    Status open(const MakeContext& context, const TapeStart& start);
    /// Before open().
    std::size_t addLookup(TapeLookup about) override;
    const std::vector<TapeLookup>& lookups() const { return m_lookups; }
    /// The same.
    std::size_t addAsking(NodeId node) override;
    const std::vector<NodeId>& asking() const { return m_asking; }
    /// Whether there is room for more; asks when a source wants to read. Any thread.
    bool admits() override;
    /// A piece of source `source` (its place in TapeStart::sources), in order of that source. `steadyMillis`:
    /// when it was read, pauses left out. Any thread.
    void add(std::size_t source, TapePiece piece, std::int64_t steadyMillis);
    void add(std::size_t lookup, TapeTable table) override;
    void add(std::size_t asking, Answers answers) override;
    // Of a tape that rolls.
    bool rolls() const { return m_recorder->rolls(); }
    /// Whether sources are cut at barrier `number`: the same for all of them. Any thread.
    bool cutsAt(std::uint64_t number);
    /// In order of the source's pieces.
    void cut(std::size_t source, TapeCut cut);
    /// The state at that barrier, once all of its states are there.
    void begin(std::uint64_t barrier, const StateSnapshot& state);
    /// It, as the tape takes it.
    TapeFrom fromOf(std::uint64_t barrier, const StateSnapshot& state) const;
    /// No step runs any more: writes the data that waits, and the end.
    void finish(const TapeEnd& end);
    /// The run did not begin.
    void discard();
    /// Any thread.
    TapeMetrics metrics() const;

 private:
    struct Entry {
        std::size_t from;  ///< source, lookup or node that asks
        std::variant<TapePiece, TapeTable, Answers, TapeCut, TapeFrom> what;
        std::size_t bytes;
    };
    void put(Entry entry);
    bool isFull(std::size_t more) const;
    Status write(const Entry& entry);
    Step work() override;
    void failed(const Status& status) override { giveUp(status.error().message); }
    /// Writes the data that waits.
    void writeAll();
    void giveUp(Text why);

    RunShared& m_shared;
    const std::shared_ptr<TapeRecorder> m_recorder;
    std::int64_t m_beganAt;        ///< steady milliseconds
    std::int64_t m_flushedAt;      ///< the same
    bool m_unflushed = false;      ///< something was written since
    Alarm m_alarm;
    std::vector<TapeLookup> m_lookups;
    std::vector<NodeId> m_asking;
    bool m_open = false;
    std::atomic<bool> m_over{false};  ///< nothing is recorded any more

    mutable std::mutex m_mutex;  ///< guards the members below
    std::vector<Entry> m_queue;
    std::size_t m_waiting = 0;      ///< bytes in it, and of the data being written
    std::int64_t m_fullSince = -1;  ///< steady milliseconds; -1: there is room
    std::uint64_t m_order = 0, m_rows = 0;
    std::uint64_t m_decidedFor = 0;  ///< the newest barrier that cutsAt() was asked for
    bool m_cuts = false;             ///< … and whether sources are cut there
    Text m_trouble;
};

}  // namespace rw
