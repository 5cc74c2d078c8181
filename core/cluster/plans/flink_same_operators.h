// Whether Flink's planner makes the same operators of two programs: what a forecast of state asks first, for
// by their places Flink finds what they have kept (core/forecast).
#pragma once
#include "core/cluster/flink_graph.h"

namespace rw {

/// The same types of operators, in the same order, with the same inputs. What they compute does not count.
bool sameOperators(const FlinkGraph& a, const FlinkGraph& b);

}  // namespace rw
