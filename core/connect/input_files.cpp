#include "core/connect/input_files.h"

#include <glob.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace rw {

namespace {

namespace fs = std::filesystem;

Text mendPath() {
    return RW_TEXT("files", "Give a file, a folder, or a pattern such as data/*.csv.");
}

Status unreadable(const std::string& path, const std::error_code& error) {
    return {ErrorCode::Io, RW_TEXT("files", "“%1” can't be read: %2.").with(path, error.message())};
}

Result<std::vector<std::string>> filesOfFolder(const std::string& path) {
    std::vector<std::string> files;
    std::error_code error;
    fs::directory_iterator entry(path, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        std::error_code gone;  // a file may vanish while we look
        if (entry->path().filename().native().front() == '.' || !entry->is_regular_file(gone)) continue;
        files.push_back(entry->path().native());
    }
    if (error) return unreadable(path, error);
    if (files.empty()) {
        return Status(ErrorCode::NotFound, RW_TEXT("files", "The folder “%1” holds no files.").with(path),
                      mendPath());
    }
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::vector<std::string>> filesOfPattern(const std::string& path) {
    glob_t found{};
    const int failed = ::glob(path.c_str(), 0, nullptr, &found);
    std::vector<std::string> files;
    for (std::size_t i = 0; failed == 0 && i < found.gl_pathc; ++i) {
        std::error_code error;
        if (fs::is_regular_file(found.gl_pathv[i], error)) files.emplace_back(found.gl_pathv[i]);
    }
    ::globfree(&found);
    if (files.empty()) {
        return Status(ErrorCode::NotFound, RW_TEXT("files", "No file matches “%1”.").with(path), mendPath());
    }
    return files;
}

}  // namespace

Result<std::vector<std::string>> inputFiles(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::regular) return std::vector<std::string>{path};
    if (status.type() == fs::file_type::directory) return filesOfFolder(path);
    if (status.type() == fs::file_type::not_found) {
        if (path.find_first_of("*?[") != std::string::npos) return filesOfPattern(path);
        return Status(ErrorCode::NotFound, RW_TEXT("files", "There is no file “%1”.").with(path), mendPath());
    }
    if (status.type() == fs::file_type::none) return unreadable(path, error);
    return Status(ErrorCode::Invalid, RW_TEXT("files", "“%1” is neither a file nor a folder.").with(path),
                  mendPath());
}

}  // namespace rw
