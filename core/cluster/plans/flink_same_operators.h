// Whether Flink's planner makes the same operators of two programs: the first question of a forecast of
// state, since Flink finds their state by their places (core/forecast).
#pragma once
#include "core/cluster/flink_graph.h"

namespace rw {

/// The same types of operators, in the same order, with the same inputs. Their expressions do not count.
bool sameOperators(const FlinkGraph& a, const FlinkGraph& b);

}  // namespace rw
