#include "core/listen/listen.h"

#include <algorithm>
#include <atomic>
#include <random>
#include <utility>

#include "core/listen/heard_recorder.h"
#include "core/listen/listening_node.h"
#include "core/look/cut.h"
#include "core/look/reaching_out.h"
#include "core/pipeline/subflow.h"
#include "core/runtime/executors/task.h"
#include "core/runtime/run.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

constexpr Millis kBetweenLooks = 20;
constexpr Millis kLongestStart = 10'000;  ///< until a system has to have answered, before the time begins
constexpr const char* kEndType = "_heard";

/// Rows are taken where they leave the source: at the end nothing is done with them.
class EndOfRows final : public Sink {
 public:
    Status onBatch(const Batch&) override { return {}; }
    bool hasVisibleOutput() const override { return false; }
};

NodeKind endKind() {
    NodeKind kind;
    kind.type = kEndType;
    kind.group = NodeGroup::Sink;
    kind.inputs = {{std::string(kDefaultInput), RW_TEXT("node", "rows")}};
    kind.bind = [](BindContext&) -> BoundNodeRef {
        auto bound = std::make_shared<BoundNode>();
        bound->distribution.kind = Distribution::Kind::Single;
        return bound;
    };
    kind.make = [](const BoundNode&, const MakeContext&) -> Result<Made> {
        return Made(std::make_unique<EndOfRows>());
    };
    return kind;
}

Catalogue withEnd(const Catalogue& catalogue) {
    std::vector<NodeKind> kinds = catalogue.kinds();
    kinds.push_back(endKind());
    return Catalogue(std::move(kinds));
}

/// Names that no run has: brokers know clients by them.
std::string ownName() {
    std::random_device random;
    const std::uint64_t token = (std::uint64_t{random()} << 32) | random();
    return "listening_" + std::to_string(token);
}

/// How long the systems are waited for. A thread that is left alone may ask when the listening is over.
struct Opening {
    Opening(std::shared_ptr<Clock> clock, std::int64_t began) : clock(std::move(clock)), began(began) {}

    /// A run would wait much longer for a system that takes the connection and then is silent.
    bool takesTooLong() const { return !isDone && clock->steadyMillis() - began >= kLongestStart; }

    const std::shared_ptr<Clock> clock;
    const std::int64_t began;
    std::atomic<bool> isDone{false}, isOver{false};
};

class Listening {
 public:
    explicit Listening(const ListenRequest& request)
        : m_request(request),
          m_clock(request.clock ? request.clock : systemClock()),
          m_kinds(std::make_shared<Catalogue>(withEnd(request.catalogue))),
          m_began(m_clock->steadyMillis()),
          m_opening(std::make_shared<Opening>(m_clock, m_began)) {}
    ~Listening() { m_opening->isOver = true; }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

    Listened listen() {
        for (const NodeId& node : m_request.sources) m_result.sources.push_back({node, {}, {}, {}, {}});
        if (plan()) run();
        m_result.cancelled = m_request.isCancelled();
        m_result.seconds = static_cast<double>(m_clock->steadyMillis() - m_began) / 1'000;
        return std::move(m_result);
    }

 private:
    bool plan() {
        Pipeline sources =
            onlySources(m_request.pipeline, m_request.catalogue, m_request.validating, m_request.sources);
        const std::string own = ownName();
        for (Node& node : sources.nodes) {
            std::string name = own + '_' + std::to_string(m_names.size());
            m_names.emplace_back(name, node.id);
            node.title = node.shownTitle();
            node.id = std::move(name);
            if (const NodeKind* const kind = m_kinds->of(node)) node = listening(std::move(node), *kind);
        }
        for (std::size_t source = 0; source < m_names.size(); ++source) {
            Node end;
            end.id = own + "_end_" + std::to_string(source);
            end.type = kEndType;
            sources.wires.push_back({{m_names[source].first, std::string(kDefaultOutput)},
                                     {end.id, std::string(kDefaultInput)},
                                     Json::object()});
            sources.nodes.push_back(std::move(end));
        }
        PlanOptions options;
        options.validate = m_request.validating;
        options.validate.permits = nullptr;
        options.parallelism = 1;
        options.pruneColumns = false;
        Planned planned = makePlan(sources, *m_kinds, options);
        m_plan = std::move(planned.plan);
        if (m_plan) return true;
        for (Issue& issue : planned.issues) {
            if (issue.severity != Severity::Error) continue;
            issue.node = outermost(ownerOf(issue.node));
            m_result.issues.push_back(std::move(issue));
        }
        return false;
    }

    void run() {
        const auto recorder = std::make_shared<HeardRecorder>(m_request.limits);
        RunOptions options;
        options.record = recorder;
        options.clock = m_clock;
        options.isCancelled = [opening = m_opening, asked = m_request.isCancelled] {
            return opening->isOver || asked() || opening->takesTooLong();
        };
        if (m_request.connections)
            options.connections = m_request.connections->changed(
                [](Connection connection) { return listening(std::move(connection)); });
        auto started = Run::start(m_plan, std::move(options));
        if (!started.ok()) {
            fail(m_opening->takesTooLong() ? notAnswered() : started.status());
            nameAll();
            return;
        }
        Run& run = **started;
        m_opening->isDone = true;
        const std::int64_t until = m_clock->steadyMillis() + m_request.within;
        while (!run.finished() && !recorder->isFull() && !m_request.isCancelled() &&
               m_clock->steadyMillis() < until)
            run.waitFor(kBetweenLooks);
        const RunMetrics metrics = run.metrics();
        m_ended = run.finished();
        if (m_ended && !run.status().ok()) fail(run.status());
        run.stop(StopMode::Discard);
        run.wait();
        take(*recorder, metrics);
    }

    static Status notAnswered() {
        return {
            ErrorCode::Io,
            RW_TEXT("listen", "The system did not answer within %1.").with(formatDuration(kLongestStart)),
            RW_TEXT("listen", "See whether the system runs and the connection is right; then listen again.")};
    }

    void fail(Status status) {
        const NodeId node = ownerOf(status.error().node);
        m_result.failed = std::move(status).at(node);
        for (Heard& heard : m_result.sources) {
            const bool its = node.empty() || heard.node == node;
            heard.missing = its ? m_result.failed.error().message
                                : RW_TEXT("listen", "Another source failed before a row came.");
            heard.fix = its ? m_result.failed.error().fix : Text();
        }
    }

    void take(HeardRecorder& recorder, const RunMetrics& metrics) {
        const Instant now = m_clock->now();
        for (HeardRows& rows : recorder.take()) {
            const NodeId node = ownerOf(rows.source.node);
            const auto heard = std::find_if(m_result.sources.begin(), m_result.sources.end(),
                                            [&](const Heard& one) { return one.node == node; });
            if (heard == m_result.sources.end()) continue;
            if (rows.count() > 0) {
                heard->missing = heard->fix = {};
            } else if (heard->missing.empty()) {
                sayNothingCame(*heard, metrics, rows.source.node);
            }
            rows.source.node = node;
            rows.at = now;
            heard->rows = std::move(rows);
        }
        nameAll();
    }

    void sayNothingCame(Heard& heard, const RunMetrics& metrics, const NodeId& name) const {
        const auto found = metrics.nodes.find(name);
        if (found != metrics.nodes.end()) {
            for (const PartitionMetrics& partition : found->second.partitions) {
                if (partition.state != PartitionState::Disconnected &&
                    partition.state != PartitionState::Blocked)
                    continue;
                if (partition.reason.empty()) continue;
                heard.missing = partition.reason;
                heard.fix = RW_TEXT("listen",
                                    "See whether the system runs and the connection is right; then "
                                    "listen again.");
                return;
            }
            if (!found->second.notes.empty()) {
                heard.missing = found->second.notes.back();
                heard.fix = RW_TEXT("listen", "Listen again when that is mended.");
                return;
            }
        }
        if (m_ended) {
            heard.missing = RW_TEXT("listen", "It came to its end, and no row came.");
            heard.fix = RW_TEXT("listen", "See what its system has for it; then listen again.");
            return;
        }
        heard.missing = RW_TEXT("listen", "No row came in %1.").with(formatDuration(m_request.within));
        heard.fix = RW_TEXT("listen", "Listen again when something is sent, or run the pipeline.");
    }

    /// By what each source is known when it is kept.
    void nameAll() {
        for (const Stage& stage : m_plan->stages) {
            if (!stage.source) continue;
            const PlannedNode& planned = stage.nodes.front();
            const NodeId node = ownerOf(planned.node);
            const auto heard = std::find_if(m_result.sources.begin(), m_result.sources.end(),
                                            [&](const Heard& one) { return one.node == node; });
            if (heard == m_result.sources.end()) continue;
            heard->by.key =
                heardKey(*planned.declared, *planned.kind, *planned.bound->outputs.front().schema);
            heard->by.connections = connectionsOf(*planned.declared, *planned.kind);
            heard->by.pipeline = m_request.validating.file;
            heard->by.title = planned.declared->title;
        }
    }

    NodeId ownerOf(const NodeId& name) const {
        for (const auto& [own, node] : m_names) {
            if (own == name) return node;
        }
        return name;
    }

    const ListenRequest& m_request;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<const Catalogue> m_kinds;  ///< outlives the plan
    const std::int64_t m_began;
    std::shared_ptr<const Plan> m_plan{};
    std::vector<std::pair<std::string, NodeId>> m_names{};  ///< of the run, and of the pipeline
    const std::shared_ptr<Opening> m_opening;
    bool m_ended = false;
    Listened m_result{};
};

}  // namespace

Pipeline onlySources(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                     const std::vector<NodeId>& sources) {
    ValidateOptions looking = options;
    looking.files = false;
    looking.permits = nullptr;
    const Validated checked = validate(pipeline, catalogue, looking);
    Pipeline only = checked.expanded ? checked.expanded->pipeline : pipeline;
    only.wires.clear();
    std::vector<Node> kept;
    for (const NodeId& id : sources) {
        if (const Node* const node = only.find(id)) kept.push_back(*node);
    }
    only.nodes = std::move(kept);
    return only;
}

std::vector<NodeId> sourcesToHear(const Pipeline& pipeline, const Catalogue& catalogue,
                                  const Validated& checked, const std::vector<NodeId>& below) {
    const Pipeline above = below.empty() ? pipeline : cutAbove(pipeline, below);
    const Pipeline& flat = checked.expanded ? checked.expanded->pipeline : pipeline;
    std::vector<NodeId> heard;
    for (const Node& node : flat.nodes) {
        const NodeKind* const kind = catalogue.of(node);
        if (kind == nullptr || kind->group != NodeGroup::Source || node.disabled) continue;
        const auto typed = checked.nodes.find(node.id);
        if (typed == checked.nodes.end() || !typed->second.bound) continue;
        const BoundNode& bound = *typed->second.bound;
        const bool isAbove = above.find(outermost(node.id)) != nullptr;
        if (isAbove && reachesOut(node, *kind, bound) && !notHeard(node, bound)) heard.push_back(node.id);
    }
    return heard;
}

Listened listen(const ListenRequest& request) {
    try {
        return Listening(request).listen();
    } catch (...) {
        Listened failed;
        failed.failed = statusOfException();
        return failed;
    }
}

}  // namespace rw
