// Press on a card or on the head of a comment: selects it; dragged, moves the selection, along guide lines
// or the grid. Comments take the cards along that are wholly inside them. With Ctrl it leaves copies instead.
// A free card dropped on a wire goes in between.
#pragma once
#include <optional>
#include <unordered_set>
#include <vector>

#include "widgets/canvas/tools/tool.h"
#include "widgets/document/editing/item_ref.h"

namespace rw::ui {

class MoveTool : public Tool {
 public:
    MoveTool(CanvasView& view, const PointerEvent& press, ItemRef item);
    void move(const PointerEvent& event) override;
    void release(const PointerEvent& event) override;
    void cancel() override;

 private:
    struct Moved {
        ItemRef item;
        QRectF from;
    };
    void begin(const PointerEvent& event);
    QPointF snappedOffset(QPointF offset, std::vector<QLineF>& guides) const;
    void findTarget();
    void showGuides(const std::vector<QLineF>& guides);

    CanvasView& m_view;
    CanvasScene& m_scene;
    QPoint m_pressed;
    QPointF m_start;
    ItemRef m_item;
    QRectF m_from;  ///< of m_item; null: it is not among those that move
    bool m_dragging = false;
    bool m_copying = false;
    bool m_wasSelected = false;
    std::vector<Moved> m_moved;
    std::unordered_set<ItemRef> m_moving;  ///< the same
    QPointF m_offset;
    std::optional<Wire> m_target;
};

}  // namespace rw::ui
