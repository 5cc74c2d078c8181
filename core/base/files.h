// The files that a run reads, behind a face: a test, or a simulated run, gives it files of its own.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/status.h"

namespace rw {

/// The state of the file with a name, or of an open file.
struct FileState {
    enum class Kind { Regular, Folder, Other } kind = Kind::Regular;
    std::uint64_t device = 0, inode = 0;  ///< which file it is: a name may come to mean another
    std::uint64_t size = 0;               ///< bytes
    std::int64_t modified = 0;            ///< nanoseconds since the epoch

    bool sameFile(const FileState& other) const { return device == other.device && inode == other.inode; }
    bool operator==(const FileState&) const = default;
};

/// A regular file, open for reading. Single-threaded.
class InputFile {
 public:
    virtual ~InputFile() = default;
    /// Fills `into` from byte `offset` on, as far as there is something at once; 0: the file ends there.
    virtual Result<std::size_t> read(std::uint64_t offset, std::span<char> into) = 0;
    virtual Result<FileState> state() const = 0;
};

/// Bytes that come when they come: from a pipe, a terminal. Single-threaded.
class InputStream {
 public:
    virtual ~InputStream() = default;
    struct Read {
        std::size_t bytes = 0;
        bool ended = false;  ///< nothing comes any more
    };
    /// Fills `into` with the bytes that are there, and never waits; neither bytes nor the end: there is nothing now.
    virtual Result<Read> read(std::span<char> into) = 0;
};

/// How SQLite opens a database.
struct DatabaseFile {
    std::string path{};  ///< as SQLite is given it
    std::string vfs{};   ///< through which it reads and writes; empty: its usual one
    std::shared_ptr<const void> held{};  ///< by which `path` leads there; for as long as the file is open
    /// Which file it must be; nothing: whichever lies there, or none.
    std::optional<std::pair<std::uint64_t, std::uint64_t>> number{};  ///< device and inode
};

/// Errors say which file and why; ErrorCode::NotFound: there is nothing of that name. Safe from any thread.
class Files {
 public:
    virtual ~Files() = default;
    virtual Result<FileState> state(const std::string& path) const = 0;
    /// Never waits: it is an error if the path is no regular file.
    virtual Result<std::unique_ptr<InputFile>> open(const std::string& path) const = 0;
    /// The paths of all files in a folder, hidden files too, in any order.
    virtual Result<std::vector<std::string>> list(const std::string& folder) const = 0;
    /// The paths that a pattern with * ? [ ] matches, in any order.
    virtual std::vector<std::string> matching(const std::string& pattern) const = 0;
    /// The standard input of the program. Bytes that one reader takes the others do not get.
    virtual std::unique_ptr<InputStream> standardInput() const = 0;
    /// The database at `path`, to be read through SQLite.
    virtual Result<DatabaseFile> database(const std::string& path) const { return DatabaseFile{path, {}, {}, {}}; }
};

}  // namespace rw
