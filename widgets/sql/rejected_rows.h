// The rows that a node of a run rejected, where no wire takes them: those that the run keeps for its panel.
#pragma once
#include <vector>

#include "core/data/batch.h"
#include "core/runtime/metrics/metrics.h"

namespace rw::ui {

/// As the rejected port of the node gives them (rejectedStream()), oldest first; long rows are cut, as they
/// were kept.
Batch rejectedRows(const std::vector<KeptRow>& kept, const NodeId& node);

}  // namespace rw::ui
