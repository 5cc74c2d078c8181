#include "core/launch/checkpoint_locations.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace rw {

std::vector<CheckpointLocation> checkpointLocations(const std::vector<RunningNode>& nodes,
                                                    const std::string& file, const std::string& folder) {
    if (!folder.empty()) return {locationInFolder(folder, file)};
    std::vector<CheckpointLocation> locations;
    // A checkpoint waits for the sink that decides, and the tables of a database do not wait with it.
    const bool apart = std::any_of(nodes.begin(), nodes.end(),
                                   [](const RunningNode& node) { return !node.bound->decidesWith.empty(); });
    if (apart) locations.push_back(locationAtHome(file));
    for (const RunningNode& node : nodes) {
        const std::string& database = node.bound->keepsCheckpoints;
        if (database.empty()) continue;
        CheckpointLocation location = locationInDatabase(database, file);
        if (std::find(locations.begin(), locations.end(), location) == locations.end())
            locations.push_back(std::move(location));
    }
    if (!apart) locations.push_back(locationAtHome(file));
    return locations;
}

FoundCheckpoints findCheckpoints(const std::vector<CheckpointLocation>& locations, CheckpointLook look) {
    FoundCheckpoints found{locations.front(), {}, {}};
    for (const CheckpointLocation& location : locations) {
        Result<std::vector<SavedCheckpoint>> saved = savedCheckpoints(location, {look});
        if (!saved.ok()) {
            if (found.saved.empty()) return {location, {}, saved.status()};
            continue;
        }
        if (saved->empty()) continue;
        if (!found.saved.empty() && saved->front().taken <= found.saved.front().taken) continue;
        found = {location, *std::move(saved), {}};
    }
    return found;
}

std::string otherPipelineAt(const CheckpointLocation& location, const std::string& file) {
    if (!location.alone) return {};
    std::string other = pipelineFileAt(location);
    std::error_code ignored;
    if (other.empty() || other == file || !std::filesystem::exists(other, ignored) ||
        std::filesystem::equivalent(other, file, ignored))
        return {};
    return other;
}

}  // namespace rw
