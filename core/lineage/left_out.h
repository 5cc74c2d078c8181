// The rows that nodes above did not let through, of those that a node below would have taken.
#pragma once
#include <vector>

#include "core/lineage/gather.h"
#include "core/lineage/lineage.h"
#include "core/lineage/row_conditions.h"
#include "core/lineage/upstream.h"

namespace rw {

/// A node that decides about each row by itself, above the rows of a step.
struct LeavingOut {
    std::size_t step = 0;
    PassedCondition::Through through{};
    NodeId node{};
};

/// What the nodes above, as far as they pass rows on, did not let through of rows of `from` that `below`
/// takes: a `wanted` of each, in the order of `leaving`.
void addLeftOut(const Upstream& upstream, const sql::EvalContext& eval, const UpstreamPort& from,
                const RowPredicateRef& below, std::size_t step, std::vector<WantedRows>& wanted,
                std::vector<LeavingOut>& leaving);

/// Tells of `found` which the node left out and which it rejected. Those that the node rejected for
/// themselves: of rows that are not kept that is not known.
void tellLeftOut(const LeavingOut& leaving, const GatheredRows& found, LineageStep& step);

}  // namespace rw
