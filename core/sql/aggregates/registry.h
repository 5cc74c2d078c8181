// The table of aggregate functions: how each is typed and which accumulator it uses.
#pragma once
#include <string_view>

#include "core/sql/aggregates/accumulators.h"

namespace rw::sql {

struct AggregateFunction {
    enum class Accepts { Anything, Numbers, Text };
    enum class Distinct {
        Filtered,     ///< each value is let through once
        Meaningless,  ///< the result is the same: it is ignored
        Own           ///< the accumulator sees to it
    };
    AggregateInfo info;
    Accepts accepts = Accepts::Anything;
    bool asDouble = false;  ///< the argument is converted to DOUBLE
    /// … but integers and DECIMALs are taken as they are.
    bool exact = false;
    Type (*result)(Type argument) = nullptr;
    MakeAccumulator* make = nullptr;
    MakeRetracting* makeRetracting = nullptr;
    Distinct distinct = Distinct::Filtered;
    bool ordered = false;
    bool scans = false;                      ///< a result looks at every value of its group
    bool (*folds)(Type argument) = nullptr;  ///< BoundAggregate::folds, of every value; null: never
    int minArgs = 1, maxArgs = 1;
};

/// In the order in which people are shown them.
const std::vector<AggregateFunction>& aggregateTable();
/// The function of this upper-case name, or null.
const AggregateFunction* findAggregate(std::string_view name);

}  // namespace rw::sql
