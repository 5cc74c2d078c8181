#include "core/launch/files_read.h"

#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "core/base/figures.h"
#include "core/connect/files/input_files.h"
#include "core/pipeline/checks/param_check.h"

namespace rw {

namespace {

/// A file of so many bytes is known by all of them, a larger one by so many at each of its ends.
constexpr std::uint64_t kWhole = std::uint64_t{1} << 20, kEnd = std::uint64_t{1} << 16;
/// Bytes of all files together that are read of them.
constexpr std::uint64_t kMost = std::uint64_t{16} << 20;

struct InputPath {
    std::string path{};
    /// Its bytes may be read. Not those of a database: closing a file of our own drops the locks that this
    /// program has on it.
    bool plain = false;
};

void addPathsOf(const PlannedNode& node, const std::string& folder, std::vector<InputPath>& paths) {
    const NodeKind& kind = *node.kind;
    const Json& params = node.declared->params;
    for (const ParamSpec& spec : kind.params) {
        if (spec.kind != ParamKind::InputPath || !applies(spec, kind, params)) continue;
        const Json& value = paramValue(spec, params);
        if (!value.is_string() || value.get<std::string>().empty() || value == "-") continue;
        // As the nodes have it (BindContext::path).
        const std::filesystem::path below = std::filesystem::path(folder) / value.get<std::string>();
        paths.push_back({below.lexically_normal().native(), kind.inputs.empty()});
    }
}

std::vector<InputPath> inputPaths(const Plan& plan) {
    std::vector<InputPath> paths;
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) addPathsOf(node, plan.folder, paths);
    }
    return paths;
}

/// XXH3 of `count` bytes from `offset` on; nothing: they can't be read.
std::optional<std::uint64_t> hashOf(InputFile& file, std::uint64_t offset, std::uint64_t count) {
    std::string bytes(static_cast<std::size_t>(count), '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        const Result<std::size_t> more = file.read(offset + have, std::span(bytes).subspan(have));
        if (!more.ok() || *more == 0) return std::nullopt;
        have += *more;
    }
    return XXH3_64bits(bytes.data(), bytes.size());
}

std::uint64_t bytesToRead(std::uint64_t size) {
    return size <= kWhole ? size : 2 * kEnd;
}

/// FileMark::bytes of the first `size` bytes of a file.
std::optional<std::pair<std::uint64_t, std::uint64_t>> bytesOf(const std::string& path, std::uint64_t size,
                                                               const Files& files) {
    const Result<std::unique_ptr<InputFile>> file = files.open(path);
    if (!file.ok()) return std::nullopt;
    const std::uint64_t part = size <= kWhole ? size : kEnd;
    const auto first = hashOf(**file, 0, part);
    const auto last = size <= kWhole ? first : hashOf(**file, size - part, part);
    if (!first || !last) return std::nullopt;
    return std::pair{*first, *last};
}

/// How the file stands to what it was; nothing: it is the same.
std::optional<FileChange::Kind> changeOf(const std::string& path, const FileMark& was, const FileState& now,
                                         const Files& files) {
    const bool sameState = now == was.state;
    const std::uint64_t size = was.state.size;
    // Of a small file the bytes are the truth: one that was written twice at one moment has the same state.
    if (!was.bytes || (sameState && size > kWhole))
        return sameState ? std::nullopt : std::optional(FileChange::Kind::Changed);
    if (now.size < size || bytesOf(path, size, files) != was.bytes) return FileChange::Kind::Changed;
    if (now.size > size) return FileChange::Kind::Grown;
    return size <= kWhole ? std::nullopt : std::optional(FileChange::Kind::Changed);
}

/// The files that a path names by now; nothing: that can't be told.
std::optional<std::vector<std::string>> named(const std::string& path, const Files& files) {
    Result<std::vector<std::string>> found = inputFiles(path, files);
    if (found.ok()) return *std::move(found);
    if (found.error().code != ErrorCode::NotFound) return std::nullopt;
    return std::vector<std::string>();
}

}  // namespace

FilesRead filesRead(const Plan& plan, const Files& files) {
    FilesRead read;
    std::uint64_t left = kMost;
    for (const InputPath& input : inputPaths(plan)) {
        const auto [place, fresh] = read.paths.try_emplace(input.path);
        if (!fresh) continue;
        for (const std::string& file : named(input.path, files).value_or(std::vector<std::string>())) {
            const Result<FileState> state = files.state(file);
            if (!state.ok()) continue;
            FileMark& mark = place->second[file];
            mark.state = *state;
            const std::uint64_t bytes = bytesToRead(state->size);
            if (!input.plain || bytes > left) continue;
            mark.bytes = bytesOf(file, state->size, files);
            left -= bytes;
        }
        // A run that did not find it has failed, and nobody asks about its rows.
        if (place->second.empty()) read.paths.erase(place);
    }
    return read;
}

std::vector<FileChange> changedFiles(const FilesRead& before, const Plan& plan, const Files& files) {
    std::map<std::string, FileChange::Kind> changes;
    std::set<std::string> looked;
    for (const InputPath& input : inputPaths(plan)) {
        const auto was = before.paths.find(input.path);
        if (was == before.paths.end() || !looked.insert(input.path).second) continue;
        std::optional<std::vector<std::string>> found = named(input.path, files);
        if (!found) continue;
        std::set<std::string> now;
        for (std::string& file : *found) {
            const Result<FileState> state = files.state(file);
            if (!state.ok()) continue;
            const auto mark = was->second.find(file);
            if (mark == was->second.end()) {
                changes.emplace(file, FileChange::Kind::Added);
            } else if (const auto kind = changeOf(file, mark->second, *state, files)) {
                changes.emplace(file, *kind);
            }
            now.insert(std::move(file));
        }
        for (const auto& [file, mark] : was->second) {
            if (!now.contains(file)) changes.emplace(file, FileChange::Kind::Removed);
        }
    }
    std::vector<FileChange> told;
    for (const auto& [file, kind] : changes) told.push_back({kind, file});
    return told;
}

Text changedWords(const std::vector<FileChange>& changes) {
    if (changes.empty()) return {};
    const std::string name = std::filesystem::path(changes.front().file).filename().native();
    if (changes.size() > 1) {
        return figures::counted(
                   changes.size() - 1,
                   RW_TEXT("lineage",
                           "“%1” and 1 other file have changed since the run: the answer is of the files as "
                           "they are now. Run again to compare."),
                   RW_TEXT(
                       "lineage",
                       "“%2” and %1 other files have changed since the run: the answer is of the files as "
                       "they are now. Run again to compare."))
            .with(name);
    }
    switch (changes.front().kind) {
        case FileChange::Kind::Changed:
            break;
        case FileChange::Kind::Grown:
            return RW_TEXT(
                       "lineage",
                       "“%1” has grown since the run; the answer may have rows that the run did not read. "
                       "Run again to compare.")
                .with(name);
        case FileChange::Kind::Removed:
            return RW_TEXT("lineage",
                           "“%1” has been removed since the run; the answer lacks its rows. Put it back, or "
                           "run again to compare.")
                .with(name);
        case FileChange::Kind::Added:
            return RW_TEXT("lineage",
                           "“%1” has been added since the run; the answer may have rows that the run did not "
                           "read. Run again to compare.")
                .with(name);
    }
    return RW_TEXT("lineage",
                   "“%1” has changed since the run; the answer is of the file as it is now. Run again to "
                   "compare.")
        .with(name);
}

}  // namespace rw
