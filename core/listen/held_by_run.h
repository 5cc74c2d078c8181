// What a run that goes on has for itself: who listens to a source meanwhile must take nothing from it.
#pragma once
#include <optional>
#include <set>
#include <string>

#include "core/look/reaching_out.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/validate.h"

namespace rw {

/// What only one on this computer can have, such as a port: Access::identity() of each.
using HeldByRun = std::set<std::string>;

/// That of a run of the pipeline on this computer. Follows links.
HeldByRun heldByRun(const Pipeline& running, const Catalogue& catalogue, const ValidateOptions& options);

/// Why rows that are heard of the source would be missing in the run, and what helps; nothing: it gets them
/// all the same. `node` has its variables put in. `bound`: null: it is not known. `held`: of the run; null:
/// it may have anything.
std::optional<NoLook> takenFromRun(const Node& node, const BoundNode* bound, const HeldByRun* held);

}  // namespace rw
