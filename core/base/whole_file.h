// Files that are put in place whole: a reader finds the old content or the new one, never a part.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/base/status.h"

namespace rw {

/// The users who may read the file written.
enum class FileReaders {
    Owner,  ///< its owner alone, whatever the old file allowed
    Usual   ///< as the old file; a new file as other new files of this program
};

/// The result of writing a file.
struct [[nodiscard]] WrittenWhole {
    /// Why the old file stays, and nothing beside it: EISDIR, a folder is there; EACCES, this user may not
    /// write; ENOTSUP, a device or a pipe is there; ENOSPC, EDQUOT, EFBIG, there is no room; and so on.
    std::error_code failed{};
    /// As syncFolderOf(), once the new file is in place.
    std::error_code unsynced{};
};

/// Writes beside the file, then in its place: through a link, so that the link stays one. Without an error the
/// new content outlives a loss of power. Waits for the disk; any thread, any process: of several the last one
/// stays.
WrittenWhole writeWhole(const std::string& path, std::string_view text, FileReaders readers);

/// Has the disk take down the names in the folder of a file: why it failed. A file system that has no such
/// sync has not failed, nor has a folder that this user may write in, but not open.
[[nodiscard]] std::error_code syncFolderOf(const std::string& path);
/// The error of a file whose folder can't be synced. `shown`: its path for people.
Status notSynced(const std::string& shown, const std::error_code& why, Text mend);

/// The whole of a regular file in `text`. Waits for the disk, never for a writer of a pipe. An error:
/// ENOENT, there is none; EINVAL, it is no regular file; EFBIG, it has more than `most` bytes; and so on.
[[nodiscard]] std::error_code readWhole(const std::string& path, std::size_t most, std::string& text);

/// Makes the folder of a file, and those above it, where they are not there. Whether that went well shows
/// when the file is written.
void makeFolderOf(const std::string& path);

/// A file descriptor that is closed on every way out. Single-threaded.
class FileDescriptor {
 public:
    explicit FileDescriptor(int fd) : m_fd(fd) {}
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor() { close(); }
    bool ok() const { return m_fd >= 0; }
    int fd() const { return m_fd; }
    /// False: errno says why; it is closed all the same.
    bool close();

 private:
    int m_fd;
};

/// Serialises changes of files in a folder, which read a file before they write it, over all programs and
/// threads, while this exists.
class FolderTurn {
 public:
    /// Waits for its turn, for some seconds at most.
    explicit FolderTurn(const std::string& folder);
    /// False: another program stands still in its turn. A disk without locks keeps nobody waiting.
    bool taken() const { return m_taken; }

 private:
    const FileDescriptor m_folder;
    bool m_taken = true;
};

}  // namespace rw
