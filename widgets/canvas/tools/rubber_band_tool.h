// A box drawn over empty canvas selects the cards that it touches and the wires and comments that lie wholly
// inside; with Shift it adds to the selection.
#pragma once
#include <vector>

#include "widgets/canvas/tools/tool.h"
#include "widgets/document/editing/item_ref.h"

namespace rw::ui {

class RubberBandTool : public Tool {
 public:
    RubberBandTool(CanvasScene& scene, const PointerEvent& press);
    void move(const PointerEvent& event) override;
    void release(const PointerEvent& event) override;
    void cancel() override;

 private:
    CanvasScene& m_scene;
    QPointF m_start;
    std::vector<ItemRef> m_kept;
};

}  // namespace rw::ui
