#include "widgets/canvas/outline.h"

#include <QSignalBlocker>
#include <algorithm>

#include "widgets/canvas/cards/card_facts.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/portability_check.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kNodeRole = Qt::UserRole;

NodeId shownNode(const QTreeWidgetItem& item) {
    return item.data(0, kNodeRole).toString().toStdString();
}

std::vector<NodeId> nodesOf(const DocumentChange& change) {
    std::vector<NodeId> nodes;
    for (const ItemRef& item : change.items) nodes.push_back(nodeOf(item));
    return nodes;
}

}  // namespace

Outline::Outline(PipelineDocument& document, RunSession& session, QWidget* parent)
    : QTreeWidget(parent), m_document(document), m_session(session) {
    setObjectName(QStringLiteral("outline"));
    setHeaderHidden(true);
    setSelectionMode(ExtendedSelection);
    connect(&document, &PipelineDocument::changed, this, &Outline::onDocument);
    connect(&document, &PipelineDocument::validatedChanged, this,
            qOverload<const std::vector<NodeId>&>(&Outline::describe));
    connect(&document.portability(), &PortabilityCheck::portabilityChanged, this,
            qOverload<const std::vector<NodeId>&>(&Outline::describe));
    connect(&session, &RunSession::stateChanged, this, qOverload<>(&Outline::describe));
    connect(&document.selection(), &Selection::changed, this, &Outline::selectFromDocument);
    connect(this, &QTreeWidget::itemSelectionChanged, this, &Outline::selectInDocument);
    connect(this, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem* item) { m_document.selection().reveal(shownNode(*item)); });
    describe();
}

void Outline::onDocument(const DocumentChange& change) {
    switch (change.kind) {
        case DocumentChange::Kind::NodesMoved:
        case DocumentChange::Kind::NotesAdded:
        case DocumentChange::Kind::NotesRemoved:
        case DocumentChange::Kind::NotesChanged:
        case DocumentChange::Kind::CardsChanged:
        case DocumentChange::Kind::PropertiesChanged:
            return;
        case DocumentChange::Kind::ParamChanged:
        case DocumentChange::Kind::TitleChanged:
        case DocumentChange::Kind::FlagsChanged:
            return describe(nodesOf(change));
        default:
            m_stale = true;
            if (isVisible()) rebuild();
    }
}

void Outline::showEvent(QShowEvent* event) {
    if (m_stale) rebuild();
    QTreeWidget::showEvent(event);
}

void Outline::rebuild() {
    const QSignalBlocker quiet(this);
    m_stale = false;
    clear();
    m_items.clear();
    const Pipeline& pipeline = m_document.pipeline();
    const WireIndex wires(pipeline);
    std::set<NodeId> shown;
    for (const Node& node : pipeline.nodes) {
        if (wires.into(node.id).empty()) addNode(invisibleRootItem(), node, wires, shown);
    }
    // The rest feeds itself: a loop, which is an error, but must be found here too.
    for (const Node& node : pipeline.nodes) {
        if (shown.count(node.id) == 0) addNode(invisibleRootItem(), node, wires, shown);
    }
    expandAll();
    describe();
    selectFromDocument();
}

// A node stands below each of its senders, but its own receivers only where it is met first.
void Outline::addNode(QTreeWidgetItem* parent, const Node& node, const WireIndex& wires,
                      std::set<NodeId>& shown) {
    auto* item = new QTreeWidgetItem(parent);
    item->setData(0, kNodeRole, QString::fromStdString(node.id));
    m_items.emplace(node.id, item);
    if (!shown.insert(node.id).second) return;
    std::set<NodeId> below;
    for (const Wire* wire : wires.outOf(node.id)) {
        const Node* next = m_document.node(wire->to.node);
        if (next != nullptr && below.insert(next->id).second) addNode(item, *next, wires, shown);
    }
}

void Outline::describe() {
    setAccessibleName(tr("Outline of the pipeline"));
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    const WireIndex wires(m_document.pipeline());
    for (const auto& [id, item] : m_items) {
        if (const Node* node = m_document.node(id)) describe(*item, *node, wires);
    }
}

void Outline::describe(const std::vector<NodeId>& nodes) {
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    const WireIndex wires(m_document.pipeline());
    for (const NodeId& id : nodes) {
        const Node* node = m_document.node(id);
        const auto [first, last] = m_items.equal_range(id);
        for (auto each = first; node != nullptr && each != last; ++each)
            describe(*each->second, *node, wires);
    }
}

void Outline::describe(QTreeWidgetItem& item, const Node& node, const WireIndex& wires) {
    const CardFacts facts = factsOf(m_document, m_session, wires, node.id);
    const CardModel card = cardModel(m_document, m_session, wires, node, facts);
    item.setText(0, card.title);
    item.setIcon(0, Theme::of().icon(card.icon, kindRole(card.group)));
    item.setToolTip(0, spoken(card));
    item.setData(0, Qt::AccessibleTextRole, spoken(card));
}

void Outline::selectFromDocument() {
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    const Selection& selection = m_document.selection();
    m_following = true;
    for (const auto& [id, item] : m_items) item->setSelected(selection.contains(id));
    m_following = false;
}

void Outline::selectInDocument() {
    if (m_following) return;
    std::vector<ItemRef> nodes;  // one below several others is counted once
    for (const QTreeWidgetItem* item : selectedItems()) nodes.emplace_back(shownNode(*item));
    m_document.selection().set(std::move(nodes));
    const std::vector<NodeId>& selected = m_document.selection().nodes();
    if (selected.size() == 1) m_document.selection().reveal(NodeId(selected.front()));
}

void Outline::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) describe();
    QTreeWidget::changeEvent(event);
}

}  // namespace rw::ui
