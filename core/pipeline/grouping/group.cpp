#include "core/pipeline/grouping/group.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "core/pipeline/subflow_files.h"
#include "core/sql/parse/ast.h"

namespace rw {

namespace {

constexpr double kPortDistance = 260, kPortHeight = 120;

Status refused(const NodeId& node, Text message, Text fix) {
    return Status(ErrorCode::Invalid, std::move(message), std::move(fix)).at(node);
}

/// The names between `${` and `}` in texts of `value`, in their order.
void addVariables(const Json& value, std::vector<std::string>& names) {
    if (value.is_string()) {
        std::vector<std::string> here;
        (void)substitute(value.get<std::string>(), {}, &here);
        for (std::string& name : here) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
        }
    } else if (value.is_structured()) {
        for (const Json& element : value) addVariables(element, names);
    }
}

class Grouper {
 public:
    Grouper(const Pipeline& pipeline, const Validated& known, const Catalogue& catalogue,
            const std::vector<NodeId>& nodes)
        : m_pipeline(pipeline), m_known(known), m_catalogue(catalogue), m_chosen(nodes.begin(), nodes.end()) {
        std::erase_if(m_chosen, [&pipeline](const NodeId& id) { return pipeline.find(id) == nullptr; });
    }

    Result<Group> run(const std::string& file) {
        if (m_chosen.empty()) {
            return refused({}, RW_TEXT("group", "No node is selected."),
                           RW_TEXT("group", "Select the nodes that become a subflow."));
        }
        RW_TRY(checkNodes());
        RW_TRY(checkOutside());
        RW_TRY(cut());
        fillFile();
        fillRest(file);
        return std::move(m_out);
    }

 private:
    bool isChosen(const NodeId& id) const { return m_chosen.contains(id); }
    std::string title(const NodeId& id) const { return m_pipeline.find(id)->shownTitle(); }

    Status checkNodes() {
        for (const NodeId& id : m_chosen) {
            const Node& node = *m_pipeline.find(id);
            const NodeKind* kind = m_catalogue.find(node.type);
            if (kind == nullptr) {
                return refused(
                    id,
                    RW_TEXT("group", "“%1” is of a type that this version does not know.").with(title(id)),
                    RW_TEXT("group", "Leave it out of the selection."));
            }
            if (kind->subflow == SubflowRole::Input || kind->subflow == SubflowRole::Output) {
                return refused(id, RW_TEXT("group", "“%1” is a port of this file.").with(title(id)),
                               RW_TEXT("group", "Leave it out of the selection: it belongs to this file."));
            }
            m_out.charts += kind->chart ? 1 : 0;
        }
        return {};
    }

    /// With such a node the subflow would wait for its own rows.
    Status checkOutside() const {
        std::map<NodeId, std::vector<NodeId>> next;
        for (const Wire& wire : m_pipeline.wires) next[wire.from.node].push_back(wire.to.node);
        std::set<NodeId> seen;
        std::vector<NodeId> walk;
        const auto go = [&](const NodeId& from) {
            for (const NodeId& to : next[from]) {
                if (!isChosen(to) && seen.insert(to).second) walk.push_back(to);
            }
        };
        for (const NodeId& id : m_chosen) go(id);
        for (std::size_t i = 0; i < walk.size(); ++i) go(NodeId(walk[i]));
        for (const NodeId& outside : walk) {
            const std::vector<NodeId>& after = next[outside];
            const auto back =
                std::find_if(after.begin(), after.end(), [this](const NodeId& id) { return isChosen(id); });
            if (back == after.end() || m_pipeline.find(outside) == nullptr) continue;
            return refused(
                outside,
                RW_TEXT("group", "“%1” is on the way from the selected nodes to “%2”, and is not selected.")
                    .with(title(outside), title(*back)),
                RW_TEXT("group", "Select it, too, or leave “%1” out.").with(title(*back)));
        }
        return {};
    }

    /// Of rows that pass disabled nodes, those that they get.
    const StreamType* streamAt(PortRef port) const {
        for (std::size_t steps = 0; steps <= m_pipeline.nodes.size(); ++steps) {
            const Node* node = m_pipeline.find(port.node);
            const NodeKind* kind = node ? m_catalogue.of(*node) : nullptr;
            if (kind == nullptr) return nullptr;
            if (!node->disabled) {
                const auto typed = m_known.nodes.find(port.node);
                const int place = kind->outputPort(port.port);
                if (typed == m_known.nodes.end() || !typed->second.bound || place < 0) return nullptr;
                const auto& outputs = typed->second.bound->outputs;
                return static_cast<std::size_t>(place) < outputs.size()
                           ? &outputs[static_cast<std::size_t>(place)]
                           : nullptr;
            }
            const auto before = std::find_if(m_pipeline.wires.begin(), m_pipeline.wires.end(),
                                             [&](const Wire& wire) { return wire.to.node == port.node; });
            if (before == m_pipeline.wires.end()) return nullptr;
            port = before->from;
        }
        return nullptr;
    }

    /// A port for each output that a wire across the edge begins at, whichever way it goes.
    Status cut() {
        std::vector<PortRef> in, out;
        const auto add = [](std::vector<PortRef>& ports, const PortRef& port) {
            if (std::find(ports.begin(), ports.end(), port) == ports.end()) ports.push_back(port);
        };
        for (const Wire& wire : m_pipeline.wires) {
            if (m_pipeline.find(wire.from.node) == nullptr || m_pipeline.find(wire.to.node) == nullptr)
                continue;
            if (!isChosen(wire.from.node) && isChosen(wire.to.node)) add(in, wire.from);
            if (isChosen(wire.from.node) && !isChosen(wire.to.node)) add(out, wire.from);
        }
        if (std::max(in.size(), out.size()) > SubflowFile::kMostPorts) {
            return refused({},
                           RW_TEXT("group", "The subflow would have more than %1 inputs or outputs.")
                               .with(SubflowFile::kMostPorts),
                           RW_TEXT("group", "Select fewer nodes."));
        }
        std::set<NodeId> taken = m_chosen;
        for (const PortRef& port : in) {
            const StreamType* stream = streamAt(port);
            if (stream == nullptr) {
                return refused(port.node,
                               RW_TEXT("group", "It is not known which columns the rows of “%1” have.")
                                   .with(title(port.node)),
                               RW_TEXT("group", "Mend the errors there first, or select it, too."));
            }
            const NodeId id = portName(port, in.size() == 1 ? std::string(kDefaultInput) : "", "_in", taken);
            m_inputs.emplace(port, id);
            m_out.inputs.push_back(id);
            Node& node = addPort(id, SubflowRole::Input);
            Json columns = Json::array();
            for (const Field& field : stream->schema->fields)
                columns.push_back(sql::quoteIdentifier(field.name) + " " + toString(field.type));
            node.params["columns"] = std::move(columns);
            if (stream->eventTime >= 0)
                node.params["event_time"] =
                    stream->schema->fields[static_cast<std::size_t>(stream->eventTime)].name;
        }
        for (const PortRef& port : out) {
            const NodeId id =
                portName(port, out.size() == 1 ? std::string(kDefaultOutput) : "", "_out", taken);
            m_outputs.emplace(port, id);
            m_out.outputs.push_back(id);
        }
        return {};
    }

    std::string typeWith(SubflowRole role) const {
        const std::vector<NodeKind>& kinds = m_catalogue.kinds();
        return std::find_if(kinds.begin(), kinds.end(),
                            [role](const NodeKind& kind) { return kind.subflow == role; })
            ->type;
    }

    static NodeId portName(const PortRef& port, const std::string& only, const char* ending,
                           std::set<NodeId>& taken) {
        const std::string more = port.port == kDefaultOutput ? "" : "_" + port.port;
        const NodeId base = only.empty() ? port.node + more + ending : only;
        NodeId id = base;
        for (int number = 2; !taken.insert(id).second; ++number) id = base + "_" + std::to_string(number);
        return id;
    }

    Node& addPort(const NodeId& id, SubflowRole role) {
        Node node;
        node.id = id;
        node.type = typeWith(role);
        m_out.file.nodes.push_back(std::move(node));
        return m_out.file.nodes.back();
    }

    void fillFile() {
        Pipeline& file = m_out.file;
        file.settings.timeZone = m_pipeline.settings.timeZone;
        double left = 0, right = 0, heights = 0;
        bool first = true;
        for (const Node& node : m_pipeline.nodes) {
            if (!isChosen(node.id)) continue;
            left = first ? node.at.x : std::min(left, node.at.x);
            right = first ? node.at.x : std::max(right, node.at.x);
            heights += node.at.y;
            first = false;
            file.nodes.push_back(node);
            addVariables(node.params, m_variables);
        }
        for (const NodeId& id : m_out.outputs) addPort(id, SubflowRole::Output);
        m_at = {placeBetween(left, right), std::round(heights / static_cast<double>(m_chosen.size()))};
        for (const Variable& variable : m_pipeline.variables) {
            if (std::find(m_variables.begin(), m_variables.end(), variable.name) != m_variables.end())
                file.variables.push_back(variable);
        }
        std::set<NodeId> sent;
        for (const Wire& wire : m_pipeline.wires) {
            const bool from = isChosen(wire.from.node), to = isChosen(wire.to.node);
            if (from && to) file.wires.push_back(wire);
            if (!from && to && m_inputs.contains(wire.from))
                file.wires.push_back({{m_inputs.at(wire.from), std::string(kDefaultOutput)}, wire.to});
            if (from && !to && m_outputs.contains(wire.from) && sent.insert(m_outputs.at(wire.from)).second)
                file.wires.push_back({wire.from, {m_outputs.at(wire.from), std::string(kDefaultInput)}});
        }
        placePorts(m_out.inputs, true, left - kPortDistance);
        placePorts(m_out.outputs, false, right + kPortDistance);
    }

    /// Where wires from the nodes outside lead on to the right, if there is such a place.
    double placeBetween(double left, double right) const {
        double from = left, to = right;
        for (const Wire& wire : m_pipeline.wires) {
            const Node *sender = m_pipeline.find(wire.from.node), *taker = m_pipeline.find(wire.to.node);
            if (sender == nullptr || taker == nullptr) continue;
            if (!isChosen(sender->id) && isChosen(taker->id))
                from = std::max(from, sender->at.x + kPortDistance);
            if (isChosen(sender->id) && !isChosen(taker->id)) to = std::min(to, taker->at.x - kPortDistance);
        }
        return std::round(std::clamp((from + to) / 2, left, right));
    }

    /// In a column, level with the nodes that they are wired to.
    void placePorts(const std::vector<NodeId>& ports, bool before, double x) {
        double lowest = -std::numeric_limits<double>::infinity();
        for (const NodeId& id : ports) {
            const auto wire = std::find_if(
                m_out.file.wires.begin(), m_out.file.wires.end(),
                [&](const Wire& each) { return (before ? each.from.node : each.to.node) == id; });
            if (wire == m_out.file.wires.end()) continue;
            const Node& beside = *m_out.file.find(before ? wire->to.node : wire->from.node);
            const double y = std::max(beside.at.y, lowest);
            m_out.file.find(id)->at = {x, y};
            lowest = y + kPortHeight;
        }
    }

    NodeId freeId(const std::string& file) const {
        std::string stem = file.substr(file.rfind('/') + 1);
        stem = stem.substr(0, stem.rfind('.'));
        std::string id;
        for (const char c : stem) {
            const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            const bool fits = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
            if (fits) id += small;
            if (!fits && !id.empty() && id.back() != '_') id += '_';
        }
        while (!id.empty() && id.back() == '_') id.pop_back();
        if (!isNodeId(id)) id = typeWith(SubflowRole::Whole);
        NodeId unique = id;
        const auto taken = [&] { return m_pipeline.find(unique) != nullptr; };
        for (int number = 2; taken(); ++number) unique = id + "_" + std::to_string(number);
        return unique;
    }

    void fillRest(const std::string& file) {
        Pipeline& rest = m_out.rest;
        rest = m_pipeline;
        Node node;
        node.id = m_out.subflow = freeId(file);
        node.type = typeWith(SubflowRole::Whole);
        node.at = m_at;
        node.params[kSubflowFile] = file;
        Json values = Json::object();
        for (const Variable& variable : m_out.file.variables)
            values[variable.name] = "${" + variable.name + "}";
        if (!values.empty()) node.params[kSubflowValues] = std::move(values);
        const auto first = std::find_if(rest.nodes.begin(), rest.nodes.end(),
                                        [this](const Node& each) { return isChosen(each.id); });
        *first = std::move(node);
        std::erase_if(rest.nodes, [this](const Node& each) { return isChosen(each.id); });
        rest.wires.clear();
        std::set<PortRef> came;
        for (Wire wire : m_pipeline.wires) {
            const bool from = isChosen(wire.from.node), to = isChosen(wire.to.node);
            if (from && to) continue;
            if (to) {
                if (!m_inputs.contains(wire.from) || !came.insert(wire.from).second) continue;
                wire.to = {m_out.subflow, m_inputs.at(wire.from)};
            } else if (from) {
                if (!m_outputs.contains(wire.from)) continue;  // it ends nowhere
                wire.from = {m_out.subflow, m_outputs.at(wire.from)};
            }
            rest.wires.push_back(std::move(wire));
        }
        const bool some = !rest.cards.empty();
        std::erase_if(rest.cards, [this](const DashboardCard& card) { return isChosen(card.node); });
        rest.noCards = rest.noCards || (some && rest.cards.empty());
    }

    const Pipeline& m_pipeline;
    const Validated& m_known;
    const Catalogue& m_catalogue;
    std::set<NodeId> m_chosen;
    std::map<PortRef, NodeId> m_inputs, m_outputs;  ///< by where the rows come from
    std::vector<std::string> m_variables;
    Point m_at{};
    Group m_out{};
};

}  // namespace

Result<Group> group(const Pipeline& pipeline, const Validated& known, const Catalogue& catalogue,
                    const std::vector<NodeId>& nodes, const std::string& file) {
    return Grouper(pipeline, known, catalogue, nodes).run(file);
}

}  // namespace rw
