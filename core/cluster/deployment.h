// The record of a pipeline that was submitted to a cluster: enough to find its job again, to show it on the
// canvas, and to compare it with later versions of the pipeline.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/cluster/flink_graph.h"
#include "core/cluster/plan_record.h"
#include "core/deploy/verdict.h"
#include "core/pipeline/pipeline.h"

namespace rw {

struct Savepoint {
    std::string path{};  ///< as the cluster names it
    Instant at = 0;      ///< wall time
    /// The newest checkpoint of a job on Flink that was cancelled or failed: rows behind it are read again.
    bool checkpoint = false;
};

struct Deployment {
    std::string job{};     ///< the cluster's id of it
    std::string target{};  ///< its name
    Engine engine{};
    std::string file{};     ///< of the pipeline, absolute; empty: it was never saved
    Pipeline pipeline{};    ///< as it was submitted
    std::string program{};  ///< the statements that were sent
    FlinkGraph graph{};
    PlanRecord plan{};  ///< of a job that was submitted as a compiled plan; empty: it was submitted as SQL
    std::vector<NodeId> sinks{};  ///< whose INSERTs are in the program, in their order
    /// Of file sinks: the folder that each writes its parts into, as the cluster names it; empty: the record
    /// is older than that, and only `program` tells.
    std::map<NodeId, std::string> outputs{};
    Instant started = 0;                  ///< wall time
    std::string resumedFrom{};            ///< the savepoint that it resumed from; empty: none
    std::vector<Savepoint> savepoints{};  ///< of Spark the checkpoint, also while it runs
    std::string state{};                  ///< the cluster's last word: “RUNNING”, “CANCELED” …
    Instant ended = 0;                    ///< 0: it runs, as far as is known
};

/// As much of a job's id as tells it from others: those of Flink differ at once, those of Spark, which have
/// parts, at their end.
inline std::string shownJob(const std::string& job) {
    constexpr std::size_t kShown = 8;
    if (job.size() <= kShown) return job;
    const bool parts = job.find_first_of("-_") != std::string::npos;
    return parts ? "…" + job.substr(job.size() - kShown) : job.substr(0, kShown);
}

}  // namespace rw
