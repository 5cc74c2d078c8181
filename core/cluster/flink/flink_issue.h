// Flink's errors on a statement or a savepoint, as short messages at the node, with a way to mend them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/cluster/flink_trace.h"
#include "core/pipeline/issue.h"

namespace rw {

/// A statement that the gateway did not take.
struct FlinkRefusal {
    std::string statement{};          ///< as it was sent
    std::string words{};              ///< FlinkSession::refusal()
    std::optional<SqlPlace> place{};  ///< in the statement
};

/// The first line, without parts that only make sense with the statement: lines and columns, catalogues.
std::string shortFlinkWords(std::string_view words);

/// The same as an issue of the node: with parameter and place where the words are in its texts. A node
/// inside a subflow is told at the subflow. An empty id: of the whole pipeline.
Issue flinkIssue(const Pipeline& pipeline, const NodeId& node, const FlinkRefusal& refusal);

/// Why a job did not start, or failed as soon as it did: `words` as FlinkSession::refusal() or
/// FlinkFailure::cause have them. `savepoint`: that it should have begun with; empty: none.
Status flinkStartError(std::string_view words, const std::string& savepoint);

}  // namespace rw
