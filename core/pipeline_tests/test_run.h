// Runs a test of a pipeline: step by step, on this thread, with a clock of its own. Nothing outside is
// touched.
#pragma once
#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline_tests/row_match.h"
#include "core/pipeline_tests/test_file.h"
#include "core/pipeline_tests/test_plan.h"

namespace rw {

/// An expectation that was not met.
struct TestFailure {
    std::size_t step = 0;  ///< of PipelineTest::steps; their number, the run failed at the end
    Text message{};
    RowMismatches rows{};  ///< none(): it is not about rows
};

/// An expectation that an engine elsewhere can't be asked, or not all of it.
struct NotAsked {
    std::size_t step = 0;  ///< of PipelineTest::steps; their number: nothing of the test is asked
    Text why{};
};

struct TestOutcome {
    enum class State {
        Passed,
        Failed,
        Skipped,  ///< elsewhere: none of its expectations could be asked, `notAsked` says why
        NotRun    ///< it could not be run: `error` says why
    } state = State::Passed;
    std::vector<TestFailure> failures{};
    /// The test ended before its last step, for the run failed unasked or too many other rows came: the last
    /// of `failures` says which.
    bool endedEarly = false;
    Status error{};
    /// The test with what came in place of what was expected, where that differs; cells that were `"*"` in
    /// all rows of a column stay so. Of one that was not run, or ended early, the test as it is.
    PipelineTest asItCame{};
    double seconds = 0;  ///< of the machine
    // Of a test that ran elsewhere.
    std::vector<NotAsked> notAsked{};  ///< by step
    std::vector<Text> mayDiffer{};     ///< of one that failed: nodes that need not give the same rows there
};

/// Always the same outcome: one task a node, one seed, a clock that goes by the test. `cancelled`: may be set
/// from any thread; the outcome is NotRun then. Keeps at most as many rows as port_rows.h says.
TestOutcome runTest(const TestedPipeline& tested, const PipelineTest& test,
                    const std::atomic<bool>* cancelled = nullptr);

}  // namespace rw
