#include "core/look/look.h"

#include <optional>
#include <utility>

#include "core/look/cut.h"
#include "core/look/look_run.h"
#include "core/look/look_turn.h"
#include "core/pipeline/subflow.h"

namespace rw {

namespace {

class Looking {
 public:
    explicit Looking(const LookRequest& request) : m_request(request), m_run(request) {}

    LookResult look() {
        const LookTurn turn([this] { return m_run.stops(); });
        if (turn.has() && prepare()) runPlan();
        m_result.seconds = m_run.seconds();
        if (m_request.isCancelled()) m_result.end = LookResult::End::Cancelled;
        return std::move(m_result);
    }

 private:
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
        const Pipeline flat = LookRun::flatOf(above, checked);
        // A node that is broken, or is not to be looked at, has its input all the same.
        const bool usable = m_result.issues.empty() && !reachesOutItself(*node, checked);
        if (usable && plan(flat, true)) return true;
        return plan(flat, false);
    }

    /// False: a file above is out of reach, which becomes an error.
    bool mayRead(const std::vector<Issue>& issues) {
        bool may = true;
        for (const Issue& issue : issues) {
            if (!isNotLookedAt(issue)) continue;
            may = false;
            m_result.issues.push_back(outOfReach(issue));
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
        if (why) m_result.issues.push_back(issueOf(node.id, *why));
        return why.has_value();
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

    /// With the outputs of the node or without; false: there is no such plan, and the issues say why.
    bool plan(const Pipeline& flat, bool outputs) {
        std::vector<Watched*> watched;
        for (Watched& input : m_inputs) watched.push_back(&input);
        if (outputs) {
            for (Watched& output : m_outputs) watched.push_back(&output);
        }
        m_withOutputs = outputs;
        return m_run.plan(flat, std::move(watched), m_result.issues);
    }

    void runPlan() {
        const auto without = m_run.withoutLook();
        for (const auto& [node, why] : without) m_result.issues.push_back(issueOf(node, why));
        if (!without.empty()) return;
        m_run.run(m_result);
        for (Watched& one : m_inputs) m_result.inputs.push_back(std::move(one.port));
        if (!m_withOutputs) return;
        for (Watched& one : m_outputs) m_result.outputs.push_back(std::move(one.port));
    }

    const LookRequest& m_request;
    LookRun m_run;
    LookResult m_result{};
    std::vector<Watched> m_inputs{}, m_outputs{};
    bool m_withOutputs = false;
};

}  // namespace

LookResult look(const LookRequest& request) {
    return lookSafely([&] { return Looking(request).look(); });
}

}  // namespace rw
