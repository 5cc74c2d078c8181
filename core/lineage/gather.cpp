#include "core/lineage/gather.h"

#include <date/tz.h>

#include <algorithm>
#include <exception>
#include <set>
#include <utility>

#include "core/data/text.h"
#include "core/launch/replay.h"
#include "core/look/look_clock.h"
#include "core/tape/tape_player.h"

namespace rw {

namespace {

constexpr const char* kMostState = "512MB";
constexpr Millis kBetweenAsking = 50;

Catalogue withCollectors(const Catalogue& catalogue) {
    std::vector<NodeKind> kinds = catalogue.kinds();
    kinds.push_back(rowCollectorKind());
    return Catalogue(std::move(kinds));
}

std::string collectorId(std::size_t number) {
    return "lineage_collector_" + std::to_string(number);
}

Status cancelled() {
    return {ErrorCode::Cancelled, RW_TEXT("lineage", "It was cancelled.")};
}

}  // namespace

Gatherer::Gatherer(const LineageQuestion& question, const Upstream& upstream)
    : m_turn(question.isCancelled),
      m_question(question),
      m_upstream(upstream),
      m_catalogue(withCollectors(*question.catalogue)),
      m_clock(std::make_shared<LookClock>(question.clock ? question.clock : systemClock())) {}

Result<std::unique_ptr<Gatherer>> Gatherer::make(const LineageQuestion& question, const Upstream& upstream) {
    std::unique_ptr<Gatherer> made(new Gatherer(question, upstream));
    if (!made->m_turn.has()) return cancelled();
    RW_TRY(made->setTimes());
    return made;
}

/// As those of the run.
Status Gatherer::setTimes() {
    m_eval.runStart = m_clock->now();
    if (m_question.tape) {
        m_eval.runStart = m_question.tape->head().start.began;
        m_eval.seed = m_question.tape->head().start.seed;
    }
    const std::string& zone = m_question.plan->timeZone;
    if (zone == "UTC") return {};
    try {
        m_eval.zone = zone == "local" ? date::current_zone() : date::locate_zone(zone);
    } catch (const std::exception&) {
        return Status(ErrorCode::Invalid, RW_TEXT("run", "There is no time zone “%1”.").with(zone),
                      RW_TEXT("run", "Name one as “Europe/Vienna”, “UTC” or “local”."));
    }
    return {};
}

Status Gatherer::checkInputs(const Plan& plan) const {
    if (m_question.tape) return checkSources(*m_question.tape, plan);
    for (const Stage& stage : plan.stages) {
        if (!stage.source) continue;
        const PlannedNode& source = stage.nodes.front();
        if (!source.bound->live && !source.bound->readOnce) continue;
        return Status(ErrorCode::Invalid,
                      RW_TEXT("lineage", "Nothing was kept of what “%1” gave, and it can't be read again.")
                          .with(titleOf(source)),
                      RW_TEXT("lineage", "Record a run on a tape, and ask again with it."))
            .at(source.node);
    }
    return {};
}

Result<std::shared_ptr<const Plan>> Gatherer::planOf(const std::vector<WantedRows>& wanted) const {
    std::set<NodeId> kept;
    for (const WantedRows& each : wanted) {
        kept.insert(each.port.node);
        const std::set<NodeId>& above = m_upstream.above(each.port.node);
        kept.insert(above.begin(), above.end());
    }
    const Pipeline& all = m_question.plan->pipeline;
    Pipeline cut;
    cut.settings = all.settings;
    cut.settings.memoryLimit = kMostState;
    std::set<NodeId> there;
    for (const Node& node : all.nodes) {
        // Rows pass disabled nodes by.
        if (!kept.contains(node.id) && !node.disabled) continue;
        const NodeKind* const kind = m_catalogue.find(node.type);
        if (kind == nullptr || kind->subflow == SubflowRole::Whole) continue;
        there.insert(node.id);
        cut.nodes.push_back(node);
    }
    for (const Wire& wire : all.wires) {
        if (there.contains(wire.from.node) && there.contains(wire.to.node)) cut.wires.push_back(wire);
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        Node collector;
        collector.id = collectorId(i);
        collector.type = kRowCollectorType;
        cut.wires.push_back({wanted[i].port, {collector.id, std::string(kDefaultInput)}, Json::object()});
        cut.nodes.push_back(std::move(collector));
    }
    PlanOptions options;
    options.validate.folder = m_question.plan->folder;
    options.validate.files = false;
    options.parallelism = 1;
    options.pruneColumns = !m_question.tape || !m_question.tape->from();  // states have every column
    Planned planned = makePlan(cut, m_catalogue, options);
    if (planned.plan) return planned.plan;
    const auto error = std::find_if(planned.issues.begin(), planned.issues.end(),
                                    [](const Issue& issue) { return issue.severity == Severity::Error; });
    if (error == planned.issues.end())
        return Status(ErrorCode::Internal, RW_TEXT("lineage", "There is no plan."));
    return Status(ErrorCode::Invalid, error->message, error->fix).at(error->node, error->param);
}

std::string Gatherer::begins() const {
    std::string since;
    if (!m_question.tape || !m_question.tape->from()) return since;
    appendTimestamp(since, m_question.tape->since() / 1000 * 1000);
    since.resize(since.find('.'));
    return since;
}

std::vector<Text> Gatherer::notes() const {
    std::vector<Text> notes;
    const std::string since = begins();
    if (since.empty()) return notes;
    notes.push_back(
        RW_TEXT("lineage",
                "Input is kept since %1 UTC. Rows from before may have a part in the row, and are "
                "not listed.")
            .with(since));
    if (m_beganEmpty) {
        notes.push_back(RW_TEXT("lineage",
                                "The pipeline was edited since: nodes that changed begin there without what "
                                "they had kept."));
    }
    return notes;
}

/// To its end, on this thread.
Status Gatherer::run(const std::shared_ptr<const Plan>& plan, RunOptions options) {
    RW_TRY_ASSIGN(const std::unique_ptr<Run> run, Run::start(plan, std::move(options)));
    while (!run->waitFor(kBetweenAsking)) {
        if (!m_question.isCancelled()) continue;
        run->stop(StopMode::Discard);
        run->wait();
        return cancelled();
    }
    // Its own look at that may have ended it, with a part of the rows.
    if (m_question.isCancelled()) return cancelled();
    RW_TRY(run->status());
    const RunMetrics metrics = run->metrics();
    m_metrics = {metrics.nodes.begin(), metrics.nodes.end()};
    return {};
}

void Gatherer::limit(WantedRows& wanted) const {
    if (wanted.rows == 0) wanted.rows = m_question.rows;
    if (wanted.bytes == 0) wanted.bytes = m_question.bytes;
}

Result<std::vector<GatheredRows>> Gatherer::gather(std::vector<WantedRows> wanted, const PlanEdit& edit) {
    if (wanted.empty()) return std::vector<GatheredRows>();
    RW_TRY_ASSIGN(std::shared_ptr<const Plan> plan, planOf(wanted));
    if (edit) plan = edit(plan);
    RW_TRY(checkInputs(*plan));
    std::vector<const BoundRowCollector*> collectors(wanted.size());
    for (const Stage& stage : plan->stages) {
        for (const PlannedNode& node : stage.nodes) {
            const auto* const bound = dynamic_cast<const BoundRowCollector*>(node.bound.get());
            for (std::size_t i = 0; bound && i < wanted.size(); ++i) {
                if (node.node == collectorId(i)) collectors[i] = bound;
            }
        }
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        limit(wanted[i]);
        *collectors[i]->slot = std::make_unique<RowCollector>(wanted[i], collectors[i]->input);
    }
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.clock = m_clock;
    options.files = m_question.files;
    options.isCancelled = m_question.isCancelled;
    if (m_question.tape) {
        options.replay = makeTapePlayer(m_question.tape, 0.0);
        m_beganEmpty = beginAt(*m_question.tape, *plan, TapeStates::All, options) || m_beganEmpty;
    }
    Status ended;
    atLowPriority([&] { ended = run(plan, std::move(options)); });
    RW_TRY(ended);
    std::vector<GatheredRows> found;
    for (const BoundRowCollector* collector : collectors) found.push_back((*collector->slot)->finish());
    return found;
}

}  // namespace rw
