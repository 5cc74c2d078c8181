#include "core/launch/checkpoint_locations.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace rw {

std::vector<CheckpointLocation> checkpointPlaces(const std::vector<RunningNode>& nodes,
                                                 const std::string& file, const std::string& folder) {
    if (!folder.empty()) return {placeInFolder(folder, file)};
    std::vector<CheckpointLocation> places;
    for (const RunningNode& node : nodes) {
        const std::string& database = node.bound->keepsCheckpoints;
        if (database.empty()) continue;
        CheckpointLocation place = placeInDatabase(database, file);
        if (std::find(places.begin(), places.end(), place) == places.end())
            places.push_back(std::move(place));
    }
    places.push_back(placeAtHome(file));
    return places;
}

FoundCheckpoints findCheckpoints(const std::vector<CheckpointLocation>& places, CheckpointLook look) {
    FoundCheckpoints found{places.front(), {}, {}};
    for (const CheckpointLocation& place : places) {
        Result<std::vector<SavedCheckpoint>> saved = savedCheckpoints(place, {look});
        if (!saved.ok()) {
            if (found.saved.empty()) return {place, {}, saved.status()};
            continue;
        }
        if (saved->empty()) continue;
        if (!found.saved.empty() && saved->front().taken <= found.saved.front().taken) continue;
        found = {place, *std::move(saved), {}};
    }
    return found;
}

std::string otherPipelineAt(const CheckpointLocation& place, const std::string& file) {
    if (!place.alone) return {};
    std::string other = pipelineFileAt(place);
    std::error_code ignored;
    if (other.empty() || other == file || !std::filesystem::exists(other, ignored) ||
        std::filesystem::equivalent(other, file, ignored))
        return {};
    return other;
}

}  // namespace rw
