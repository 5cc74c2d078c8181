// Press on a card: selects it; dragged, moves what is selected, along guide lines or the grid. With Ctrl it
// leaves copies instead. A free card dropped on a wire goes in between.
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "core/pipeline/pipeline.h"
#include "widgets/canvas/tools/tool.h"

namespace rw::ui {

class MoveTool : public Tool {
 public:
    MoveTool(CanvasView& view, const PointerEvent& press, const NodeId& node);
    void move(const PointerEvent& event) override;
    void release(const PointerEvent& event) override;
    void cancel() override;

 private:
    void begin(const PointerEvent& event);
    void showGuides(const std::vector<QLineF>& guides);

    CanvasView& m_view;
    CanvasScene& m_scene;
    QPoint m_pressed;
    QPointF m_start;
    NodeId m_node;
    bool m_dragging = false;
    bool m_copying = false;
    bool m_wasSelected = false;
    std::map<NodeId, QPointF> m_from;
    QPointF m_offset;
    std::optional<Wire> m_target;
};

}  // namespace rw::ui
