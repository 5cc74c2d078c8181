#include "core/pipeline/pipeline.h"

#include <algorithm>

namespace rw {

namespace {

constexpr char kInside = '/';

std::string writeEnd(const PortRef& end, std::string_view defaultPort) {
    return end.port == defaultPort ? end.node : end.node + "." + end.port;
}

}  // namespace

std::string writeOutput(const PortRef& end) {
    return writeEnd(end, kDefaultOutput);
}

std::string writeInput(const PortRef& end) {
    return writeEnd(end, kDefaultInput);
}

Json writeWire(const Wire& wire) {
    Json out = Json::object();
    out["from"] = writeOutput(wire.from);
    out["to"] = writeInput(wire.to);
    out.update(wire.unknown);
    return out;
}

bool isNodeId(std::string_view id) {
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    return !id.empty() && letter(id.front()) && std::all_of(id.begin(), id.end(), [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '_';
    });
}

bool isInside(std::string_view id) {
    return id.find(kInside) != std::string_view::npos;
}

bool isNodePath(std::string_view id) {
    for (;;) {
        const std::size_t end = id.find(kInside);
        if (!isNodeId(id.substr(0, end))) return false;
        if (end == std::string_view::npos) return true;
        id.remove_prefix(end + 1);
    }
}

NodeId insideOf(const NodeId& outer, const NodeId& inner) {
    return outer + kInside + inner;
}

NodeId outermost(const NodeId& id) {
    return id.substr(0, id.find(kInside));
}

const Node* Pipeline::find(std::string_view id) const {
    const auto it = std::find_if(nodes.begin(), nodes.end(), [&](const Node& n) { return n.id == id; });
    return it == nodes.end() ? nullptr : &*it;
}

Node* Pipeline::find(std::string_view id) {
    return const_cast<Node*>(std::as_const(*this).find(id));
}

}  // namespace rw
