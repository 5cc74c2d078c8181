// When two names mean one file, and what kind of file it is.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <utility>

namespace rw {

/// The file that a name leads to.
struct FileIdentity {
    std::filesystem::path path;                     ///< absolute, links followed as far as they lead
    std::optional<std::pair<dev_t, ino_t>> number;  ///< device and inode, where the file is there

    static FileIdentity of(const std::filesystem::path& path);
    bool operator==(const FileIdentity& other) const {
        return path == other.path || (number && number == other.number);
    }
};

/// A pipe, a device or a socket: writing there overwrites nothing.
bool isDevice(const std::filesystem::path& path);

/// Whether the file is an SQLite database. Looks through SQLite: closing a descriptor of our own would drop
/// the locks that connections of this process have on it.
bool isDatabase(const std::filesystem::path& path);

}  // namespace rw
