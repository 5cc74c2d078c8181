#include "core/cluster/layout/layout_net.h"

#include <algorithm>
#include <unordered_map>

#include "core/base/ascii.h"
#include "core/pipeline/param_spec.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/variables.h"

namespace rw {

namespace {

class NetBuilder {
 public:
    NetBuilder(const Pipeline& pipeline, const Catalogue& catalogue, const Validated& validated,
               Variables variables)
        : m_catalogue(catalogue), m_validated(validated), m_variables(std::move(variables)) {
        for (const Node& node : pipeline.nodes) m_drawn.emplace(node.id, &node);
    }

    LayoutNet build() {
        for (const NodeId& id : m_validated.order) addNode(id);
        for (const RunWire& wire : m_validated.wires) addWire(wire);
        for (LayoutNode& node : m_net.nodes) addGuards(node);
        return std::move(m_net);
    }

 private:
    std::string textParam(const NodeKind& kind, const Node& node, std::string_view name) const {
        const ParamSpec* spec = kind.param(name);
        if (spec == nullptr) return {};
        const Json& value = paramValue(*spec, node.params);
        return value.is_string() ? substitute(value.get_ref<const std::string&>(), m_variables)
                                 : std::string();
    }

    void addNode(const NodeId& id) {
        const auto drawn = m_drawn.find(id);
        const NodeKind* kind = drawn == m_drawn.end() ? nullptr : m_catalogue.of(*drawn->second);
        if (kind == nullptr) return;
        const Node& from = *drawn->second;
        const auto typed = m_validated.nodes.find(id);
        const BoundNode* bound = typed == m_validated.nodes.end() ? nullptr : typed->second.bound.get();
        m_places.emplace(id, m_net.nodes.size());
        LayoutNode& node = m_net.nodes.emplace_back();
        node.id = id;
        node.kind = &layoutKind(*kind);
        node.typed = bound != nullptr && bound->outputs.size() == kind->outputs.size();
        node.inputs.resize(kind->inputs.size());
        if (node.kind->windows) node.window = inAsciiCapitals(textParam(*kind, from, "window"));
        node.fullJoin = from.type == "window_join" && textParam(*kind, from, "kind") == "full";
        for (std::size_t i = 0; i < kind->outputs.size(); ++i) {
            node.outputs.push_back(m_net.ports.size());
            LayoutPort& port = m_net.ports.emplace_back();
            port.node = m_net.nodes.size() - 1;
            port.name = kind->outputs[i].name;
            port.role = kind->outputs[i].role;
            if (!node.typed) continue;
            port.updating = bound->outputs[i].updating;
            port.timed = bound->outputs[i].eventTime >= 0;
        }
    }

    void addWire(const RunWire& wire) {
        const auto from = m_places.find(wire.from.node), to = m_places.find(wire.to.node);
        if (from == m_places.end() || to == m_places.end()) return;
        const NodeKind& kind = *m_catalogue.of(*m_drawn.at(wire.to.node));
        const int input = kind.inputPort(wire.to.port);
        const auto port = portOf(m_net.nodes[from->second], wire.from.port);
        if (input < 0 || !port) return;
        m_net.nodes[to->second].inputs[static_cast<std::size_t>(input)].from.push_back(*port);
        m_net.ports[*port].wired = true;
        m_net.wires.push_back({*port, wire.drawn});
    }

    std::optional<std::size_t> portOf(const LayoutNode& node, std::string_view name) const {
        for (const std::size_t port : node.outputs) {
            if (m_net.ports[port].name == name) return port;
        }
        return std::nullopt;
    }

    /// Rows that were made by a node are never late, and the last row of a key counts whenever it comes.
    void addGuards(LayoutNode& node) {
        const Node& drawn = *m_drawn.at(node.id);
        const NodeKind& kind = *m_catalogue.of(drawn);
        if (!node.typed || !node.kind->guarded) return;
        if (drawn.type == "deduplicate" && textParam(kind, drawn, "keep") == "last") return;
        const auto& streams = m_validated.nodes.at(node.id).inputs;
        for (std::size_t i = 0; i < std::min(node.inputs.size(), streams.size()); ++i) {
            LayoutInput& input = node.inputs[i];
            const auto made = [](const StreamType& stream) { return stream.made; };
            input.guarded = !std::all_of(streams[i].begin(), streams[i].end(), made);
            const std::string& name = kind.inputs[i].name;
            const auto late = portOf(node, name == kDefaultInput ? "late" : "late_" + name);
            if (late && m_net.ports[*late].wired) input.late = late;
        }
    }

    const Catalogue& m_catalogue;
    const Validated& m_validated;
    const Variables m_variables;
    std::unordered_map<NodeId, const Node*> m_drawn{};
    std::unordered_map<NodeId, std::size_t> m_places{};
    LayoutNet m_net{};
};

}  // namespace

std::optional<std::size_t> LayoutNet::find(const NodeId& node) const {
    const auto found =
        std::find_if(nodes.begin(), nodes.end(), [&](const LayoutNode& each) { return each.id == node; });
    if (found == nodes.end()) return std::nullopt;
    return static_cast<std::size_t>(found - nodes.begin());
}

LayoutNet layoutNetOf(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options) {
    const Validated validated = validate(pipeline, catalogue, options);
    const Pipeline& runs = validated.expanded ? validated.expanded->pipeline : pipeline;
    std::vector<Issue> unheard;
    LayoutNet net = NetBuilder(runs, catalogue, validated, variablesOf(runs, options, unheard)).build();
    if (!validated.expanded) return net;
    for (const auto& [id, file] : validated.expanded->subflows) {
        LayoutSubflow& subflow = net.subflows[id];
        for (const NodeId& port : file->inputs) subflow.inputs.push_back(insideOf(id, port));
        for (const NodeId& port : file->outputs) subflow.outputs.push_back(insideOf(id, port));
    }
    return net;
}

}  // namespace rw
