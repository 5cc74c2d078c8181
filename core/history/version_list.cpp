#include "core/history/version_list.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>

#include "core/base/whole_file.h"
#include "core/pipeline/json/json_layout.h"
#include "core/pipeline/json/json_scan.h"

namespace rw {

namespace {

namespace fs = std::filesystem;

constexpr int kListVersion = 1;
constexpr const char* kEnding = ".rill";
constexpr std::size_t kContentLength = 32;  ///< hexadecimal digits

std::string listFile(const std::string& folder) {
    return folder + "/versions.json";
}

std::string contentFile(const std::string& folder, const std::string& content) {
    return folder + '/' + content + kEnding;
}

bool isContentName(const std::string& text) {
    return text.size() == kContentLength && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Status cannotRead(const std::string& file, const std::error_code& why) {
    return {ErrorCode::Io,
            RW_TEXT("history", "The versions in “%1” can't be read: %2.").with(file, why.message()),
            RW_TEXT("history", "Check the disk and your permissions.")};
}

Status written(const std::string& file, const WrittenWhole& result) {
    if (result.failed) {
        return {
            ErrorCode::Io,
            RW_TEXT("history", "The version can't be kept in “%1”: %2.").with(file, result.failed.message()),
            RW_TEXT("history", "Make room on the disk, or check your permissions.")};
    }
    if (result.unsynced) return notSynced(file, result.unsynced, RW_TEXT("history", "Check the disk."));
    return {};
}

/// False: it is not as this program writes one.
bool readEntry(const Json& entry, SavedVersion& version) {
    if (!entry.is_object()) return false;
    const auto number = entry.find("number"), saved = entry.find("saved"), name = entry.find("name"),
               bytes = entry.find("bytes"), content = entry.find("content");
    const auto end = entry.end();
    if (number == end || saved == end || bytes == end || content == end || !number->is_number_integer() ||
        !saved->is_number_integer() || !bytes->is_number_unsigned() || !content->is_string())
        return false;
    if (name != end && !name->is_string()) return false;
    version.number = number->get<std::int64_t>();
    version.saved = saved->get<Instant>();
    version.bytes = bytes->get<std::size_t>();
    version.content = content->get<std::string>();
    if (name != end) version.name = name->get<std::string>();
    return version.number > 0 && isContentName(version.content);
}

/// False: it is damaged.
bool readList(const Json& root, VersionList& list) {
    const auto next = root.find("next"), pipeline = root.find("pipeline"), versions = root.find("versions");
    if (next == root.end() || !next->is_number_integer() || versions == root.end() || !versions->is_array())
        return false;
    list.next = next->get<std::int64_t>();
    if (pipeline != root.end() && pipeline->is_string()) list.pipeline = pipeline->get<std::string>();
    std::int64_t before = 0;
    for (const Json& entry : *versions) {
        SavedVersion& version = list.versions.emplace_back();
        if (!readEntry(entry, version) || version.number <= before) return false;
        before = version.number;
    }
    return list.next > before;
}

/// The texts there are, by the times of their files.
VersionList rebuilt(const std::string& folder) {
    VersionList list;
    list.rebuilt = true;
    std::error_code ignored;
    for (fs::directory_iterator entry(folder, ignored), end; entry != end; entry.increment(ignored)) {
        const fs::path& path = entry->path();
        if (path.extension() != kEnding || !isContentName(path.stem().string())) continue;
        if (!entry->is_regular_file(ignored)) continue;
        SavedVersion& version = list.versions.emplace_back();
        version.content = path.stem().string();
        version.bytes = static_cast<std::size_t>(entry->file_size(ignored));
        const auto changed = std::chrono::file_clock::to_sys(entry->last_write_time(ignored));
        version.saved =
            std::chrono::duration_cast<std::chrono::milliseconds>(changed.time_since_epoch()).count();
    }
    std::sort(list.versions.begin(), list.versions.end(), [](const SavedVersion& a, const SavedVersion& b) {
        return std::pair(a.saved, a.content) < std::pair(b.saved, b.content);
    });
    for (SavedVersion& version : list.versions) version.number = list.next++;
    return list;
}

}  // namespace

Result<VersionList> readVersions(const std::string& folder) {
    std::string text;
    const std::error_code failed = readWhole(listFile(folder), kMaxFileBytes, text);
    if (failed == std::errc::no_such_file_or_directory) return rebuilt(folder);
    if (failed && failed != std::errc::file_too_large) return cannotRead(listFile(folder), failed);
    const Result<Json> root = parseJson(text);
    const auto format = root.ok() && root->is_object() ? root->find("rill_versions") : Json::const_iterator();
    if (!root.ok() || !root->is_object() || format == root->end() || !format->is_number_integer())
        return rebuilt(folder);
    if (format->get<std::int64_t>() > kListVersion) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("history", "The versions in “%1” were kept by a newer Rillwright.")
                          .with(listFile(folder)),
                      RW_TEXT("history", "Update Rillwright."));
    }
    VersionList list;
    return readList(*root, list) ? list : rebuilt(folder);
}

Status writeVersions(const std::string& folder, const VersionList& list) {
    const std::string file = listFile(folder);
    if (list.rebuilt) {
        std::error_code none;  // there is none where there was no list
        fs::rename(file, file + ".damaged", none);
    }
    Json root{{"rill_versions", kListVersion},
              {"pipeline", list.pipeline},
              {"next", list.next},
              {"versions", Json::array()}};
    for (const SavedVersion& version : list.versions) {
        Json entry{{"number", version.number},
                   {"saved", version.saved},
                   {"bytes", version.bytes},
                   {"content", version.content}};
        if (!version.name.empty()) entry["name"] = version.name;
        root["versions"].push_back(std::move(entry));
    }
    return written(file, writeWhole(file, layOut(root), FileReaders::Owner));
}

std::string contentName(std::string_view text) {
    const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

Status writeContent(const std::string& folder, const std::string& content, std::string_view text) {
    const std::string file = contentFile(folder, content);
    std::string there;
    if (!readWhole(file, text.size(), there) && there == text) return {};
    return written(file, writeWhole(file, text, FileReaders::Owner));
}

Result<std::string> readContent(const std::string& folder, const std::string& content) {
    const std::string file = contentFile(folder, content);
    std::string text;
    if (const std::error_code failed = readWhole(file, kMaxFileBytes, text)) return cannotRead(file, failed);
    if (contentName(text) == content) return text;
    return Status(ErrorCode::Invalid, RW_TEXT("history", "The version in “%1” is damaged.").with(file),
                  RW_TEXT("history", "Take another version."));
}

void removeContent(const std::string& folder, const std::string& content) {
    std::error_code ignored;
    fs::remove(contentFile(folder, content), ignored);
}

}  // namespace rw
