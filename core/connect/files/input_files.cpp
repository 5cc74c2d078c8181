#include "core/connect/files/input_files.h"

#include <algorithm>
#include <filesystem>

namespace rw {

namespace {

Text pathFix() {
    return RW_TEXT("files", "Give a file, a folder, or a pattern such as data/*.csv.");
}

Status none(const Text& what, const std::string& path) {
    return {ErrorCode::NotFound, Text(what).with(path), pathFix()};
}

/// The regular ones among `paths`, sorted. One may vanish while we look.
std::vector<std::string> regular(std::vector<std::string> paths, const Files& files) {
    std::erase_if(paths, [&files](const std::string& path) {
        const Result<FileState> state = files.state(path);
        return !state.ok() || state->kind != FileState::Kind::Regular;
    });
    std::sort(paths.begin(), paths.end());
    return paths;
}

bool hidden(const std::string& path) {
    return std::filesystem::path(path).filename().native().starts_with('.');
}

bool isPattern(const std::string& path) {
    return path.find_first_of("*?[") != std::string::npos;
}

}  // namespace

Result<std::vector<std::string>> inputFiles(const std::string& path, const Files& files) {
    const Result<FileState> state = files.state(path);
    if (!state.ok()) {
        if (state.error().code != ErrorCode::NotFound) return state.status();
        if (!isPattern(path)) return none(RW_TEXT("files", "There is no file “%1”."), path);
        std::vector<std::string> paths = regular(files.matching(path), files);
        if (paths.empty()) return none(RW_TEXT("files", "No file matches “%1”."), path);
        return paths;
    }
    if (state->kind == FileState::Kind::Regular) return std::vector<std::string>{path};
    if (state->kind != FileState::Kind::Folder) {
        return Status(ErrorCode::Invalid, RW_TEXT("files", "“%1” is neither a file nor a folder.").with(path),
                      pathFix());
    }
    RW_TRY_ASSIGN(std::vector<std::string> paths, files.list(path));
    std::erase_if(paths, hidden);
    paths = regular(std::move(paths), files);
    if (paths.empty()) return none(RW_TEXT("files", "The folder “%1” holds no files."), path);
    return paths;
}

std::vector<std::string> inputFilesAfter(const std::string& last, const std::string& path,
                                         const Files& files) {
    const Result<FileState> state = files.state(path);
    std::vector<std::string> paths;
    if (state.ok() && state->kind == FileState::Kind::Folder) {
        if (auto listed = files.list(path); listed.ok()) paths = *std::move(listed);
        std::erase_if(paths, hidden);
    } else if (!state.ok() && isPattern(path)) {
        paths = files.matching(path);
    }
    // before they are looked at one by one: a folder may hold many that were read long ago
    std::erase_if(paths, [&last](const std::string& file) { return file <= last; });
    return regular(std::move(paths), files);
}

}  // namespace rw
