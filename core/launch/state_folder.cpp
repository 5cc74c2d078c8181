#include "core/launch/state_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/connect/files/system_files.h"
#include "core/connect/files/system_output_files.h"
#include "core/data/utf8.h"
#include "core/state/checkpoint_location.h"
#include "core/store/spill_folder.h"

namespace rw {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".rill-state";
constexpr int kMostAtOnce = 100;                                 ///< runs of one pipeline, or of a user
constexpr std::size_t kLongestStore = 255 - kEnding.size() - 4;  ///< bytes: a name has 255, with “-100”

/// Beside a file of checkpoints, and called after it: of a long name its beginning.
std::string folderBeside(const CheckpointLocation& checkpoints) {
    const fs::path file(checkpoints.path);
    std::string name(wholeCharacters(file.filename().native(), kLongestStore));
    return (file.parent_path() / name.append(kEnding)).native();
}

/// Where a run of the pipeline may have its state, the place of this one first.
std::vector<std::string> placesOf(const LaunchOf& of, const std::string& folder, const AssembledRun& run,
                                  const OutputFiles& outputs) {
    const std::string& file = of.validating.file;
    std::vector<CheckpointLocation> beside;
    if (!folder.empty()) beside.push_back(locationInFolder(folder, file));
    if (run.checkpoints) beside.push_back(run.checkpoints->location);
    beside.push_back(locationAtHome(file));
    std::vector<std::string> places;
    for (const CheckpointLocation& each : beside) {
        std::string place = outputs.target(folderBeside(each));
        if (std::find(places.begin(), places.end(), place) == places.end())
            places.push_back(std::move(place));
    }
    return places;
}

/// The runs of a pipeline that go on at the same time have a number each.
std::string numbered(const std::string& place, int number) {
    return number == 1 ? place : fmt::format("{}-{}", place, number);
}

bool isNumbered(std::string_view path, std::string_view place) {
    if (path == place) return true;
    if (!path.starts_with(place)) return false;
    path.remove_prefix(place.size());
    return path.size() > 1 && path.front() == '-' &&
           std::all_of(path.begin() + 1, path.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool hasNodesThatSpill(const Plan& plan) {
    return std::any_of(plan.stages.begin(), plan.stages.end(), [](const Stage& stage) {
        return std::any_of(stage.nodes.begin(), stage.nodes.end(),
                           [](const PlannedNode& node) { return node.bound->spills; });
    });
}

/// The number of a run among those of a user that go on: each takes less of the machine's memory.
struct Place {
    std::unique_ptr<OutputClaim> claim{};
    int number = 1;
};

/// The first one that is free; without a claim where all are taken, or nobody could see one.
Place takePlace(OutputFiles& outputs) {
    Place place;
    for (; place.number < kMostAtOnce; ++place.number) {
        auto claimed =
            outputs.claim("/memory for state", std::to_string(place.number), OutputClaim::Mode::Alone);
        if (!claimed.ok()) continue;
        place.claim = *std::move(claimed);
        break;
    }
    return place;
}

/// Removes what runs that were killed have left there. Folders that another run has are left alone, and so
/// are those that can't be used: this run does not need them.
void clean(const std::string& place, const std::shared_ptr<OutputFiles>& outputs,
           const SpillFolderOptions& options) {
    const Result<std::vector<std::string>> beside =
        systemFiles()->list(fs::path(place).parent_path().native());
    if (!beside.ok()) return;
    for (const std::string& path : *beside) {
        if (isNumbered(path, place)) (void)SpillFolder::open(outputs, *systemFiles(), path, options);
    }
}

}  // namespace

Status openStateFolder(const LaunchOf& of, const std::string& folder, const AssembledRun& run,
                       RunOptions& options) {
    // The machine's, as the files of checkpoints are: nobody has to agree to what the program keeps.
    const std::shared_ptr<OutputFiles> outputs = systemOutputFiles();
    const std::vector<std::string> places = placesOf(of, folder, run, *outputs);
    const bool spills = hasNodesThatSpill(of.plan);
    const bool asked = options.stateMemory > 0 || of.plan.stateMemory > 0 || !folder.empty();
    Place ours;
    if (spills && options.stateMemory == 0 && of.plan.stateMemory == 0) ours = takePlace(*outputs);
    setStateMemory(of.plan, options, ours.number);
    for (int number = 1; spills && options.stateMemory > 0 && !options.spill; ++number) {
        auto opened = SpillFolder::open(outputs, *systemFiles(), numbered(places.front(), number),
                                        {run.id, !folder.empty(), !asked});
        if (opened.ok()) {
            options.spill = *std::move(opened);
            options.spill->hold(std::move(ours.claim));
        } else if (opened.error().code != ErrorCode::Locked || number == kMostAtOnce) {
            if (asked) return opened.status();
            break;  // as if there were no such files
        }
    }
    for (const std::string& place : places) clean(place, outputs, {run.id, false});
    return {};
}

}  // namespace rw
