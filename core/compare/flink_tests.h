// Tests of pipelines on a Flink: the rows of a test go into the pipeline as it would be deployed there, all
// of them at once, and what came at the end is compared with what the test expects.
#pragma once
#include <atomic>

#include "core/cluster/target.h"
#include "core/pipeline_tests/test_run.h"

namespace rw {

struct FlinkTests {
    Target target{};
    SecretSource secrets = environmentSecret;
    const std::atomic<bool>* cancelled = nullptr;  ///< ends a test soon, and its job
    Millis within = 10 * 60'000;                   ///< for the rows of one port, at most
};

/// Asks the target, for some seconds at most. An error: it does not answer, is no Flink, too old, or has no
/// room for a job at all.
Status canTestOn(const FlinkTests& there);

/// Passed, Failed, or Skipped where nothing could be asked; `notAsked` has what was not. NotRun: a mistake in
/// the test or the pipeline, a node that can't be there, or a job that failed, took too long or was
/// cancelled. `asItCame` is the test as it is. Sinks write nothing, and the sources of the pipeline are not
/// read. A copy of the rows lies in the target's folder meanwhile, or in that of temporary files.
TestOutcome runTestOnFlink(const TestedPipeline& tested, const PipelineTest& test, const FlinkTests& there);

}  // namespace rw
