// The rows that nodes above did not let through, of those that a node below would have taken.
#pragma once
#include <cstdint>
#include <string>
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

/// Collects why rows were left out.
class LeftOutValues {
 public:
    /// A row that was left out, the one of the batch, and what the node said of it.
    void add(const Batch& row, const Passage& passage);
    /// From which value to which the condition was false; `count`: rows left out in all, of which those that
    /// were added are the last. Empty: it reads several columns or no numbers, there are several conditions,
    /// or all rows have one value.
    Text text(std::uint64_t count) const;

 private:
    std::uint64_t m_rows = 0;
    bool m_untold = false;
    std::string m_condition{};
    int m_column = -1;
    Batch m_least{}, m_most{};  ///< of no rows: there is none yet
};

}  // namespace rw
