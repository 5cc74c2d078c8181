// A box drawn over empty canvas selects what it touches; with Shift it adds to the selection.
#pragma once
#include <vector>

#include "core/pipeline/pipeline.h"
#include "widgets/canvas/tools/tool.h"

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
    std::vector<NodeId> m_kept;
};

}  // namespace rw::ui
