// Drawing a wire from a port, or taking a wire's end off its port: fitting ports get a ring, the others dim;
// a drop on one that does not fit tells why. Without a drag it is a click on the pressed item.
#pragma once
#include "widgets/canvas/tools/fit_finder.h"
#include "widgets/canvas/tools/tool.h"

namespace rw::ui {

/// The pressed item: a wire near its end, or a port with the wires that end there.
struct PressedEnd {
    CanvasFocus focus{};
    std::vector<ItemRef> wires{};
};

class ConnectTool : public Tool {
 public:
    ConnectTool(CanvasView& view, const PointerEvent& press, WireDraft draft, PressedEnd pressed);
    void move(const PointerEvent& event) override;
    void release(const PointerEvent& event) override;
    void cancel() override;

 private:
    std::optional<PortSpot> portUnder(QPointF point);
    void click();

    CanvasView& m_view;
    CanvasScene& m_scene;
    QPoint m_pressed;
    PressedEnd m_end;
    bool m_dragging = false;
    FitFinder m_finder;
    std::optional<PortSpot> m_target;
    bool m_refused = false;
};

}  // namespace rw::ui
