#include "widgets/canvas/tools/move_note_tool.h"

#include <QPainter>

#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

MoveNoteTool::MoveNoteTool(CanvasView& view, const PointerEvent& press, std::size_t note)
    : m_view(view),
      m_scene(view.canvas()),
      m_place(note),
      m_note(m_scene.document().pipeline().notes[note]),
      m_start(press.scene),
      m_pressed(press.view) {
    const QRectF frame(m_note.at.x, m_note.at.y, m_note.size.x, m_note.size.y);
    for (const auto& [id, item] : m_scene.nodes()) {
        if (frame.contains(item->cardRect())) m_inside[id] = item->pos();
    }
}

void MoveNoteTool::move(const PointerEvent& event) {
    if (!m_dragging && (event.view - m_pressed).manhattanLength() < kDragDistance) return;
    m_dragging = true;
    m_offset = event.scene - m_start;
    if (m_view.snapping()) m_offset = {snapped(m_offset.x()), snapped(m_offset.y())};
    std::map<NodeId, QPointF> places;
    for (const auto& [id, from] : m_inside) places[id] = from + m_offset;
    m_scene.preview(places);
    const QRectF frame(m_note.at.x + m_offset.x(), m_note.at.y + m_offset.y(), m_note.size.x, m_note.size.y);
    m_scene.overlay().show(frame.adjusted(-2, -2, 2, 2), [frame](QPainter& painter) {
        painter.setPen(QPen(Theme::of().tokens().accent, 1, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(frame, metrics::kCardRadius, metrics::kCardRadius);
    });
}

void MoveNoteTool::release(const PointerEvent&) {
    m_scene.overlay().clear();
    if (!m_dragging) return;
    PipelineDocument& document = m_scene.document();
    std::vector<std::pair<NodeId, Point>> targets;
    for (const auto& [id, from] : m_inside) {
        targets.emplace_back(id, Point{from.x() + m_offset.x(), from.y() + m_offset.y()});
    }
    Note moved = m_note;
    moved.at = {m_note.at.x + m_offset.x(), m_note.at.y + m_offset.y()};
    m_scene.endPreview();
    document.undoStack().beginMacro(CanvasView::tr("Move comment"));
    document.setNote(m_place, moved, {});
    document.move(targets);
    document.undoStack().endMacro();
}

void MoveNoteTool::cancel() {
    m_scene.overlay().clear();
    m_scene.endPreview();
}

}  // namespace rw::ui
