#include "widgets/canvas/outline.h"

#include <QSignalBlocker>
#include <algorithm>

#include "widgets/canvas/cards/card_model.h"
#include "widgets/document/node_mark.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kNodeRole = Qt::UserRole;

NodeId nodeOf(const QTreeWidgetItem& item) {
    return item.data(0, kNodeRole).toString().toStdString();
}

}  // namespace

Outline::Outline(PipelineDocument& document, RunSession& session, QWidget* parent)
    : QTreeWidget(parent), m_document(document), m_session(session) {
    setObjectName(QStringLiteral("outline"));
    setHeaderHidden(true);
    setSelectionMode(ExtendedSelection);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        using Kind = DocumentChange::Kind;
        const bool moved = change.kind == Kind::NodesMoved || change.kind == Kind::NotesChanged ||
                           change.kind == Kind::CardsChanged;
        if (!moved) rebuild();
    });
    connect(&document, &PipelineDocument::validatedChanged, this, &Outline::describe);
    connect(&session, &RunSession::stateChanged, this, &Outline::describe);
    connect(&document.selection(), &Selection::changed, this, &Outline::takeSelection);
    connect(this, &QTreeWidget::itemSelectionChanged, this, &Outline::giveSelection);
    connect(this, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem* item) { m_document.selection().reveal(nodeOf(*item)); });
    rebuild();
}

void Outline::rebuild() {
    const QSignalBlocker quiet(this);
    clear();
    const Pipeline& pipeline = m_document.pipeline();
    std::set<NodeId> shown;
    for (const Node& node : pipeline.nodes) {
        const bool fed = std::any_of(pipeline.wires.begin(), pipeline.wires.end(),
                                     [&](const Wire& wire) { return wire.to.node == node.id; });
        if (!fed) addNode(invisibleRootItem(), node, shown);
    }
    // What is left feeds itself: a loop, which is an error, but must be found here too.
    for (const Node& node : pipeline.nodes) {
        if (shown.count(node.id) == 0) addNode(invisibleRootItem(), node, shown);
    }
    expandAll();
    describe();
    takeSelection();
}

// A node stands below each that feeds it, but what it feeds only where it is met first.
void Outline::addNode(QTreeWidgetItem* parent, const Node& node, std::set<NodeId>& shown) {
    auto* item = new QTreeWidgetItem(parent, {titleOf(node)});
    item->setData(0, kNodeRole, QString::fromStdString(node.id));
    if (!shown.insert(node.id).second) return;
    std::set<NodeId> below;
    for (const Wire& wire : m_document.pipeline().wires) {
        const Node* next = wire.from.node == node.id ? m_document.pipeline().find(wire.to.node) : nullptr;
        if (next != nullptr && below.insert(next->id).second) addNode(item, *next, shown);
    }
}

void Outline::describe() {
    setAccessibleName(tr("Outline of the pipeline"));
    const WireIndex wires(m_document.pipeline());
    for (QTreeWidgetItemIterator at(this); *at != nullptr; ++at) {
        const Node* node = m_document.pipeline().find(nodeOf(**at));
        if (node == nullptr) continue;
        const CardModel card = cardModel(m_document, m_session, wires, *node);
        (*at)->setIcon(0, Theme::of().icon(card.icon, kindRole(card.group)));
        (*at)->setToolTip(0, spoken(card));
        (*at)->setData(0, Qt::AccessibleTextRole, spoken(card));
    }
}

void Outline::takeSelection() {
    m_following = true;
    for (QTreeWidgetItemIterator at(this); *at != nullptr; ++at) {
        (*at)->setSelected(m_document.selection().contains(nodeOf(**at)));
    }
    m_following = false;
}

void Outline::giveSelection() {
    if (m_following) return;
    std::vector<NodeId> nodes;
    for (const QTreeWidgetItem* item : selectedItems()) {
        const NodeId id = nodeOf(*item);
        if (std::find(nodes.begin(), nodes.end(), id) == nodes.end()) nodes.push_back(id);
    }
    if (nodes.size() == 1) {
        m_document.selection().reveal(nodes.front());
    } else {
        m_document.selection().set(std::move(nodes));
    }
}

void Outline::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) describe();
    QTreeWidget::changeEvent(event);
}

}  // namespace rw::ui
