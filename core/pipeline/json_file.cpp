// Pipelines on disk.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "core/pipeline/json.h"
#include "core/pipeline/json_scan.h"

namespace rw {

namespace {

/// Closes on every way out.
class File {
 public:
    explicit File(int fd) : m_fd(fd) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { close(); }
    bool ok() const { return m_fd >= 0; }
    int fd() const { return m_fd; }
    bool close() {
        const int fd = std::exchange(m_fd, -1);
        return fd < 0 || ::close(fd) == 0;
    }

 private:
    int m_fd;
};

Status cannotRead(const std::string& path, int error) {
    if (error == ENOENT || error == ENOTDIR) {
        return Status(ErrorCode::NotFound, RW_TEXT("pipeline_file", "There is no file “%1”.").with(path));
    }
    if (error == EISDIR) {
        return Status(ErrorCode::Invalid, RW_TEXT("pipeline_file", "“%1” is a folder.").with(path),
                      RW_TEXT("pipeline_file", "Choose a .rill file."));
    }
    if (error == EACCES || error == EPERM) {
        return Status(ErrorCode::Io, RW_TEXT("pipeline_file", "You may not read “%1”.").with(path));
    }
    return Status(ErrorCode::Io,
                  RW_TEXT("pipeline_file", "“%1” can't be read: %2.").with(path, std::strerror(error)));
}

Status cannotWrite(const std::string& path, int error) {
    const Text other = RW_TEXT("pipeline_file", "Save it somewhere else.");
    switch (error) {
        case ENOSPC:
        case EDQUOT:
            return Status(ErrorCode::Io,
                          RW_TEXT("pipeline_file",
                                  "The disk is full: “%1” was not saved. The file on disk is as it was.")
                              .with(path),
                          RW_TEXT("pipeline_file", "Make room, or save it somewhere else."));
        case EACCES:
        case EPERM:
        case EROFS:
            return Status(ErrorCode::Io, RW_TEXT("pipeline_file", "You may not write “%1”.").with(path),
                          other);
        case EISDIR:
            return Status(ErrorCode::Invalid, RW_TEXT("pipeline_file", "“%1” is a folder.").with(path),
                          other);
        case ENOENT:
        case ENOTDIR:
            return Status(ErrorCode::NotFound,
                          RW_TEXT("pipeline_file", "The folder of “%1” does not exist.").with(path), other);
        default:
            return Status(
                ErrorCode::Io,
                RW_TEXT("pipeline_file", "“%1” can't be saved: %2.").with(path, std::strerror(error)), other);
    }
}

bool writeAll(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t n = ::write(fd, text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

/// The mode a new file gets, or the one that the file there has.
mode_t modeFor(const std::string& path) {
    struct stat there {};
    if (::stat(path.c_str(), &there) == 0) return there.st_mode & 0777;
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666 & ~mask;
}

}  // namespace

Result<Loaded> loadPipelineFile(const std::string& path) {
    RW_TRY_ASSIGN(const std::string text, readPipelineText(path));
    return loadPipeline(text);
}

Status savePipelineFile(const Pipeline& pipeline, const std::string& path) {
    return writePipelineText(savePipeline(pipeline), path);
}

Result<std::string> readPipelineText(const std::string& path) {
    File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.ok()) return cannotRead(path, errno);
    struct stat info {};
    if (::fstat(file.fd(), &info) != 0) return cannotRead(path, errno);
    if (S_ISDIR(info.st_mode)) return cannotRead(path, EISDIR);
    RW_TRY(checkSize(static_cast<std::uint64_t>(info.st_size)));
    std::string text;
    std::vector<char> block(std::size_t{64} << 10);
    for (;;) {
        const ssize_t n = ::read(file.fd(), block.data(), block.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return cannotRead(path, errno);
        if (n == 0) break;
        text.append(block.data(), static_cast<std::size_t>(n));
        RW_TRY(checkSize(text.size()));
    }
    return text;
}

Status writePipelineText(std::string_view text, const std::string& path) {
    std::error_code ignored;
    // Through a link, so that the link stays one.
    std::string target = path;
    if (const auto real = std::filesystem::canonical(path, ignored); !ignored) target = real.string();
    if (std::filesystem::is_directory(target, ignored)) return cannotWrite(path, EISDIR);
    if (std::filesystem::exists(target, ignored) && ::access(target.c_str(), W_OK) != 0) {
        return cannotWrite(path, errno);
    }
    std::string beside = target + ".XXXXXX";
    File file(::mkstemp(beside.data()));
    if (!file.ok()) return cannotWrite(path, errno);
    const bool written = writeAll(file.fd(), text) && ::fchmod(file.fd(), modeFor(target)) == 0 &&
                         ::fsync(file.fd()) == 0 && file.close() &&
                         ::rename(beside.c_str(), target.c_str()) == 0;
    if (!written) {
        const int error = errno;
        ::unlink(beside.c_str());
        return cannotWrite(path, error);
    }
    // The name is safe only when the folder is: without this a crash could bring the old file back.
    const std::string folder = std::filesystem::absolute(target, ignored).parent_path().string();
    const File parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (parent.ok()) ::fsync(parent.fd());
    return {};
}

}  // namespace rw
