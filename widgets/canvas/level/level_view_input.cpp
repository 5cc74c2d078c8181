// How LevelView takes mouse, keys and drops: it chooses, moves about and refuses to change anything.
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <cmath>
#include <limits>
#include <utility>

#include "widgets/canvas/level/level_view.h"
#include "widgets/document/editing/node_template.h"

namespace rw::ui {

NodeItem* LevelView::cardUnder(QPoint at) const {
    for (QGraphicsItem* each : items(at)) {
        for (; each != nullptr; each = each->parentItem()) {
            if (auto* card = dynamic_cast<NodeItem*>(each)) return card;
        }
    }
    return nullptr;
}

void LevelView::mousePressEvent(QMouseEvent* event) {
    press(event->pos());
    const NodeItem* card = cardUnder(event->pos());
    m_pressedOnCard = card != nullptr && event->button() == Qt::LeftButton;
    m_refused = false;
    if (event->button() != Qt::MiddleButton) choose(card != nullptr ? card->id() : NodeId());
    event->accept();
}

void LevelView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() == Qt::NoButton) return GraphView::mouseMoveEvent(event);
    const QPoint by = movedTo(event->pos());
    if (!m_pressedOnCard) return panBy(by);
    if (isDragged(event->pos()) && !std::exchange(m_refused, true)) Q_EMIT editRefused();
}

void LevelView::mouseReleaseEvent(QMouseEvent* event) {
    event->accept();
}

void LevelView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const NodeItem* card = cardUnder(event->pos());
    if (card == nullptr) return Q_EMIT editRefused();  // elsewhere it would add a node
    choose(card->id());
    activate();
}

void LevelView::activate() {
    if (const LevelNode* node = chosen(); node != nullptr && node->isSubflow)
        Q_EMIT subflowActivated(NodeId(node->node.id));
}

// To the nearest card in that direction; from none to the first.
void LevelView::walk(Qt::Key key) {
    if (m_cards.empty()) return;
    const auto here = m_cards.find(m_chosen);
    if (here == m_cards.end()) return choose(m_graph.nodes.front().node.id);
    const QPointF from = here->second->cardRect().center();
    double best = std::numeric_limits<double>::max();
    NodeId next;
    for (const auto& [id, card] : m_cards) {
        const QPointF way = card->cardRect().center() - from;
        const bool across = key == Qt::Key_Left || key == Qt::Key_Right;
        const double along = across ? way.x() : way.y(), beside = std::abs(across ? way.y() : way.x());
        const double ahead = key == Qt::Key_Left || key == Qt::Key_Up ? -along : along;
        if (ahead <= 0 || ahead + 2 * beside >= best) continue;
        best = ahead + 2 * beside;
        next = id;
    }
    if (!next.empty()) choose(next);
}

void LevelView::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    const bool arrow =
        key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
    const bool up = event->modifiers() == Qt::AltModifier && key == Qt::Key_Up;
    if (up || (plain && key == Qt::Key_Backspace)) return Q_EMIT upRequested();
    if (plain && arrow) return walk(static_cast<Qt::Key>(key));
    if (plain && (key == Qt::Key_Return || key == Qt::Key_Enter)) return activate();
    const bool edits = key == Qt::Key_Delete || key == Qt::Key_F2 || key == Qt::Key_A || key == Qt::Key_C ||
                       (arrow && event->modifiers().testFlag(Qt::AltModifier));
    if ((plain || arrow) && edits) return Q_EMIT editRefused();
    event->ignore();  // Esc, for one, is not of this view: what is chosen stays so
}

// Taken, so that the refusal can be said where something is dropped.
void LevelView::dragEnterEvent(QDragEnterEvent* event) {
    if (nodeTemplate(*event->mimeData())) event->acceptProposedAction();
}

void LevelView::dragMoveEvent(QDragMoveEvent* event) {
    if (nodeTemplate(*event->mimeData())) event->acceptProposedAction();
}

void LevelView::dropEvent(QDropEvent* event) {
    event->setDropAction(Qt::IgnoreAction);
    event->accept();
    Q_EMIT editRefused();
}

}  // namespace rw::ui
