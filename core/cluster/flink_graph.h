// The operators that Flink makes of a statement set, as EXPLAIN JSON_EXECUTION_PLAN tells them.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/pipeline.h"

namespace rw {

struct FlinkOperator {
    /// The number in brackets behind its name, “Calc[21]”; -1: it has none (writers of files). It counts on
    /// in the gateway: the same operator has another in the job, greater by the same for all of a graph.
    int number = -1;
    std::string type{};  ///< “Calc”, “WindowAggregate”, “TableSourceScan”, “StreamingFileWriter”
    std::string text{};  ///< the text in the brackets behind it: “groupBy=[auction], window=[…], …”
    std::vector<std::size_t> inputs{};  ///< operators that send it rows, left before right
};

/// Sources first; a sink's writer stands after those of sinks whose INSERTs came before it.
struct FlinkGraph {
    std::vector<FlinkOperator> operators{};
    bool empty() const { return operators.empty(); }
};

/// Whether Flink's planner makes the same operators of two programs: the same types, in the same order, with
/// the same inputs. Their expressions do not count. The first question of a forecast of state, since Flink
/// finds their state by their places (core/forecast).
bool sameOperators(const FlinkGraph& a, const FlinkGraph& b);

/// Reads the answer to EXPLAIN JSON_EXECUTION_PLAN.
Result<FlinkGraph> readFlinkGraph(std::string_view explained);
/// As a deployment's record keeps it.
Json flinkGraphJson(const FlinkGraph& graph);
FlinkGraph flinkGraphOf(const Json& json);  ///< of anything else: an empty one

}  // namespace rw
