#include "core/look/look.h"

#include <date/tz.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "core/connect/files/system_files.h"
#include "core/look/cut.h"
#include "core/look/look_clock.h"
#include "core/look/look_files.h"
#include "core/look/look_player.h"
#include "core/look/look_turn.h"
#include "core/look/reaching_out.h"
#include "core/pipeline/subflow.h"
#include "core/runtime/executors/task.h"
#include "core/runtime/run.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

constexpr std::uint64_t kMostRead = std::uint64_t{64} << 20;  ///< bytes of a file in which a row must end
constexpr Millis kBetweenAsking = 5;
constexpr const char* kMostState = "512MB";
constexpr std::size_t kChannelRows = 8'192;
/// A port that is looked at, and the collector of its rows.
struct Watched {
    LookedPort port{};
    PortRef from{};  ///< in the expanded pipeline
    NodeId collector{};
};

std::vector<NodeKind> kindsWithCollector(const Catalogue& catalogue) {
    std::vector<NodeKind> kinds = catalogue.kinds();
    kinds.push_back(collectorKind());
    return kinds;
}

class Looking {
 public:
    explicit Looking(const LookRequest& request)
        : m_request(request),
          m_clock(std::make_shared<LookClock>(request.clock ? request.clock : systemClock())),
          m_real(request.clock ? request.clock : systemClock()),
          m_files(request.files ? request.files : systemFiles()),
          m_began(m_real->steadyMillis()) {}

    LookResult look() {
        const LookTurn turn([this] { return stops(); });
        if (turn.has() && prepare()) runPlan();
        m_result.seconds = static_cast<double>(m_real->steadyMillis() - m_began) / 1'000;
        if (m_request.isCancelled()) m_result.end = LookResult::End::Cancelled;
        return std::move(m_result);
    }

 private:
    bool isLate() const { return m_real->steadyMillis() - m_began >= m_request.longest; }
    bool stops() const { return m_request.isCancelled() || isLate(); }

    /// The plan of the cut; false: there is none, and the result says why.
    bool prepare() {
        const Pipeline above = cutAbove(m_request.pipeline, {m_request.node});
        const Node* const node = above.find(m_request.node);
        if (node == nullptr) return false;
        ValidateOptions options = m_request.validating;
        options.files = true;
        options.permits = nullptr;
        const Validated checked = validate(above, m_request.catalogue, options, m_request.trust);
        const bool inside = mayRead(checked.issues);
        bool runs = true;
        for (const Issue& issue : checked.issues) {
            if (issue.severity != Severity::Error) continue;
            runs = runs && issue.node == m_request.node;
            m_result.issues.push_back(issue);
        }
        if (!inside || !runs) return false;
        watch(*node, above, checked);
        const Pipeline& flat = checked.expanded ? checked.expanded->pipeline : above;
        // A node that is broken, or is not to be looked at, has its input all the same.
        const bool usable = m_result.issues.empty() && !reachesOutItself(*node, checked);
        if (usable && plan(flat, true)) return true;
        return plan(flat, false);
    }

    /// False: a file above is out of reach, which becomes an error.
    bool mayRead(const std::vector<Issue>& issues) {
        bool may = true;
        for (Issue issue : issues) {
            if (!isNotLookedAt(issue)) continue;
            may = false;
            issue.severity = Severity::Error;
            issue.fix = RW_TEXT("look", "Run the pipeline once, and agree to what it reads.");
            m_result.issues.push_back(std::move(issue));
        }
        return may;
    }

    bool reachesOutItself(const Node& node, const Validated& checked) {
        const NodeKind* const kind = m_request.catalogue.of(node);
        const auto typed = checked.nodes.find(node.id);
        if (kind == nullptr || typed == checked.nodes.end() || !typed->second.bound || node.disabled)
            return false;
        if (kind->group == NodeGroup::Source || kind->group == NodeGroup::Sink) return false;
        const std::optional<NoLook> why = reachesOut(node, *kind, *typed->second.bound);
        if (why) blame(node.id, *why);
        return why.has_value();
    }

    void blame(const NodeId& node, const NoLook& why) {
        Issue issue;
        issue.node = outermost(node);
        issue.message = why.message;
        issue.fix = why.fix;
        m_result.issues.push_back(std::move(issue));
    }

    /// The ports of the node, in the expanded pipeline.
    void watch(const Node& node, const Pipeline& above, const Validated& checked) {
        const auto place = [&](const Wire& wire) {
            return checked.expanded ? checked.expanded->joined(wire) : wire;
        };
        const NodeKind* const kind = m_request.catalogue.of(node);
        for (const Wire& wire : above.wires) {
            if (wire.to.node != node.id) continue;
            Watched input;
            input.port.from = wire.from;
            input.port.port = wire.to.port;
            if (kind != nullptr) input.port.number = kind->inputPort(wire.to.port);
            input.from = place(wire).from;
            m_inputs.push_back(std::move(input));
        }
        if (kind == nullptr) return;
        for (const PortSpec& spec : kind->outputs) {
            if (node.disabled && spec.role != PortRole::Rows) continue;
            Watched output;
            output.port.from = {node.id, spec.name};
            output.port.port = spec.name;
            output.port.role = spec.role;
            output.port.number = static_cast<int>(m_outputs.size());
            output.from = place(Wire{output.port.from, {}, Json::object()}).from;
            m_outputs.push_back(std::move(output));
            if (node.disabled) return;  // rows pass it by the first
        }
    }

    /// Plans the run of the watched ports; false: it has errors, which are among the issues, or no port.
    bool plan(const Pipeline& flat, bool outputs) {
        std::vector<Watched*> watched;
        for (Watched& input : m_inputs) watched.push_back(&input);
        if (outputs) {
            for (Watched& output : m_outputs) watched.push_back(&output);
        }
        if (watched.empty()) return false;
        std::vector<NodeId> ends;
        for (const Watched* one : watched) ends.push_back(one->from.node);
        Pipeline cut = cutAbove(flat, ends);
        cut.settings.memoryLimit = kMostState;
        // What stood for a subflow is there no more than to be drawn.
        std::erase_if(cut.nodes, [this](const Node& node) {
            const NodeKind* const kind = m_request.catalogue.find(node.type);
            return kind != nullptr && kind->subflow == SubflowRole::Whole;
        });
        m_drawn = cut.wires.size();
        nameCollectors(cut);
        m_watched.clear();
        for (Watched* one : watched) {
            Node collector;
            collector.id = m_prefix + std::to_string(m_watched.size());
            collector.type = kCollectorType;
            one->collector = collector.id;
            cut.wires.push_back({one->from, {collector.id, std::string(kDefaultInput)}, Json::object()});
            cut.nodes.push_back(std::move(collector));
            m_watched.push_back(one);
        }
        m_kinds = std::make_shared<Catalogue>(kindsWithCollector(m_request.catalogue));
        PlanOptions options;
        options.validate = m_request.validating;
        options.validate.files = false;
        options.validate.permits = nullptr;
        options.parallelism = 1;
        options.pruneColumns = false;
        Planned planned = makePlan(cut, *m_kinds, options);
        if (!planned.plan) {
            for (Issue& issue : planned.issues) addIssue(std::move(issue));
            return false;
        }
        m_plan = std::move(planned.plan);
        m_withOutputs = outputs;
        return true;
    }

    /// Begins their ids with what no node of the cut begins with.
    void nameCollectors(const Pipeline& cut) {
        m_prefix = kCollectorType;
        while (std::any_of(cut.nodes.begin(), cut.nodes.end(),
                           [this](const Node& node) { return isCollector(node.id); }))
            m_prefix += '_';
    }
    bool isCollector(const NodeId& node) const { return node.compare(0, m_prefix.size(), m_prefix) == 0; }

    /// Of the cut. What a collector lacks is the fault of those above it, which was told.
    void addIssue(Issue issue) {
        if (issue.severity != Severity::Error || isCollector(issue.node)) return;
        issue.node = outermost(issue.node);
        const bool known = std::any_of(m_result.issues.begin(), m_result.issues.end(), [&](const Issue& one) {
            return one.node == issue.node && one.message == issue.message;
        });
        if (!known) m_result.issues.push_back(std::move(issue));
    }

    /// False: a node above has no look.
    bool mayRun() {
        bool may = true;
        for (const Stage& stage : m_plan->stages) {
            for (const PlannedNode& node : stage.nodes) {
                if (node.kind->group == NodeGroup::Source || node.kind->type == kCollectorType) continue;
                const std::optional<NoLook> why = reachesOut(*node.declared, *node.kind, *node.bound);
                if (!why) continue;
                blame(node.node, *why);
                may = false;
            }
        }
        return may;
    }

    MakeContext contextOf(const PlannedNode& node) const {
        MakeContext context;
        context.node = node.node;
        context.batchRows = RunOptions().batchRows;
        context.folder = m_plan->folder;
        context.clock = m_clock;
        context.files = lookFiles(
            m_files, m_request.trust.reachFrom(m_request.validating.folder), [this] { return stops(); },
            std::make_shared<ReadBudget>(kMostRead));
        context.eval.runStart = m_now;
        const Json& params = node.declared->params;
        context.nullOnError = params.contains("on_error") && params["on_error"] == "null";
        context.wanted = ColumnSet(node.bound->outputs.front().schema->size(), true);
        context.bounded = true;
        context.stopping = [this] { return stops(); };
        if (m_plan->timeZone != "UTC") {
            context.eval.zone =
                m_plan->timeZone == "local" ? date::current_zone() : date::locate_zone(m_plan->timeZone);
            context.timeZone = context.eval.zone->name();
        }
        return context;
    }

    void sampleSources(LookPlayer& player) {
        for (const Stage& stage : m_plan->stages) {
            if (!stage.source) continue;
            const PlannedNode& node = stage.nodes.front();
            LookedSource about;
            about.node = node.node;
            if (std::optional<NoLook> why = reachesOut(*node.declared, *node.kind, *node.bound)) {
                about.missing = std::move(why->message);
                about.fix = std::move(why->fix);
                m_result.sources.push_back(std::move(about));
                continue;
            }
            auto sample = std::make_shared<SourceSample>(readSample(
                *node.kind, *node.bound, contextOf(node), m_request.limits, [this] { return stops(); }));
            about.rows = sample->rows;
            about.whole = sample->whole;
            if (!sample->failed.ok()) {
                about.missing = sample->failed.error().message;
                about.fix = sample->failed.error().fix;
            }
            m_result.notes.insert(m_result.notes.end(), sample->notes.begin(), sample->notes.end());
            m_result.sources.push_back(std::move(about));
            player.setSample(node.node, std::move(sample));
        }
    }

    void runPlan() {
        if (!mayRun()) return;
        m_now = m_clock->now();
        auto player = std::make_shared<LookPlayer>(m_now, m_request.closeOpenWindows);
        for (const Watched* one : m_watched) player->addCollector(one->collector, m_request.kept);
        sampleSources(*player);
        RunOptions options;
        options.executor = ExecutorKind::Seeded;
        options.clock = m_clock;
        options.files = lookFiles(m_files, m_request.trust.reachFrom(m_request.validating.folder),
                                  [this] { return stops(); });
        options.channelRows = kChannelRows;
        options.keptRows = m_request.kept.rows;
        options.replay = player;
        options.isCancelled = [this] { return stops(); };
        auto started = Run::start(m_plan, std::move(options));
        if (!started.ok()) {
            fail(started.status());
        } else {
            drive(**started);
        }
        collect(*player);
    }

    void drive(Run& run) {
        while (!stops() && !run.waitFor(kBetweenAsking)) continue;
        if (!run.finished()) {
            m_result.end = LookResult::End::TimeLimit;
            run.stop(StopMode::Discard);
            run.wait();
        } else {
            m_result.end = LookResult::End::Whole;
            if (!run.status().ok()) fail(run.status());
        }
        measure(run);
    }

    void fail(const Status& status) {
        m_result.end = LookResult::End::Failed;
        m_result.failed = status;
        if (status.error().code == ErrorCode::Cancelled && isLate()) {
            m_result.end = LookResult::End::TimeLimit;
            m_result.failed = {};
        }
    }

    void measure(const Run& run) {
        const RunMetrics metrics = run.metrics();
        for (const auto& [id, node] : metrics.nodes) {
            if (isCollector(id)) continue;
            m_result.nodes[id] = {node.rowsIn, node.rowsOut, node.late, node.rejected};
            if (id == m_request.node) m_result.openFrom = node.openFrom;
            for (const Text& note : node.notes) m_result.notes.push_back(note);
        }
        for (std::size_t wire = 0; wire < m_drawn && wire < metrics.wires.size(); ++wire)
            m_result.wires.emplace_back(m_plan->pipeline.wires[wire], metrics.wires[wire].rows);
        if (m_request.closeOpenWindows) m_result.openFrom = kMaxTimestamp;
        for (KeptRow& row : run.keptRows()) {
            if (outermost(row.node) == m_request.node) m_result.setAside.push_back(std::move(row));
        }
    }

    void collect(const LookPlayer& player) {
        const auto taken = [&](const Watched& one) {
            const Collector& collector = player.collector(one.collector);
            LookedPort port = one.port;
            port.count = collector.count();
            port.rows = collector.rows();
            port.batches = collector.batches();
            port.ways = collector.ways();
            port.type = typeOf(one.collector);
            return port;
        };
        for (const Watched& one : m_inputs) m_result.inputs.push_back(taken(one));
        if (!m_withOutputs) return;
        for (const Watched& one : m_outputs) m_result.outputs.push_back(taken(one));
    }

    StreamType typeOf(const NodeId& collector) const {
        for (const Stage& stage : m_plan->stages) {
            if (stage.nodes.front().node == collector) return stage.nodes.front().inputs.front().type;
        }
        return {};
    }

    const LookRequest& m_request;
    const std::shared_ptr<LookClock> m_clock;
    const std::shared_ptr<Clock> m_real;
    const std::shared_ptr<const Files> m_files;
    const std::int64_t m_began;
    Instant m_now = 0;
    LookResult m_result{};
    std::vector<Watched> m_inputs{}, m_outputs{};
    std::vector<Watched*> m_watched{};
    std::shared_ptr<const Catalogue> m_kinds{};  ///< outlives the plan
    std::shared_ptr<const Plan> m_plan{};
    std::string m_prefix{};   ///< of the ids of collectors
    std::size_t m_drawn = 0;  ///< wires of the cut, without those to collectors
    bool m_withOutputs = false;
};

}  // namespace

LookResult look(const LookRequest& request) {
    LookResult result;
    atLowPriority([&] {
        try {
            result = Looking(request).look();
        } catch (...) {
            result = {};
            result.end = LookResult::End::Failed;
            result.failed = statusOfException();
        }
    });
    return result;
}

}  // namespace rw
