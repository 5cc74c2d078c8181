// The links of sources to the tasks below them.
#include <map>
#include <set>

#include "core/runtime/planning/stamp_ways.h"
#include "core/runtime/task_graph.h"

namespace rw {

namespace {

/// The source stages whose rows come to the stage `below`, in ascending order.
std::vector<int> sourceStagesAbove(const Plan& plan, int below) {
    std::map<int, std::vector<int>> feeding;
    for (const Exchange& exchange : plan.exchanges) feeding[exchange.to].push_back(exchange.from);
    std::set<int> seen{below};
    std::vector<int> open{below};
    while (!open.empty()) {
        const int stage = open.back();
        open.pop_back();
        for (const int from : feeding[stage]) {
            if (seen.insert(from).second) open.push_back(from);
        }
    }
    std::vector<int> sources;
    for (const int stage : seen) {
        if (plan.stages[static_cast<std::size_t>(stage)].source) sources.push_back(stage);
    }
    return sources;
}

}  // namespace

void TaskGraph::findStampers() {
    const Plan& plan = m_shared.plan;
    for (const Exchange& exchange : plan.exchanges) {
        const Stage& to = plan.stages[static_cast<std::size_t>(exchange.to)];
        const PlannedNode& entry = to.nodes.front();
        if (!entry.bound->assignsEventTime || !entry.inputs.front().onlyAdvances) continue;
        for (const PendingStage& pending : m_pendingStages) {
            if (pending.stage != &to) continue;
            m_feeds.at(exchange.from)
                ->stampedBy(pending.groups.front()->instances.front(), entry.bound->idleTimeout);
        }
    }
}

void TaskGraph::tellDisorder() {
    std::map<NodeId, Millis> delays;
    for (const auto& [stage, feed] : m_feeds) {
        const PlannedNode& source = m_shared.plan.stages[static_cast<std::size_t>(stage)].nodes.front();
        if (source.bound->outputs.front().eventTime >= 0) delays.emplace(source.node, feed->watermarkDelay());
    }
    for (const auto& [node, delay] : m_delays) delays.emplace(node, delay.value_or(0));
    m_shared.record.windows->disorder()->begin(delays, stampWays(m_shared.plan), m_shared.options.tapAll);
}

void TaskGraph::connectBacklogs() {
    for (const PendingStage& pending : m_pendingStages) {
        if (!pending.stage->nodes.front().bound->holdsRows()) continue;
        const auto stage = static_cast<int>(pending.stage - m_shared.plan.stages.data());
        for (int instance = 0; instance < pending.stage->instances; ++instance) {
            OperatorTask& task = *m_operators[pending.firstTask + static_cast<std::size_t>(instance)];
            for (const int source : sourceStagesAbove(m_shared.plan, stage))
                m_feeds.at(source)->holdBackFor(task.backlog());
            task.tellBacklog();
        }
    }
}

}  // namespace rw
