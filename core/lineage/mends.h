// Edits of a pipeline by which rows that had no part in a result would have one, and what answers call the
// inputs of a join.
#pragma once
#include <optional>

#include "core/lineage/lineage.h"
#include "core/lineage/needed_delay.h"
#include "core/lineage/upstream.h"
#include "core/stream/lineage/contributors.h"

namespace rw {

/// The titles of the nodes from which the rows of a join come; “left” and “right” where these are the same.
SideNames sideNames(const Upstream& upstream, const NodeId& join);

/// What makes two rows a pair that are none: other bounds of the join, or a Select before it that writes
/// their keys alike. Nothing: it can't be said, the join is in the file of a subflow, or such a Select is not
/// allowed there.
std::optional<LineageMend> pairMend(const Upstream& upstream, const NodeId& join, const NoPair& miss);

/// The delay with which late rows would have been in time. Nothing: several nodes give one, or it is in the
/// file of a subflow.
std::optional<LineageMend> delayMend(const Upstream& upstream, const NeededDelay& needed);

/// The field of the condition by which the node decides. Nothing: it has none, or is in the file of a
/// subflow.
std::optional<LineageMend> conditionOf(const Upstream& upstream, const NodeId& node);

/// Adds a mend where there is one that is not among them. Of several delays for one node the longest stays:
/// it lets in the rows of all.
void addMend(std::vector<LineageMend>& mends, std::optional<LineageMend> mend);

}  // namespace rw
