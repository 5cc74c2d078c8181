#include "widgets/canvas/tools/rubber_band_tool.h"

#include <QPainter>
#include <algorithm>

#include "widgets/canvas/canvas_scene.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

RubberBandTool::RubberBandTool(CanvasScene& scene, const PointerEvent& press)
    : m_scene(scene), m_start(press.scene) {
    Selection& selection = scene.document().selection();
    if (press.modifiers.testFlag(Qt::ShiftModifier)) {
        m_kept = selection.nodes();
    } else {
        selection.clear();
    }
    scene.setFocusTarget({});
}

void RubberBandTool::move(const PointerEvent& event) {
    const QRectF box = QRectF(m_start, event.scene).normalized();
    std::vector<NodeId> nodes = m_kept;
    for (const auto& [id, item] : m_scene.nodes()) {
        const bool kept = std::find(m_kept.begin(), m_kept.end(), id) != m_kept.end();
        if (!kept && item->cardRect().intersects(box)) nodes.push_back(id);
    }
    std::vector<Wire> wires;
    for (const WireItem* item : m_scene.wires()) {
        if (box.contains(item->boundingRect())) wires.push_back(item->wire());
    }
    m_scene.document().selection().set(std::move(nodes), std::move(wires));
    const double pixel = 1 / m_scene.scale();
    m_scene.overlay().show(box.adjusted(-pixel, -pixel, pixel, pixel), [box, pixel](QPainter& painter) {
        const Tokens& tokens = Theme::of().tokens();
        painter.setPen(QPen(tokens.accent, pixel));
        painter.setBrush(shaded(tokens.accent, Shade::Band));
        painter.drawRect(box);
    });
}

void RubberBandTool::release(const PointerEvent&) {
    m_scene.overlay().clear();
}

void RubberBandTool::cancel() {
    m_scene.overlay().clear();
    m_scene.document().selection().set(m_kept);
}

}  // namespace rw::ui
