// Joining stages: the targets of each output port, the description of inputs, the sources that share a
// node.
#include <algorithm>
#include <map>
#include <set>

#include "core/runtime/planning/plan_graph.h"

namespace rw {

namespace {

/// Adds targets to the positions of nodes, upper stages first: how many wires a stage sends on is known from
/// the exchanges that lead to it.
class StageConnector {
 public:
    StageConnector(const PlanGraph& graph, const StagePositions& positions, Plan& plan)
        : m_graph(graph), m_positions(positions), m_plan(plan), m_wiresInto(plan.stages.size()) {
        for (std::size_t stage = 0; stage < plan.stages.size(); ++stage)
            m_wiresInto[stage].resize(plan.stages[stage].nodes.size());
    }

    void run() {
        std::map<std::pair<int, int>, std::size_t> nodeAt;  // stage and index → number in the graph
        for (std::size_t number = 0; number < m_positions.size(); ++number) {
            for (const StagePosition& at : m_positions[number]) nodeAt[{at.stage, at.index}] = number;
        }
        for (const auto& [at, number] : nodeAt) {
            const PlanNode& node = m_graph.nodes[number];
            for (const int link : node.out)
                connect({at.first, at.second}, m_graph.links[static_cast<std::size_t>(link)]);
        }
    }

 private:
    void connect(const StagePosition& from, const PlanLink& link) {
        const PlanNode& sender = m_graph.nodes[static_cast<std::size_t>(link.from)];
        const PlanNode& receiver = m_graph.nodes[static_cast<std::size_t>(link.to)];
        const auto port = static_cast<std::size_t>(link.fromPort);
        const int wires = sender.passesWires(port) ? wiresInto(from) : 1;
        PlannedNode::Target target;
        target.port = link.toPort;
        target.firstWire = link.firstWire;
        target.wires = link.drawn;
        const StagePosition to = positionFor(from.stage, m_positions[static_cast<std::size_t>(link.to)]);
        if (to.stage == from.stage) {
            target.kind = PlannedNode::Target::Kind::Fused;
            target.index = to.index;
        } else {
            target.kind = PlannedNode::Target::Kind::Exchange;
            target.index = static_cast<int>(m_plan.exchanges.size());
            m_plan.exchanges.push_back(exchange(from.stage, to.stage, wires, link, receiver));
        }
        wiresInto(to) += wires;
        m_plan.stages[static_cast<std::size_t>(from.stage)]
            .nodes[static_cast<std::size_t>(from.index)]
            .targets[port]
            .push_back(std::move(target));
    }

    /// The position that rows of `stage` go to: in it, in the stage made for it, or the only one.
    static StagePosition positionFor(int stage, const std::vector<StagePosition>& positions) {
        for (const StagePosition& at : positions) {
            if (at.stage == stage || at.fedBy == stage) return at;
        }
        return positions.front();
    }

    Exchange exchange(int from, int to, int wires, const PlanLink& link, const PlanNode& receiver) const {
        Exchange exchange;
        exchange.from = from;
        exchange.to = to;
        exchange.port = link.toPort;
        exchange.firstWire = link.firstWire;
        exchange.wires = wires;
        const Distribution& distribution = receiver.bound().distribution;
        exchange.advances =
            receiver.bound().assignsEventTime || receiver.bound().holdsRows() ||
            (receiver.kind->group != NodeGroup::Sink && distribution.kind == Distribution::Kind::Stateless);
        if (distribution.kind == Distribution::Kind::Keyed) {
            exchange.kind = Exchange::Kind::Keyed;
            exchange.keys = distribution.keys[static_cast<std::size_t>(link.toPort)];
        }
        // The rows of a single sender are the work of one task anyway: combining would only do it twice.
        exchange.combines =
            receiver.bound().combines && m_plan.stages[static_cast<std::size_t>(from)].instances > 1;
        return exchange;
    }

    int& wiresInto(const StagePosition& at) {
        return m_wiresInto[static_cast<std::size_t>(at.stage)][static_cast<std::size_t>(at.index)];
    }

    const PlanGraph& m_graph;
    const StagePositions& m_positions;
    Plan& m_plan;
    std::vector<std::vector<int>> m_wiresInto;  ///< per stage and node: wires that reach it there
};

}  // namespace

void connectStages(const PlanGraph& graph, const StagePositions& positions, Plan& plan) {
    StageConnector(graph, positions, plan).run();
}

void describeInputs(Plan& plan) {
    for (const Exchange& exchange : plan.exchanges) {
        const Stage& from = plan.stages[static_cast<std::size_t>(exchange.from)];
        PlannedNode& to = plan.stages[static_cast<std::size_t>(exchange.to)].nodes.front();
        InputInfo& info = to.inputs[static_cast<std::size_t>(exchange.port)];
        if (to.bound->assignsEventTime) info.wires = exchange.wires;
        info.onlyAdvances = from.source && from.nodes.front().bound->outputs.front().eventTime < 0;
    }
    for (Stage& stage : plan.stages) {
        for (PlannedNode& planned : stage.nodes) {
            for (InputInfo& info : planned.inputs) {
                info.order = info.type.made          ? InputOrder::Columns
                             : info.type.sourceOrder ? InputOrder::Source
                                                     : InputOrder::EventTime;
                // The lanes of a source are one producer: their batches are taken in the order of their
                // numbers.
                info.severalProducers = !info.type.sourceOrder;
            }
        }
    }
}

void findIdleGroups(Plan& plan) {
    // Which sources lie above each stage; exchanges lead downwards, so one pass over the stages is enough.
    std::vector<std::set<int>> above(plan.stages.size());
    std::vector<std::vector<int>> into(plan.stages.size());
    for (const Exchange& exchange : plan.exchanges)
        into[static_cast<std::size_t>(exchange.to)].push_back(exchange.from);
    for (std::size_t stage = 0; stage < plan.stages.size(); ++stage) {
        if (plan.stages[stage].source) above[stage].insert(static_cast<int>(stage));
        for (const int from : into[stage]) {
            const auto& sources = above[static_cast<std::size_t>(from)];
            above[stage].insert(sources.begin(), sources.end());
        }
    }
    std::map<int, std::set<int>> groups;
    for (const std::set<int>& sources : above) {
        for (const int source : sources) groups[source].insert(sources.begin(), sources.end());
    }
    for (const auto& [source, group] : groups) plan.idleGroups[source].assign(group.begin(), group.end());
}

}  // namespace rw
