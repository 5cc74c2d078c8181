// The wire that a node would be put on if it were dropped here.
#pragma once
#include <QRectF>
#include <optional>

#include "widgets/document/editing/node_template.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class CanvasScene;

/// For a node of the palette: the wire under the middle of `card` that it fits.
std::optional<Wire> wireUnder(const CanvasScene& scene, const QRectF& card, const NodeTemplate& node);
/// For a node that is there already and has no wires.
std::optional<Wire> wireUnder(const CanvasScene& scene, const QRectF& card, const NodeId& node);

}  // namespace rw::ui
