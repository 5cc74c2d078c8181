#include "widgets/canvas/tools/size_note_tool.h"

#include <algorithm>

#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/tools/snapping.h"

namespace rw::ui {

SizeNoteTool::SizeNoteTool(CanvasView& view, const PointerEvent& press, NoteId note)
    : m_view(view),
      m_scene(view.canvas()),
      m_note(note),
      m_pressed(press.view),
      m_start(press.scene),
      m_from(m_scene.note(note)->frame()) {
    m_scene.document().selection().set({note});
    m_scene.setFocusTarget({.item = note});
}

QSizeF SizeNoteTool::sizeAt(QPointF scene) const {
    QPointF corner = m_from.bottomRight() + scene - m_start;
    if (m_view.snapping()) corner = {snapped(corner.x()), snapped(corner.y())};
    const QPointF size = corner - m_from.topLeft();
    return {std::max(size.x(), PipelineDocument::kLeastNote.x),
            std::max(size.y(), PipelineDocument::kLeastNote.y)};
}

void SizeNoteTool::move(const PointerEvent& event) {
    if (!m_dragging && (event.view - m_pressed).manhattanLength() < kDragDistance) return;
    m_dragging = true;
    m_scene.previewSize(m_note, sizeAt(event.scene));
}

void SizeNoteTool::release(const PointerEvent& event) {
    if (!m_dragging) return;
    m_scene.endPreview();
    const QSizeF size = sizeAt(event.scene);
    m_scene.document().sizeNotes({{m_note, {size.width(), size.height()}}});
}

void SizeNoteTool::cancel() {
    m_scene.endPreview();
}

}  // namespace rw::ui
