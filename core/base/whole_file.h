// Files that are put in place whole: a reader finds the old content or the new one, never a part.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace rw {

/// The users who may read the file written.
enum class FileReaders {
    Owner,  ///< its owner alone, whatever the old file allowed
    Usual   ///< as the old file; a new file as other new files of this program
};

/// Writes beside the file, then in its place: through a link, so that the link stays one. The new content
/// outlives a loss of power. Waits for the disk; any thread, any process: of several the last one stays.
/// An error leaves the old file and nothing beside it: EISDIR, a folder is there; EACCES, this user may not
/// write; ENOTSUP, a device or a pipe is there; ENOSPC, EDQUOT, EFBIG, there is no room; and so on.
[[nodiscard]] std::error_code writeWhole(const std::string& path, std::string_view text, FileReaders readers);

/// The whole of a regular file in `text`. Waits for the disk, never for a writer of a pipe. An error:
/// ENOENT, there is none; EINVAL, it is no regular file; EFBIG, it has more than `most` bytes; and so on.
[[nodiscard]] std::error_code readWhole(const std::string& path, std::size_t most, std::string& text);

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

}  // namespace rw
