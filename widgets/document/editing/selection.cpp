#include "widgets/document/editing/selection.h"

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

Selection::Selection(PipelineDocument& document) : QObject(&document), m_document(document) {
    connect(&document, &PipelineDocument::changed, this, &Selection::onDocument);
}

const Node* Selection::single() const {
    return m_items.size() == 1 && m_nodes.size() == 1 ? m_document.node(m_nodes.front()) : nullptr;
}

// The log, for one, goes on naming nodes that are gone.
bool Selection::isGone(const ItemRef& item) const {
    if (const NodeId* node = item.node()) return m_document.node(*node) == nullptr;
    if (const NoteId* note = item.note()) return m_document.note(*note) == nullptr;
    return item.empty();
}

void Selection::set(std::vector<ItemRef> items) {
    std::vector<ItemRef> wanted;
    wanted.reserve(items.size());  // so that none moves
    Known known;
    known.reserve(items.size());
    for (ItemRef& item : items) {
        if (isGone(item) || known.contains(&item)) continue;
        wanted.push_back(std::move(item));
        known.insert(&wanted.back());
    }
    if (wanted == m_items) return;
    take(std::move(wanted));
    Q_EMIT changed();
}

void Selection::take(std::vector<ItemRef> items) {
    m_known.clear();
    m_items = std::move(items);
    m_known.reserve(m_items.size());
    m_nodes.clear();
    m_wires.clear();
    m_notes.clear();
    for (const ItemRef& item : m_items) {
        m_known.insert(&item);
        if (const NodeId* node = item.node()) m_nodes.push_back(*node);
        if (const Wire* wire = item.wire()) m_wires.push_back(*wire);
        if (const NoteId* note = item.note()) m_notes.push_back(*note);
    }
}

void Selection::toggle(const ItemRef& item) {
    std::vector<ItemRef> items = m_items;
    if (std::erase(items, item) == 0) items.push_back(item);
    set(std::move(items));
}

void Selection::selectAll() {
    std::vector<ItemRef> all;
    for (const Node& node : m_document.pipeline().nodes) all.emplace_back(node.id);
    for (const Wire& wire : m_document.pipeline().wires) all.emplace_back(wire);
    for (const NoteId note : m_document.notes()) all.emplace_back(note);
    set(std::move(all));
}

void Selection::reveal(const NodeId& node, const std::string& param) {
    set({outermost(node)});
    Q_EMIT revealed(node, param);
}

void Selection::onDocument(const DocumentChange& change) {
    using Kind = DocumentChange::Kind;
    if (m_items.empty()) return;
    if (change.kind == Kind::Reset) return clear();
    if (change.kind != Kind::NodesRemoved && change.kind != Kind::WiresRemoved &&
        change.kind != Kind::NotesRemoved) {
        return;
    }
    std::size_t gone = 0;
    for (const ItemRef& item : change.items) gone += m_known.erase(&item);
    if (gone == 0) return;
    std::vector<ItemRef> left;
    for (const ItemRef& item : m_items) {
        if (m_known.contains(&item)) left.push_back(item);
    }
    take(std::move(left));
    Q_EMIT changed();
}

}  // namespace rw::ui
