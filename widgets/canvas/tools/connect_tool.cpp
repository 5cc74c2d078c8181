#include "widgets/canvas/tools/connect_tool.h"

#include "widgets/canvas/canvas_view.h"

namespace rw::ui {

ConnectTool::ConnectTool(CanvasView& view, const PointerEvent& press, WireDraft draft, PressedEnd pressed)
    : m_view(view),
      m_scene(view.canvas()),
      m_pressed(press.view),
      m_end(std::move(pressed)),
      m_finder(m_scene, std::move(draft), press.scene) {
    m_scene.setFocusTarget(m_end.focus);
}

// The whole card takes a wire, by its best port.
std::optional<PortSpot> ConnectTool::portUnder(QPointF point) {
    const Hit hit = m_scene.hitAt(point, Aim::Port);
    if (hit.item.node() == nullptr) return std::nullopt;
    const PortSpot spot{*hit.item.node(), hit.port};
    const bool opposite = m_scene.isInput(spot) != m_finder.draft().fixedIsInput;
    const bool apart = !m_scene.node(spot.node)->card().collapsed;  // else its ports lie on each other
    if (spot.port >= 0 && apart && opposite && spot.node != m_finder.draft().fixed.node) return spot;
    return m_finder.bestPort(spot.node);
}

void ConnectTool::move(const PointerEvent& event) {
    if (!m_dragging && (event.view - m_pressed).manhattanLength() < kDragDistance) return;
    m_dragging = true;
    const std::optional<PortSpot> target = portUnder(event.scene);
    if (target != m_target) {
        m_target = target;
        m_refused = target && m_finder.refusal(*target).has_value();
        m_scene.setDropTarget(target && !m_refused ? ItemRef(target->node) : ItemRef());
    }
    const QPointF end = m_target ? m_scene.node(m_target->node)->portAt(m_target->port) : event.scene;
    m_finder.showWire(end, m_refused, m_target.has_value());
}

void ConnectTool::release(const PointerEvent& event) {
    m_scene.clearDragged();
    PipelineDocument& document = m_scene.document();
    const WireDraft& draft = m_finder.draft();
    if (!m_dragging) return click();
    if (m_target) {
        const Wire wire = m_finder.wireTo(*m_target);
        if (const std::optional<Issue> issue = m_finder.refusal(*m_target)) {
            m_view.showRefusal(*issue, wire, event.view);
        } else if (draft.moved) {
            document.moveWireEnd(*draft.moved, wire);
        } else {
            document.connectPorts(wire.from, wire.to);
        }
    } else if (draft.moved) {
        document.remove({*draft.moved});
    } else {
        m_view.openQuickAdd(event.scene, QuickAddContext{.port = m_scene.portRef(draft.fixed),
                                                         .portIsInput = draft.fixedIsInput});
    }
}

// The wires that are seen there, and never a card that one did not point at: Delete would take it away.
void ConnectTool::click() {
    Selection& selection = m_scene.document().selection();
    if (m_end.wires.empty()) {
        selection.set({m_end.focus.item});
    } else {
        selection.set(m_end.wires);
    }
}

void ConnectTool::cancel() {
    m_scene.clearDragged();
}

}  // namespace rw::ui
