// The partial sums of a batch, slice by slice, on the way to an instance of a window aggregation.
#pragma once
#include "core/stream/aggregates/group_state.h"

namespace rw {

/// Values of an aggregate that does not fold: they travel as they are, but computed, chosen by the
/// aggregate's filter, and with their keys looked up.
struct CombinedValues {
    std::size_t aggregate = 0;
    sql::Vector argument{};
    /// Value rows[i] of the argument belongs to the key groups[i] of CombinedSlice::groups.
    std::vector<std::uint32_t> rows{}, groups{};
};

/// Rows of a slice that count in all of its windows.
struct CombinedSlice {
    Window slice{};
    /// Of the keys of all instances, which share it; aggregates that do not fold are empty there.
    std::shared_ptr<const GroupState> sums{};
    std::vector<std::uint32_t> groups{};  ///< of `sums`: keys of this instance, by their first rows
    std::size_t rows = 0;                 ///< that they stand for
    std::vector<CombinedValues> values{};

    /// Adds it to `state`, as if the rows came one by one. `aggregates`: those of the plan.
    void addTo(GroupState& state, const std::vector<sql::BoundAggregate>& aggregates) const;
    /// Without strings that values point into.
    std::size_t ownBytes() const;
};

struct CombinedWindows final : CombinedRows {
    std::vector<CombinedSlice> slices{};
    void add(CombinedSlice slice);
};

}  // namespace rw
