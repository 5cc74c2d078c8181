#include "core/lineage/replaced_node.h"

#include <utility>

namespace rw {

namespace {

struct ReplacedPlan {
    std::shared_ptr<const Plan> origin{};  ///< the copy points into it
    NodeKind kind{};
    Plan plan{};
};

}  // namespace

std::shared_ptr<const Plan> withReplaced(const std::shared_ptr<const Plan>& plan, const NodeId& id,
                                         MakeFn make,
                                         const std::function<BoundNodeRef(const PlannedNode&)>& bound) {
    const auto made = std::make_shared<ReplacedPlan>();
    made->origin = plan;
    made->plan = *plan;
    for (Stage& stage : made->plan.stages) {
        for (PlannedNode& node : stage.nodes) {
            if (node.node != id) continue;
            BoundNodeRef other = bound(node);
            made->kind = *node.kind;
            made->kind.make = make;
            node.bound = std::move(other);
            node.kind = &made->kind;
        }
    }
    return {made, &made->plan};
}

}  // namespace rw
