// What a run is asked to stop at, and what its tasks tell of. Tasks ask armed() for each batch; only where
// that is so they tell of what they do, and get a halt back where the run is to stand.
#pragma once
#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "core/data/batch.h"
#include "core/runtime/planning/plan.h"
#include "core/runtime/stepping/until.h"
#include "core/sql/eval/evaluate.h"
#include "core/stream/window_events.h"

namespace rw {

/// Of a run, over all of its attempts. Any thread. The attempt makes the tasks stand still; what is told here
/// never does by itself.
class Stepping {
 public:
    /// Both outlive it.
    Stepping(const Plan& plan, std::shared_ptr<WindowEvents> windows);
    ~Stepping();

    // For people.
    /// Replaces those that there were. One that does not hold says so in state().
    void setBreakpoints(std::vector<Breakpoint> breakpoints);
    SteppingState state() const;

    // For the attempt, whose mutex may be locked.
    /// With the times of the run, before its tasks run.
    void evaluateWith(const sql::EvalContext& eval);
    using WatermarkOf = std::function<Instant(const NodeId&)>;
    /// A step begins. An error when it can't, or is at its end already.
    Status begin(const Until& until, const WatermarkOf& watermark);
    /// The run goes on without a step.
    void goOn();
    /// The run stands from now on.
    void stand(Halt halt);
    /// The tasks stand already: of a breakpoint it comes next.
    void waits(Halt halt);
    std::optional<Halt> takeWaiting();
    /// The step ends without having come to its end.
    void cancel(Halt::Why why);
    /// A step is under way or has ended, and the run was not told to go on: another attempt stands at first.
    bool holds() const;

    // For tasks.
    bool armed() const { return m_armed.load(std::memory_order_relaxed); }
    /// A source may give the batch that a step is for.
    bool lets(const NodeId& source) const;
    /// It has read a piece, of which the first batch is the one.
    void took(const NodeId& source, std::uint64_t piece);
    bool isTaken(const NodeId& source, std::uint64_t piece) const;
    /// The next batch of such a piece may go on: it is the one that a step is for.
    bool mayGive(const NodeId& source, std::uint64_t piece);
    /// That batch has gone through the nodes fused with its source; `more`: the piece has others, which are
    /// held until a step or the run goes on.
    std::optional<Halt> gave(const NodeId& source, std::uint64_t piece, std::uint64_t rows, bool more);
    void endPiece(const NodeId& source, std::uint64_t piece);
    bool holdsPieces() const;
    std::optional<Halt> ended(const NodeId& source);
    /// A batch leaves a node: a halt for each breakpoint that its rows came to.
    std::vector<Halt> emitted(const NodeId& node, int port, PortRole role, const Batch& batch);
    std::vector<Halt> rejected(const NodeId& node, const std::string& row, const Text& reason);
    /// A call of the node is over: whether a window has shown a result in it.
    std::optional<Halt> called(const NodeId& node);
    std::optional<Halt> watermarkRose(const NodeId& node, Instant watermark);

 private:
    struct Point;
    struct Asked;
    std::shared_ptr<const Asked> asked() const;
    std::vector<Point> pointsOf(const Breakpoint& breakpoint, Text& trouble) const;
    Status checkStep(const Until& until, const WatermarkOf& watermark) const;
    void countHit(const Point& point);
    void failedAt(const Point& point, const Text& why);
    // Under the mutex.
    bool isFor(const NodeId& source) const;
    void arm();
    void conclude(Halt halt);

    const std::shared_ptr<WindowEvents> m_windows;
    std::atomic<bool> m_armed{false};
    std::map<NodeId, const PlannedNode*> m_nodes;
    std::vector<NodeId> m_stampers;  ///< nodes that give rows their event time
    std::set<NodeId> m_sources;

    mutable std::mutex m_mutex;  ///< guards the members below
    sql::EvalContext m_eval;
    std::shared_ptr<const Asked> m_asked;
    std::vector<Breakpoint> m_breakpoints;
    std::vector<Point> m_points;
    std::optional<Until> m_step;
    std::vector<Point> m_stepPoints;
    std::shared_ptr<WindowWatch> m_watch;                     ///< of a step to a firing of a window
    std::map<NodeId, std::uint64_t> m_seen;                   ///< the last events before it, of its nodes
    std::optional<std::pair<NodeId, std::uint64_t>> m_taken;  ///< the piece that a step is for
    bool m_given = false;                                     ///< a batch of it was let go on
    std::map<NodeId, std::uint64_t> m_held;  ///< pieces with batches that wait for a step, by their sources
    std::map<NodeId, Instant> m_reached;     ///< watermarks, of a step to an event time
    std::deque<Halt> m_waiting;
    SteppingState m_state;
    bool m_holds = false;
};

}  // namespace rw
