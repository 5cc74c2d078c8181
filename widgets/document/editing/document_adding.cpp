// New nodes of PipelineDocument: made from a template or the clipboard, wired where a port fits.
#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>
#include <limits>
#include <unordered_set>

#include "widgets/document/editing/fragment.h"
#include "widgets/document/editing/patches.h"
#include "widgets/document/editing/used_names.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

namespace {

// Rows first: a late or rejected port is chosen by hand.
std::vector<PortRef> rowOutputs(const Node& node, const NodeKind* kind) {
    std::vector<PortRef> ports;
    if (kind == nullptr) return ports;
    for (const PortSpec& port : kind->outputs) {
        if (port.role == PortRole::Rows) ports.push_back({node.id, port.name});
    }
    return ports;
}

std::vector<PortRef> inputsOf(const Node& node, const NodeKind* kind) {
    std::vector<PortRef> ports;
    if (kind == nullptr) return ports;
    for (const PortSpec& port : kind->inputs) ports.push_back({node.id, port.name});
    return ports;
}

}  // namespace

Node PipelineDocument::made(const NodeTemplate& wanted, Point at) const {
    UsedNames taken(m_pipeline);
    Node node;
    node.id = taken.freeId(wanted.type);
    node.type = wanted.type;
    node.title = taken.freeTitle(wanted.title.isEmpty() ? node.id : wanted.title.toStdString());
    node.at = at;
    if (wanted.params.is_object()) node.params = wanted.params;
    return node;
}

// The first candidate that fits is drawn. A new node's parameters are still to be filled in, so that most
// checks of its own come later: only errors of the wire itself count.
NodeId PipelineDocument::addWired(Node node, const std::vector<Wire>& candidates, const QString& step) {
    const NodeId id = node.id;
    Pipeline part;
    part.nodes.push_back(std::move(node));
    const std::shared_ptr<const Validated> known = isValidated() ? m_validated : nullptr;
    m_undo.beginMacro(step);
    push(adding(m_pipeline, part), {});
    for (const Wire& wire : candidates) {
        if (checkWire(wire)) continue;
        push(replacingWires(m_pipeline, givingWay(wire), {wire}), {});
        const bool fromNew = wire.from.node == id;  // which `known` does not know yet
        fillIn(wire.to.node, fromNew ? nullptr : known);
        break;
    }
    m_undo.endMacro();
    m_selection->set({id});
    return id;
}

// To be tried on: all nodes that there are to choose from are, so that neither the pipeline is copied for
// each nor the names of all its nodes.
Node PipelineDocument::candidate(const NodeTemplate& wanted) const {
    Node node;
    node.id = "candidate";
    for (int number = 2; this->node(node.id) != nullptr; ++number)
        node.id = "candidate_" + std::to_string(number);
    node.type = wanted.type;
    if (wanted.params.is_object()) node.params = wanted.params;
    return node;
}

bool PipelineDocument::couldFollow(const NodeTemplate& wanted, const PortRef& from) const {
    const Node node = candidate(wanted);
    const Validated* known = isValidated() ? m_validated.get() : nullptr;
    const auto inputs = inputsOf(node, m_catalogue.of(node));
    return std::any_of(inputs.begin(), inputs.end(), [&](const PortRef& to) {
        return !rw::checkWire(m_pipeline, m_catalogue, validateOptions(), {from, to}, known, {}, &node);
    });
}

bool PipelineDocument::couldPrecede(const NodeTemplate& wanted, const PortRef& to) const {
    const Node node = candidate(wanted);
    std::vector<std::size_t> gone;
    for (std::size_t i = 0; i < m_pipeline.wires.size(); ++i) {
        if (m_pipeline.wires[i].to == to) gone.push_back(i);
    }
    const auto outputs = rowOutputs(node, m_catalogue.of(node));
    return std::any_of(outputs.begin(), outputs.end(), [&](const PortRef& from) {
        return !rw::checkWire(m_pipeline, m_catalogue, validateOptions(), {from, to}, nullptr, gone, &node);
    });
}

NodeId PipelineDocument::addNode(const NodeTemplate& node, Point at) {
    Pipeline part;
    part.nodes.push_back(made(node, at));
    const NodeId id = part.nodes.front().id;
    push(adding(m_pipeline, part), tr("Add “%1”").arg(QString::fromStdString(part.nodes.front().title)));
    m_selection->set({id});
    return id;
}

NodeId PipelineDocument::addNodeBehind(const NodeTemplate& wanted, Point at, const PortRef& from) {
    Node node = made(wanted, at);
    std::vector<Wire> candidates;
    for (const PortRef& to : inputsOf(node, m_catalogue.of(node))) candidates.push_back({from, to});
    const QString step = tr("Add “%1”").arg(QString::fromStdString(node.title));
    return addWired(std::move(node), candidates, step);
}

NodeId PipelineDocument::addNodeBefore(const NodeTemplate& wanted, Point at, const PortRef& to) {
    Node node = made(wanted, at);
    std::vector<Wire> candidates;
    for (const PortRef& from : rowOutputs(node, m_catalogue.of(node))) candidates.push_back({from, to});
    const QString step = tr("Add “%1”").arg(QString::fromStdString(node.title));
    return addWired(std::move(node), candidates, step);
}

NodeId PipelineDocument::insertNode(const NodeTemplate& wanted, Point at, const Wire& wire) {
    m_undo.beginMacro(tr("Insert “%1”").arg(wanted.title));
    const NodeId id = addNode(wanted, at);
    insertExisting(id, wire);
    m_undo.endMacro();
    return id;
}

std::optional<PortRef> PipelineDocument::inputFor(const NodeId& id, const Wire& wire) const {
    const Node* node = this->node(id);
    if (node == nullptr) return std::nullopt;
    for (const PortRef& input : inputsOf(*node, m_catalogue.of(*node))) {
        if (!checkWire({wire.from, input}, &wire)) return input;
    }
    return std::nullopt;
}

bool PipelineDocument::insertExisting(const NodeId& id, const Wire& wire) {
    const Node* node = this->node(id);
    const auto& wires = m_pipeline.wires;
    const auto old = std::find(wires.begin(), wires.end(), wire);
    const bool wired = std::any_of(wires.begin(), wires.end(), [&](const Wire& other) {
        return other.from.node == id || other.to.node == id;
    });
    if (node == nullptr || old == wires.end() || wired) return false;
    const auto outputs = rowOutputs(*node, m_catalogue.of(*node));
    const std::optional<PortRef> input = inputFor(id, wire);
    if (!input || outputs.empty()) return false;
    const Wire before{wire.from, *input}, behind{outputs.front(), wire.to};
    const auto place = static_cast<std::size_t>(old - wires.begin());
    if (m_edits.isApplying()) return false;
    const std::shared_ptr<const Validated> known = isValidated() ? m_validated : nullptr;
    m_undo.beginMacro(tr("Insert on wire"));
    push(replacingWires(m_pipeline, {place}, {before, behind}), {});
    fillIn(id, known, true);
    m_undo.endMacro();
    return true;
}

void PipelineDocument::copy(const std::vector<ItemRef>& items) const {
    const Pipeline fragment = fragmentOf(m_pipeline, m_notes, items, false);
    if (!fragment.nodes.empty() || !fragment.notes.empty())
        QGuiApplication::clipboard()->setMimeData(toMimeData(fragment).release());
}

void PipelineDocument::cut(const std::vector<ItemRef>& items) {
    copy(items);
    std::vector<ItemRef> copied = items;  // a wire alone can't be
    std::erase_if(copied, [](const ItemRef& item) { return item.wire() != nullptr; });
    const Places places = placesOf(m_pipeline, m_notes, copied);
    if (!places.nodes.empty() || !places.notes.empty()) push(removing(m_pipeline, places), tr("Cut"));
}

// Comments are added behind those that are there.
void PipelineDocument::add(const Pipeline& part, const QString& step) {
    if (m_edits.isApplying()) return;
    push(adding(m_pipeline, part), step);
    std::vector<ItemRef> added;
    for (const Node& node : part.nodes) added.emplace_back(node.id);
    for (std::size_t i = notes().size() - part.notes.size(); i < notes().size(); ++i)
        added.emplace_back(notes()[i]);
    m_selection->set(std::move(added));
}

bool PipelineDocument::canPaste() const {
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    return data != nullptr && fragmentFrom(*data).has_value();
}

void PipelineDocument::paste(Point at) {
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    const std::optional<Pipeline> fragment = data != nullptr ? fragmentFrom(*data) : std::nullopt;
    if (!fragment) return;
    Point corner{std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
    const auto reach = [&](Point to) { corner = {std::min(corner.x, to.x), std::min(corner.y, to.y)}; };
    for (const Node& node : fragment->nodes) reach(node.at);
    for (const Note& note : fragment->notes) reach(note.at);
    Pipeline part = fitted(*fragment, m_pipeline, {at.x - corner.x, at.y - corner.y});
    // A pasted wire from outside would be a guess: ids say nothing in another pipeline.
    std::unordered_set<NodeId> ids;
    for (const Node& node : part.nodes) ids.insert(node.id);
    std::erase_if(part.wires, [&](const Wire& wire) { return !ids.contains(wire.from.node); });
    add(part, tr("Paste"));
}

}  // namespace rw::ui
