// How CanvasView takes mouse, wheel, keys and drops.
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>

#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/keyboard_navigator.h"
#include "widgets/canvas/tools/connect_tool.h"
#include "widgets/canvas/tools/insert_target.h"
#include "widgets/canvas/tools/move_note_tool.h"
#include "widgets/canvas/tools/move_tool.h"
#include "widgets/canvas/tools/pan_tool.h"
#include "widgets/canvas/tools/rubber_band_tool.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr double kWireEnd = 28;  // this near to its end a wire is taken off its port

std::optional<Wire> wireInto(const CanvasScene& scene, const PortRef& input) {
    for (const WireItem* item : scene.wires()) {
        if (item->wire().to == input) return item->wire();
    }
    return std::nullopt;
}

WireDraft draftOfEnd(const CanvasScene& scene, const Wire& wire, bool moveStart) {
    const PortRef& fixed = moveStart ? wire.to : wire.from;
    const NodeItem* item = scene.node(fixed.node);
    return {{fixed.node, item->portIndex(fixed.port, moveStart)}, moveStart, wire};
}

// A wired input gives up its wire; any other port begins a new one.
std::optional<WireDraft> draftAt(const CanvasScene& scene, const Hit& hit) {
    if (hit.kind == Hit::Kind::Port) {
        const PortSpot spot{hit.node, hit.port};
        const bool input = scene.isInput(spot);
        const std::optional<Wire> wire = input ? wireInto(scene, scene.portRef(spot)) : std::nullopt;
        return wire ? draftOfEnd(scene, *wire, false) : WireDraft{spot, input};
    }
    if (hit.kind != Hit::Kind::Wire) return std::nullopt;
    const double length = scene.wire(*hit.wire)->course().length();
    if (hit.along > kWireEnd && hit.along < length - kWireEnd) return std::nullopt;
    return draftOfEnd(scene, *hit.wire, hit.along <= length / 2);
}

PressedEnd pressedEnd(const CanvasScene& scene, const Hit& hit) {
    if (hit.kind == Hit::Kind::Wire) return {{.wire = hit.wire}, {*hit.wire}};
    PressedEnd pressed{{.node = hit.node, .port = hit.port}};
    const PortSpot spot{hit.node, hit.port};
    const PortRef port = scene.portRef(spot);
    const bool input = scene.isInput(spot);
    for (const WireItem* item : scene.wires()) {
        if ((input ? item->wire().to : item->wire().from) == port) pressed.wires.push_back(item->wire());
    }
    return pressed;
}

}  // namespace

PointerEvent CanvasView::pointer(const QMouseEvent& event) const {
    return {mapToScene(event.pos()), event.pos(), event.modifiers()};
}

std::unique_ptr<Tool> CanvasView::toolFor(const QMouseEvent& event, const Hit& hit) {
    const PointerEvent press = pointer(event);
    if (event.button() == Qt::MiddleButton || m_spaceHeld) return std::make_unique<PanTool>(*this, press);
    if (std::optional<WireDraft> draft = draftAt(*m_scene, hit); draft && draft->fixed.port >= 0) {
        return std::make_unique<ConnectTool>(*this, press, std::move(*draft), pressedEnd(*m_scene, hit));
    }
    if (hit.kind != Hit::Kind::Note) m_scene->selectNote(std::nullopt);
    switch (hit.kind) {
        case Hit::Kind::Node:
            return std::make_unique<MoveTool>(*this, press, hit.node);
        case Hit::Kind::Note:
            m_scene->selectNote(hit.note);
            return std::make_unique<MoveNoteTool>(*this, press, hit.note);
        case Hit::Kind::Wire:
            m_document.selection().set({}, {*hit.wire});
            m_scene->setFocusTarget({.wire = hit.wire});
            return nullptr;
        default:
            return std::make_unique<RubberBandTool>(*m_scene, press);
    }
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::RightButton) return;  // contextMenuEvent() follows
    cancelTool();
    m_keyboard->leaveModes();
    m_spaceDragged = m_spaceHeld;
    m_tool = toolFor(*event, m_scene->hitAt(mapToScene(event->pos())));
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
    if (m_tool) {
        // What it selects may take the focus away, and that cancels it in the middle of its move.
        const std::shared_ptr<Tool> tool = m_tool;
        tool->move(pointer(*event));
        if (m_tool != tool) tool->cancel();
    } else {
        m_scene->setHover(m_scene->hitAt(mapToScene(event->pos())));
    }
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_tool) return;
    const std::shared_ptr<Tool> tool = std::move(m_tool);
    tool->release(pointer(*event));
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const QPointF at = mapToScene(event->pos());
    const Hit hit = m_scene->hitAt(at);
    if (hit.kind == Hit::Kind::None) {
        openQuickAdd(at, {});
    } else if (hit.kind == Hit::Kind::Node && hit.part == Hit::Part::Title) {
        startRename(hit.node);
    } else if (hit.kind == Hit::Kind::Node && hit.part == Hit::Part::Thumbnail) {
        Q_EMIT chartActivated(hit.node);
    } else if (hit.kind == Hit::Kind::Node) {
        Q_EMIT nodeActivated(hit.node);
    } else if (hit.kind == Hit::Kind::Note) {
        Q_EMIT noteEditWanted(hit.note);
    } else if (hit.kind == Hit::Kind::Wire) {
        openQuickAdd(at, {.wire = hit.wire});
    }
}

void CanvasView::wheelEvent(QWheelEvent* event) {
    const QPoint pixels = event->pixelDelta();
    const QPoint angle = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        zoomTo(m_zoom * std::pow(1.0015, angle.y()), event->position().toPoint());
    } else {
        QPoint by = pixels.isNull() ? angle / 2 : pixels;
        if (event->modifiers().testFlag(Qt::ShiftModifier)) by = by.transposed();
        panBy(by);
    }
    event->accept();
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_tool) {
        cancelTool();
    } else if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        if (event->isAutoRepeat()) return;
        m_spaceHeld = true;
        m_spaceDragged = false;
        viewport()->setCursor(Qt::OpenHandCursor);
    } else if (!m_keyboard->handle(*event)) {
        event->ignore();
    }
}

void CanvasView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Space || event->isAutoRepeat() || !m_spaceHeld) return;
    m_spaceHeld = false;
    viewport()->setCursor(Qt::ArrowCursor);
    if (!m_spaceDragged) m_keyboard->toggle();
}

void CanvasView::focusOutEvent(QFocusEvent* event) {
    m_spaceHeld = false;
    cancelTool();
    m_keyboard->leaveModes();
    QGraphicsView::focusOutEvent(event);
}

void CanvasView::leaveEvent(QEvent* event) {
    if (!m_tool && !viewport()->rect().contains(mapFromGlobal(QCursor::pos()))) m_scene->setHover({});
    QGraphicsView::leaveEvent(event);
}

void CanvasView::contextMenuEvent(QContextMenuEvent* event) {
    Hit hit = m_scene->hitAt(mapToScene(event->pos()));
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const CanvasFocus& focus = m_scene->focusTarget();
        hit = {};
        if (focus.wire) {
            hit = {.kind = Hit::Kind::Wire, .wire = focus.wire};
            at = viewport()->mapToGlobal(mapFromScene(m_scene->wire(*focus.wire)->course().middle()));
        } else if (const NodeItem* item = m_scene->node(focus.node)) {
            hit = {.kind = Hit::Kind::Node, .node = focus.node};
            at = viewport()->mapToGlobal(mapFromScene(item->cardRect().center()));
        }
    }
    cancelTool();
    if (hit.kind == Hit::Kind::Port) hit.kind = Hit::Kind::Node;
    if (hit.kind == Hit::Kind::Node && !m_document.selection().contains(hit.node))
        m_document.selection().set({hit.node});
    if (hit.kind == Hit::Kind::Wire) m_document.selection().set({}, {*hit.wire});
    if (hit.kind == Hit::Kind::Note) m_scene->selectNote(hit.note);
    Q_EMIT contextMenuWanted(hit, at);
}

QRectF CanvasView::droppedCard(QPointF at, NodeGroup group) const {
    const double width = cardWidth(group);
    QPointF corner = at - QPointF(width / 2, card_metrics::kHeader / 2);
    if (m_snapping) corner = {snapped(corner.x()), snapped(corner.y())};
    return {corner, QSizeF(width, group == NodeGroup::Sink ? 144 : 138)};
}

void CanvasView::dragEnterEvent(QDragEnterEvent* event) {
    if (nodeTemplate(*event->mimeData())) event->acceptProposedAction();
}

void CanvasView::dragMoveEvent(QDragMoveEvent* event) {
    const std::optional<NodeTemplate> node = nodeTemplate(*event->mimeData());
    const NodeKind* kind = node ? m_document.catalogue().find(node->type) : nullptr;
    if (kind == nullptr) return;
    event->acceptProposedAction();
    const QRectF card = droppedCard(mapToScene(event->position().toPoint()), kind->group);
    m_scene->setDropTarget({}, wireUnder(*m_scene, card, *node));
    showDropPreview(card, node->title);
}

void CanvasView::showDropPreview(const QRectF& card, const QString& title) {
    m_scene->overlay().show(card.adjusted(-2, -2, 2, 2), [card, title](QPainter& painter) {
        const Tokens& tokens = Theme::of().tokens();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(tokens.accent, 1, Qt::DashLine));
        painter.setBrush(shaded(tokens.card, Shade::Preview));
        painter.drawRoundedRect(card, metrics::kCardRadius, metrics::kCardRadius);
        painter.setFont(sceneFont(TextStyle::BodyStrong));
        painter.setPen(tokens.text);
        painter.drawText(card.adjusted(12, 8, -12, 0), Qt::AlignLeft | Qt::AlignTop, title);
    });
}

void CanvasView::dragLeaveEvent(QDragLeaveEvent*) {
    m_scene->clearDragged();
}

void CanvasView::dropEvent(QDropEvent* event) {
    m_scene->clearDragged();
    const std::optional<NodeTemplate> node = nodeTemplate(*event->mimeData());
    const NodeKind* kind = node ? m_document.catalogue().find(node->type) : nullptr;
    if (kind == nullptr) return;
    event->acceptProposedAction();
    const QRectF card = droppedCard(mapToScene(event->position().toPoint()), kind->group);
    const Point at{card.left(), card.top()};
    if (const std::optional<Wire> wire = wireUnder(*m_scene, card, *node)) {
        m_document.insertNode(*node, at, *wire);
    } else {
        m_document.addNode(*node, at);
    }
    setFocus(Qt::OtherFocusReason);
}

}  // namespace rw::ui
