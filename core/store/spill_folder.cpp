#include "core/store/spill_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace rw {

namespace {

constexpr std::string_view kBegin = "spill-", kEnd = ".run";

/// Whether the file at a path is one that nextPath() named: nothing else in the folder is ours.
bool isOurs(std::string_view path) {
    std::string_view name = path.substr(path.rfind('/') + 1);  // all of it where there is none
    if (!name.starts_with(kBegin) || !name.ends_with(kEnd)) return false;
    if (name.size() <= kBegin.size() + kEnd.size()) return false;
    name.remove_prefix(kBegin.size());
    name.remove_suffix(kEnd.size());
    return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<std::shared_ptr<SpillFolder>> SpillFolder::open(std::shared_ptr<OutputFiles> outputs,
                                                       const Files& files, std::string path) {
    outputs->makeFolder(path);
    Result<std::unique_ptr<OutputClaim>> claim = outputs->claim(path, "spill", OutputClaim::Mode::Alone);
    if (!claim.ok()) {
        Error error = claim.error();
        error.code = ErrorCode::Locked;
        return Status(std::move(error));
    }
    // Where it could not be made, this says so, before much has come that needs it.
    RW_TRY_ASSIGN(const std::vector<std::string> found, files.list(path));
    for (const std::string& file : found) {
        if (isOurs(file)) outputs->remove(file);
    }
    return std::shared_ptr<SpillFolder>(
        new SpillFolder(std::move(outputs), std::move(path), *std::move(claim)));
}

std::string SpillFolder::nextPath() {
    return fmt::format("{}/{}{}{}", m_path, kBegin, ++m_files, kEnd);
}

}  // namespace rw
