// The data that a run keeps across its attempts: its notes, rows for the panels, and the number of rows
// counted up to each checkpoint.
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "core/runtime/metrics/arrival_clock.h"
#include "core/runtime/metrics/kept_rows.h"
#include "core/runtime/metrics/row_counts.h"
#include "core/runtime/requests/run_requests.h"
#include "core/runtime/run_notes.h"
#include "core/runtime/stepping/stepping.h"
#include "core/runtime/tap.h"
#include "core/stream/state_snapshot.h"
#include "core/stream/window_events.h"

namespace rw {

/// Rows that an attempt of a run has counted.
struct CountedRows {
    std::map<NodeId, RowCounts> nodes{};
    std::uint64_t sourceRows = 0;
    std::vector<std::uint64_t> wires{};  ///< as Pipeline::wires
    std::uint64_t kept = 0;              ///< KeptRows::newest() before them
};

/// Any thread; startAgain() and adding taps while no task runs.
class RunRecord {
 public:
    /// The plan outlives it.
    RunRecord(std::size_t keptRows, const std::shared_ptr<Clock>& clock, const Plan& plan)
        : requests(plan), kept(keptRows, clock), stepping(plan, windows) {}

    const RunRequests requests;
    KeptRows kept;
    ArrivalClock arrivals;
    RunNotes notes;
    /// After a restart from a checkpoint the events behind it come again.
    const std::shared_ptr<WindowEvents> windows = std::make_shared<WindowEvents>();
    Stepping stepping;
    /// They are collected from now on, whoever looks. Before the tasks of an attempt run.
    void watchWindows() { m_watch = std::make_shared<WindowWatch>(windows); }
    /// The run is over: notes the requests that were not taken.
    void endRequests() {
        for (auto& [node, text] : requests.end()) notes.add(node, {std::move(text)}, true);
    }
    std::map<NodeId, std::deque<TapSlot>> taps;  ///< per output port

    /// Checkpoint `number` may yet come to count; this attempt has counted `rows` up to it.
    void expect(std::uint64_t number, CountedRows rows);
    /// Checkpoint `number` is whole; this attempt has counted `rows` up to it.
    void checkpointed(std::uint64_t number, CountedRows rows, const CheckpointMetrics& about);
    /// The next attempt resumes from checkpoint `number`, or from the start of the first one.
    void startAgain(std::uint64_t number);
    /// A copy of it all at a barrier that all tasks have passed, with the rows that this attempt has counted.
    std::shared_ptr<const SeenOfRun> seen(CountedRows rows) const;
    /// Before the first attempt, which resumes from there.
    void takeOver(const SeenOfRun& before);
    /// Adds the counts before the attempt to its own.
    void addBefore(RunMetrics& out) const;

    /// The state that the newest attempt resumes from: kept for one that has to start there again, until a
    /// checkpoint of it is whole. Null: from the beginning, or that one is.
    void keepRestore(std::shared_ptr<const StateSnapshot> restore);
    std::shared_ptr<const StateSnapshot> restore() const;

 private:
    struct Seen;
    /// Under the mutex: adds those of the attempts before.
    void addBefore(CountedRows& rows) const;

    mutable std::mutex m_mutex;                 ///< guards the members below
    CountedRows m_before;                       ///< in the attempts before, as far as it holds
    CountedRows m_atFirst;                      ///< where the first attempt began
    std::map<std::uint64_t, CountedRows> m_at;  ///< the same up to checkpoints, the newest ones
    std::uint64_t m_taken = 0;                  ///< checkpoints, in all attempts
    CheckpointMetrics m_newest;
    std::shared_ptr<const StateSnapshot> m_restore;
    std::shared_ptr<WindowWatch> m_watch;  ///< null: others watch, or nobody does
};

}  // namespace rw
