// The list of the versions of one pipeline, and their texts, as files of a folder. Nothing here takes turns:
// version_history.h does.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"

namespace rw {

struct SavedVersion {
    std::int64_t number = 0;  ///< rising from 1; none is used again
    Instant saved = 0;
    std::string name{};     ///< empty: it goes when there are too many
    std::size_t bytes = 0;  ///< of the text
    std::string content{};  ///< the name of its text, without ending
};

struct VersionList {
    std::string pipeline{};                ///< the path of its file, for people who look into the folder
    std::int64_t next = 1;                 ///< the number of the next version
    std::vector<SavedVersion> versions{};  ///< oldest first
    bool rebuilt = false;                  ///< from the texts: the list itself could not be read
};

/// An empty one where there is none. One that is damaged is rebuilt from the texts there are, without names
/// and with the times of their files. An error: a newer version of this program wrote it, or the disk fails.
Result<VersionList> readVersions(const std::string& folder);
/// Whole or not at all. One that could not be read is kept beside it.
Status writeVersions(const std::string& folder, const VersionList& list);

/// How the text is called.
std::string contentName(std::string_view text);
/// Stores the text, unless it is there already, whole.
Status writeContent(const std::string& folder, const std::string& content, std::string_view text);
/// An error where it is gone, or damaged.
Result<std::string> readContent(const std::string& folder, const std::string& content);
/// Whether that went well does not matter: it would be found again when the same text is saved.
void removeContent(const std::string& folder, const std::string& content);

}  // namespace rw
