#include "widgets/document/edits.h"

namespace rw::ui {

namespace {

using Kind = DocumentChange::Kind;

std::vector<NodeId> idsOf(const std::vector<Placed<Node>>& nodes) {
    std::vector<NodeId> ids;
    for (const auto& placed : nodes) ids.push_back(placed.item.id);
    return ids;
}

std::vector<Wire> wiresOf(const std::vector<Placed<Wire>>& wires) {
    std::vector<Wire> all;
    for (const auto& placed : wires) all.push_back(placed.item);
    return all;
}

std::vector<std::string> paramsOf(const NodeChange& change) {
    std::vector<std::string> names;
    for (const auto& placed : change.params.taken) names.push_back(placed.item.name);
    for (const auto& placed : change.params.put) names.push_back(placed.item.name);
    for (const ParamChange& param : change.values) names.push_back(param.name);
    return names;
}

}  // namespace

void Edits::apply(const Patch& patch) {
    m_applying = true;
    takeOut(m_pipeline, patch);
    tellTaken(patch);
    changeInPlace(m_pipeline, patch);
    tellChanged(patch);
    putIn(m_pipeline, patch);
    tellPut(patch);
    m_applying = false;
}

void Edits::tellTaken(const Patch& patch) const {
    if (!patch.wires.taken.empty())
        m_notify({.kind = Kind::WiresRemoved, .wires = wiresOf(patch.wires.taken)});
    if (!patch.nodes.taken.empty()) m_notify({.kind = Kind::NodesRemoved, .nodes = idsOf(patch.nodes.taken)});
}

void Edits::tellChanged(const Patch& patch) const {
    DocumentChange moved{.kind = Kind::NodesMoved}, flags{.kind = Kind::FlagsChanged};
    for (const NodeChange& change : patch.changed) {
        if (change.at) moved.nodes.push_back(change.node);
        if (change.disabled || change.collapsed) flags.nodes.push_back(change.node);
    }
    if (!moved.nodes.empty()) m_notify(moved);
    for (const NodeChange& change : patch.changed) {
        for (const std::string& name : paramsOf(change))
            m_notify({.kind = Kind::ParamChanged, .nodes = {change.node}, .param = name});
        if (change.title) m_notify({.kind = Kind::TitleChanged, .nodes = {change.node}});
    }
    if (!flags.nodes.empty()) m_notify(flags);
    if (patch.settings || patch.variables || patch.name || patch.unknown || patch.unknownDashboard)
        m_notify({.kind = Kind::PropertiesChanged});
}

void Edits::tellPut(const Patch& patch) const {
    if (!patch.nodes.put.empty()) m_notify({.kind = Kind::NodesAdded, .nodes = idsOf(patch.nodes.put)});
    if (!patch.wires.put.empty()) m_notify({.kind = Kind::WiresAdded, .wires = wiresOf(patch.wires.put)});
    if (!patch.cards.empty() || patch.noCards) m_notify({.kind = Kind::CardsChanged});
    if (!patch.notes.empty()) m_notify({.kind = Kind::NotesChanged});
}

}  // namespace rw::ui
