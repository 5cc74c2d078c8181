// Cutting the graph into stages: sources and keyed, single or stamping nodes begin one; stateless nodes stand
// in every stage that feeds them.
#include <algorithm>
#include <set>

#include "core/runtime/planning/plan_graph.h"
#include "core/stream/keys/key_groups.h"

namespace rw {

namespace {

class StageSplitter {
 public:
    StageSplitter(const PlanGraph& graph, Plan& plan, std::vector<Issue>& issues)
        : m_graph(graph), m_plan(plan), m_issues(issues), m_positions(graph.nodes.size()) {}

    StagePositions run() {
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) place(i);
        return std::move(m_positions);
    }

 private:
    void place(std::size_t number) {
        const PlanNode& node = m_graph.nodes[number];
        if (node.kind->group == NodeGroup::Source) return ownStage(number, m_plan.parallelism);
        if (node.bound().assignsEventTime) return stageForEachFeeding(number);
        const Distribution::Kind kind = node.bound().distribution.kind;
        if (node.kind->group == NodeGroup::Sink || kind != Distribution::Kind::Stateless)
            return ownStage(number,
                            kind == Distribution::Kind::Keyed ? std::min(m_plan.parallelism, kKeyGroups) : 1);
        const std::set<int> feeding = feedingStages(node);
        if (feeding.size() > kMostFeedingStages) return ownStage(number, 1);
        for (const int stage : feeding) {
            auto& nodes = m_plan.stages[static_cast<std::size_t>(stage)].nodes;
            nodes.push_back(planned(number));
            m_positions[number].push_back({stage, static_cast<int>(nodes.size()) - 1});
        }
    }

    std::set<int> feedingStages(const PlanNode& node) const {
        std::set<int> stages;
        for (const int link : node.in) {
            const int from = m_graph.links[static_cast<std::size_t>(link)].from;
            for (const StagePosition& at : m_positions[static_cast<std::size_t>(from)])
                stages.insert(at.stage);
        }
        return stages;
    }

    void ownStage(std::size_t number, int instances) {
        const int stage = newStage(number, instances);
        m_positions[number].push_back({stage, 0});
    }

    /// New stamps are given per wire: a stage for each that feeds the node keeps its rows in source order,
    /// and lets each source be idle for itself.
    void stageForEachFeeding(std::size_t number) {
        const PlanNode& node = m_graph.nodes[number];
        const std::set<int> feeding = feedingStages(node);
        if (feeding.size() > static_cast<std::size_t>(kMostStagesOfNode)) {
            Issue& issue = m_issues.emplace_back();
            issue.node = node.id;
            issue.message =
                RW_TEXT("run", "More than %1 ways lead from sources to this node.").with(kMostStagesOfNode);
            issue.fix = RW_TEXT("run", "Bring streams together with fewer unions before it.");
            return;
        }
        for (const int from : feeding) {
            const int stage = newStage(number, 1);
            m_positions[number].push_back({stage, 0, from});
        }
    }

    int newStage(std::size_t number, int instances) {
        Stage stage;
        stage.nodes.push_back(planned(number));
        stage.instances = instances;
        stage.source = m_graph.nodes[number].kind->group == NodeGroup::Source;
        m_plan.stages.push_back(std::move(stage));
        return static_cast<int>(m_plan.stages.size()) - 1;
    }

    PlannedNode planned(std::size_t number) const {
        const PlanNode& node = m_graph.nodes[number];
        PlannedNode out;
        out.node = node.id;
        out.operatorId = {node.id, static_cast<int>(m_positions[number].size())};
        out.declared = node.declared;
        out.kind = node.kind;
        out.bound = node.typed->bound;
        if (!node.wanted.empty()) out.wanted = node.wanted.front();
        out.stamped = node.stamped;
        out.targets.resize(node.kind->outputs.size());
        for (std::size_t port = 0; port < node.kind->inputs.size(); ++port) {
            InputInfo info;
            const auto& streams = node.typed->inputs[port];
            if (!streams.empty()) info.type = streams.front();
            info.wires = node.wiresIn[port];
            out.inputs.push_back(std::move(info));
        }
        return out;
    }

    const PlanGraph& m_graph;
    Plan& m_plan;
    std::vector<Issue>& m_issues;
    StagePositions m_positions;
};

}  // namespace

StagePositions cutStages(const PlanGraph& graph, Plan& plan, std::vector<Issue>& issues) {
    return StageSplitter(graph, plan, issues).run();
}

}  // namespace rw
