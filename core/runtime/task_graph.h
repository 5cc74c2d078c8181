// The tasks of a run, made from its plan and wired up.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/runtime/operator_task.h"
#include "core/runtime/planning/state_share.h"
#include "core/runtime/run_shared.h"
#include "core/runtime/sink_task.h"
#include "core/runtime/source_task.h"
#include "core/store/state_memory.h"

namespace rw {

/// Owns the tasks. Build once, before the executor starts; destroy after it stopped.
class TaskGraph {
 public:
    explicit TaskGraph(RunShared& shared) : m_shared(shared) {}
    ~TaskGraph();
    TaskGraph(const TaskGraph&) = delete;
    TaskGraph& operator=(const TaskGraph&) = delete;

    /// Makes operators, sources and sinks and opens them. An error names the node.
    Status build();

    /// Adds the states of ended tasks, which pass no barrier, to a snapshot of the others.
    Status addEnded(StateSnapshot& snapshot) const;

    /// Some sink puts its rows in place by checkpoints (Sink::isTransactional).
    bool isTransactional() const;
    /// Once nothing runs: a sink with rows that would be there twice if they came again, and one that can't
    /// resume from a checkpoint without losing or repeating some; empty: there is none.
    NodeId hasVisibleOutput() const;
    NodeId notRestorable() const;
    /// After build() has failed: sinks that it has opened leave pending output to a run that resumes.
    void abortSinks();
    /// After that: they close their files and connections.
    void closeSinks();
    /// A source that can't give its rows again; empty: there is none.
    NodeId readsOnce() const;
    /// The rows up to a barrier that everybody has passed; 0: all so far.
    CountedRows countedRows(std::uint64_t barrier) const;
    /// The sink that decides which checkpoints count (Sink::decides); null: there is none.
    SinkTask* decider() const { return m_decider; }
    /// build() has failed because the checkpoint that the run was to resume from was pending, and is gone now.
    bool hasGivenUp() const { return m_givenUp; }
    /// Why the run takes no checkpoints, though it was to; empty: it does, or was not.
    const Text& withoutCheckpoints() const { return m_withoutCheckpoints; }

    /// Wall time, of the first run where this one resumes from a snapshot.
    Instant began() const { return m_eval.runStart; }

    std::vector<Task*> all() const;
    const std::vector<std::unique_ptr<SourceTask>>& sources() const { return m_sources; }
    const std::vector<std::unique_ptr<SinkTask>>& sinks() const { return m_sinks; }
    const std::vector<std::pair<NodeId, std::shared_ptr<SourceFeed>>>& feeds() const { return m_feedNodes; }
    /// Tasks that may be waiting for a time or an answer, with or without further input
    /// (BoundNode::holdsRows, judgesSilence, spills).
    const std::vector<Task*>& holding() const { return m_holding; }
    /// Per exchange of the plan: where it arrives, one entry a consumer instance.
    const std::vector<std::vector<Destination>>& destinations() const { return m_destinations; }
    std::shared_ptr<LiveView> view(const NodeId& node) const;
    std::map<NodeId, std::shared_ptr<LiveView>> views() const;
    /// Adds the metrics of a source's feed.
    void measure(const NodeId& node, NodeMetrics& out) const;
    /// How sinks stand to the outside world.
    void measureSinks(RunMetrics& out) const;

 private:
    Status buildConsumers(std::size_t stage);
    /// Makes the operators behind exchanges, once every inbox is there.
    Status wireConsumers();
    /// The operators behind exchanges restore their state from the snapshot that the run resumes from.
    Status restoreConsumers();
    Status buildSource(std::size_t stage);
    /// Tells sources without event time of their own which nodes give their rows stamps.
    void findStampers();
    /// Which nodes give rows their stamps, for those who watch how far these are behind.
    void tellDisorder();
    /// Tells sources of the tasks below them that may keep rows whose time has not come.
    void connectBacklogs();
    /// There is one at most.
    Status checkDeciders();
    /// Whether the checkpoint that the run resumes from counts.
    Status askDecider();
    std::string titleOf(const NodeId& node) const;
    Status openAll();
    Status openStore();
    Status openTape();
    void beginTapeAt(const StateSnapshot& restored, TapeStart& start) const;
    /// While a tape is replayed, one that gives its rows.
    Result<std::unique_ptr<Source>> makeSource(const PlannedNode& node) const;
    Status openSink(SinkTask& sink);
    MakeContext context(const PlannedNode& node, int instance, int instances) const;
    MakeContext contextOfStore() const;
    /// Of no node.
    MakeContext contextOfRun() const;
    /// MakeContext::stopping, of one that goes on while the run drains, or not.
    std::function<bool()> whetherStopping(bool drains) const;
    Result<std::unique_ptr<Operator>> makeOperator(const PlannedNode& node, int instance, int instances,
                                                   std::shared_ptr<Requests> requests = {}) const;
    Result<std::unique_ptr<Sink>> makeSink(const PlannedNode& node, int instance, int instances) const;
    /// For a sender of the exchange; null where rows go as they are.
    std::unique_ptr<Combiner> makeCombiner(const Exchange& exchange) const;
    CounterGroup& group(const PlannedNode& node, bool lanes, int instances);
    /// Gives an instance of a stage its nodes behind the entry, and all its targets.
    Status wire(const Stage& stage, FusedStage& made, std::vector<CounterGroup*>& groups, int instance);

    RunShared& m_shared;
    const std::shared_ptr<RunScope> m_scope = std::make_shared<RunScope>();
    const std::unique_ptr<StateMemory> m_stateMemory =
        std::make_unique<StateMemory>(moreMemory(m_shared.options.stateMemory));
    sql::EvalContext m_eval;
    std::vector<std::unique_ptr<OperatorTask>> m_operators;
    std::vector<Task*> m_holding;
    std::vector<std::unique_ptr<SinkTask>> m_sinks;
    std::vector<std::unique_ptr<SourceTask>> m_sources;
    std::map<int, std::shared_ptr<SourceFeed>> m_feeds;  ///< by stage
    std::vector<std::pair<NodeId, std::shared_ptr<SourceFeed>>> m_feedNodes;
    std::vector<std::pair<NodeId, SinkTask*>> m_sinkNodes;
    std::map<NodeId, std::optional<Millis>> m_delays;  ///< of the watermarks of event-time nodes
    std::size_t m_openSinks = 0;  ///< of m_sinkNodes, the first
    std::vector<std::vector<Destination>> m_destinations;
    struct PendingStage {
        const Stage* stage;
        std::size_t firstTask;
        std::vector<CounterGroup*> groups;
    };
    std::vector<PendingStage> m_pendingStages;
    SinkTask* m_decider = nullptr;
    bool m_givenUp = false;
    Text m_withoutCheckpoints;
};

}  // namespace rw
