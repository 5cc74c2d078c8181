#include "core/history/version_history.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>

#include "core/base/own_folders.h"
#include "core/base/whole_file.h"
#include "core/data/trim.h"
#include "core/data/utf8.h"
#include "core/pipeline/limits.h"

namespace rw {

namespace {

constexpr std::size_t kLongestStem = 200;  ///< bytes: a name has 255

Status noVersion(std::int64_t number) {
    return {ErrorCode::NotFound, RW_TEXT("history", "There is no version %1.").with(number),
            RW_TEXT("history", "Look at the list of versions.")};
}

std::vector<SavedVersion>::iterator versionAt(VersionList& list, std::int64_t number) {
    return std::find_if(list.versions.begin(), list.versions.end(),
                        [&](const SavedVersion& version) { return version.number == number; });
}

/// Removes the oldest without a name, as many as are too many; never the newest.
void dropSurplus(VersionList& list) {
    std::size_t count = 0, bytes = 0;
    std::set<std::int64_t> surplus;
    for (auto version = list.versions.rbegin(); version != list.versions.rend(); ++version) {
        if (!version->name.empty()) continue;
        ++count;
        bytes += version->bytes;
        if (count > 1 && (count > kMostVersions || bytes > kMostVersionBytes))
            surplus.insert(version->number);
    }
    std::erase_if(list.versions,
                  [&](const SavedVersion& version) { return surplus.contains(version.number); });
}

std::set<std::string> contentsOf(const VersionList& list) {
    std::set<std::string> contents;
    for (const SavedVersion& version : list.versions) contents.insert(version.content);
    return contents;
}

using ChangeVersions = std::function<Status(const std::string& folder, VersionList& list)>;

/// Changes the list in its turn. Texts that no version has any more go only once the new list stands: until
/// then the old one is whole.
Status changeVersions(const std::string& pipelineFile, const ChangeVersions& change) {
    const std::string folder = versionFolder(pipelineFile);
    const FolderTurn turn(folder);
    if (!turn.taken()) {
        return {ErrorCode::Locked, RW_TEXT("history", "Another program is at work in “%1”.").with(folder),
                RW_TEXT("history", "Try it again.")};
    }
    RW_TRY_ASSIGN(VersionList list, readVersions(folder));
    const std::set<std::string> before = contentsOf(list);
    list.pipeline = pipelineFile;
    RW_TRY(change(folder, list));
    const std::set<std::string> after = contentsOf(list);
    if (Status written = writeVersions(folder, list); !written.ok()) {
        for (const std::string& content : after) {
            if (!before.contains(content)) removeContent(folder, content);
        }
        return written;
    }
    for (const std::string& content : before) {
        if (!after.contains(content)) removeContent(folder, content);
    }
    return {};
}

Status checkName(const VersionList& list, std::int64_t number, const std::string& name) {
    if (charactersOf(name) > kLongestVersionName) {
        return {
            ErrorCode::Invalid,
            RW_TEXT("history", "The name of a version has at most %1 characters.").with(kLongestVersionName),
            RW_TEXT("history", "Choose a shorter one.")};
    }
    for (const SavedVersion& version : list.versions) {
        if (name.empty() || version.name != name || version.number == number) continue;
        return {ErrorCode::Invalid,
                RW_TEXT("history", "Version %1 is called “%2” already.").with(version.number, name),
                RW_TEXT("history", "Choose another name.")};
    }
    return {};
}

}  // namespace

std::string versionFolder(const std::string& pipelineFile) {
    const std::filesystem::path file = std::filesystem::path(pipelineFile).lexically_normal();
    return fmt::format("{}/versions/{}-{:016x}", dataFolder(),
                       wholeCharacters(file.stem().native(), kLongestStem),
                       XXH3_64bits(file.native().data(), file.native().size()));
}

Result<std::vector<SavedVersion>> savedVersions(const std::string& pipelineFile) {
    RW_TRY_ASSIGN(VersionList list, readVersions(versionFolder(pipelineFile)));
    std::reverse(list.versions.begin(), list.versions.end());
    return std::move(list.versions);
}

Result<std::string> versionText(const std::string& pipelineFile, std::int64_t number) {
    const std::string folder = versionFolder(pipelineFile);
    RW_TRY_ASSIGN(VersionList list, readVersions(folder));
    const auto version = versionAt(list, number);
    if (version == list.versions.end()) return noVersion(number);
    return readContent(folder, version->content);
}

Result<SavedVersion> keepVersion(const std::string& pipelineFile, std::string_view text, Instant saved) {
    SavedVersion kept;
    makeFolderOf(versionFolder(pipelineFile) + "/versions.json");
    const Status done = changeVersions(pipelineFile, [&](const std::string& folder, VersionList& list) {
        const std::string content = contentName(text);
        RW_TRY(writeContent(folder, content, text));
        if (list.versions.empty() || list.versions.back().content != content)
            list.versions.push_back({list.next++, saved, {}, text.size(), content});
        kept = list.versions.back();
        dropSurplus(list);
        return Status();
    });
    return done.ok() ? Result<SavedVersion>(kept) : Result<SavedVersion>(done);
}

Status keepOverwritten(const std::string& pipelineFile, std::string_view text, Instant saved) {
    RW_TRY_ASSIGN(const std::vector<SavedVersion> versions, savedVersions(pipelineFile));
    const std::string content = contentName(text);
    const bool has = std::any_of(versions.begin(), versions.end(),
                                 [&](const SavedVersion& version) { return version.content == content; });
    return has ? Status() : keepVersion(pipelineFile, text, saved).status();
}

Status nameVersion(const std::string& pipelineFile, std::int64_t number, const std::string& name) {
    return changeVersions(pipelineFile, [&](const std::string&, VersionList& list) {
        const std::string given(trimmed(name));
        const auto version = versionAt(list, number);
        if (version == list.versions.end()) return noVersion(number);
        RW_TRY(checkName(list, number, given));
        version->name = given;
        dropSurplus(list);
        return Status();
    });
}

Status dropVersion(const std::string& pipelineFile, std::int64_t number) {
    return changeVersions(pipelineFile, [&](const std::string&, VersionList& list) {
        const auto version = versionAt(list, number);
        if (version == list.versions.end()) return noVersion(number);
        list.versions.erase(version);
        return Status();
    });
}

}  // namespace rw
