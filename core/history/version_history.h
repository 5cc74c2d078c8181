// The versions that were kept of a pipeline. All functions wait for the disk, for another program
// that changes the same history for some seconds at most, and may be called by any thread. Paths of pipelines
// are absolute; a file that is moved or renamed begins a new history.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/history/version_list.h"

namespace rw {

/// Versions without a name: the oldest go when there are more, or more bytes of texts.
inline constexpr std::size_t kMostVersions = 200, kMostVersionBytes = std::size_t{64} << 20;
inline constexpr std::size_t kLongestVersionName = 100;  ///< characters

/// The folder of a pipeline's history; it may not be there.
std::string versionFolder(const std::string& pipelineFile);

/// The newest first; none where nothing was saved.
Result<std::vector<SavedVersion>> savedVersions(const std::string& pipelineFile);
/// Its text as it was saved.
Result<std::string> versionText(const std::string& pipelineFile, std::int64_t number);

/// The version of `text`, saved at `saved`: a new one, or the newest where that has the same text.
Result<SavedVersion> keepVersion(const std::string& pipelineFile, std::string_view text, Instant saved);
/// What the file held before a save, for another program may have written it: a new version unless one has
/// that text.
Status keepOverwritten(const std::string& pipelineFile, std::string_view text, Instant saved);
/// An empty name takes it away. No two versions have one name.
Status nameVersion(const std::string& pipelineFile, std::int64_t number, const std::string& name);
Status dropVersion(const std::string& pipelineFile, std::int64_t number);

}  // namespace rw
