// Cuts a pipeline into stages: sources and keyed, single or ordered nodes begin one; stateless nodes are
// fused into every stage that feeds them, and unions vanish: their inputs become numbered wires of the node
// below.
#include <algorithm>
#include <set>
#include <thread>

#include "core/pipeline/variables.h"
#include "core/runtime/column_use.h"
#include "core/runtime/plan.h"

namespace rw {

namespace {

/// Numbers in Pipeline::wires from a stage's edge down to a node, last first: sorting by it numbers the wires
/// of a node in the order of the file, with nested unions flattened.
using WirePath = std::vector<int>;

struct PendingExchange {
    Exchange exchange;
    WirePath path;
    NodeId target;
};

class Planner {
 public:
    Planner(const Pipeline& pipeline, const Catalogue& catalogue, const Validated& validated, Plan& plan)
        : m_pipeline(pipeline), m_catalogue(catalogue), m_validated(validated), m_plan(plan) {}

    void run(bool pruneColumns) {
        m_wanted = pruneColumns ? wantedColumns(m_pipeline, m_catalogue, m_validated) : WantedColumns{};
        for (const NodeId& id : m_validated.order) {
            if (isEntry(id)) entryStage(id);
        }
        // Stages found while walking (event_time behind each wire) are walked in turn.
        for (std::size_t i = 0; i < m_plan.stages.size(); ++i) {
            walk(static_cast<int>(i), 0, {});
        }
        numberWires();
        describeInputs();
        findIdleGroups();
    }

 private:
    const Node& node(const NodeId& id) const { return *m_pipeline.find(id); }
    const NodeKind& kind(const NodeId& id) const { return *m_catalogue.find(node(id).type); }
    const TypedNode& typed(const NodeId& id) const { return m_validated.nodes.at(id); }

    /// Nodes that rows pass unchanged, so that no operator is made for them.
    bool vanishes(const NodeId& id) const { return kind(id).merges; }

    /// Whether the node begins a stage that all its wires lead to.
    bool isEntry(const NodeId& id) const {
        if (vanishes(id)) return false;
        const NodeKind& k = kind(id);
        return k.group == NodeGroup::Source || k.group == NodeGroup::Sink ||
               typed(id).bound->distribution.kind != Distribution::Kind::Stateless;
    }

    PlannedNode planned(const NodeId& id) const {
        PlannedNode out;
        out.node = id;
        out.kind = &kind(id);
        out.bound = typed(id).bound;
        out.targets.resize(out.kind->outputs.size());
        for (const auto& wires : typed(id).inputs) {
            InputInfo info;
            if (!wires.empty()) info.type = wires.front();
            out.inputs.push_back(std::move(info));
        }
        if (const auto found = m_wanted.find(id); found != m_wanted.end() && !found->second.empty()) {
            out.wanted = found->second.front();
        }
        return out;
    }

    int newStage(const NodeId& id, int instances) {
        Stage stage;
        stage.nodes.push_back(planned(id));
        stage.instances = instances;
        stage.source = kind(id).group == NodeGroup::Source;
        m_plan.stages.push_back(std::move(stage));
        return static_cast<int>(m_plan.stages.size()) - 1;
    }

    void entryStage(const NodeId& id) {
        const NodeKind& k = kind(id);
        const bool many =
            k.group == NodeGroup::Source || typed(id).bound->distribution.kind == Distribution::Kind::Keyed;
        m_entryStages[id] = newStage(id, many ? m_plan.parallelism : 1);
    }

    /// Follows all output ports of node `index` of the stage, which rows reached by `path` from the stage's
    /// entry.
    void walk(int stage, int index, const WirePath& path) {
        const NodeId id = at(stage, index).node;
        const NodeKind& k = kind(id);
        for (std::size_t port = 0; port < k.outputs.size(); ++port) {
            follow(stage, index, static_cast<int>(port), id, k.outputs[port].name, path, {});
        }
    }

    PlannedNode& at(int stage, int index) {
        return m_plan.stages[static_cast<std::size_t>(stage)].nodes[static_cast<std::size_t>(index)];
    }

    /// Follows the wires at `id`.`portName`; rows leave the stage's node `index` by `port`, and took the
    /// wires `hop` through nodes that vanish since then.
    void follow(int stage, int index, int port, const NodeId& id, const std::string& portName,
                const WirePath& path, const std::vector<int>& hop) {
        for (const RunWire& wire : m_validated.wires) {
            if (wire.from.node != id || wire.from.port != portName) continue;
            WirePath longer = path;
            longer.insert(longer.begin(), static_cast<int>(wire.drawn.back()));
            std::vector<int> taken = hop;
            for (const std::size_t drawn : wire.drawn) taken.push_back(static_cast<int>(drawn));
            reach(stage, index, port, wire.to, longer, taken);
        }
    }

    void reach(int stage, int index, int port, const PortRef& to, const WirePath& path,
               const std::vector<int>& hop) {
        if (vanishes(to.node)) {
            follow(stage, index, port, to.node, kind(to.node).outputs.front().name, path, hop);
            return;
        }
        const int inputPort = kind(to.node).inputPort(to.port);
        PlannedNode::Target target;
        target.port = inputPort;
        target.wires = hop;
        const BoundNode& bound = *typed(to.node).bound;
        if (isEntry(to.node) || bound.gainsStamps) {
            const int toStage = isEntry(to.node) ? m_entryStages.at(to.node) : newStage(to.node, 1);
            PendingExchange pending;
            pending.exchange.from = stage;
            pending.exchange.to = toStage;
            pending.exchange.port = inputPort;
            if (bound.distribution.kind == Distribution::Kind::Keyed) {
                pending.exchange.kind = Exchange::Kind::Keyed;
                pending.exchange.keys = bound.distribution.keys[static_cast<std::size_t>(inputPort)];
            }
            // Wires behind a stage made for one wire of a union are told apart by the way above it, too.
            pending.path = path;
            const WirePath& above = m_pathTo[stage];
            pending.path.insert(pending.path.end(), above.begin(), above.end());
            if (!isEntry(to.node)) m_pathTo[toStage] = pending.path;
            pending.target = to.node;
            target.kind = PlannedNode::Target::Kind::Exchange;
            target.index = static_cast<int>(m_pending.size());
            m_pending.push_back(std::move(pending));
            addTarget(stage, index, port, std::move(target));
            return;
        }
        auto& nodes = m_plan.stages[static_cast<std::size_t>(stage)].nodes;
        nodes.push_back(planned(to.node));
        const int child = static_cast<int>(nodes.size()) - 1;
        target.kind = PlannedNode::Target::Kind::Fused;
        target.index = child;
        addTarget(stage, index, port, std::move(target));
        // The path goes on through fused nodes, so that clones of a node behind a union keep their wire's
        // number.
        walk(stage, child, path);
    }

    void addTarget(int stage, int index, int port, PlannedNode::Target target) {
        at(stage, index).targets[static_cast<std::size_t>(port)].push_back(std::move(target));
    }

    void numberWires() {
        std::map<std::pair<int, int>, std::vector<std::size_t>>
            arrivals;  // stage and port → pending exchanges
        for (std::size_t i = 0; i < m_pending.size(); ++i) {
            arrivals[{m_pending[i].exchange.to, m_pending[i].exchange.port}].push_back(i);
        }
        for (auto& [where, list] : arrivals) {
            std::sort(list.begin(), list.end(),
                      [&](std::size_t a, std::size_t b) { return m_pending[a].path < m_pending[b].path; });
            for (std::size_t n = 0; n < list.size(); ++n)
                m_pending[list[n]].exchange.wire = static_cast<int>(n);
            InputInfo& info = at(where.first, 0).inputs[static_cast<std::size_t>(where.second)];
            info.wires = static_cast<int>(list.size());
        }
        for (PendingExchange& pending : m_pending) m_plan.exchanges.push_back(std::move(pending.exchange));
    }

    void describeInputs() {
        for (const Exchange& exchange : m_plan.exchanges) {
            const Stage& from = m_plan.stages[static_cast<std::size_t>(exchange.from)];
            InputInfo& info = at(exchange.to, 0).inputs[static_cast<std::size_t>(exchange.port)];
            // The lanes of a source are one producer: their batches are taken in the order of their numbers.
            if (info.wires > 1 || (!from.source && from.instances > 1)) info.severalProducers = true;
            info.onlyRaises = from.source && from.nodes.front().bound->outputs.front().eventTime < 0;
        }
        for (Stage& stage : m_plan.stages) {
            for (PlannedNode& planned : stage.nodes) {
                for (InputInfo& info : planned.inputs) {
                    info.order = info.type.made   ? InputOrder::Columns
                                 : info.wires > 1 ? InputOrder::EventTime
                                                  : InputOrder::Source;
                }
            }
        }
    }

    void findIdleGroups() {
        // Which sources lie above each stage.
        std::vector<std::set<int>> above(m_plan.stages.size());
        for (std::size_t i = 0; i < m_plan.stages.size(); ++i) {
            if (m_plan.stages[i].source) above[i].insert(static_cast<int>(i));
        }
        for (bool grown = true; grown;) {
            grown = false;
            for (const Exchange& exchange : m_plan.exchanges) {
                auto& into = above[static_cast<std::size_t>(exchange.to)];
                const auto before = into.size();
                const auto& from = above[static_cast<std::size_t>(exchange.from)];
                into.insert(from.begin(), from.end());
                grown = grown || into.size() != before;
            }
        }
        for (const std::set<int>& sources : above) {
            for (const int source : sources) {
                auto& group = m_plan.idleGroups[source];
                for (const int other : sources) {
                    if (std::find(group.begin(), group.end(), other) == group.end()) group.push_back(other);
                }
            }
        }
    }

    const Pipeline& m_pipeline;
    const Catalogue& m_catalogue;
    const Validated& m_validated;
    Plan& m_plan;
    WantedColumns m_wanted;
    std::map<NodeId, int> m_entryStages;
    std::map<int, WirePath> m_pathTo;
    std::vector<PendingExchange> m_pending;
};

}  // namespace

Planned makePlan(const Pipeline& pipeline, const Catalogue& catalogue, const PlanOptions& options) {
    Planned planned;
    Validated validated = validate(pipeline, catalogue, options.validate);
    planned.issues = std::move(validated.issues);
    if (hasErrors(planned.issues)) return planned;
    if (validated.order.empty()) {
        Issue& nothing = planned.issues.emplace_back();
        nothing.message = RW_TEXT("run", "The pipeline has no node that could run.");
        nothing.mend = RW_TEXT("run", "Add a source and something that takes its rows.");
        return planned;
    }

    auto plan = std::make_shared<Plan>();
    plan->pipeline = withVariables(pipeline, options.validate);
    plan->folder = options.validate.folder;
    plan->timeZone = pipeline.settings.timeZone;
    plan->parallelism = options.parallelism > 0 ? options.parallelism : pipeline.settings.parallelism;
    if (plan->parallelism <= 0)
        plan->parallelism = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    Planner(plan->pipeline, catalogue, validated, *plan).run(options.pruneColumns);
    planned.plan = std::move(plan);
    return planned;
}

}  // namespace rw
