// Drags a comment by its head, with the cards that lie wholly inside it.
#pragma once
#include <map>

#include "core/pipeline/pipeline.h"
#include "widgets/canvas/tools/tool.h"

namespace rw::ui {

class MoveNoteTool : public Tool {
 public:
    MoveNoteTool(CanvasView& view, const PointerEvent& press, std::size_t note);
    void move(const PointerEvent& event) override;
    void release(const PointerEvent& event) override;
    void cancel() override;

 private:
    CanvasView& m_view;
    CanvasScene& m_scene;
    std::size_t m_place;
    Note m_note;
    QPointF m_start, m_offset;
    QPoint m_pressed;
    bool m_dragging = false;
    std::map<NodeId, QPointF> m_inside;
};

}  // namespace rw::ui
