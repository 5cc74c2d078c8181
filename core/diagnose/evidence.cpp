#include "core/diagnose/evidence.h"

#include <algorithm>
#include <set>
#include <utility>

namespace rw {

namespace {

PortRole roleOf(const NodeKind& kind, const std::string& output) {
    const int port = kind.outputPort(output);
    return port < 0 ? PortRole::Rows : kind.outputs[static_cast<std::size_t>(port)].role;
}

}  // namespace

Evidence::Evidence(const Pipeline& pipeline, const Catalogue& catalogue, const RunMetrics& metrics,
                   bool running, Instant now)
    : m_pipeline(pipeline), m_metrics(metrics), m_running(running), m_now(now) {
    for (const Node& node : pipeline.nodes) {
        const auto found = metrics.nodes.find(node.id);
        const NodeKind* kind = catalogue.of(node);
        if (node.disabled || kind == nullptr || found == metrics.nodes.end()) continue;
        m_seen[node.id] = {&node, kind, &found->second};
    }
    connect();
    sort();
}

bool Evidence::isTaken(const Seen& node, PortRole port) const {
    return std::any_of(m_pipeline.wires.begin(), m_pipeline.wires.end(), [&](const Wire& wire) {
        return wire.from.node == node.node->id && roleOf(*node.kind, wire.from.port) == port;
    });
}

const std::vector<Evidence::Input>& Evidence::inputs(const Seen& node) const {
    static const std::vector<Input> kNone;
    const auto found = m_inputs.find(&node);
    return found == m_inputs.end() ? kNone : found->second;
}

const std::vector<const Evidence::Seen*>& Evidence::outputs(const Seen& node) const {
    static const std::vector<const Seen*> kNone;
    const auto found = m_outputs.find(&node);
    return found == m_outputs.end() ? kNone : found->second;
}

const Evidence::Seen* Evidence::find(const NodeId& id) const {
    const auto found = std::find_if(m_order.begin(), m_order.end(),
                                    [&id](const Seen* seen) { return seen->node->id == id; });
    return found == m_order.end() ? nullptr : *found;
}

double Evidence::share(double lately, double seconds) const {
    const RunState state = m_metrics.state;
    const bool over = state == RunState::Finished || state == RunState::Stopped || state == RunState::Failed;
    if (!over) return lately;
    return m_metrics.seconds > 0 ? std::min(seconds / m_metrics.seconds, 1.0) : 0;
}

void Evidence::connect() {
    std::map<NodeId, std::vector<const Wire*>> into;
    for (const Wire& wire : m_pipeline.wires) into[wire.to.node].push_back(&wire);
    for (auto& [id, seen] : m_seen) {
        using Way = std::pair<NodeId, std::string>;  // a node, and where its rows get to here
        std::set<Way> passed;                        // disabled nodes may stand in a loop
        std::vector<Way> ends{Way(id, {})};
        while (!ends.empty()) {
            const Way end = std::move(ends.back());
            ends.pop_back();
            for (const Wire* wire : into[end.first]) {
                const std::string& to = end.first == id ? wire->to.port : end.second;
                const auto from = m_seen.find(wire->from.node);
                if (from != m_seen.end()) {
                    const PortRole role = roleOf(*from->second.kind, wire->from.port);
                    m_inputs[&seen].push_back({&from->second, role, to});
                } else if (passed.emplace(wire->from.node, to).second) {
                    ends.emplace_back(wire->from.node, to);
                }
            }
        }
    }
}

void Evidence::sort() {
    std::map<const Seen*, std::size_t> open;
    std::map<const Seen*, std::vector<const Seen*>> behind;
    for (const auto& [id, seen] : m_seen) {
        const auto& from = inputs(seen);
        open[&seen] = from.size();
        for (const Input& input : from) behind[input.from].push_back(&seen);
        if (from.empty()) m_order.push_back(&seen);
    }
    for (std::size_t i = 0; i < m_order.size(); ++i) {
        for (const Seen* next : behind[m_order[i]]) {
            if (--open[next] == 0) m_order.push_back(next);
        }
    }
    for (const Seen* seen : m_order) {
        for (const Input& input : inputs(*seen)) {
            std::vector<const Seen*>& outputs = m_outputs[input.from];
            if (outputs.empty() || outputs.back() != seen) outputs.push_back(seen);
        }
    }
}

}  // namespace rw
