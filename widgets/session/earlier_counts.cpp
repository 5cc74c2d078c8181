#include "widgets/session/earlier_counts.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace rw::ui {

namespace {

using Way = std::tuple<NodeId, std::string, std::string>;  // from where, by which port, to which

std::vector<Way> waysInto(const Pipeline& pipeline, const NodeId& node) {
    std::vector<Way> ways;
    for (const Wire& wire : pipeline.wires) {
        if (wire.to.node == node) ways.emplace_back(wire.from.node, wire.from.port, wire.to.port);
    }
    return ways;
}

void add(NodeMetrics& sum, const NodeMetrics& more) {
    sum.rowsIn += more.rowsIn;
    sum.rowsOut += more.rowsOut;
    sum.late += more.late;
    sum.rejected += more.rejected;
    sum.nullDropped += more.nullDropped;
    sum.largestLateBy = std::max(sum.largestLateBy, more.largestLateBy);
    sum.hasPair = sum.hasPair || more.hasPair;
}

}  // namespace

std::set<NodeId> unchangedNodes(const Pipeline& before, const Pipeline& now) {
    std::set<NodeId> unchanged;
    for (const Node& node : now.nodes) {
        const Node* const old = before.find(node.id);
        const bool same = old != nullptr && old->type == node.type && old->params == node.params &&
                          old->disabled == node.disabled &&
                          waysInto(before, node.id) == waysInto(now, node.id);
        if (same) unchanged.insert(node.id);
    }
    // An edit goes on to all that it feeds.
    for (bool more = true; more;) {
        more = false;
        for (const Wire& wire : now.wires) {
            if (unchanged.contains(wire.to.node) && !unchanged.contains(wire.from.node))
                more = unchanged.erase(wire.to.node) > 0 || more;
        }
    }
    return unchanged;
}

void EarlierCounts::goOn(const RunMetrics& last, const Pipeline& before, const Pipeline& now) {
    const std::set<NodeId> unchanged = unchangedNodes(before, now);
    for (const auto& [node, metrics] : last.nodes) {
        const auto [place, isNew] = m_nodes.try_emplace(node);
        Earlier& earlier = place->second;
        if (isNew) earlier.metrics.hasPair = false;
        earlier.rowsIn += metrics.rowsIn;
        earlier.rowsOut += metrics.rowsOut;
        m_late += metrics.late;
        add(earlier.metrics, metrics);
    }
    std::erase_if(m_nodes, [&now](const auto& each) { return now.find(outermost(each.first)) == nullptr; });
    for (auto& [node, earlier] : m_nodes) {
        if (unchanged.contains(outermost(node))) continue;
        earlier.metrics = {};
        earlier.metrics.hasPair = false;
    }
}

void EarlierCounts::addTo(RunMetrics& metrics) const {
    for (auto& [node, now] : metrics.nodes) {
        const auto earlier = m_nodes.find(node);
        if (earlier != m_nodes.end()) add(now, earlier->second.metrics);
    }
}

void EarlierCounts::clear() {
    m_nodes.clear();
    m_late = 0;
}

std::set<NodeId> EarlierCounts::nodesWithRows() const {
    std::set<NodeId> nodes;
    for (const auto& [node, earlier] : m_nodes) {
        if (earlier.rowsOut > 0) nodes.insert(node);
    }
    return nodes;
}

std::pair<std::uint64_t, std::uint64_t> EarlierCounts::rowsOf(const NodeId& node) const {
    const auto earlier = m_nodes.find(node);
    if (earlier == m_nodes.end()) return {0, 0};
    return {earlier->second.rowsIn, earlier->second.rowsOut};
}

std::pair<std::uint64_t, std::uint64_t> EarlierCounts::sinceEdit(const NodeId& node) const {
    const auto earlier = m_nodes.find(node);
    if (earlier == m_nodes.end()) return {0, 0};
    return {earlier->second.metrics.rowsIn, earlier->second.metrics.rowsOut};
}

}  // namespace rw::ui
