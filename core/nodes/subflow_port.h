// The two ports of a subflow, which are nodes of the file that it stands for.
#pragma once
#include "core/pipeline/node_kind.h"

namespace rw {

/// The node type of such a node inside a subflow: rows of the pipeline around it pass it.
std::shared_ptr<const NodeKind> insideKind(const NodeKind& alone, BindFn bind);

}  // namespace rw
