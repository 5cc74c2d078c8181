// The editing functions of PipelineDocument: each pushes one undo step.
#include <algorithm>

#include "core/pipeline/limits.h"
#include "widgets/document/fragment.h"
#include "widgets/document/node_mark.h"
#include "widgets/document/patches.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/reconnect.h"

namespace rw::ui {

namespace {

std::vector<NodeId> existing(const Pipeline& pipeline, std::vector<NodeId> nodes) {
    std::erase_if(nodes, [&](const NodeId& id) { return pipeline.find(id) == nullptr; });
    return nodes;
}

}  // namespace

void PipelineDocument::remove(const std::vector<NodeId>& nodes, const std::vector<Wire>& wires) {
    const Places places = placesOf(m_pipeline, nodes, wires);
    if (places.nodes.empty() && places.wires.empty()) return;
    QString step = tr("Disconnect");
    if (places.nodes.size() == 1) {
        step = tr("Delete “%1”").arg(titleOf(m_pipeline.nodes[places.nodes.front()]));
    } else if (!places.nodes.empty()) {
        step = tr("Delete %1 nodes").arg(places.nodes.size());
    }
    push(removing(m_pipeline, places), step);
}

std::optional<Issue> PipelineDocument::removeAndReconnect(const std::vector<NodeId>& nodes) {
    const std::vector<NodeId> gone = existing(m_pipeline, nodes);
    if (gone.empty()) return std::nullopt;
    Reconnection result = reconnection(m_pipeline, m_catalogue, validateOptions(), gone);
    if (result.refusal) return result.refusal;
    m_undo.beginMacro(tr("Delete and reconnect"));
    push(removing(m_pipeline, placesOf(m_pipeline, gone, {})), {});
    if (!result.wires.empty()) push(replacingWires(m_pipeline, {}, result.wires), {});
    m_undo.endMacro();
    return std::nullopt;
}

void PipelineDocument::move(const std::vector<std::pair<NodeId, Point>>& targets, bool continued) {
    std::vector<std::pair<NodeId, Point>> moved;
    bool anywhere = false;
    for (const auto& [id, at] : targets) {
        const Node* node = m_pipeline.find(id);
        if (node == nullptr) continue;
        anywhere = anywhere || !(node->at == at);
        moved.emplace_back(id, at);
    }
    const auto series = continued ? EditStep::Series::Moves : EditStep::Series::None;
    if (anywhere) push(moving(m_pipeline, moved), tr("Move"), series);
}

void PipelineDocument::setTitle(const NodeId& id, const QString& title) {
    const Node* node = m_pipeline.find(id);
    const std::string wanted = firstCharacters(title.simplified().toStdString(), kMaxTitle);
    if (node == nullptr || node->title == wanted || (node->title.empty() && wanted == id)) return;
    push(renaming(*node, wanted), tr("Rename"));
}

void PipelineDocument::setParam(const NodeId& id, const std::string& param, const Json& value) {
    const Node* node = m_pipeline.find(id);
    if (node == nullptr) return;
    const auto old = node->params.find(param);
    if (old != node->params.end() ? *old == value : value.is_null()) return;
    const QString step = tr("Change “%1”").arg(titleOf(*node));
    push(settingParam(*node, param, value), step, EditStep::Series::Typing);
}

void PipelineDocument::setParams(const NodeId& id, const Json& values, const QString& step) {
    const Node* node = m_pipeline.find(id);
    if (node == nullptr) return;
    const bool same = std::all_of(values.items().begin(), values.items().end(), [&](const auto& item) {
        return node->params.value(item.key(), Json()) == item.value();
    });
    if (same || m_edits.isApplying()) return;
    m_undo.beginMacro(step);
    for (const auto& item : values.items()) setParam(id, item.key(), item.value());
    m_undo.endMacro();
}

void PipelineDocument::setDisabled(const std::vector<NodeId>& nodes, bool disabled) {
    std::vector<NodeId> all = existing(m_pipeline, nodes);
    std::erase_if(all, [&](const NodeId& id) { return m_pipeline.find(id)->disabled == disabled; });
    if (all.empty()) return;
    push(disabling(all, disabled), disabled ? tr("Disable") : tr("Enable"));
}

void PipelineDocument::setCollapsed(const std::vector<NodeId>& nodes, bool collapsed) {
    std::vector<NodeId> all = existing(m_pipeline, nodes);
    std::erase_if(all, [&](const NodeId& id) { return m_pipeline.find(id)->collapsed == collapsed; });
    if (all.empty()) return;
    push(collapsing(all, collapsed), collapsed ? tr("Collapse") : tr("Expand"));
}

void PipelineDocument::connectPorts(const PortRef& from, const PortRef& to) {
    const Wire wire{from, to};
    const auto& wires = m_pipeline.wires;
    if (m_pipeline.find(from.node) == nullptr || m_pipeline.find(to.node) == nullptr ||
        std::find(wires.begin(), wires.end(), wire) != wires.end()) {
        return;
    }
    push(replacingWires(m_pipeline, givingWay(wire), {wire}), tr("Connect"));
}

void PipelineDocument::moveWireEnd(const Wire& wire, const Wire& to) {
    const auto& wires = m_pipeline.wires;
    const auto old = std::find(wires.begin(), wires.end(), wire);
    if (old == wires.end() || std::find(wires.begin(), wires.end(), to) != wires.end()) return;
    std::vector<std::size_t> gone = givingWay(to);
    gone.push_back(static_cast<std::size_t>(old - wires.begin()));
    std::sort(gone.begin(), gone.end());
    gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
    push(replacingWires(m_pipeline, gone, {to}), tr("Move wire"));
}

std::vector<NodeId> PipelineDocument::duplicate(const std::vector<NodeId>& nodes, Point offset) {
    const Pipeline part = fitted(fragmentOf(m_pipeline, nodes, true), m_pipeline, offset);
    if (part.nodes.empty()) return {};
    std::vector<NodeId> ids;
    for (const Node& node : part.nodes) ids.push_back(node.id);
    push(adding(m_pipeline, part), tr("Duplicate"));
    m_selection->set(ids);
    return ids;
}

void PipelineDocument::setSettings(const Settings& settings) {
    if (settings == m_pipeline.settings) return;
    Patch patch;
    patch.settings = Swap<Settings>{m_pipeline.settings, settings};
    push(std::move(patch), tr("Change settings"), EditStep::Series::Properties);
}

void PipelineDocument::setVariables(const std::vector<Variable>& variables) {
    if (variables == m_pipeline.variables) return;
    Patch patch;
    patch.variables = Swap<std::vector<Variable>>{m_pipeline.variables, variables};
    push(std::move(patch), tr("Change variables"), EditStep::Series::Properties);
}

void PipelineDocument::setCards(const std::vector<DashboardCard>& cards, const QString& step) {
    const Patch patch = replacingCards(m_pipeline, cards);
    if (!patch.empty()) push(patch, step);
}

void PipelineDocument::addNote(const Note& note) {
    Pipeline part;
    part.notes.push_back(note);
    push(adding(m_pipeline, part), tr("Add note"));
}

void PipelineDocument::setNote(std::size_t place, const Note& note, const QString& step) {
    if (place < m_pipeline.notes.size() && !(m_pipeline.notes[place] == note)) {
        push(replacingNote(m_pipeline, place, note), step);
    }
}

void PipelineDocument::removeNote(std::size_t place) {
    if (place < m_pipeline.notes.size()) push(removing(m_pipeline, {.notes = {place}}), tr("Delete note"));
}

}  // namespace rw::ui
