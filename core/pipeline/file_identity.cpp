#include "core/pipeline/file_identity.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <string>

namespace rw {

namespace {

namespace fs = std::filesystem;

/// The file that a write through `path` would make or change.
fs::path withLinksFollowed(fs::path path) {
    constexpr int kMostLinks = 40;
    std::error_code error;
    for (int i = 0; i < kMostLinks && fs::is_symlink(path, error); ++i) {
        path = path.parent_path() / fs::read_symlink(path, error);
    }
    const fs::path whole = fs::weakly_canonical(path, error);
    return error ? path.lexically_normal() : whole;
}

/// The path as SQLite's URIs want it; read without looking at locks or the log.
std::string immutableUri(const std::string& path) {
    std::string uri = "file:";
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#') {
            uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
        } else {
            uri += c;
        }
    }
    return uri + "?immutable=1";
}

}  // namespace

FileIdentity FileIdentity::of(const fs::path& path) {
    FileIdentity identity{withLinksFollowed(path), std::nullopt};
    struct stat found {};
    if (::stat(path.c_str(), &found) == 0) identity.number.emplace(found.st_dev, found.st_ino);
    return identity;
}

bool isDevice(const fs::path& path) {
    std::error_code ignored;
    const fs::file_type type = fs::status(path, ignored).type();
    return type == fs::file_type::character || type == fs::file_type::fifo || type == fs::file_type::socket;
}

bool isDatabase(const fs::path& path) {
    constexpr std::uintmax_t kHeaderBytes = 100;
    std::error_code error;
    if (!fs::is_regular_file(path, error) || fs::file_size(path, error) < kHeaderBytes || error) return false;
    sqlite3* database = nullptr;
    const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    int result = sqlite3_open_v2(immutableUri(path.native()).c_str(), &database, flags, nullptr);
    if (result == SQLITE_OK) {
        result = sqlite3_exec(database, "PRAGMA schema_version", nullptr, nullptr, nullptr);
    }
    sqlite3_close(database);
    // A database that has a log, or is damaged, may not be readable so.
    return result != SQLITE_NOTADB && result != SQLITE_CANTOPEN;
}

}  // namespace rw
