#include "widgets/canvas/tools/rubber_band_tool.h"

#include <QPainter>

#include "widgets/canvas/canvas_scene.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

RubberBandTool::RubberBandTool(CanvasScene& scene, const PointerEvent& press)
    : m_scene(scene), m_start(press.scene) {
    Selection& selection = scene.document().selection();
    if (press.modifiers.testFlag(Qt::ShiftModifier)) {
        m_kept = selection.items();
    } else {
        selection.clear();
    }
    scene.setFocusTarget({});
}

void RubberBandTool::move(const PointerEvent& event) {
    const QRectF box = QRectF(m_start, event.scene).normalized();
    std::vector<ItemRef> items = m_kept;  // those that are among them already count once
    for (const auto& [id, item] : m_scene.nodes()) {
        if (item->cardRect().intersects(box)) items.emplace_back(id);
    }
    for (const WireItem* item : m_scene.wires()) {
        if (box.contains(item->boundingRect())) items.emplace_back(item->wire());
    }
    for (const NoteItem* item : m_scene.notes()) {
        if (box.contains(item->frame())) items.emplace_back(item->id());
    }
    m_scene.document().selection().set(std::move(items));
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
