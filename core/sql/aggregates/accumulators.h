// The accumulators behind the aggregate functions, one maker each; the registry in registry.cpp
// says which function uses which. A maker reads type, argument type and options from the bound aggregate.
#pragma once
#include "core/sql/aggregates/aggregates.h"

namespace rw::sql {

using MakeAccumulator = std::unique_ptr<Accumulator>(const BoundAggregate&);

MakeAccumulator makeCount;       // COUNT(*), COUNT(x)
MakeAccumulator makeSum;         // INT, BIGINT, DOUBLE, DECIMAL
MakeAccumulator makeAverage;     // INT, BIGINT, DOUBLE, DECIMAL
MakeAccumulator makeMin;         // every type
MakeAccumulator makeMax;         // every type
MakeAccumulator makeVariance;    // VAR_* and STDDEV_* of INT, BIGINT, DOUBLE, DECIMAL
MakeAccumulator makeFirstValue;  // every type
MakeAccumulator makeLastValue;   // every type
MakeAccumulator
    makeListAgg;  // STRING; knows DISTINCT itself, for which of equal texts stays is order's matter
MakeAccumulator makePercentile;           // DOUBLE
MakeAccumulator makeApproxCountDistinct;  // every type

/// Hands each value of a group to the accumulator of the same aggregate without DISTINCT, once.
MakeAccumulator makeDistinct;

// The same for updating inputs. Sums of DOUBLE are exact here, and an aggregate that has to find the next
// value when one is taken back keeps all of them.
using MakeRetracting = std::unique_ptr<RetractingAccumulator>(const BoundAggregate&);

MakeRetracting makeRetractingCount;
MakeRetracting makeRetractingSum;
MakeRetracting makeRetractingAverage;
MakeRetracting makeRetractingMin;
MakeRetracting makeRetractingMax;
MakeRetracting makeRetractingVariance;
MakeRetracting makeRetractingFirstValue;
MakeRetracting makeRetractingLastValue;
MakeRetracting makeRetractingListAgg;
MakeRetracting makeRetractingPercentile;
MakeRetracting makeRetractingCountDistinct;  // exact: stands for APPROX_COUNT_DISTINCT
MakeRetracting makeRetractingDistinct;

}  // namespace rw::sql
