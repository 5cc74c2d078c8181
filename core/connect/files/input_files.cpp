#include "core/connect/files/input_files.h"

#include <algorithm>
#include <filesystem>

#include "core/base/figures.h"

namespace rw {

namespace {

Text pathFix() {
    return RW_TEXT("files", "Give a file, a folder, or a pattern such as data/*.csv.");
}

Status none(const Text& what, const std::string& path) {
    return {ErrorCode::NotFound, Text(what).with(path), pathFix()};
}

Status changedWhileRead(const Text& what) {
    return {ErrorCode::Invalid, what,
            RW_TEXT("files",
                    "Put the file back, and start or resume the run. A file that other programs empty is "
                    "read with “Follow”.")};
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

/// Of a pattern the folders before the first part that is one, with the slash; of others all.
std::string fixedPart(const std::string& path) {
    const std::size_t wild = path.find_first_of("*?[");
    if (wild == std::string::npos) return path;
    const std::size_t slash = path.rfind('/', wild);
    return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
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

std::vector<std::string> inputFilesBut(const std::function<bool(const std::string&)>& known,
                                       const std::string& path, const Files& files) {
    const Result<FileState> state = files.state(path);
    std::vector<std::string> paths;
    if (state.ok() && state->kind == FileState::Kind::Folder) {
        if (auto listed = files.list(path); listed.ok()) paths = *std::move(listed);
        std::erase_if(paths, hidden);
    } else if (!state.ok() && isPattern(path)) {
        paths = files.matching(path);
    }
    // before they are looked at one by one: a folder may hold many that were read long ago
    std::erase_if(paths, known);
    return regular(std::move(paths), files);
}

std::string nameBelow(const std::string& name, const std::string& path) {
    const std::string fixed = fixedPart(path);
    return name.starts_with(fixed) ? name.substr(fixed.size()) : name;
}

std::string movedName(const std::string& name, const std::string& before, const std::string& now) {
    const std::string old = fixedPart(before), fixed = fixedPart(now);
    const bool alike = before.substr(old.size()) == now.substr(fixed.size());
    return alike && mayBeNamedBy(name, before) ? fixed + name.substr(old.size()) : name;
}

bool mayBeNamedBy(const std::string& name, const std::string& path) {
    const std::string fixed = fixedPart(path);
    if (!name.starts_with(fixed)) return false;
    return name.size() == fixed.size() || fixed.ends_with('/') || name[fixed.size()] == '/';
}

Status truncatedWhileRead(const std::string& file, std::uint64_t before, std::uint64_t now) {
    return changedWhileRead(RW_TEXT("files", "“%1” was truncated from %2 to %3 while it was read.")
                                .with(file, figures::bytes(before), figures::bytes(now)));
}

Status rewrittenWhileRead(const std::string& file, std::uint64_t offset) {
    return changedWhileRead(
        RW_TEXT("files", "“%1” was rewritten while it was read: the bytes before byte %2 are others.")
            .with(file, figures::count(offset)));
}

}  // namespace rw
