#include "core/runtime/task_graph.h"

#include <date/tz.h>

#include <algorithm>

#include "core/runtime/planning/state_share.h"
#include "core/runtime/tape_task.h"
#include "core/stream/checkpoint_store.h"

namespace rw {

namespace {

/// RunOptions::onlyCharts.
class StandInSink final : public Sink {
 public:
    Status onBatch(const Batch&) override { return {}; }
    bool hasVisibleOutput() const override { return false; }
};

/// The watermark delay that an event-time node was given; none: it has no such parameter.
std::optional<Millis> declaredDelay(const PlannedNode& node) {
    const ParamSpec* spec = node.kind->param("watermark_delay");
    if (spec == nullptr) return std::nullopt;
    const Json& value = paramValue(*spec, node.declared->params);
    const auto delay = parseDuration(value.is_string() ? value.get<std::string>() : "0s");
    return delay.ok() ? std::optional(*delay) : std::nullopt;
}

}  // namespace

TaskGraph::~TaskGraph() {
    for (const auto& [node, feed] : m_feedNodes) feed->detach();
}

Status TaskGraph::build() {
    WindowEvents::share(*m_scope, m_shared.record.windows);
    if (m_shared.options.tapAll) m_shared.record.watchWindows();
    const Plan& plan = m_shared.plan;
    const auto& restored = m_shared.restore;
    m_eval.runStart = restored ? restored->began : m_shared.clock->now();
    m_eval.seed = m_shared.options.seed;
    if (const auto& replay = m_shared.options.replay) {
        m_eval.runStart = replay->began();
        m_eval.seed = replay->seed();
    }
    // Reading the time zone database takes longer than a small run; most pipelines keep to UTC.
    if (plan.timeZone != "UTC") {
        try {
            m_eval.zone = plan.timeZone == "local" ? date::current_zone() : date::locate_zone(plan.timeZone);
        } catch (const std::exception&) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("run", "There is no time zone “%1”.").with(plan.timeZone),
                          RW_TEXT("run", "Name one as “Europe/Vienna”, “UTC” or “local”."));
        }
    }
    m_shared.record.stepping.evaluateWith(m_eval);
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (node.bound->assignsEventTime) m_delays.emplace(node.node, declaredDelay(node));
            auto& slots = m_shared.taps[node.node];
            // Those of an earlier attempt are there, and are being looked at.
            if (slots.size() < node.kind->outputs.size()) slots.resize(node.kind->outputs.size());
            if (!m_shared.options.tapAll) continue;
            for (TapSlot& slot : slots) (void)slot.open();
        }
    }
    m_destinations.resize(plan.exchanges.size());
    for (std::size_t i = 0; i < plan.exchanges.size(); ++i) {
        const Stage& to = plan.stages[static_cast<std::size_t>(plan.exchanges[i].to)];
        m_destinations[i].resize(static_cast<std::size_t>(to.instances));
    }
    for (std::size_t stage = 0; stage < plan.stages.size(); ++stage) {
        if (!plan.stages[stage].source) RW_TRY(buildConsumers(stage));
    }
    RW_TRY(checkDeciders());
    if (restored && restored->pending) RW_TRY(askDecider());
    RW_TRY(wireConsumers());
    RW_TRY(restoreConsumers());
    for (std::size_t stage = 0; stage < plan.stages.size(); ++stage) {
        if (plan.stages[stage].source) RW_TRY(buildSource(stage));
    }
    findStampers();
    tellDisorder();
    connectBacklogs();
    for (auto& [stage, feed] : m_feeds) {
        std::vector<SourceFeed*> groupOf;
        for (const int other : plan.idleGroups.at(stage)) groupOf.push_back(m_feeds.at(other).get());
        feed->setGroup(std::move(groupOf));
    }
    // The state that the run resumes from counts as well; nothing has been opened yet.
    RW_TRY(m_shared.state.check());
    return openAll();
}

bool TaskGraph::isTransactional() const {
    return std::any_of(m_sinks.begin(), m_sinks.end(),
                       [](const auto& sink) { return sink->isTransactional(); });
}

Status TaskGraph::addEnded(StateSnapshot& snapshot) const {
    for (const auto& [node, feed] : m_feedNodes) {
        if (!snapshot.states.contains(feed->operatorId()))
            snapshot.states[feed->operatorId()] = {feed->stateAtEnd()};
    }
    for (const auto& task : m_operators) task->addLast(snapshot);
    for (const auto& [node, sink] : m_sinkNodes) {
        if (!snapshot.states.contains(sink->operatorId())) RW_TRY(sink->snapshotInto(snapshot));
    }
    for (const Stage& stage : m_shared.plan.stages) {
        for (const PlannedNode& node : stage.nodes) snapshot.states.try_emplace(node.operatorId);
    }
    return {};
}

std::vector<Task*> TaskGraph::all() const {
    std::vector<Task*> tasks;
    for (const auto& task : m_sources) tasks.push_back(task.get());
    for (const auto& task : m_operators) tasks.push_back(task.get());
    for (const auto& task : m_sinks) tasks.push_back(task.get());
    return tasks;
}

std::shared_ptr<LiveView> TaskGraph::view(const NodeId& node) const {
    for (const auto& [id, sink] : m_sinkNodes) {
        if (id == node) return sink->sink().view();
    }
    return nullptr;
}

std::map<NodeId, std::shared_ptr<LiveView>> TaskGraph::views() const {
    std::map<NodeId, std::shared_ptr<LiveView>> all;
    for (const auto& [id, sink] : m_sinkNodes) {
        if (std::shared_ptr<LiveView> view = sink->sink().view()) all.emplace(id, std::move(view));
    }
    return all;
}

NodeId TaskGraph::hasVisibleOutput() const {
    for (const auto& [id, sink] : m_sinkNodes) {
        if (sink->hasVisibleOutput()) return id;
    }
    return {};
}

NodeId TaskGraph::notRestorable() const {
    for (const auto& [id, sink] : m_sinkNodes) {
        if (sink->notRestorable()) return id;
    }
    return {};
}

NodeId TaskGraph::readsOnce() const {
    for (const Stage& stage : m_shared.plan.stages) {
        if (stage.source && stage.nodes.front().bound->readOnce) return stage.nodes.front().node;
    }
    return {};
}

CountedRows TaskGraph::countedRows(std::uint64_t barrier) const {
    CountedRows counted;
    for (const auto& [node, groups] : m_shared.counters) {
        for (const CounterGroup& group : groups) {
            for (const NodeCounters& one : group.instances) {
                const RowCounts now = one.rows();
                counted.nodes[node] += barrier == 0 ? now : one.mark.at(barrier, now);
            }
        }
    }
    for (const Stage& stage : m_shared.plan.stages) {
        if (stage.source) counted.sourceRows += counted.nodes[stage.nodes.front().node].out;
    }
    counted.wires = barrier == 0 ? m_shared.wireRows.all() : m_shared.wireRows.upTo(barrier);
    return counted;
}

void TaskGraph::measure(const NodeId& node, NodeMetrics& out) const {
    if (const auto delay = m_delays.find(node); delay != m_delays.end()) out.watermarkDelay = delay->second;
    for (const auto& [id, feed] : m_feedNodes) {
        if (id != node) continue;
        out.progress = feed->progress();
        out.watermarkDelay = feed->watermarkDelay();
        out.partitions = feed->partitions();
        out.waitsForSlower = feed->waits();
        out.holds = feed->holds();
    }
}

void TaskGraph::measureSinks(RunMetrics& out) const {
    for (const auto& [id, task] : m_sinkNodes) {
        std::optional<SinkStanding> standing = task->sink().standing();
        if (!standing) continue;
        PartitionMetrics& metrics = out.nodes[id].partitions.emplace_back();
        metrics.state = standing->state;
        metrics.watermark = out.nodes[id].watermark;
        metrics.reason = std::move(standing->reason);
        metrics.nextTry = standing->nextTry;
    }
}

MakeContext TaskGraph::contextOfStore() const {
    MakeContext made = contextOfRun();
    made.checkpoints = m_shared.options.checkpoints.store->lineage();
    return made;
}

MakeContext TaskGraph::contextOfRun() const {
    MakeContext made;
    made.folder = m_shared.plan.folder;
    made.clock = m_shared.clock;
    made.outputs = m_shared.options.outputs;
    made.bounded = m_shared.plan.bounded();
    made.scope = m_scope;
    made.stopping = whetherStopping(true);
    return made;
}

std::function<bool()> TaskGraph::whetherStopping(bool drains) const {
    return [&shared = m_shared, drains] {
        const StopRequest request = shared.stopRequest;
        return shared.failed || request > (drains ? StopRequest::Drain : StopRequest::None) ||
               ((!shared.started || shared.oneThread()) && shared.options.isCancelled &&
                shared.options.isCancelled());
    };
}

MakeContext TaskGraph::context(const PlannedNode& node, int instance, int instances) const {
    MakeContext made;
    made.node = node.node;
    made.instance = instance;
    made.instances = instances;
    made.inputs = node.inputs;
    made.batchRows = m_shared.options.batchRows;
    made.folder = m_shared.plan.folder;
    made.clock = m_shared.clock;
    made.files = m_shared.options.files;
    made.outputs = m_shared.options.outputs;
    made.connections = m_shared.options.connections;
    made.alerts = m_shared.options.alerts;
    if (node.bound->spills) {
        made.stateMemory = shareOfMemory(m_shared.options.stateMemory, m_shared.plan);
        made.moreStateMemory = m_stateMemory.get();
        made.spill = m_shared.options.spill;
    }
    if (m_shared.restore) made.savedRuns = m_shared.restore->runs;
    made.eval = m_eval;
    const Json& params = node.declared->params;
    made.nullOnError = params.contains("on_error") && params["on_error"] == "null";
    made.wanted = node.wanted;
    made.stamped = node.stamped;
    made.timeZone = m_eval.zone ? m_eval.zone->name() : "UTC";
    made.bounded = m_shared.plan.bounded();
    made.active = [&shared = m_shared] { return shared.active.at(shared.clock->steadyMillis()); };
    made.recorder = m_shared.tape;
    made.replay = m_shared.options.replay;
    made.asked = m_shared.record.requests.of(node.node);
    made.scope = m_scope;
    if (const auto& store = m_shared.options.checkpoints.store) {
        made.checkpoints = store->lineage();
        made.namesRuns = made.spill && store->takesRuns();
        made.journals = store->journals();
    }
    // While it drains, a run still wants to be rid of its rows.
    made.stopping = whetherStopping(node.kind->group == NodeGroup::Sink);
    return made;
}

Result<std::unique_ptr<Operator>> TaskGraph::makeOperator(const PlannedNode& node, int instance,
                                                          int instances,
                                                          std::shared_ptr<Requests> requests) const {
    MakeContext making = context(node, instance, instances);
    making.requests = std::move(requests);
    Result<Made> made = node.kind->make(*node.bound, making);
    if (!made.ok()) return made.status().at(node.node);
    return std::get<std::unique_ptr<Operator>>(std::move(*made));
}

Result<std::unique_ptr<Sink>> TaskGraph::makeSink(const PlannedNode& node, int instance,
                                                  int instances) const {
    if (m_shared.options.onlyCharts && !node.kind->chart)
        return std::unique_ptr<Sink>(std::make_unique<StandInSink>());
    Result<Made> made = node.kind->make(*node.bound, context(node, instance, instances));
    if (!made.ok()) return made.status().at(node.node);
    return std::get<std::unique_ptr<Sink>>(std::move(*made));
}

std::unique_ptr<Combiner> TaskGraph::makeCombiner(const Exchange& exchange) const {
    if (!exchange.combines) return nullptr;
    const Stage& to = m_shared.plan.stages[static_cast<std::size_t>(exchange.to)];
    const PlannedNode& node = to.nodes.front();
    return node.kind->makeCombiner(*node.bound, context(node, 0, to.instances));
}

CounterGroup& TaskGraph::group(const PlannedNode& node, bool lanes, int instances) {
    CounterGroup& groupOf = m_shared.counters[node.node].emplace_back();
    groupOf.lanes = lanes;
    for (int i = 0; i < instances; ++i) groupOf.instances.emplace_back(node.inputs.size());
    return groupOf;
}

Status TaskGraph::wire(const Stage& stage, FusedStage& made, std::vector<CounterGroup*>& groups,
                       int instance) {
    for (std::size_t n = 1; n < stage.nodes.size(); ++n) {
        RW_TRY_ASSIGN(auto op, makeOperator(stage.nodes[n], instance, stage.instances));
        if (groups.size() == n) groups.push_back(&group(stage.nodes[n], stage.source, stage.instances));
        NodeCounters& counters = groups[n]->instances[static_cast<std::size_t>(instance)];
        made.addNode(stage.nodes[n], counters, std::move(op), instance);
    }
    for (std::size_t n = 0; n < stage.nodes.size(); ++n) {
        const PlannedNode& node = stage.nodes[n];
        for (std::size_t port = 0; port < node.targets.size(); ++port) {
            for (const PlannedNode::Target& target : node.targets[port]) {
                const auto index = static_cast<std::size_t>(target.index);
                NodeRunner& runner = made.node(n);
                if (target.kind == PlannedNode::Target::Kind::Fused) {
                    runner.addChild(static_cast<int>(port), made.node(index), target.port, target.firstWire,
                                    target.wires);
                } else {
                    const Exchange& exchange = m_shared.plan.exchanges[index];
                    const bool spread =
                        exchange.kind == Exchange::Kind::Keyed && m_destinations[index].size() > 1;
                    Sender& sender = made.addSender(std::make_unique<Sender>(
                        exchange, m_destinations[index], node.bound->outputs[port].schema,
                        stage.source ? 0 : instance, spread ? &m_shared.heavyKeys[exchange.to] : nullptr,
                        makeCombiner(exchange)));
                    runner.addSender(static_cast<int>(port), sender, target.wires);
                }
            }
        }
    }
    return {};
}

Status TaskGraph::buildConsumers(std::size_t stageIndex) {
    const Plan& plan = m_shared.plan;
    const Stage& stage = plan.stages[stageIndex];
    const PlannedNode& entry = stage.nodes.front();
    std::vector<CounterGroup*> groups{&group(entry, false, stage.instances)};
    for (int instance = 0; instance < stage.instances; ++instance) {
        auto inbox =
            std::make_unique<Inbox>(*m_shared.executor, m_shared.clock, m_shared.options.channelRows);
        Inbox& inboxOf = *inbox;
        NodeCounters& counters = groups.front()->instances[static_cast<std::size_t>(instance)];
        OperatorTask* op = nullptr;
        SinkTask* sink = nullptr;
        if (entry.kind->group == NodeGroup::Sink) {
            RW_TRY_ASSIGN(std::unique_ptr<Sink> made, makeSink(entry, instance, stage.instances));
            m_sinks.push_back(
                std::make_unique<SinkTask>(m_shared, entry, counters, std::move(made), std::move(inbox)));
            sink = m_sinks.back().get();
            m_shared.barriers.join(sink, entry.node);
            if (const auto& from = m_shared.restore) RW_TRY(sink->restore(*from));
            m_sinkNodes.emplace_back(entry.node, sink);
        } else {
            m_operators.push_back(std::make_unique<OperatorTask>(m_shared, std::move(inbox),
                                                                 static_cast<int>(entry.inputs.size())));
            op = m_operators.back().get();
        }
        for (std::size_t i = 0; i < plan.exchanges.size(); ++i) {
            const Exchange& exchange = plan.exchanges[i];
            if (exchange.to != static_cast<int>(stageIndex)) continue;
            const Stage& from = plan.stages[static_cast<std::size_t>(exchange.from)];
            const int producers = from.source ? 1 : from.instances;
            m_destinations[i][static_cast<std::size_t>(instance)] = {&inboxOf,
                                                                     inboxOf.addSlot(from.source, producers)};
            if (op) op->addInput(exchange.port, exchange.firstWire, producers);
            if (sink) sink->addInput(exchange.firstWire, producers);
        }
    }
    if (entry.kind->group == NodeGroup::Sink) return {};
    // Operators come in the order of their instances, the last ones are this stage's.
    const std::size_t first = m_operators.size() - static_cast<std::size_t>(stage.instances);
    m_pendingStages.push_back({&stage, first, std::move(groups)});
    return {};
}

Status TaskGraph::wireConsumers() {
    for (PendingStage& pending : m_pendingStages) {
        const PlannedNode& entry = pending.stage->nodes.front();
        for (int instance = 0; instance < pending.stage->instances; ++instance) {
            OperatorTask& task = *m_operators[pending.firstTask + static_cast<std::size_t>(instance)];
            std::shared_ptr<RequestsOut> requests;
            if (entry.bound->waits) {
                requests = std::make_shared<RequestsOut>(*m_shared.executor, m_shared.clock);
                task.carryOut(requests);
            }
            RW_TRY_ASSIGN(auto op,
                          makeOperator(entry, instance, pending.stage->instances, std::move(requests)));
            NodeCounters& counters = pending.groups.front()->instances[static_cast<std::size_t>(instance)];
            task.stage().addNode(entry, counters, std::move(op), instance);
            RW_TRY(wire(*pending.stage, task.stage(), pending.groups, instance));
            task.stage().belongTo(task);
            // Of those whose state is in files, too, rows may wait for it.
            if (entry.bound->holdsRows() || entry.bound->judgesSilence || entry.bound->spills)
                m_holding.push_back(&task);
            m_shared.barriers.join(&task, entry.node);
        }
    }
    return {};
}

/// A gigabyte is mostly new memory, which comes to several threads at once sooner than to one.
Status TaskGraph::restoreConsumers() {
    const auto& from = m_shared.restore;
    if (!from) return {};
    std::vector<std::function<void()>> calls;
    std::vector<Status> ended(m_operators.size());
    for (const PendingStage& pending : m_pendingStages) {
        for (int instance = 0; instance < pending.stage->instances; ++instance) {
            const std::size_t number = pending.firstTask + static_cast<std::size_t>(instance);
            calls.emplace_back([&from, &stage = m_operators[number]->stage(), &status = ended[number],
                                instance, instances = pending.stage->instances] {
                status = stage.restore(*from, instance, instances);
            });
        }
    }
    m_shared.executor->sideBySide(calls);
    for (Status& status : ended) RW_TRY(std::move(status));
    return {};
}

Result<std::unique_ptr<Source>> TaskGraph::makeSource(const PlannedNode& node) const {
    MakeContext making = context(node, 0, 1);
    if (m_shared.options.replay) return m_shared.options.replay->source(node.kind->type, *node.bound, making);
    // An edited pipeline that is replayed may read others.
    if (m_shared.tape) making.wanted.assign(making.wanted.size(), true);
    RW_TRY_ASSIGN(Made made, node.kind->make(*node.bound, making));
    return std::get<std::unique_ptr<Source>>(std::move(made));
}

Status TaskGraph::buildSource(std::size_t stageIndex) {
    const Stage& stage = m_shared.plan.stages[stageIndex];
    const PlannedNode& entry = stage.nodes.front();
    std::vector<CounterGroup*> groups{&group(entry, true, 1)};
    NodeCounters& counters = groups.front()->instances.front();
    Result<std::unique_ptr<Source>> source = makeSource(entry);
    if (!source.ok()) return source.status().at(entry.node);
    auto feed = std::make_shared<SourceFeed>(m_shared, entry, counters, *std::move(source));
    m_shared.barriers.join(feed.get(), entry.node);
    const auto& from = m_shared.restore;
    const bool tells = from && feed->acknowledges() && from->states.contains(feed->operatorId());
    if (from && (!m_shared.finishing || tells)) RW_TRY(feed->restore(*from).at(entry.node));
    m_feeds[static_cast<int>(stageIndex)] = feed;
    m_feedNodes.emplace_back(entry.node, feed);
    for (int lane = 0; lane < stage.instances; ++lane) {
        m_sources.push_back(std::make_unique<SourceTask>(m_shared, feed));
        SourceTask& task = *m_sources.back();
        task.stage().addNode(entry, counters, nullptr, lane);
        RW_TRY(wire(stage, task.stage(), groups, lane));
        task.stage().belongTo(task);
    }
    return {};
}

}  // namespace rw
