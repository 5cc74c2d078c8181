#include "core/launch/state_folder.h"

#include <fmt/format.h>

#include <utility>

#include "core/connect/files/system_files.h"
#include "core/connect/files/system_output_files.h"
#include "core/state/checkpoint_location.h"
#include "core/store/spill_folder.h"

namespace rw {

namespace {

constexpr const char* kEnding = ".rill-state";
constexpr int kMostAtOnce = 100;  ///< runs of one pipeline

std::string usualPlace(const LaunchOf& of, const std::string& folder, const AssembledRun& run) {
    const std::string& file = of.validating.file;
    if (!folder.empty()) return locationInFolder(folder, file).path;
    return run.checkpoints ? run.checkpoints->location.path : locationAtHome(file).path;
}

}  // namespace

Status openStateFolder(const LaunchOf& of, const std::string& folder, const AssembledRun& run,
                       RunOptions& options) {
    if (options.stateMemory == 0) return {};
    // The machine's, as the files of checkpoints are: nobody has to agree to what the program keeps.
    const std::shared_ptr<OutputFiles> outputs = systemOutputFiles();
    const std::string path = outputs->target(usualPlace(of, folder, run) + kEnding);
    for (int number = 1;; ++number) {
        auto opened = SpillFolder::open(outputs, *systemFiles(),
                                        number == 1 ? path : fmt::format("{}-{}", path, number));
        if (opened.ok()) {
            options.spill = *std::move(opened);
            return {};
        }
        if (opened.error().code != ErrorCode::Locked || number == kMostAtOnce) return opened.status();
    }
}

}  // namespace rw
