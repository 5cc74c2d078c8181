// The record of a job that was submitted as a compiled plan: the number of each operator, by which Flink
// finds its state.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw {

struct PlannedOperator {
    int number = 0;
    std::string type{};           ///< “stream-exec-calc”
    std::string text{};           ///< as Flink describes it
    std::vector<NodeId> nodes{};  ///< whose work it does, sorted; none: it helps those in `into`
    std::vector<NodeId> into{};   ///< the next nodes that its rows come to, sorted
};

struct PlanRecord {
    int next = 1;  ///< the first number that neither it nor any job before it has used
    std::vector<PlannedOperator> operators{};
    bool empty() const { return operators.empty(); }
};

/// As a deployment's record keeps it.
Json planRecordJson(const PlanRecord& record);
PlanRecord planRecordOf(const Json& json);  ///< of anything else: an empty one

}  // namespace rw
