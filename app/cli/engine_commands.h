// The commands that need the engine alone: no window and no cluster. The program `rillwright` answers them by
// itself and starts in half the time of one that loads Qt.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/deployment.h"
#include "core/pipeline_tests/test_run.h"
#include "core/runtime/run.h"
#include "core/secrets/secret_source.h"

namespace CLI {
class App;
}

namespace rw::cli {

/// Runs a test of a pipeline elsewhere.
using RunsTest = std::function<TestOutcome(const TestedPipeline& tested, const PipelineTest& test)>;

/// The services that these commands take from a program with Qt.
struct WithQt {
    /// For the connections of a pipeline. Called on the main thread, before anything is printed or started.
    std::function<SecretSource()> secrets{};
    /// For --charts; null where needEngineAlone() is asked first.
    std::function<Status(Run&, const std::string& folder)> writeCharts{};
    /// The jobs on clusters that a pipeline's file was given in as; called before anything is printed.
    std::function<std::vector<Deployment>(const std::string& file)> jobsOf{};
    /// For test --on flink, by the name of a target; called before anything is printed or started. An error:
    /// there is no such target.
    std::function<Result<RunsTest>(const std::string& target)> testsOnFlink{};
};

class EngineCommands {
 public:
    /// Adds the commands to `app`, which outlives this object.
    EngineCommands(CLI::App& app, WithQt withQt);
    ~EngineCommands();
    EngineCommands(const EngineCommands&) = delete;
    EngineCommands& operator=(const EngineCommands&) = delete;

    /// After parsing: runs the command that was given, if it is one of these. Its exit status.
    std::optional<int> run();

 private:
    struct Words;
    std::unique_ptr<Words> m_words;
};

/// Whether main()'s arguments name one of these commands and no service of Qt but, perhaps, secrets.
bool needEngineAlone(int argc, const char* const* argv);

/// Reads the words of such a command and runs it. Wrong usage is printed and has status 2.
int runEngineCommand(int argc, char** argv, WithQt withQt);

}  // namespace rw::cli
