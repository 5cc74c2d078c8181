#include "widgets/canvas/tools/move_tool.h"

#include <QPainter>

#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/tools/insert_target.h"
#include "widgets/canvas/tools/moved_items.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

MoveTool::MoveTool(CanvasView& view, const PointerEvent& press, ItemRef item)
    : m_view(view),
      m_scene(view.canvas()),
      m_pressed(press.view),
      m_start(press.scene),
      m_item(std::move(item)) {
    Selection& selection = m_scene.document().selection();
    m_wasSelected = selection.contains(m_item);
    if (press.modifiers.testFlag(Qt::ShiftModifier)) {
        selection.toggle(m_item);
    } else if (!m_wasSelected) {
        selection.set({m_item});
    }
    m_scene.setFocusTarget({.item = m_item});
}

void MoveTool::begin(const PointerEvent& event) {
    m_dragging = true;
    m_copying = event.modifiers.testFlag(Qt::ControlModifier);
    for (const ItemRef& item : movedWithSelection(m_scene)) {
        m_moved.push_back({item, drawnRect(m_scene, item)});
        m_moving.insert(item);
        if (item == m_item) m_from = m_moved.back().from;
    }
}

void MoveTool::move(const PointerEvent& event) {
    if (!m_dragging) {
        if ((event.view - m_pressed).manhattanLength() < kDragDistance) return;
        begin(event);
    }
    if (m_from.isNull()) return;  // Shift+click took it out of the selection
    std::vector<QLineF> guides;
    m_offset = snappedOffset(event.scene - m_start, guides);
    if (!m_copying) {
        std::vector<std::pair<ItemRef, QPointF>> places;
        for (const Moved& moved : m_moved) places.emplace_back(moved.item, moved.from.topLeft() + m_offset);
        m_scene.preview(places);
        findTarget();
    }
    showGuides(guides);
}

// A comment keeps to the grid alone: its edges are those of nothing that one would line up with.
QPointF MoveTool::snappedOffset(QPointF offset, std::vector<QLineF>& guides) const {
    if (!m_view.snapping()) return offset;
    if (m_item.note() != nullptr) return {snapped(offset.x()), snapped(offset.y())};
    std::vector<QRectF> others;
    for (const NodeItem* card : m_scene.seen().cards) {
        if (!m_moving.contains(card->id())) others.push_back(card->cardRect());
    }
    Snap result = snap(m_from.translated(offset), others, 6 / m_scene.scale(), true);
    guides = std::move(result.guides);
    return offset + result.offset;
}

void MoveTool::findTarget() {
    const bool alone = m_moved.size() == 1 && m_item.node() != nullptr;
    m_target = alone ? wireUnder(m_scene, m_from.translated(m_offset), *m_item.node()) : std::nullopt;
    m_scene.setDropTarget(m_target ? ItemRef(*m_target) : ItemRef());
}

void MoveTool::showGuides(const std::vector<QLineF>& guides) {
    std::vector<QRectF> ghosts;
    QRectF area;
    for (const Moved& moved : m_moved) {
        if (!m_copying) break;
        ghosts.push_back(moved.from.translated(m_offset));
        area |= ghosts.back();
    }
    for (const QLineF& guide : guides)
        area |= QRectF(guide.p1(), guide.p2()).normalized().adjusted(-1, -1, 1, 1);
    m_scene.overlay().show(area.adjusted(-2, -2, 2, 2),
                           [guides, ghosts, pixel = 1 / m_scene.scale()](QPainter& painter) {
                               const Tokens& tokens = Theme::of().tokens();
                               painter.setPen(QPen(tokens.accent, pixel));
                               painter.setBrush(Qt::NoBrush);
                               painter.drawLines(QVector<QLineF>(guides.begin(), guides.end()));
                               painter.setPen(QPen(tokens.accent, pixel, Qt::DashLine));
                               for (const QRectF& ghost : ghosts)
                                   painter.drawRoundedRect(ghost, metrics::kCardRadius, metrics::kCardRadius);
                           });
}

void MoveTool::release(const PointerEvent& event) {
    m_scene.clearDragged();
    PipelineDocument& document = m_scene.document();
    if (!m_dragging) {
        // A click on one of several selected items selects that one alone.
        if (m_wasSelected && !event.modifiers.testFlag(Qt::ShiftModifier)) document.selection().set({m_item});
        return;
    }
    std::vector<ItemRef> items;
    std::vector<std::pair<ItemRef, Point>> targets;
    for (const Moved& moved : m_moved) {
        const QPointF to = moved.from.topLeft() + m_offset;
        items.push_back(moved.item);
        targets.emplace_back(moved.item, Point{to.x(), to.y()});
    }
    m_scene.endPreview();
    if (m_copying) {
        document.duplicate(items, {m_offset.x(), m_offset.y()});
    } else if (m_target) {
        document.undoStack().beginMacro(CanvasView::tr("Insert on wire"));
        document.move(targets);
        document.insertExisting(*m_item.node(), *m_target);
        document.undoStack().endMacro();
    } else {
        document.move(targets);
    }
}

void MoveTool::cancel() {
    m_scene.clearDragged();
    m_scene.endPreview();
}

}  // namespace rw::ui
