// Ways through a pipeline for the arrow keys.
#pragma once
#include <QPoint>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

/// ← upstream, → downstream, ↑ ↓ among siblings by position. The nearest node in that direction where the
/// graph leads nowhere; the first node when `from` is none; empty when there is nothing there.
NodeId neighbour(const Pipeline& pipeline, const NodeId& from, QPoint direction);

/// The wires of a node: those that come, then those that leave, each from top to bottom.
std::vector<Wire> wiresAt(const Pipeline& pipeline, const NodeId& node);

}  // namespace rw::ui
