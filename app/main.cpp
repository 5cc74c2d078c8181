// `rillwright`: the engine and its commands. Links no Qt.
#include <cstdlib>
#include <filesystem>

#include "app/cli/engine_commands.h"
#include "app/cli/program.h"
#include "core/cluster/deployment_store.h"

int main(int argc, char** argv) {
    rw::cli::fillClosedStreams();
    if (!rw::cli::needEngineAlone(argc, argv)) return rw::cli::becomeDesigner(argv);
    rw::cli::WithQt withQt;
    // Nothing was printed or begun yet.
    withQt.secrets = [argv]() -> rw::SecretSource { std::exit(rw::cli::becomeDesigner(argv)); };
    withQt.jobsOf = [argv](const std::string&) -> std::vector<rw::Deployment> {
        std::error_code none;
        if (std::filesystem::is_empty(rw::deploymentsPath(), none) || none) return {};
        std::exit(rw::cli::becomeDesigner(argv));
    };
    withQt.testsOnFlink = [argv](const std::string&) -> rw::Result<rw::cli::RunsTest> {
        std::exit(rw::cli::becomeDesigner(argv));
    };
    return rw::cli::runEngineCommand(argc, argv, std::move(withQt));
}
