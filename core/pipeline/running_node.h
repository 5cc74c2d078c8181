// The nodes of a pipeline that run, for code that needs neither a plan nor the results of validation.
#pragma once
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"

namespace rw {

struct Validated;

/// Refers to its origin: a plan, or a validated pipeline and its catalogue.
struct RunningNode {
    NodeId id{};  ///< inside a subflow “outer/inner”
    const NodeKind* kind = nullptr;
    const BoundNode* bound = nullptr;
};

/// In the order of the nodes in the pipeline, each once; of a subflow those inside. None of a pipeline with
/// errors. `validated` is of this pipeline.
std::vector<RunningNode> runningNodes(const Pipeline& pipeline, const Validated& validated,
                                      const Catalogue& catalogue);

/// Every source does.
bool endsByItself(const std::vector<RunningNode>& nodes);

}  // namespace rw
