// The pipeline of a test, with sinks that keep what the test looks at.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/validate.h"
#include "core/pipeline_tests/step_player.h"
#include "core/pipeline_tests/test_file.h"
#include "core/runtime/planning/plan.h"

namespace rw {

/// A pipeline with tests: read once for all of them.
struct TestedPipeline {
    Pipeline pipeline{};
    Catalogue kinds;       ///< those of the program and the probes
    std::string folder{};  ///< where its relative paths start, and which tests do not leave
    std::string file{};
};

/// Reads the pipeline in `file` (absolute), and the files of its subflows that lie in its folder. `kinds`: of
/// the program.
Result<TestedPipeline> readTested(const std::string& file, const Catalogue& kinds);
/// The same of one that is at hand, as it is edited.
Result<TestedPipeline> testedOf(Pipeline pipeline, const std::string& file, const Catalogue& kinds);

struct PlannedTest {
    std::shared_ptr<const Plan> plan{};
    std::shared_ptr<StepPlayer> player{};
    /// For each step the nodes that keep what it looks at; none: it looks at no rows.
    std::vector<std::vector<NodeId>> probes{};
    std::map<NodeId, std::vector<int>> tableKeys{};  ///< of probes: the key columns of an upsert
    const PlannedNode* find(const NodeId& node) const;
};

/// How the pipeline of a test is validated: with the values of its variables, and without a look at a file.
Result<ValidateOptions> testOptions(const TestedPipeline& tested, const PipelineTest& test);

/// The pipeline of a test with sinks that keep what it looks at.
struct ProbedPipeline {
    Pipeline pipeline{};
    std::vector<std::vector<NodeId>> probes{};          ///< as PlannedTest::probes
    std::map<NodeId, std::vector<std::string>> keys{};  ///< of probes: the key columns of an upsert
};
/// `options`: of testOptions(). `expanded`: with the nodes of all subflows in place of these; otherwise only
/// where the test looks inside one. An error: a step looks at a port that there is not.
Result<ProbedPipeline> probedPipeline(const TestedPipeline& tested, const PipelineTest& test,
                                      const ValidateOptions& options, bool expanded);

/// One task per node, UTC in place of the zone of the machine. An error names the place in the test, or the
/// node. `tested` outlives the plan. Looks at no file.
Result<PlannedTest> planTest(const TestedPipeline& tested, const PipelineTest& test);

}  // namespace rw
