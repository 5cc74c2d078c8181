// The expectations of a test that a Flink can be asked: it has all rows at once, and ends.
#pragma once
#include <set>
#include <vector>

#include "core/pipeline_tests/test_run.h"

namespace rw {

struct AskedStep {
    PipelineTestStep step{};       ///< all expectations of one port joined, or one of a table
    std::vector<NodeId> probes{};  ///< that keep what it looks at
    std::vector<std::size_t> of{};  ///< of PipelineTest::steps: those that it stands for, at least one
};

struct AskedTest {
    std::vector<AskedStep> steps{};
    std::vector<NotAsked> notAsked{};  ///< by step
};

/// The rule of the help page “Tests of a pipeline”, “On a Flink”, as far as the steps alone tell. `probes`:
/// as ProbedPipeline has them. `sources`: all that run.
AskedTest askedAtTheEnd(const PipelineTest& test, const std::vector<std::vector<NodeId>>& probes,
                        const std::set<NodeId>& sources);

/// Whether time passes in the test.
bool letsTimePass(const PipelineTest& test);

}  // namespace rw
