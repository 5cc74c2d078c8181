#include "core/launch/recompute.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "core/base/time.h"
#include "core/data/state_reader.h"
#include "core/launch/recompute_player.h"
#include "core/launch/replay.h"
#include "core/stream/checkpoint_store.h"
#include "core/stream/rows/held_batches.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr Millis kBetweenLooks = 5;
constexpr std::uint64_t kMostLooks = 12'000;  ///< a minute at least: a tape has its answers by then, or never
constexpr const char* kEndType = "recompute_end";

Text otherWays() {
    return RW_TEXT("recompute",
                   "Let open windows close first, let the nodes start empty, or take the edit back.");
}

Status refused(Text why) {
    return {ErrorCode::Invalid, std::move(why), otherWays()};
}

Status cancelled() {
    return {ErrorCode::Cancelled, RW_TEXT("recompute", "The state was not recomputed: it was cancelled.")};
}

/// Takes the rows of the nodes, so that they are read.
class EndOfRecomputed final : public Sink {
 public:
    Status onBatch(const Batch&) override { return {}; }
    bool hasVisibleOutput() const override { return false; }
};

BoundNodeRef bindEnd(BindContext&) {
    return std::make_shared<BoundNode>();
}

Result<Made> makeEnd(const BoundNode&, const MakeContext&) {
    return Made(std::make_unique<EndOfRecomputed>());
}

NodeKind endKind() {
    NodeKind kind;
    kind.type = kEndType;
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("recompute", "End");
    kind.palette = {
        {kind.name, RW_TEXT("recompute", "Takes the rows of a node that is recomputed"), "table"}};
    kind.inputs = {{std::string(kDefaultInput), RW_TEXT("node", "rows")}};
    kind.bind = bindEnd;
    kind.make = makeEnd;
    return kind;
}

Status firstError(const std::vector<Issue>& issues) {
    const auto error = std::find_if(issues.begin(), issues.end(),
                                    [](const Issue& issue) { return issue.severity == Severity::Error; });
    if (error == issues.end())
        return Status(ErrorCode::Internal, RW_TEXT("recompute", "There is no plan for what is recomputed."));
    return Status(ErrorCode::Invalid, error->message, error->fix).at(error->node, error->param);
}

Result<std::shared_ptr<const Plan>> planned(const Pipeline& pipeline, const Catalogue& catalogue,
                                            const PlanOptions& options) {
    Planned made = makePlan(pipeline, catalogue, options);
    if (!made.plan) return firstError(made.issues);
    return made.plan;
}

/// The nodes and all from which rows come to them, with an end at each of their outputs. `all` is of a plan.
Pipeline cutAbove(const Pipeline& all, const std::set<NodeId>& nodes, const Catalogue& catalogue) {
    std::set<NodeId> kept = nodes;
    for (bool grows = true; grows;) {
        grows = false;
        for (const Wire& wire : all.wires) {
            if (kept.contains(wire.to.node)) grows = kept.insert(wire.from.node).second || grows;
        }
    }
    Pipeline cut;
    cut.settings = all.settings;
    for (const Node& node : all.nodes) {
        const NodeKind* const kind = catalogue.of(node);
        if (!kept.contains(node.id) || kind == nullptr || kind->subflow == SubflowRole::Whole) continue;
        cut.nodes.push_back(node);
    }
    for (const Wire& wire : all.wires) {
        if (cut.find(wire.from.node) != nullptr && cut.find(wire.to.node) != nullptr)
            cut.wires.push_back(wire);
    }
    std::size_t ends = 0;
    for (const NodeId& id : nodes) {
        const Node* const node = all.find(id);
        const NodeKind* const kind = node != nullptr ? catalogue.of(*node) : nullptr;
        if (kind == nullptr) continue;
        for (const PortSpec& output : kind->outputs) {
            Node end;
            end.id = std::string(kEndType) + '_' + std::to_string(ends++);
            end.type = kEndType;
            cut.wires.push_back({{id, output.name}, {end.id, std::string(kDefaultInput)}, Json::object()});
            cut.nodes.push_back(std::move(end));
        }
    }
    return cut;
}

/// Those of the nodes, by which the run to come finds its states.
std::set<StateSnapshot::OperatorId> operatorsOf(const Plan& plan, const std::set<NodeId>& nodes) {
    std::set<StateSnapshot::OperatorId> found;
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (nodes.contains(node.node)) found.insert(node.operatorId);
        }
    }
    return found;
}

/// A node of the plan at which rows wait for an answer, as its state in `snapshot` has it; nothing: at none.
Result<std::optional<NodeId>> waitsAt(const Plan& plan, const StateSnapshot& snapshot) {
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            const auto found = snapshot.states.find(node.operatorId);
            if (!node.bound->waits || found == snapshot.states.end()) continue;
            for (const std::string& bytes : found->second) {
                RW_TRY_ASSIGN(const StateReader state, StateReader::open(bytes));
                RW_TRY_ASSIGN(const bool waiting, HeldBatches::holdsAny(state));
                if (waiting) return std::optional<NodeId>(node.node);
            }
        }
    }
    return std::optional<NodeId>();
}

Status nothingWaits(const Plan& plan, const StateSnapshot& snapshot) {
    RW_TRY_ASSIGN(const std::optional<NodeId> node, waitsAt(plan, snapshot));
    if (!node) return {};
    return Status(ErrorCode::Invalid, RW_TEXT("recompute", "Rows wait for an answer at “%1”.").with(*node),
                  RW_TEXT("recompute",
                          "Apply the changes once more when it has answered, or choose another way."))
        .at(*node);
}

/// Takes the checkpoint behind all of the tape, in memory, once all rows have had their answers: these are
/// read from the tape meanwhile.
class EndKeeper final : public CheckpointStore {
 public:
    EndKeeper(std::shared_ptr<const RecomputePlayer> player, std::shared_ptr<const Plan> plan)
        : m_player(std::move(player)), m_plan(std::move(plan)) {}

    const std::string& lineage() const override { return m_noLineage; }
    Status open(const MakeContext&) override { return {}; }
    bool wants() override { return !m_taken && m_player->isAtEnd(); }
    bool wantsLast() const override { return false; }
    Result<CheckpointSize> write(const StateSnapshot& snapshot) override {
        if (snapshot.ended || m_taken) return CheckpointSize{};
        const Result<std::optional<NodeId>> waits = waitsAt(*m_plan, snapshot);
        if (waits.ok() && *waits && ++m_looks < kMostLooks) return CheckpointSize{};
        m_snapshot = snapshot;
        m_taken = true;
        return CheckpointSize{};
    }
    Status finish() override { return {}; }
    void close() override {}

    bool isTaken() const { return m_taken; }
    /// Once it is.
    const StateSnapshot& snapshot() const { return m_snapshot; }

 private:
    const std::string m_noLineage;
    const std::shared_ptr<const RecomputePlayer> m_player;
    const std::shared_ptr<const Plan> m_plan;
    std::uint64_t m_looks = 0;  ///< at which rows waited
    StateSnapshot m_snapshot{};
    std::atomic<bool> m_taken{false};
};

Result<StateReader> stateOf(const StateSnapshot& snapshot, const NodeId& node) {
    const auto found = snapshot.states.find({node, 0});
    if (found == snapshot.states.end() || found->second.empty())
        return refused(RW_TEXT("recompute", "The checkpoint holds nothing of the source “%1”.").with(node));
    return StateReader::open(found->second.front());
}

/// How far a source was, whatever it reads: without its own position.
struct SourcePlace {
    bool ended = false;
    std::int64_t rows = 0;  ///< of all partitions
    std::vector<std::pair<std::string, std::vector<std::int64_t>>> partitions{};
    bool operator==(const SourcePlace&) const = default;
};

Result<SourcePlace> placeOf(const StateReader& state) {
    SourcePlace place;
    RW_TRY_ASSIGN(const std::uint64_t ended, state.u64("ended", 0));
    place.ended = ended != 0;
    if (place.ended) return place;
    const auto add = [&place](std::string name, const StateReader& record,
                              std::initializer_list<std::string_view> fields) -> Status {
        auto& [ignored, numbers] =
            place.partitions.emplace_back(std::move(name), std::vector<std::int64_t>());
        for (const std::string_view field : fields) {
            RW_TRY_ASSIGN(const std::int64_t number, record.i64(field, 0));
            numbers.push_back(number);
        }
        RW_TRY_ASSIGN(const std::int64_t rows, record.i64("rows", 0));
        place.rows = saturatingAdd(place.rows, rows);
        return {};
    };
    RW_TRY(add({}, state, {"raise", "largest", "rows", "floor"}));
    RW_TRY_ASSIGN(const std::vector<StateReader> records, state.records("partition"));
    for (const StateReader& record : records) {
        RW_TRY_ASSIGN(const std::string_view name, record.bytes("name"));
        RW_TRY(add(std::string(name), record, {"place", "raise", "largest", "rows"}));
        RW_TRY_ASSIGN(const std::uint64_t over, record.u64("ended", 0));
        place.partitions.back().second.push_back(over != 0 ? 1 : 0);
    }
    std::sort(place.partitions.begin(), place.partitions.end());
    return place;
}

/// Of the source on the tape.
std::uint64_t rowsOnTape(const TapeFile& tape, const NodeId& source) {
    const std::vector<TapeSource>& sources = tape.head().start.sources;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (sources[i].node == source) return tape.tracks()[i].rows;
    }
    return 0;
}

/// The sources stand where the checkpoint has them: the last one may not have been taken in time, or another
/// may have been asked for, and then the tape goes on behind it. `replayed` null: all of them have ended.
Status standsAtCheckpoint(const Plan& plan, const TapeFile& tape, const RecomputePlayer& player,
                          const StateSnapshot* replayed, const StateSnapshot& at) {
    for (const Stage& stage : plan.stages) {
        if (!stage.source) continue;
        const NodeId& node = stage.nodes.front().node;
        RW_TRY_ASSIGN(const StateReader then, stateOf(at, node));
        RW_TRY_ASSIGN(const SourcePlace there, placeOf(then));
        bool same = false;
        if (player.isLeftUnread(node)) {
            // All that the nodes took is before the checkpoint where the tape has no row behind it.
            same = there.ended || static_cast<std::uint64_t>(there.rows) == rowsOnTape(tape, node);
        } else if (replayed == nullptr) {
            same = there.ended;
        } else {
            RW_TRY_ASSIGN(const StateReader now, stateOf(*replayed, node));
            RW_TRY_ASSIGN(const SourcePlace here, placeOf(now));
            same = here == there;
        }
        if (same) continue;
        return refused(RW_TEXT("recompute",
                               "The tape does not end where the last checkpoint was taken: the source “%1” "
                               "is elsewhere.")
                           .with(node))
            .at(node);
    }
    return {};
}

/// What nodes got from outside in the run, and get once more from the tape, is what they would have got as
/// they are now: answers go by the rows that came, models by the files that were read.
Status gotTheSame(const Plan& plan, const TapeFile& tape, const Catalogue& catalogue) {
    const TapeStart& start = tape.head().start;
    const std::set<NodeId> same = nodesAsRecorded(start.pipeline, plan);
    for (std::size_t i = 0; i < start.asking.size(); ++i) {
        const NodeId& node = start.asking[i];
        if (tape.asking()[i].blocks.empty() || same.contains(node) || plan.pipeline.find(node) == nullptr)
            continue;
        return refused(RW_TEXT("recompute",
                               "What the tape has for “%1” was for its rows as they were before the edit.")
                           .with(node))
            .at(node);
    }
    for (const TapeLookup& lookup : start.lookups) {
        const Node* const now = plan.pipeline.find(lookup.node);
        const Node* const then = start.pipeline.find(lookup.node);
        const NodeKind* const kind = now != nullptr ? catalogue.of(*now) : nullptr;
        if (kind == nullptr) continue;
        const auto isOther = [&](const ParamSpec& spec) {
            const auto valueOf = [&spec](const Node& node) {
                return node.params.contains(spec.name) ? node.params[spec.name] : Json();
            };
            return spec.kind == ParamKind::InputPath && (then == nullptr || valueOf(*now) != valueOf(*then));
        };
        if (std::none_of(kind->params.begin(), kind->params.end(), isOther)) continue;
        return refused(RW_TEXT("recompute", "The tape has the file that “%1” read before the edit.")
                           .with(lookup.node))
            .at(lookup.node);
    }
    return {};
}

/// Of nodes that ask outside, so that a replay asks nobody.
Status hasAnswers(const Plan& plan, const TapeFile& tape) {
    const TapeStart& start = tape.head().start;
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (!node.bound->waits) continue;
            const bool asked =
                std::find(start.asking.begin(), start.asking.end(), node.node) != start.asking.end();
            const bool looked = std::any_of(start.lookups.begin(), start.lookups.end(),
                                            [&node](const TapeLookup& one) { return one.node == node.node; });
            if (asked || looked) continue;
            return refused(RW_TEXT("recompute", "The tape has no answers for “%1”.").with(node.node))
                .at(node.node);
        }
    }
    return {};
}

/// To the end of the tape; the states there are in `keeper`, unless all sources had ended.
Status replay(const RecomputeRequest& asked, const std::shared_ptr<const Plan>& plan,
              const std::shared_ptr<RecomputePlayer>& player, const std::shared_ptr<EndKeeper>& keeper) {
    RunOptions options;
    options.executor = asked.executor;
    options.replay = player;
    options.alignRows = 0;  // one that is at its end gives nothing more
    options.checkpoints.store = keeper;
    options.checkpoints.every = kBetweenLooks;
    options.checkpoints.required = true;
    options.isCancelled = asked.isCancelled;
    RW_TRY_ASSIGN(const std::unique_ptr<Run> run, Run::start(plan, std::move(options)));
    while (!keeper->isTaken() && !run->waitFor(kBetweenLooks)) {
        if (asked.progress) asked.progress(player->done());
        if (!asked.isCancelled || !asked.isCancelled()) continue;
        run->stop(StopMode::Discard);
        run->wait();
        return cancelled();
    }
    if (!keeper->isTaken()) return run->status();
    run->stop(StopMode::Discard);
    run->wait();
    return {};
}

}  // namespace

Status coversRun(const TapeFile& tape) {
    if (tape.from()) {
        return refused(RW_TEXT("recompute", "The input kept of the run does not begin at its start."));
    }
    if (!tape.whole()) {
        return refused(tape.damaged() ? RW_TEXT("recompute", "The tape of the run is damaged.")
                                      : RW_TEXT("recompute", "The tape of the run is cut off."));
    }
    if (tape.end().failed.ok()) return {};
    return refused(RW_TEXT("recompute", "The run failed: its tape does not end at a checkpoint."));
}

Result<RecomputedStates> recomputedStates(const RecomputeRequest& asked) {
    if (asked.at.ended) return RecomputedStates();  // its sinks have only to commit
    RW_TRY(coversRun(*asked.tape));
    if (asked.tape->head().start.began != asked.at.began)
        return refused(RW_TEXT("recompute", "The tape is of another run than the checkpoint."));
    if (asked.isCancelled && asked.isCancelled()) return cancelled();
    PlanOptions options;
    options.validate = asked.validating;
    options.validate.files = false;
    options.parallelism = asked.parallelism;
    options.pruneColumns = !asked.everyColumn;
    RW_TRY_ASSIGN(const std::shared_ptr<const Plan> whole, planned(asked.pipeline, asked.catalogue, options));
    std::vector<NodeKind> kinds = asked.catalogue.kinds();
    kinds.push_back(endKind());
    const Catalogue catalogue(std::move(kinds));
    PlanOptions cutting;
    cutting.validate.folder = whole->folder;
    cutting.validate.files = false;
    cutting.parallelism = whole->parallelism;
    cutting.pruneColumns = options.pruneColumns;
    RW_TRY_ASSIGN(const std::shared_ptr<const Plan> plan,
                  planned(cutAbove(whole->pipeline, asked.nodes, catalogue), catalogue, cutting));
    const std::set<StateSnapshot::OperatorId> operators = operatorsOf(*whole, asked.nodes);
    if (operatorsOf(*plan, asked.nodes) != operators) {
        return refused(RW_TEXT("recompute", "The nodes can't be run without the rest of the pipeline."));
    }
    RW_TRY(checkSources(*asked.tape, *plan));
    RW_TRY(gotTheSame(*plan, *asked.tape, catalogue));
    RW_TRY(hasAnswers(*plan, *asked.tape));
    // They come to the nodes once the run goes on.
    RW_TRY(nothingWaits(*plan, asked.at));
    const auto player = std::make_shared<RecomputePlayer>(asked.tape);
    const auto keeper = std::make_shared<EndKeeper>(player, plan);
    RW_TRY(replay(asked, plan, player, keeper));
    RecomputedStates states;
    // What is not in it had ended.
    for (const StateSnapshot::OperatorId& id : operators) states[id];
    const StateSnapshot* const replayed = keeper->isTaken() ? &keeper->snapshot() : nullptr;
    RW_TRY(standsAtCheckpoint(*plan, *asked.tape, *player, replayed, asked.at));
    if (replayed == nullptr) return states;
    RW_TRY(nothingWaits(*plan, *replayed));
    for (auto& [id, each] : states) {
        const auto found = replayed->states.find(id);
        if (found != replayed->states.end()) each = found->second;
    }
    if (asked.progress) asked.progress(1);
    return states;
}

}  // namespace rw
