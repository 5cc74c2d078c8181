// Comparisons that drop digits without anybody having said so.
#pragma once
#include <vector>

#include "core/pipeline/issue.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// Warns of each text that a condition, a join's condition, an element of a select or an aggregate compares
/// with a whole or exact number, with “Compare as DOUBLE” as a fix. `inputs`: per port, per wire. Leaves out
/// expressions that can't be typed, which bind() reports. Looks at no file.
void checkComparisons(const Node& node, const NodeKind& kind,
                      const std::vector<std::vector<StreamType>>& inputs, std::vector<Issue>& issues);

}  // namespace rw
