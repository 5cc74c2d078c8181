// A node that gives places to some of its rows and lets the others go.
#pragma once
#include <compare>
#include <functional>

#include "core/base/text.h"
#include "core/data/batch.h"
#include "core/stream/lineage/contributors.h"

namespace rw {

/// The rows that have no place, for those in front of them have all.
struct Displaced {
    RowPredicateRef rows{};    ///< of the first input: those that come not before the one with the last place
    RowPredicateRef placed{};  ///< of the first output: those of them that have one all the same
    /// By what the node tells which of two rows, each the one of a batch, comes first; null: by event time.
    /// Where that is equal the order of the input decides.
    std::function<std::strong_ordering(const Batch&, const Batch&)> order{};
    bool fromFirst = false;  ///< the first in that order comes nearest to a place, not the last
    Text words{};            ///< which these are, for people
};

/// A bound node that can tell, besides TellsContributors. Any thread.
class TellsDisplaced {
 public:
    virtual ~TellsDisplaced() = default;
    /// Of the first output the row with the last of the places of which that row has one: where there is
    /// none, each row has its place.
    virtual RowPredicateRef lastPlace(const AskedRow& asked) const = 0;
    /// Of the row that lastPlace() takes: which rows are behind it.
    virtual Displaced displaced(const AskedRow& last) const = 0;
};

}  // namespace rw
