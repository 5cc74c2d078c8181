// A pipeline as a compiled plan with numbers of our own, ready to be started.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/cluster/flink/flink_program.h"
#include "core/cluster/jobs/flink_resume.h"
#include "core/cluster/layout/flink_layout.h"
#include "core/cluster/plan_record.h"
#include "core/cluster/plans/plan_files.h"

namespace rw {

struct PlannedProgram {
    std::vector<Issue> issues{};  ///< why it can't be; all else is empty then
    std::vector<Text> notes{};
    std::unique_ptr<PlanFiles> files{};  ///< to be kept until the job was started
    std::string statement{};             ///< EXECUTE PLAN …
    PlanRecord record{};
    FlinkGraph graph{};  ///< with the numbers of the plan
};

/// The options of planOnFlink().
struct PlanRequest {
    std::string folder{};  ///< FlinkAddress::planFolder
    const Pipeline& pipeline;
    const FlinkGraph& graph;  ///< that the planner made of the program
    const FlinkLayout& layout;
    const FlinkResume& resume;
    bool allowLostState = false;
};

/// Has the gateway compile the program, whose tables are known to the session, and numbers the plan. An
/// error: the cluster did not answer. Errors of Flink or the disk are issues.
Result<PlannedProgram> planOnFlink(FlinkSession& session, const FlinkProgram& program, const PlanRequest& request);

}  // namespace rw
