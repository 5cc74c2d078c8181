#include "core/look/look_run.h"

#include <date/tz.h>

#include <algorithm>

#include "core/connect/files/system_files.h"
#include "core/connect/messages/decoder.h"
#include "core/look/cut.h"
#include "core/look/look_files.h"
#include "core/look/look_turn.h"
#include "core/pipeline/subflow.h"
#include "core/runtime/executors/task.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

constexpr std::uint64_t kMostRead = std::uint64_t{64} << 20;  ///< bytes of a file in which a row must end
constexpr Millis kBetweenAsking = 5;
constexpr const char* kMostState = "512MB";
constexpr std::size_t kChannelRows = 8'192;

std::vector<NodeKind> kindsWithCollector(const Catalogue& catalogue) {
    std::vector<NodeKind> kinds = catalogue.kinds();
    kinds.push_back(collectorKind());
    return kinds;
}

}  // namespace

LookResult lookSafely(const std::function<LookResult()>& work) {
    LookResult result;
    atLowPriority([&] {
        try {
            result = work();
        } catch (...) {
            result = {};
            result.end = LookResult::End::Failed;
            result.failed = statusOfException();
        }
    });
    return result;
}

void addIssue(std::vector<Issue>& issues, Issue issue) {
    const bool known = std::any_of(issues.begin(), issues.end(), [&](const Issue& one) {
        return one.node == issue.node && one.message == issue.message;
    });
    if (!known) issues.push_back(std::move(issue));
}

Issue issueOf(const NodeId& node, const NoLook& why) {
    Issue issue;
    issue.node = outermost(node);
    issue.message = why.message;
    issue.fix = why.fix;
    return issue;
}

Issue outOfReach(Issue issue) {
    issue.severity = Severity::Error;
    issue.fix = RW_TEXT("look", "Run the pipeline once, and agree to what it reads.");
    return issue;
}

LookRun::LookRun(const LookRequest& request)
    : m_request(request),
      m_real(request.clock ? request.clock : systemClock()),
      m_clock(std::make_shared<LookClock>(m_real)),
      m_files(request.files ? request.files : systemFiles()),
      m_began(m_real->steadyMillis()) {}

bool LookRun::isLate() const {
    return m_real->steadyMillis() - m_began >= m_request.longest;
}

double LookRun::seconds() const {
    return static_cast<double>(m_real->steadyMillis() - m_began) / 1'000;
}

Pipeline LookRun::flatOf(const Pipeline& pipeline, const Validated& checked) {
    return checked.expanded ? checked.expanded->pipeline : pipeline;
}

bool LookRun::plan(const Pipeline& flat, std::vector<Watched*> watched, std::vector<Issue>& issues) {
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
    m_watched = std::move(watched);
    for (std::size_t number = 0; number < m_watched.size(); ++number) {
        Node collector;
        collector.id = m_prefix + std::to_string(number);
        collector.type = kCollectorType;
        if (m_request.stamps) collector.params[kWithStamps] = true;
        m_watched[number]->collector = collector.id;
        cut.wires.push_back(
            {m_watched[number]->from, {collector.id, std::string(kDefaultInput)}, Json::object()});
        cut.nodes.push_back(std::move(collector));
    }
    if (!m_kinds) m_kinds = std::make_shared<Catalogue>(kindsWithCollector(m_request.catalogue));
    PlanOptions options;
    options.validate = m_request.validating;
    options.validate.files = false;
    options.validate.permits = nullptr;
    options.parallelism = 1;
    options.pruneColumns = false;
    Planned planned = makePlan(cut, *m_kinds, options);
    m_plan = std::move(planned.plan);
    if (m_plan) return true;
    // What a collector lacks is the fault of those above it, which was told.
    for (Issue& issue : planned.issues) {
        if (issue.severity != Severity::Error || isCollector(issue.node)) continue;
        issue.node = outermost(issue.node);
        addIssue(issues, std::move(issue));
    }
    return false;
}

/// Begins their ids with what no node of the cut begins with.
void LookRun::nameCollectors(const Pipeline& cut) {
    m_prefix = kCollectorType;
    while (std::any_of(cut.nodes.begin(), cut.nodes.end(),
                       [this](const Node& node) { return isCollector(node.id); }))
        m_prefix += '_';
}

std::vector<std::pair<NodeId, NoLook>> LookRun::withoutLook() const {
    std::vector<std::pair<NodeId, NoLook>> all;
    for (const Stage& stage : m_plan->stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (node.kind->group == NodeGroup::Source || node.kind->type == kCollectorType) continue;
            std::optional<NoLook> why = reachesOut(*node.declared, *node.kind, *node.bound);
            if (why) all.emplace_back(node.node, *std::move(why));
        }
    }
    return all;
}

const HeardSource& LookRun::heardOf(const PlannedNode& node) const {
    const auto [known, isNew] = m_heard.try_emplace(node.node);
    if (isNew && m_request.heard) known->second = m_request.heard(*node.declared, *node.kind, *node.bound);
    return known->second;
}

std::vector<LookedSource> LookRun::silentSources() const {
    std::vector<LookedSource> all;
    for (const Stage& stage : m_plan->stages) {
        if (!stage.source) continue;
        const PlannedNode& node = stage.nodes.front();
        std::optional<NoLook> why = reachesOut(*node.declared, *node.kind, *node.bound);
        if (why && !heardOf(node).sample) all.push_back(liveSource(node, *std::move(why)));
    }
    return all;
}

LookedSource LookRun::liveSource(const PlannedNode& node, NoLook why) const {
    const HeardSource& heard = heardOf(node);
    LookedSource about;
    about.node = node.node;
    about.live = true;
    about.listens = heard.listens;
    about.heardKey = heard.key;
    if (heard.sample) {
        about.rows = heard.sample->rows;
        about.heardAt = heard.at;
        about.ofRun = heard.ofRun;
        return about;
    }
    about.missing = heard.missing.empty() ? std::move(why.message) : heard.missing;
    about.fix = heard.missing.empty() ? std::move(why.fix) : heard.fix;
    return about;
}

MakeContext LookRun::contextOf(const PlannedNode& node) const {
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

void LookRun::sampleSources(LookPlayer& player, LookResult& result) {
    for (const Stage& stage : m_plan->stages) {
        if (!stage.source) continue;
        const PlannedNode& node = stage.nodes.front();
        LookedSource about;
        about.node = node.node;
        if (std::optional<NoLook> why = reachesOut(*node.declared, *node.kind, *node.bound)) {
            result.sources.push_back(liveSource(node, *std::move(why)));
            if (const SourceSampleRef& heard = heardOf(node).sample) player.setSample(node.node, heard);
            continue;
        }
        auto sample = std::make_shared<SourceSample>(readSample(
            *node.kind, *node.bound, contextOf(node), m_request.limits, [this] { return stops(); }));
        about.rows = sample->rows;
        about.whole = sample->whole;
        about.spreads = sample->spreads;
        about.blocks = sample->blocks;
        if (!sample->failed.ok()) {
            about.missing = sample->failed.error().message;
            about.fix = sample->failed.error().fix;
        }
        result.notes.insert(result.notes.end(), sample->notes.begin(), sample->notes.end());
        result.sources.push_back(std::move(about));
        player.setSample(node.node, std::move(sample));
    }
}

void LookRun::run(LookResult& result) {
    m_now = m_request.at.value_or(m_clock->now());
    result.at = m_now;
    auto player = std::make_shared<LookPlayer>(m_now, m_request.closeOpenWindows);
    for (const Watched* one : m_watched) player->addCollector(one->collector, m_request.kept);
    sampleSources(*player, result);
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
        fail(started.status(), result);
    } else {
        drive(**started, result);
    }
    collect(*player);
}

void LookRun::drive(Run& run, LookResult& result) {
    while (!stops() && !run.waitFor(kBetweenAsking)) continue;
    if (!run.finished()) {
        result.end = LookResult::End::TimeLimit;
        run.stop(StopMode::Discard);
        run.wait();
    } else {
        result.end = LookResult::End::Whole;
        if (!run.status().ok()) fail(run.status(), result);
    }
    measure(run, result);
}

void LookRun::fail(const Status& status, LookResult& result) const {
    result.end = LookResult::End::Failed;
    result.failed = status;
    if (status.error().code == ErrorCode::Cancelled && isLate()) {
        result.end = LookResult::End::TimeLimit;
        result.failed = {};
    }
}

void LookRun::measure(const Run& run, LookResult& result) {
    const RunMetrics metrics = run.metrics();
    for (const auto& [id, node] : metrics.nodes) {
        if (isCollector(id)) continue;
        result.nodes[id] = {node.rowsIn, node.rowsOut, node.late, node.rejected};
        if (id == m_request.node) result.openFrom = node.openFrom;
        if (node.openFrom != kMaxTimestamp && !m_request.closeOpenWindows)
            result.open[id] = {node.openFrom, node.openUntil};
        for (const Text& note : node.notes) result.notes.push_back(note);
    }
    for (std::size_t wire = 0; wire < m_drawn && wire < metrics.wires.size(); ++wire)
        result.wires.emplace_back(m_plan->pipeline.wires[wire], metrics.wires[wire].rows);
    if (m_request.closeOpenWindows) result.openFrom = kMaxTimestamp;
    for (KeptRow& row : run.keptRows()) {
        if (const std::string column = unreadColumn(row.reason); !column.empty()) ++m_unread[row.node][column];
        if (m_request.node.empty() || outermost(row.node) == m_request.node)
            result.setAside.push_back(std::move(row));
    }
}

void LookRun::collect(const LookPlayer& player) {
    for (Watched* one : m_watched) {
        const Collector& collector = player.collector(one->collector);
        one->port.count = collector.count();
        one->port.rows = collector.rows();
        one->port.batches = collector.batches();
        one->port.ways = collector.ways();
        one->port.type = typeOf(one->collector);
        if (one->port.role != PortRole::Rows || one->port.type.rejected) continue;
        if (const auto unread = m_unread.find(one->from.node); unread != m_unread.end())
            one->port.unread = unread->second;
    }
}

StreamType LookRun::typeOf(const NodeId& collector) const {
    for (const Stage& stage : m_plan->stages) {
        if (stage.nodes.front().node == collector) return stage.nodes.front().inputs.front().type;
    }
    return {};
}

}  // namespace rw
