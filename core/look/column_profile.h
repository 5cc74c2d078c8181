// The profile of a column of the rows that a look kept: exact over these.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/data/batch.h"

namespace rw {

struct ColumnProfile {
    static constexpr std::size_t kBins = 16;

    std::string name{};
    Type type{};
    std::size_t rows = 0, nulls = 0, distinct = 0;
    /// The ends of the values, as text; empty where there are none. Numbers that are none (NaN) count for
    /// neither.
    std::string least{}, most{};
    /// Numbers and times: the bins are equal parts of least … most. Otherwise they are the most frequent
    /// values, the first the most frequent.
    bool ordered = false;
    std::array<std::uint64_t, kBins> bins{};  ///< rows
    /// Values that could not be read, for which their rows were rejected (look_profile.h). By the source:
    /// these rows are not among `rows`; by the node that the rows come into: these are.
    std::size_t unreadBySource = 0, unreadByNode = 0;
    std::size_t unread() const { return unreadBySource + unreadByNode; }
};

/// Of each column. Rows that change or withdraw others count as they came. Batches are all of `schema`.
std::vector<ColumnProfile> profileOf(const Schema& schema, const std::vector<Batch>& batches);

}  // namespace rw
