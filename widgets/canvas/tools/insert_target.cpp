#include "widgets/canvas/tools/insert_target.h"

#include <algorithm>

#include "widgets/canvas/canvas_scene.h"

namespace rw::ui {

namespace {

std::optional<Wire> nearestWire(const CanvasScene& scene, const QRectF& card) {
    double nearest = card.height() / 2;
    std::optional<Wire> wire;
    for (const WireItem* item : scene.wires()) {
        if (!item->boundingRect().intersects(card)) continue;
        const double away = item->course().nearest(card.center()).away;
        if (away >= nearest) continue;
        nearest = away;
        wire = item->wire();
    }
    return wire;
}

bool passesRows(const NodeKind* kind) {
    return kind != nullptr && !kind->inputs.empty() &&
           std::any_of(kind->outputs.begin(), kind->outputs.end(),
                       [](const PortSpec& port) { return port.role == PortRole::Rows; });
}

}  // namespace

std::optional<Wire> wireUnder(const CanvasScene& scene, const QRectF& card, const NodeTemplate& node) {
    const PipelineDocument& document = scene.document();
    if (!passesRows(document.catalogue().of(node.type, node.params))) return std::nullopt;
    const std::optional<Wire> wire = nearestWire(scene, card);
    return wire && document.couldFollow(node, wire->from) ? wire : std::nullopt;
}

std::optional<Wire> wireUnder(const CanvasScene& scene, const QRectF& card, const NodeId& node) {
    const PipelineDocument& document = scene.document();
    const NodeKind* kind = document.kindOf(node);
    if (!scene.wiresAt(node).empty() || !passesRows(kind)) return std::nullopt;
    const std::optional<Wire> wire = nearestWire(scene, card);
    return wire && document.inputFor(node, *wire) ? wire : std::nullopt;
}

}  // namespace rw::ui
