#include "widgets/canvas/tools/pan_tool.h"

#include "widgets/canvas/canvas_view.h"

namespace rw::ui {

PanTool::PanTool(CanvasView& view, const PointerEvent& press) : m_view(view), m_last(press.view) {
    view.setPanning(true);
}

PanTool::~PanTool() {
    m_view.setPanning(false);
}

void PanTool::move(const PointerEvent& event) {
    m_view.panBy(event.view - m_last);
    m_last = event.view;
}

}  // namespace rw::ui
