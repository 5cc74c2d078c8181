#include "core/cluster/plans/flink_same_operators.h"

#include <algorithm>

namespace rw {

bool sameOperators(const FlinkGraph& a, const FlinkGraph& b) {
    return std::equal(a.operators.begin(), a.operators.end(), b.operators.begin(), b.operators.end(),
                      [](const FlinkOperator& one, const FlinkOperator& other) {
                          return one.type == other.type && one.inputs == other.inputs;
                      });
}

}  // namespace rw
