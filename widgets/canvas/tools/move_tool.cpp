#include "widgets/canvas/tools/move_tool.h"

#include <QPainter>
#include <algorithm>

#include "widgets/canvas/canvas_scene.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/tools/insert_target.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

MoveTool::MoveTool(CanvasView& view, const PointerEvent& press, const NodeId& node)
    : m_view(view), m_scene(view.canvas()), m_pressed(press.view), m_start(press.scene), m_node(node) {
    Selection& selection = m_scene.document().selection();
    m_wasSelected = selection.contains(node);
    if (press.modifiers.testFlag(Qt::ShiftModifier)) {
        selection.toggle(node);
    } else if (!m_wasSelected) {
        selection.set({node});
    }
    m_scene.setFocusTarget({.node = node});
}

void MoveTool::begin(const PointerEvent& event) {
    m_dragging = true;
    m_copying = event.modifiers.testFlag(Qt::ControlModifier);
    for (const NodeId& id : m_scene.document().selection().nodes()) {
        if (const NodeItem* item = m_scene.node(id)) m_from[id] = item->pos();
    }
}

void MoveTool::move(const PointerEvent& event) {
    if (!m_dragging) {
        if ((event.view - m_pressed).manhattanLength() < kDragDistance) return;
        begin(event);
    }
    if (m_from.find(m_node) == m_from.end()) return;  // Shift+click took it out of the selection
    const QSizeF size = m_scene.node(m_node)->layout().card.size();
    const QRectF wanted(m_from[m_node] + event.scene - m_start, size);
    std::vector<QRectF> others;
    for (const auto& [id, item] : m_scene.nodes()) {
        if (m_from.count(id) == 0 && m_scene.visibleRect().intersects(item->cardRect()))
            others.push_back(item->cardRect());
    }
    const Snap snapped = m_view.snapping() ? snap(wanted, others, 6 / m_scene.scale(), true) : Snap{};
    m_offset = event.scene - m_start + snapped.offset;
    if (!m_copying) {
        std::map<NodeId, QPointF> places;
        for (const auto& [id, from] : m_from) places[id] = from + m_offset;
        m_scene.preview(places);
        m_target =
            m_from.size() == 1 ? wireUnder(m_scene, wanted.translated(snapped.offset), m_node) : std::nullopt;
        m_scene.setDropTarget({}, m_target);
    }
    showGuides(snapped.guides);
}

void MoveTool::showGuides(const std::vector<QLineF>& guides) {
    std::vector<QRectF> ghosts;
    QRectF area;
    if (m_copying) {
        for (const auto& [id, from] : m_from) {
            ghosts.emplace_back(from + m_offset, m_scene.node(id)->layout().card.size());
            area |= ghosts.back();
        }
    }
    for (const QLineF& guide : guides)
        area |= QRectF(guide.p1(), guide.p2()).normalized().adjusted(-1, -1, 1, 1);
    m_scene.overlay().show(area.adjusted(-2, -2, 2, 2),
                           [guides, ghosts, pixel = 1 / m_scene.scale()](QPainter& painter) {
                               const Tokens& tokens = Theme::of().tokens();
                               painter.setPen(QPen(tokens.accent, pixel));
                               painter.setBrush(Qt::NoBrush);
                               painter.drawLines(QVector<QLineF>(guides.begin(), guides.end()));
                               painter.setPen(QPen(tokens.accent, pixel, Qt::DashLine));
                               for (const QRectF& ghost : ghosts)
                                   painter.drawRoundedRect(ghost, metrics::kCardRadius, metrics::kCardRadius);
                           });
}

void MoveTool::release(const PointerEvent& event) {
    m_scene.clearDragged();
    PipelineDocument& document = m_scene.document();
    if (!m_dragging) {
        // A click on one of several selected cards selects that one alone.
        if (m_wasSelected && !event.modifiers.testFlag(Qt::ShiftModifier)) document.selection().set({m_node});
        return;
    }
    std::vector<NodeId> nodes;
    std::vector<std::pair<NodeId, Point>> targets;
    for (const auto& [id, from] : m_from) {
        nodes.push_back(id);
        targets.emplace_back(id, Point{from.x() + m_offset.x(), from.y() + m_offset.y()});
    }
    m_scene.endPreview();
    if (m_copying) {
        document.duplicate(nodes, {m_offset.x(), m_offset.y()});
    } else if (m_target) {
        document.undoStack().beginMacro(CanvasView::tr("Insert on wire"));
        document.move(targets);
        document.insertExisting(m_node, *m_target);
        document.undoStack().endMacro();
    } else {
        document.move(targets);
    }
}

void MoveTool::cancel() {
    m_scene.clearDragged();
    m_scene.endPreview();
}

}  // namespace rw::ui
