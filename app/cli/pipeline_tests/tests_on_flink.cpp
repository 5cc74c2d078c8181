#include "app/cli/pipeline_tests/tests_on_flink.h"

#include <memory>
#include <optional>

#include "app/cli/load.h"
#include "app/cli/signals.h"
#include "app/cli/target_lookup.h"
#include "core/compare/flink_tests.h"

namespace rw::cli {

namespace {

/// The target is asked once, when there is a test to run.
class FlinkRunner {
 public:
    explicit FlinkRunner(Target target) {
        m_there.target = std::move(target);
        m_there.secrets = secretSource();
        m_there.cancelled = m_signals.flag();
    }

    TestOutcome run(const TestedPipeline& tested, const PipelineTest& test) {
        if (!m_usable) m_usable = canTestOn(m_there);
        if (m_usable->ok()) {
            printMessage("test", test.name);
            return runTestOnFlink(tested, test, m_there);
        }
        TestOutcome out;
        out.state = TestOutcome::State::NotRun;
        out.error = *m_usable;
        out.asItCame = test;
        return out;
    }

 private:
    const SignalFlag m_signals{};
    FlinkTests m_there{};
    std::optional<Status> m_usable{};
};

}  // namespace

Result<RunsTest> testsOnFlink(const std::string& name) {
    catchSignals();
    RW_TRY_ASSIGN(Target target, targetToRunOn(name));
    const auto runner = std::make_shared<FlinkRunner>(std::move(target));
    return RunsTest([runner](const TestedPipeline& tested, const PipelineTest& test) {
        return runner->run(tested, test);
    });
}

}  // namespace rw::cli
