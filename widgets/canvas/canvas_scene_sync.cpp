// How CanvasScene follows the document: items that come, go and move.
#include <algorithm>

#include "widgets/canvas/canvas_scene.h"
#include "widgets/canvas/items/layers.h"

namespace rw::ui {

using Kind = DocumentChange::Kind;

namespace {

// When nodes and their wires go, the first signal finds both gone.
bool isBare(const Pipeline& pipeline) {
    return pipeline.nodes.empty() && pipeline.wires.empty();
}

}  // namespace

void CanvasScene::rebuild() {
    clearItems();
    m_selected = m_document.selection().items();
    for (const Node& node : m_document.pipeline().nodes) addNode(node);
    for (const Wire& wire : m_document.pipeline().wires) addWire(wire);
    for (const NoteId id : m_document.notes()) addNote(id);
    orderNotes();
    routeWires();
    refreshLooks();
    refreshWires();
    std::vector<NodeItem*> cards;
    for (const auto& [id, item] : m_nodes) cards.push_back(item);
    Q_EMIT cardsChanged(cards);
    Q_EMIT contentMoved();
}

// All at once: taken off one by one, each would be looked for among the others.
void CanvasScene::clearItems() {
    removeItem(m_overlay);
    clear();
    addItem(m_overlay);
    m_nodes.clear();
    m_wires.clear();
    m_wireOf.clear();
    m_wiresAt.clear();
    m_notes.clear();
    m_noteOf.clear();
    m_selected.clear();
    m_previewed.clear();
    m_putOff.clear();
    m_behind = false;
    m_hover = {};
    m_focus = {};
}

const WireIndex& CanvasScene::wireIndex() {
    if (!m_wireIndex || m_wireIndexOf != m_document.structure()) {
        m_wireIndex.emplace(m_document.pipeline());
        m_wireIndexOf = m_document.structure();
    }
    return *m_wireIndex;
}

CardFacts CanvasScene::factsOf(const NodeId& node) {
    return rw::ui::factsOf(m_document, m_session, wireIndex(), node);
}

CardModel CanvasScene::made(const Node& node, const CardFacts& facts) {
    ++m_cardsCreated;
    CardModel card = cardModel(m_document, m_session, wireIndex(), node, facts);
    showPath(card);
    return card;
}

void CanvasScene::addNode(const Node& node) {
    CardFacts facts = factsOf(node.id);
    auto* item = new NodeItem(made(node, facts));
    item->setFacts(std::move(facts));
    item->setPos(node.at.x, node.at.y);
    item->setZValue(layers::kNode);
    addItem(item);
    m_nodes[node.id] = item;
}

void CanvasScene::addNodes(const std::vector<ItemRef>& nodes) {
    std::vector<NodeItem*> cards;
    Ids added;
    for (const ItemRef& each : nodes) {
        const Node* node = m_document.node(nodeOf(each));
        if (node == nullptr) continue;
        addNode(*node);
        cards.push_back(this->node(node->id));
        added.insert(node->id);
    }
    for (NodeItem* card : cards) refreshLook(*card);
    routeWires(added);
    refreshWires(added);
    Q_EMIT cardsChanged(cards);
    Q_EMIT contentMoved();
}

void CanvasScene::addWire(const Wire& wire) {
    auto* item = new WireItem(wire);
    addItem(item);
    m_wires.push_back(item);
    m_wireOf.emplace(wire, item);
    m_wiresAt[wire.from.node].push_back(item);
    if (wire.to.node != wire.from.node) m_wiresAt[wire.to.node].push_back(item);
}

void CanvasScene::addNote(NoteId id) {
    const Note* note = m_document.note(id);
    if (note == nullptr) return;
    auto* item = new NoteItem(id, *note);
    addItem(item);
    m_noteOf[id] = item;
}

// One that comes back between others is painted between them again.
void CanvasScene::orderNotes() {
    m_notes.clear();
    for (const NoteId id : m_document.notes()) {
        NoteItem* item = note(id);
        if (item == nullptr) continue;
        item->setZValue(layers::kNote + static_cast<double>(m_notes.size()) * layers::kNextNote);
        m_notes.push_back(item);
    }
}

void CanvasScene::releaseItem(const ItemRef& item) {
    ++m_itemsRemoved;
    m_previewed.erase(item);
    if (m_hover.item == item) m_hover = {};
    if (m_focus.item == item || item == m_focus.from) setFocusTarget({});
}

void CanvasScene::removeNodes(const std::vector<ItemRef>& nodes) {
    for (const ItemRef& each : nodes) {
        NodeItem* item = node(nodeOf(each));
        if (item == nullptr) continue;
        releaseItem(each);
        m_nodes.erase(item->id());
        delete item;
    }
}

void CanvasScene::removeWires(const std::vector<ItemRef>& wires) {
    std::unordered_set<const WireItem*> gone;
    std::unordered_set<NodeId> ends;
    for (const ItemRef& each : wires) {
        const auto found = m_wireOf.find(each);
        if (found == m_wireOf.end()) continue;
        releaseItem(each);
        gone.insert(found->second);
        ends.insert({found->second->wire().from.node, found->second->wire().to.node});
        m_wireOf.erase(found);
    }
    const auto isGone = [&](const WireItem* item) { return gone.contains(item); };
    for (const NodeId& end : ends) {
        const auto at = m_wiresAt.find(end);
        if (std::erase_if(at->second, isGone) > 0 && at->second.empty()) m_wiresAt.erase(at);
    }
    std::erase_if(m_wires, isGone);
    for (const WireItem* item : gone) delete item;
}

void CanvasScene::removeNotes(const std::vector<ItemRef>& notes) {
    std::vector<const NoteItem*> gone;
    for (const ItemRef& each : notes) {
        const auto found = each.note() != nullptr ? m_noteOf.find(*each.note()) : m_noteOf.end();
        if (found == m_noteOf.end()) continue;
        releaseItem(each);
        gone.push_back(found->second);
        m_noteOf.erase(found);
    }
    orderNotes();
    for (const NoteItem* item : gone) delete item;  // now that no receiver of the other signals finds it
}

void CanvasScene::changeNotes(const std::vector<ItemRef>& notes) {
    for (const ItemRef& each : notes) place(each);
    Q_EMIT contentMoved();
}

/// Puts the item where it is in the document.
void CanvasScene::place(const ItemRef& each) {
    const Node* node = m_document.node(nodeOf(each));
    NodeItem* card = node != nullptr ? this->node(node->id) : nullptr;
    if (card != nullptr) card->setPos(node->at.x, node->at.y);
    const Note* note = each.note() != nullptr ? m_document.note(*each.note()) : nullptr;
    NoteItem* frame = note != nullptr ? this->note(*each.note()) : nullptr;
    if (frame != nullptr) frame->setNote(*note);
}

void CanvasScene::catchUp() {
    if (!std::exchange(m_behind, false)) return;
    Ids touched = std::exchange(m_putOff, {});
    matchNodes(touched);
    matchWires();
    matchNotes();
    refreshCards(touched);
    m_selected = m_document.selection().items();
    refreshLooks();
    routeWires();
    refreshWires();
    Q_EMIT contentMoved();
}

/// Nodes that are new are made as they are now, and need not be `touched` any more.
void CanvasScene::matchNodes(Ids& touched) {
    std::vector<ItemRef> gone;
    for (const auto& [id, item] : m_nodes) {
        if (m_document.node(id) == nullptr) gone.emplace_back(id);
    }
    removeNodes(gone);
    std::vector<NodeItem*> cards;
    for (const Node& node : m_document.pipeline().nodes) {
        if (NodeItem* item = this->node(node.id)) {
            item->setPos(node.at.x, node.at.y);
            continue;
        }
        addNode(node);
        touched.erase(node.id);
        cards.push_back(this->node(node.id));
    }
    if (!cards.empty()) Q_EMIT cardsChanged(cards);
}

void CanvasScene::matchWires() {
    std::unordered_map<ItemRef, int> missing;
    for (const Wire& wire : m_document.pipeline().wires) ++missing[wire];
    std::vector<ItemRef> gone;
    for (const WireItem* item : m_wires) {
        if (--missing[item->wire()] < 0) gone.emplace_back(item->wire());
    }
    removeWires(gone);
    for (const Wire& wire : m_document.pipeline().wires) {
        if (missing[wire]-- > 0) addWire(wire);
    }
}

void CanvasScene::matchNotes() {
    std::vector<ItemRef> gone;
    for (const NoteItem* item : m_notes) {
        if (m_document.note(item->id()) == nullptr) gone.emplace_back(item->id());
    }
    removeNotes(gone);
    for (const NoteId id : m_document.notes()) {
        if (note(id) == nullptr) addNote(id);
        place(id);
    }
    orderNotes();
}

// Only items of the change are looked at again: its nodes, and those at the other end of its wires.
void CanvasScene::onDocument(const DocumentChange& change) {
    Ids touched;
    for (const ItemRef& item : change.items) {
        if (const NodeId* id = item.node()) touched.insert(*id);
        if (const Wire* wire = item.wire()) touched.insert({wire->from.node, wire->to.node});
    }
    if (!m_awake && change.kind != Kind::Reset) {
        m_behind = true;
        return m_putOff.merge(touched);
    }
    switch (change.kind) {
        case Kind::Reset:
            return rebuild();
        case Kind::NodesAdded:
            return addNodes(change.items);
        case Kind::WiresRemoved:
        case Kind::NodesRemoved:
            if (m_nodes.empty() && m_wires.empty()) break;
            if (isBare(m_document.pipeline())) return rebuild();
            removeWires(change.items);
            removeNodes(change.items);
            break;
        case Kind::NodesMoved:
            m_previewed.insert(change.items.begin(), change.items.end());
            endPreview();
            Q_EMIT contentMoved();
            return;
        case Kind::WiresAdded:
            for (const ItemRef& item : change.items) addWire(*item.wire());
            break;
        case Kind::NotesAdded:
            for (const ItemRef& item : change.items) addNote(*item.note());
            orderNotes();
            for (NoteItem* item : m_notes) refreshLook(*item);
            Q_EMIT contentMoved();
            return;
        case Kind::NotesRemoved:
            removeNotes(change.items);
            Q_EMIT contentMoved();
            return;
        case Kind::NotesChanged:
            return changeNotes(change.items);
        case Kind::TitleChanged:  // cards that wait for this one name it
            for (const auto& [id, item] : m_nodes) {
                if (!item->facts().finding.empty()) touched.insert(id);
            }
            break;
        case Kind::ParamChanged:
        case Kind::FlagsChanged:
            break;
        case Kind::PropertiesChanged:
        case Kind::CardsChanged:
            return;
    }
    const bool moved = refreshCards(touched) || change.kind == Kind::NodesRemoved;
    routeWires(touched);
    for (const NodeId& id : touched) {
        for (WireItem* item : wiresAt(id)) refreshLook(*item);
    }
    refreshWires(touched);
    if (moved) Q_EMIT contentMoved();
}

}  // namespace rw::ui
