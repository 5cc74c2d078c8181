// Middle drag or Space + drag: moves the canvas under the pointer.
#pragma once
#include "widgets/canvas/tools/tool.h"

namespace rw::ui {

class PanTool : public Tool {
 public:
    PanTool(CanvasView& view, const PointerEvent& press);
    ~PanTool() override;
    void move(const PointerEvent& event) override;
    void release(const PointerEvent&) override {}
    void cancel() override {}

 private:
    CanvasView& m_view;
    QPoint m_last;
};

}  // namespace rw::ui
