#include "core/diagnose/evidence.h"

#include <set>

namespace rw {

Evidence::Evidence(const Pipeline& pipeline, const Catalogue& catalogue, const RunMetrics& metrics,
                   bool running)
    : m_metrics(metrics), m_running(running) {
    for (const Node& node : pipeline.nodes) {
        const auto found = metrics.nodes.find(node.id);
        const NodeKind* kind = catalogue.of(node);
        if (node.disabled || kind == nullptr || found == metrics.nodes.end()) continue;
        m_seen[node.id] = {&node, kind, &found->second};
    }
    connect(pipeline);
    sort();
}

const std::vector<Evidence::Input>& Evidence::inputs(const Seen& node) const {
    static const std::vector<Input> kNone;
    const auto found = m_inputs.find(&node);
    return found == m_inputs.end() ? kNone : found->second;
}

void Evidence::connect(const Pipeline& pipeline) {
    std::map<NodeId, std::vector<const Wire*>> into;
    for (const Wire& wire : pipeline.wires) into[wire.to.node].push_back(&wire);
    for (auto& [id, seen] : m_seen) {
        std::set<NodeId> passed{id};  // disabled nodes may stand in a loop
        std::vector<NodeId> ends{id};
        while (!ends.empty()) {
            const NodeId end = std::move(ends.back());
            ends.pop_back();
            for (const Wire* wire : into[end]) {
                const auto from = m_seen.find(wire->from.node);
                if (from != m_seen.end()) {
                    const int port = from->second.kind->outputPort(wire->from.port);
                    const PortRole role =
                        port < 0 ? PortRole::Rows
                                 : from->second.kind->outputs[static_cast<std::size_t>(port)].role;
                    m_inputs[&seen].push_back({&from->second, role});
                } else if (passed.insert(wire->from.node).second) {
                    ends.push_back(wire->from.node);
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
}

}  // namespace rw
