// Which nodes the rows of a node come to.
#pragma once
#include <set>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

/// Those that rows of `from` come to, on whatever way; itself only where a way leads back.
std::set<NodeId> nodesBehind(const Pipeline& pipeline, const NodeId& from);

}  // namespace rw::ui
