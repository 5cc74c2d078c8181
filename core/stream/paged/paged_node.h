// How a keyed node is made whose state may be in pages.
#pragma once
#include <functional>
#include <memory>
#include <utility>

#include "core/pipeline/node_kind.h"
#include "core/stream/paged/paged_shape.h"

namespace rw {

/// For NodeKind::make of a node that BoundNode::spills: its operator, which keeps its state in files where it
/// is larger than its share of memory. `ignoresWatermarks`: as PagedShape has it.
std::unique_ptr<Operator> makePaged(const BoundNode& bound, const MakeContext& context,
                                    std::function<std::unique_ptr<Operator>(const MakeContext&)> make,
                                    bool ignoresWatermarks = false);

}  // namespace rw
