#include "core/state/checkpoint_location.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <filesystem>

#include "core/base/own_folders.h"
#include "core/connect/files/output_path.h"
#include "core/data/utf8.h"

namespace rw {

namespace {

constexpr const char* kEnding = ".checkpoints.sqlite";
constexpr std::size_t kLongestStem = 200;  ///< bytes: a name has 255, with SQLite's endings

std::string stemOf(const std::string& pipelineFile) {
    return std::filesystem::path(pipelineFile).stem().native();
}

}  // namespace

std::string claimedBy(const CheckpointLocation& location) {
    return "checkpoints " + location.owner;
}

std::string journalsBeside(const CheckpointLocation& location) {
    return besidePath(location.path, ".rill-journal") +
           (location.owner.empty()
                ? std::string()
                : fmt::format("-{:016x}", XXH3_64bits(location.owner.data(), location.owner.size())));
}

CheckpointLocation locationInDatabase(const std::string& database, const std::string& pipelineFile) {
    const std::filesystem::path file(pipelineFile);
    const auto near = file.lexically_normal().lexically_relative(
        std::filesystem::path(database).lexically_normal().parent_path());
    return {database, near.empty() ? file.native() : near.native(), false};
}

CheckpointLocation locationInFolder(const std::string& folder, const std::string& pipelineFile) {
    return {(std::filesystem::path(folder) / (stemOf(pipelineFile) + kEnding)).native(), {}, true};
}

CheckpointLocation locationAtHome(const std::string& pipelineFile) {
    const std::string file = std::filesystem::path(pipelineFile).lexically_normal().native();
    const std::string stem = stemOf(pipelineFile);
    const std::string name = fmt::format("{}-{:016x}{}", wholeCharacters(stem, kLongestStem),
                                         XXH3_64bits(file.data(), file.size()), kEnding);
    return {dataFolder() + "/checkpoints/" + name, {}, true};
}

}  // namespace rw
