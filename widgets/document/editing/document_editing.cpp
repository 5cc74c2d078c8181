// The editing functions of PipelineDocument: each pushes one undo step.
#include <algorithm>

#include "core/pipeline/diff.h"
#include "core/pipeline/limits.h"
#include "widgets/document/editing/fragment.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/editing/patches.h"
#include "widgets/document/editing/reconnect.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

namespace {

/// Whether one element of a list is another now, as while its text is typed.
bool isOneEdited(const Json& before, const Json& after) {
    if (!before.is_array() || !after.is_array() || before.size() != after.size()) return false;
    std::size_t edited = 0;
    for (std::size_t i = 0; i < before.size(); ++i) edited += before[i] == after[i] ? 0U : 1U;
    return edited == 1;
}

}  // namespace

std::vector<NodeId> PipelineDocument::existing(std::vector<NodeId> nodes) const {
    std::erase_if(nodes, [this](const NodeId& id) { return node(id) == nullptr; });
    return nodes;
}

void PipelineDocument::remove(const std::vector<ItemRef>& items) {
    const Places places = placesOf(m_pipeline, m_notes, items);
    const std::size_t nodes = places.nodes.size(), notes = places.notes.size();
    if (nodes + notes == 0 && places.wires.empty()) return;
    QString step = tr("Disconnect");
    if (nodes + notes > 1) {
        step = notes == 0 ? tr("Delete %1 nodes").arg(nodes) : tr("Delete %1 items").arg(nodes + notes);
    } else if (nodes == 1) {
        step = tr("Delete “%1”").arg(titleOf(m_pipeline.nodes[places.nodes.front()]));
    } else if (notes == 1) {
        step = tr("Delete note");
    }
    push(removing(m_pipeline, places), step);
}

std::optional<Issue> PipelineDocument::removeAndReconnect(const std::vector<NodeId>& nodes) {
    const std::vector<NodeId> gone = existing(nodes);
    if (gone.empty()) return std::nullopt;
    Reconnection result = reconnection(m_pipeline, m_catalogue, validateOptions(), gone);
    if (result.refusal) return result.refusal;
    m_undo.beginMacro(tr("Delete and reconnect"));
    push(removing(m_pipeline, placesOf(m_pipeline, m_notes, {gone.begin(), gone.end()})), {});
    if (!result.wires.empty()) push(replacingWires(m_pipeline, {}, result.wires), {});
    m_undo.endMacro();
    return std::nullopt;
}

void PipelineDocument::move(const std::vector<std::pair<ItemRef, Point>>& targets, bool continued) {
    std::vector<std::pair<const Node*, Point>> nodes;
    std::map<std::size_t, Note> moved;
    bool anywhere = false;
    for (const auto& [item, wanted] : targets) {
        const Point at = withinReach(wanted);  // at the edge already, an item does not move
        const Node* found = item.node() != nullptr ? node(*item.node()) : nullptr;
        if (found != nullptr) {
            anywhere = anywhere || !(found->at == at);
            nodes.emplace_back(found, at);
        }
        const auto place = item.note() != nullptr ? m_notes.placeOf(*item.note()) : std::nullopt;
        if (!place) continue;
        Note note = m_pipeline.notes[*place];
        anywhere = anywhere || !(note.at == at);
        note.at = at;
        moved[*place] = std::move(note);
    }
    if (!anywhere) return;
    Patch patch = moving(nodes);
    patch.notes = replacingNotes(m_pipeline, moved);
    push(std::move(patch), tr("Move"), continued ? EditStep::Series::Moves : EditStep::Series::None);
}

void PipelineDocument::setTitle(const NodeId& id, const QString& title) {
    const Node* node = this->node(id);
    const std::string wanted = firstCharacters(title.simplified().toStdString(), kMaxTitle);
    if (node == nullptr || node->title == wanted || (node->title.empty() && wanted == id)) return;
    push(renaming(*node, wanted), tr("Rename"));
}

void PipelineDocument::setParam(const NodeId& id, const std::string& param, const Json& value) {
    const Node* node = this->node(id);
    if (node == nullptr) return;
    const auto old = node->params.find(param);
    if (old != node->params.end() ? *old == value : value.is_null()) return;
    if (m_edits.isApplying()) return;
    const QString step = tr("Change “%1”").arg(titleOf(*node));
    Patch patch = settingParam(*node, param, value);
    if (const NodeKind* kind = m_catalogue.of(*node)) m_filled.touch(*node, *kind, param);
    if (const NodeKind* before = m_catalogue.of(*node); before != nullptr && before->ports != nullptr) {
        Json params = node->params;
        value.is_null() ? void(params.erase(param)) : void(params[param] = value);
        const bool inPlace = old != node->params.end() && isOneEdited(*old, value);
        followPorts(m_pipeline, id, *before, *m_catalogue.of(node->type, params), inPlace, patch);
    }
    push(followed(id, std::move(patch)), step, EditStep::Series::Typing);
}

// Of each node, also of one that has the value already: the next edit of the field changes all of them again,
// and steps grow while they change the same.
void PipelineDocument::setParam(const std::vector<NodeId>& ids, const std::string& param, const Json& value,
                                const QString& step) {
    const std::vector<NodeId> nodes = existing(ids);
    const bool same = std::all_of(nodes.begin(), nodes.end(), [&](const NodeId& id) {
        return node(id)->params.value(param, Json()) == value;
    });
    if (same || m_edits.isApplying()) return;
    Patch all;
    Pipeline next = m_pipeline;
    bool more = false;
    for (const NodeId& id : nodes) {
        const Node& node = *this->node(id);
        Patch patch = settingParam(node, param, value);
        all.changed.push_back(patch.changed.front());
        const NodeKind* before = m_catalogue.of(node);
        if (before != nullptr) m_filled.touch(node, *before, param);
        if (before != nullptr && before->ports != nullptr) {
            Json params = node.params;
            value.is_null() ? void(params.erase(param)) : void(params[param] = value);
            followPorts(next, id, *before, *m_catalogue.of(node.type, params), false, patch);
            more = true;
        }
        apply(next, patch);
    }
    for (const NodeId& id : nodes) {
        if (!m_filled.reaches(next, id)) continue;
        for (const FilledValue& filled : m_filled.follow(*this, next, id, false)) {
            Json& params = next.find(filled.node)->params;
            filled.value.is_null() ? void(params.erase(filled.param))
                                   : void(params[filled.param] = filled.value);
            more = true;
        }
    }
    push(more ? diff(m_pipeline, next) : std::move(all), step, EditStep::Series::Typing);
}

void PipelineDocument::change(const Pipeline& next, const QString& step, bool following) {
    Patch patch = diff(m_pipeline, next);
    if (patch.empty()) return;
    push(std::move(patch), step, following ? EditStep::Series::Following : EditStep::Series::None);
}

/// The patch, and what nodes behind `id` are filled in with when their input has other columns by it.
Patch PipelineDocument::followed(const NodeId& id, Patch patch) {
    if (!m_filled.reaches(m_pipeline, id)) return patch;
    Pipeline next = m_pipeline;
    apply(next, patch);
    const std::vector<FilledValue> values = m_filled.follow(*this, next, id, false);
    if (values.empty()) return patch;
    for (const FilledValue& filled : values) {
        Json& params = next.find(filled.node)->params;
        filled.value.is_null() ? void(params.erase(filled.param)) : void(params[filled.param] = filled.value);
    }
    return diff(m_pipeline, next);
}

void PipelineDocument::setParams(const NodeId& id, const Json& values, const QString& step) {
    const Node* node = this->node(id);
    if (node == nullptr) return;
    const bool same = std::all_of(values.items().begin(), values.items().end(), [&](const auto& item) {
        return node->params.value(item.key(), Json()) == item.value();
    });
    if (same || m_edits.isApplying()) return;
    const std::shared_ptr<const Validated> known = isValidated() ? m_validated : nullptr;
    m_undo.beginMacro(step);
    for (const auto& item : values.items()) setParam(id, item.key(), item.value());
    // The columns of a table may be the missing part of a condition.
    fillIn(id, known);
    m_undo.endMacro();
}

void PipelineDocument::fillIn(const NodeId& id, const std::shared_ptr<const Validated>& known, bool between) {
    const bool followed = m_filled.follows(id);
    for (const FilledValue& filled : m_filled.fill(*this, id, known, between))
        push(settingParam(*node(id), filled.param, filled.value), {});
    for (const FilledValue& filled : m_filled.follow(*this, m_pipeline, id, followed))
        push(settingParam(*node(filled.node), filled.param, filled.value), {});
}

void PipelineDocument::setDisabled(const std::vector<NodeId>& nodes, bool disabled) {
    std::vector<NodeId> all = existing(nodes);
    std::erase_if(all, [&](const NodeId& id) { return node(id)->disabled == disabled; });
    if (all.empty()) return;
    push(disabling(all, disabled), disabled ? tr("Disable") : tr("Enable"));
}

void PipelineDocument::setCollapsed(const std::vector<NodeId>& nodes, bool collapsed) {
    std::vector<NodeId> all = existing(nodes);
    std::erase_if(all, [&](const NodeId& id) { return node(id)->collapsed == collapsed; });
    if (all.empty()) return;
    push(collapsing(all, collapsed), collapsed ? tr("Collapse") : tr("Expand"));
}

void PipelineDocument::connectPorts(const PortRef& from, const PortRef& to) {
    const Wire wire{from, to};
    const auto& wires = m_pipeline.wires;
    if (node(from.node) == nullptr || node(to.node) == nullptr ||
        std::find(wires.begin(), wires.end(), wire) != wires.end()) {
        return;
    }
    if (m_edits.isApplying()) return;
    const std::shared_ptr<const Validated> known = isValidated() ? m_validated : nullptr;
    m_undo.beginMacro(tr("Connect"));
    push(replacingWires(m_pipeline, givingWay(wire), {wire}), {});
    fillIn(to.node, known);
    m_undo.endMacro();
}

void PipelineDocument::moveWireEnd(const Wire& wire, const Wire& to) {
    const auto& wires = m_pipeline.wires;
    const auto old = std::find(wires.begin(), wires.end(), wire);
    if (old == wires.end() || std::find(wires.begin(), wires.end(), to) != wires.end()) return;
    std::vector<std::size_t> gone = givingWay(to);
    gone.push_back(static_cast<std::size_t>(old - wires.begin()));
    std::sort(gone.begin(), gone.end());
    gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
    if (m_edits.isApplying()) return;
    const std::shared_ptr<const Validated> known = isValidated() ? m_validated : nullptr;
    m_undo.beginMacro(tr("Move wire"));
    push(replacingWires(m_pipeline, gone, {to}), {});
    fillIn(to.to.node, known);
    m_undo.endMacro();
}

std::vector<NodeId> PipelineDocument::duplicate(const std::vector<ItemRef>& items, Point offset) {
    const Pipeline part = fitted(fragmentOf(m_pipeline, m_notes, items, true), m_pipeline, offset);
    if (part.nodes.empty() && part.notes.empty()) return {};
    add(part, tr("Duplicate"));
    std::vector<NodeId> ids;
    for (const Node& node : part.nodes) ids.push_back(node.id);
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

NoteId PipelineDocument::addNote(const Note& note) {
    if (m_edits.isApplying()) return {};
    Pipeline part;
    part.notes.push_back(note);
    add(part, tr("Add note"));
    return notes().back();
}

void PipelineDocument::setNote(NoteId id, const Note& note, const QString& step) {
    const std::optional<std::size_t> place = m_notes.placeOf(id);
    if (!place || m_pipeline.notes[*place] == note) return;
    Patch patch;
    patch.notes = replacingNotes(m_pipeline, {{*place, note}});
    push(std::move(patch), step);
}

void PipelineDocument::sizeNotes(const std::vector<std::pair<NoteId, Point>>& sizes, bool continued) {
    std::map<std::size_t, Note> sized;
    for (const auto& [id, size] : sizes) {
        const std::optional<std::size_t> place = m_notes.placeOf(id);
        if (!place) continue;
        Note note = m_pipeline.notes[*place];
        note.size = {std::max(size.x, kLeastNote.x), std::max(size.y, kLeastNote.y)};
        if (!(note == m_pipeline.notes[*place])) sized[*place] = std::move(note);
    }
    if (sized.empty()) return;
    Patch patch;
    patch.notes = replacingNotes(m_pipeline, sized);
    push(std::move(patch), tr("Size comment"), continued ? EditStep::Series::Sizes : EditStep::Series::None);
}

}  // namespace rw::ui
