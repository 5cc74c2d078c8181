#include "widgets/canvas/graph_walk.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rw::ui {

namespace {

void addOnce(std::vector<const Node*>& nodes, const Node* node) {
    if (node != nullptr && std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
}

std::vector<const Node*> linked(const Pipeline& pipeline, const NodeId& from, bool downstream) {
    std::vector<const Node*> nodes;
    for (const Wire& wire : pipeline.wires) {
        if (downstream && wire.from.node == from) addOnce(nodes, pipeline.find(wire.to.node));
        if (!downstream && wire.to.node == from) addOnce(nodes, pipeline.find(wire.from.node));
    }
    return nodes;
}

// Nodes with a neighbour in common; without neighbours, all others.
std::vector<const Node*> siblings(const Pipeline& pipeline, const NodeId& of) {
    std::vector<const Node*> nodes;
    for (const bool downstream : {false, true}) {
        for (const Node* shared : linked(pipeline, of, downstream)) {
            for (const Node* node : linked(pipeline, shared->id, !downstream)) addOnce(nodes, node);
        }
    }
    if (nodes.size() <= 1) {
        nodes.clear();
        for (const Node& node : pipeline.nodes) nodes.push_back(&node);
    }
    return nodes;
}

// The nearest in that direction; the distance to the side counts double.
const Node* nearest(const std::vector<const Node*>& nodes, const Node& from, QPoint direction) {
    const Node* best = nullptr;
    double least = std::numeric_limits<double>::max();
    for (const Node* node : nodes) {
        const double dx = node->at.x - from.at.x, dy = node->at.y - from.at.y;
        const double ahead = dx * direction.x() + dy * direction.y();
        if (node == &from || ahead <= 0) continue;
        const double aside = std::abs(dx * direction.y()) + std::abs(dy * direction.x());
        if (ahead + 2 * aside < least) {
            least = ahead + 2 * aside;
            best = node;
        }
    }
    return best;
}

}  // namespace

NodeId neighbour(const Pipeline& pipeline, const NodeId& from, QPoint direction) {
    const Node* start = pipeline.find(from);
    if (start == nullptr) return pipeline.nodes.empty() ? NodeId() : pipeline.nodes.front().id;
    if (direction.x() != 0) {
        const auto linkedNodes = linked(pipeline, from, direction.x() > 0);
        const auto byHeight = [&](const Node* a, const Node* b) {
            return std::abs(a->at.y - start->at.y) < std::abs(b->at.y - start->at.y);
        };
        const auto found = std::min_element(linkedNodes.begin(), linkedNodes.end(), byHeight);
        if (found != linkedNodes.end()) return (*found)->id;
    } else if (const Node* sibling = nearest(siblings(pipeline, from), *start, direction)) {
        return sibling->id;
    }
    std::vector<const Node*> all;
    for (const Node& node : pipeline.nodes) all.push_back(&node);
    const Node* other = nearest(all, *start, direction);
    return other != nullptr ? other->id : NodeId();
}

std::vector<Wire> wiresAt(const Pipeline& pipeline, const NodeId& node) {
    std::vector<Wire> in, out;
    for (const Wire& wire : pipeline.wires) {
        if (wire.to.node == node) in.push_back(wire);
        if (wire.from.node == node) out.push_back(wire);
    }
    const auto height = [&](const NodeId& id) {
        const Node* other = pipeline.find(id);
        return other != nullptr ? other->at.y : 0;
    };
    std::stable_sort(in.begin(), in.end(),
                     [&](const Wire& a, const Wire& b) { return height(a.from.node) < height(b.from.node); });
    std::stable_sort(out.begin(), out.end(),
                     [&](const Wire& a, const Wire& b) { return height(a.to.node) < height(b.to.node); });
    in.insert(in.end(), out.begin(), out.end());
    return in;
}

}  // namespace rw::ui
