// A node whose rows are aggregates of those that made them.
#pragma once
#include <vector>

#include "core/sql/aggregates/aggregates.h"

namespace rw {

/// A bound node that can tell, besides TellsContributors: rows of its first output have in their last columns
/// the values of these aggregates, in that order, over all rows of its first input that made them. Any
/// thread.
class TellsAggregates {
 public:
    virtual ~TellsAggregates() = default;
    virtual const std::vector<sql::BoundAggregate>& aggregates() const = 0;
};

}  // namespace rw
