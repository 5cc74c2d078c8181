// Press on the lower right corner of a comment: selects it; dragged, sizes it, along the grid.
#pragma once
#include "widgets/canvas/tools/tool.h"
#include "widgets/document/editing/item_ref.h"

namespace rw::ui {

class SizeNoteTool : public Tool {
 public:
    SizeNoteTool(CanvasView& view, const PointerEvent& press, NoteId note);
    void move(const PointerEvent& event) override;
    void release(const PointerEvent& event) override;
    void cancel() override;

 private:
    QSizeF sizeAt(QPointF scene) const;

    CanvasView& m_view;
    CanvasScene& m_scene;
    NoteId m_note;
    QPoint m_pressed;
    QPointF m_start;
    QRectF m_from;
    bool m_dragging = false;
};

}  // namespace rw::ui
