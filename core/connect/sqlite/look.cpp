#include "core/connect/sqlite/look.h"

#include <sys/stat.h>

#include <array>
#include <cstdint>
#include <filesystem>

namespace rw {

namespace {

constexpr std::uintmax_t kLogHead = 32;  ///< bytes of a log before the first committed page

/// As SQLite's URIs want it, with the options behind the question mark.
std::string uriOf(const std::string& path, const char* how) {
    std::string uri = "file:";
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#') {
            uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
        } else {
            uri += c;
        }
    }
    return uri + how;
}

/// By the head of the file, which is read through SQLite: closing a descriptor of our own would drop the
/// locks that connections of this process have on it.
bool isInWalMode(const std::string& path, const char* vfs) {
    constexpr std::size_t kReadVersion = 19;
    constexpr unsigned char kWal = 2;
    sqlite3* database = nullptr;
    bool wal = false;
    if (sqlite3_open_v2(uriOf(path, "?immutable=1").c_str(), &database, kSqliteLook, vfs) == SQLITE_OK) {
        sqlite3_file* file = nullptr;
        std::array<unsigned char, kReadVersion + 1> head{};
        if (sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK &&
            file != nullptr && file->pMethods != nullptr) {
            const int read = file->pMethods->xRead(file, head.data(), static_cast<int>(head.size()), 0);
            wal = read == SQLITE_OK && head[kReadVersion] == kWal;
        }
    }
    sqlite3_close(database);
    return wal;
}

/// Whether a program that may write has the database open, whose index file is there: the question that
/// SQLite asks itself first.
bool hasWriter(const std::string& path, const char* vfs) {
    constexpr int kIndexBytes = 32'768;
    sqlite3* database = nullptr;
    int found = SQLITE_OK;
    if (sqlite3_open_v2(uriOf(path, "?readonly_shm=1").c_str(), &database, kSqliteLook, vfs) == SQLITE_OK) {
        sqlite3_file* file = nullptr;
        if (sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK &&
            file != nullptr && file->pMethods != nullptr && file->pMethods->iVersion >= 2) {
            volatile void* index = nullptr;
            found = file->pMethods->xShmMap(file, 0, kIndexBytes, 0, &index);
            (void)file->pMethods->xShmUnmap(file, 0);
        }
    }
    sqlite3_close(database);
    return found != SQLITE_READONLY_CANTINIT;
}

bool isThere(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

}  // namespace

// Without WAL a connection that only reads makes no file. With WAL, if no program has the database open, there
// is no log and nothing to wait for; else the log is read by the index file that is there. A program that was
// killed when its log had a head and nothing else leaves one that SQLite, without writing, tries to read for
// ten seconds and then gives up with SQLITE_PROTOCOL (3.40): all committed rows are in the database.
SqliteLook sqliteLook(const std::string& path, const std::string& vfs) {
    const char* const through = vfs.empty() ? nullptr : vfs.c_str();
    if (!isInWalMode(path, through)) return {uriOf(path, "")};
    std::error_code ignored;
    const bool index = isThere(path + "-shm");
    const auto log = std::filesystem::file_size(path + "-wal", ignored);
    const bool logged = !ignored && log > 0, begun = !ignored && log > kLogHead;
    const bool read = index ? begun || hasWriter(path, through) : logged;
    return {uriOf(path, read ? "?readonly_shm=1" : "?immutable=1"), !read};
}

Status isThatDatabase(SQLite::Database& database, const DatabaseFile& file, const std::string& shown) {
    if (!file.number) return {};
    struct stat now {};
    int moved = 0;
    const bool same = sqlite3_file_control(database.getHandle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) ==
                          SQLITE_OK &&
                      moved == 0 && ::stat(file.path.c_str(), &now) == 0 && now.st_dev == file.number->first &&
                      now.st_ino == file.number->second;
    if (same) return {};
    return {ErrorCode::Refused,
            RW_TEXT("sqlite", "Another file was put in the place of “%1” while it was being opened.").with(shown),
            RW_TEXT("sqlite", "See who changed it, and run the pipeline again.")};
}

}  // namespace rw
