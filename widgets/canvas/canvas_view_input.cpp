// How CanvasView takes mouse, wheel, keys and drops.
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>

#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/keyboard_navigator.h"
#include "widgets/canvas/tools/connect_tool.h"
#include "widgets/canvas/tools/insert_target.h"
#include "widgets/canvas/tools/move_tool.h"
#include "widgets/canvas/tools/pan_tool.h"
#include "widgets/canvas/tools/rubber_band_tool.h"
#include "widgets/canvas/tools/size_note_tool.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/document/example_drop.h"
#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr double kWireEnd = 28;  // this near to its end a wire is taken off its port

std::optional<Wire> wireInto(const CanvasScene& scene, const PortRef& input) {
    for (const WireItem* item : scene.wiresAt(input.node)) {
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
    if (hit.port >= 0) {
        const PortSpot spot{nodeOf(hit.item), hit.port};
        const bool input = scene.isInput(spot);
        const std::optional<Wire> wire = input ? wireInto(scene, scene.portRef(spot)) : std::nullopt;
        return wire ? draftOfEnd(scene, *wire, false) : WireDraft{spot, input};
    }
    const Wire* wire = hit.item.wire();
    if (wire == nullptr) return std::nullopt;
    const double length = scene.wire(*wire)->course().length();
    if (hit.along > kWireEnd && hit.along < length - kWireEnd) return std::nullopt;
    return draftOfEnd(scene, *wire, hit.along <= length / 2);
}

PressedEnd pressedEnd(const CanvasScene& scene, const Hit& hit) {
    PressedEnd pressed{.focus = {.item = hit.item, .port = hit.port}};
    if (hit.item.wire() != nullptr) {
        pressed.wires.push_back(hit.item);
        return pressed;
    }
    const PortSpot spot{nodeOf(hit.item), hit.port};
    const PortRef port = scene.portRef(spot);
    const bool input = scene.isInput(spot);
    for (const WireItem* item : scene.wiresAt(spot.node)) {
        if ((input ? item->wire().to : item->wire().from) == port) pressed.wires.emplace_back(item->wire());
    }
    return pressed;
}

Qt::CursorShape cursorOver(const Hit& hit) {
    if (hit.part == Hit::Part::Listen) return Qt::PointingHandCursor;
    return hit.part == Hit::Part::Corner ? Qt::SizeFDiagCursor : Qt::ArrowCursor;
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
    if (hit.item.empty()) return std::make_unique<RubberBandTool>(*m_scene, press);
    if (hit.item.wire() != nullptr) {
        m_document.selection().set({hit.item});
        m_scene->setFocusTarget({.item = hit.item});
        return nullptr;
    }
    if (hit.part == Hit::Part::Listen && event.button() == Qt::LeftButton) {
        m_document.selection().set({hit.item});
        m_scene->setFocusTarget({.item = hit.item});
        Q_EMIT listenRequested(*hit.item.node());
        return nullptr;
    }
    if (hit.part == Hit::Part::Corner) return std::make_unique<SizeNoteTool>(*this, press, *hit.item.note());
    return std::make_unique<MoveTool>(*this, press, hit.item);
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::RightButton) return;  // contextMenuEvent() follows
    setUsesKeys(false);
    cancelTool();
    m_keyboard->leaveModes();
    m_spaceDragged = m_spaceHeld;
    m_tool = toolFor(*event, m_scene->hitAt(mapToScene(event->pos())));
    setPointer(event->pos());
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
    if (m_tool) {
        // Its selection may take the focus away, and that cancels it in the middle of its move.
        const std::shared_ptr<Tool> tool = m_tool;
        m_pointer = event->pos();
        tool->move(pointer(*event));
        if (m_tool != tool) tool->cancel();
    } else {
        setPointer(event->pos());
        const Hit& hit = m_scene->hover();
        const Qt::CursorShape cursor = m_spaceHeld ? Qt::OpenHandCursor : cursorOver(hit);
        if (viewport()->cursor().shape() != cursor) viewport()->setCursor(cursor);
    }
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_tool) return;
    const std::shared_ptr<Tool> tool = std::move(m_tool);
    tool->release(pointer(*event));
    setPointer(viewport()->rect().contains(event->pos()) ? std::optional(event->pos()) : std::nullopt);
}

// A tool itself shows its effect: nothing else is hovered meanwhile.
void CanvasView::setPointer(std::optional<QPoint> at) {
    m_pointer = at;
    m_scene->setHover(at && !m_tool ? m_scene->hitAt(mapToScene(*at)) : Hit{});
}

// An item that came under the pointer by itself is hovered when the pointer moves: cards that pass by while
// the canvas is scrolled need no buttons.
void CanvasView::dropStaleHover() {
    const ItemRef& hovered = m_scene->hover().item;
    if (hovered.empty()) return;
    if (!m_pointer || m_scene->hitAt(mapToScene(*m_pointer)).item != hovered) m_scene->setHover({});
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const QPointF at = mapToScene(event->pos());
    const Hit hit = m_scene->hitAt(at);
    if (hit.item.empty()) {
        openQuickAdd(at, {});
    } else if (const Wire* wire = hit.item.wire()) {
        openQuickAdd(at, {.wire = *wire});
    } else if (const NoteId* note = hit.item.note()) {
        startNoteEdit(*note);
    } else if (hit.port >= 0 || hit.part == Hit::Part::Listen) {
        return;
    } else if (hit.part == Hit::Part::Title) {
        startRename(*hit.item.node());
    } else if (hit.part == Hit::Part::Thumbnail) {
        Q_EMIT chartActivated(*hit.item.node());
    } else if (m_document.isSubflow(*hit.item.node())) {
        Q_EMIT subflowActivated(*hit.item.node());
    } else {
        Q_EMIT nodeActivated(*hit.item.node());
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

void CanvasView::setUsesKeys(bool keys) {
    m_usesKeys = keys;
    m_scene->setFocusMarked(keys);
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
    setUsesKeys(true);
    if (event->key() == Qt::Key_Escape && m_tool) {
        cancelTool();
    } else if (event->key() == Qt::Key_Escape && !m_scene->lit().empty() && !m_keyboard->isChoosing()) {
        Q_EMIT litDismissed();
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

void CanvasView::focusInEvent(QFocusEvent* event) {
    const Qt::FocusReason reason = event->reason();
    const bool byKeys =
        reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    setUsesKeys(byKeys || m_usesKeys);
    QGraphicsView::focusInEvent(event);
}

void CanvasView::focusOutEvent(QFocusEvent* event) {
    m_scene->setFocusMarked(false);
    m_spaceHeld = false;
    cancelTool();
    m_keyboard->leaveModes();
    QGraphicsView::focusOutEvent(event);
}

void CanvasView::leaveEvent(QEvent* event) {
    setPointer(std::nullopt);
    QGraphicsView::leaveEvent(event);
}

void CanvasView::hideEvent(QHideEvent* event) {
    setPointer(std::nullopt);
    QGraphicsView::hideEvent(event);
}

bool CanvasView::event(QEvent* event) {
    if (event->type() == QEvent::WindowDeactivate) setPointer(std::nullopt);
    return QGraphicsView::event(event);
}

void CanvasView::contextMenuEvent(QContextMenuEvent* event) {
    Hit hit = m_scene->hitAt(mapToScene(event->pos()));
    QPoint at = event->globalPos();
    const auto onScreen = [this](QPointF scene) { return viewport()->mapToGlobal(mapFromScene(scene)); };
    if (event->reason() == QContextMenuEvent::Keyboard) {
        hit = {.item = m_scene->focusTarget().item};
        const NodeItem* card = m_scene->node(nodeOf(hit.item));
        const WireItem* line = hit.item.wire() != nullptr ? m_scene->wire(hit.item) : nullptr;
        const NoteItem* frame = hit.item.note() != nullptr ? m_scene->note(*hit.item.note()) : nullptr;
        if (card != nullptr) at = onScreen(card->cardRect().center());
        if (line != nullptr) at = onScreen(line->course().middle());
        const QPointF head(NoteItem::kHead, NoteItem::kHead / 2);
        if (frame != nullptr) at = onScreen(frame->frame().topLeft() + head);
        if (hit.item.empty()) {  // what the menu adds comes to where it opens
            const Point free = placeForNewNode(NodeGroup::Window);
            at = onScreen({free.x, free.y});
        }
    }
    cancelTool();
    setPointer(std::nullopt);  // the menu has it, and its place after that is not known
    if (!hit.item.empty() && !m_document.selection().contains(hit.item))
        m_document.selection().set({hit.item});
    Q_EMIT contextMenuRequested(hit, at);
}

void CanvasView::dragEnterEvent(QDragEnterEvent* event) {
    const QMimeData& data = *event->mimeData();
    if (nodeTemplate(data) || exampleFrom(data)) event->acceptProposedAction();
}

void CanvasView::dragMoveEvent(QDragMoveEvent* event) {
    if (const std::optional<Example> example = exampleFrom(*event->mimeData())) {
        event->acceptProposedAction();
        const QPointF at = mapToScene(event->position().toPoint());
        return showDropPreview(droppedCard(at, NodeGroup::Transform), example->title);
    }
    const std::optional<NodeTemplate> node = nodeTemplate(*event->mimeData());
    const NodeKind* kind = node ? m_document.catalogue().of(node->type, node->params) : nullptr;
    if (kind == nullptr) return;
    event->acceptProposedAction();
    const QRectF card = droppedCard(mapToScene(event->position().toPoint()), kind->group);
    const std::optional<Wire> wire = wireUnder(*m_scene, card, *node);
    m_scene->setDropTarget(wire ? ItemRef(*wire) : ItemRef());
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
    if (const std::optional<Example> example = exampleFrom(*event->mimeData())) {
        event->acceptProposedAction();
        return dropExample(*example, event->position().toPoint());
    }
    const std::optional<NodeTemplate> node = nodeTemplate(*event->mimeData());
    const NodeKind* kind = node ? m_document.catalogue().of(node->type, node->params) : nullptr;
    if (kind == nullptr) return;
    event->acceptProposedAction();
    const QRectF card = droppedCard(mapToScene(event->position().toPoint()), kind->group);
    if (const std::optional<Wire> wire = wireUnder(*m_scene, card, *node)) {
        // Where there is room it stays where the hand has put it.
        if (isFree(card)) {
            m_document.insertNode(*node, {card.left(), card.top()}, *wire);
        } else {
            revealNew(insertOnWire(*node, *wire, card.topLeft()));
        }
    } else {
        revealNew(m_document.addNode(*node, placeAt(card.topLeft(), kind->group)));
    }
    setFocus(Qt::OtherFocusReason);
}

// Later: copying its files may take a while, and the place that it comes from waits until the drop is over.
void CanvasView::dropExample(const Example& example, QPoint at) {
    const QPointF corner = droppedCard(mapToScene(at), NodeGroup::Transform).topLeft();
    QTimer::singleShot(0, this, [this, example, corner] {
        setFocus(Qt::OtherFocusReason);
        const Status done = insertExample(m_document, example, {corner.x(), corner.y()});
        if (done.ok()) return;
        Issue issue;
        issue.message = done.error().message;
        issue.fix = done.error().fix;
        showRefusal(issue, std::nullopt, mapFromScene(corner));
    });
}

}  // namespace rw::ui
