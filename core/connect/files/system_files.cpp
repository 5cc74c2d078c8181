#include "core/connect/files/system_files.h"

#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "core/base/system_calls.h"

namespace rw {

namespace {

namespace fs = std::filesystem;

Status failed(int error, const Text& what, const std::string& path) {
    if (error == ENOMEM) return outOfMemory();
    // Also where access is denied: the folder of a disk that is away often belongs to another user.
    const ErrorCode code = error == ENOENT || error == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Io;
    return {code, Text(what).with(path, std::generic_category().message(error))};
}

Status unreadable(int error, const std::string& path) {
    return failed(error, RW_TEXT("files", "“%1” can't be read: %2."), path);
}

class SystemFile final : public InputFile {
 public:
    SystemFile(int fd, std::string path) : m_fd(fd), m_path(std::move(path)) {}
    ~SystemFile() override { ::close(m_fd); }
    SystemFile(const SystemFile&) = delete;
    SystemFile& operator=(const SystemFile&) = delete;

    Result<std::size_t> read(std::uint64_t offset, std::span<char> into) override {
        const ssize_t read = untilWhole(
            [&] { return ::pread(m_fd, into.data(), into.size(), static_cast<off_t>(offset)); });
        if (read < 0) return unreadable(errno, m_path);
        return static_cast<std::size_t>(read);
    }

    Result<FileState> state() const override {
        struct stat status {};
        if (::fstat(m_fd, &status) != 0) return unreadable(errno, m_path);
        return fileStateOf(status);
    }

 private:
    const int m_fd;
    const std::string m_path;
};

class SystemStandardInput final : public InputStream {
 public:
    SystemStandardInput() {
        // The writer goes on while the pipe is not read: it holds 64 KiB unless it is told to hold more.
        (void)::fcntl(STDIN_FILENO, F_SETPIPE_SZ, 1 << 20);
    }

    Result<Read> read(std::span<char> into) override {
        pollfd input{STDIN_FILENO, POLLIN, 0};
        if (::poll(&input, 1, 0) <= 0) return Read{};
        if ((input.revents & POLLNVAL) != 0) return Read{0, true};
        const ssize_t read = ::read(STDIN_FILENO, into.data(), into.size());
        if (read < 0 && (errno == EINTR || errno == EAGAIN)) return Read{};
        if (read < 0) return unreadable(errno, "/dev/stdin");
        return Read{static_cast<std::size_t>(read), read == 0};
    }
};

class SystemFiles final : public Files {
 public:
    Result<FileState> state(const std::string& path) const override {
        struct stat status {};
        if (::stat(path.c_str(), &status) != 0) return unreadable(errno, path);
        return fileStateOf(status);
    }

    Result<std::unique_ptr<InputFile>> open(const std::string& path) const override {
        // Not blocking: a FIFO that replaced the file would wait for a writer.
        const int fd = openFile(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (fd < 0) return failed(errno, RW_TEXT("files", "“%1” can't be opened: %2."), path);
        auto file = std::make_unique<SystemFile>(fd, path);
        RW_TRY_ASSIGN(const FileState state, file->state());
        if (state.kind != FileState::Kind::Regular)
            return Status(ErrorCode::Invalid, RW_TEXT("files", "“%1” is no regular file.").with(path));
        ::posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
        return std::unique_ptr<InputFile>(std::move(file));
    }

    Result<std::vector<std::string>> list(const std::string& folder) const override {
        std::vector<std::string> paths;
        std::error_code error;
        fs::directory_iterator entry(folder, error);
        for (; !error && entry != fs::directory_iterator(); entry.increment(error))
            paths.push_back(entry->path().native());
        if (error) return unreadable(error.value(), folder);
        return paths;
    }

    std::vector<std::string> matching(const std::string& pattern) const override {
        glob_t found{};
        std::vector<std::string> paths;
        if (::glob(pattern.c_str(), 0, nullptr, &found) == 0)
            paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
        ::globfree(&found);
        return paths;
    }

    std::unique_ptr<InputStream> standardInput() const override {
        return std::make_unique<SystemStandardInput>();
    }
};

}  // namespace

FileState fileStateOf(const struct stat& status) {
    constexpr std::int64_t kNanos = 1'000'000'000;
    FileState state;
    state.kind = S_ISREG(status.st_mode)   ? FileState::Kind::Regular
                 : S_ISDIR(status.st_mode) ? FileState::Kind::Folder
                                           : FileState::Kind::Other;
    state.device = status.st_dev;
    state.inode = status.st_ino;
    state.size = static_cast<std::uint64_t>(status.st_size);
    state.modified = status.st_mtim.tv_sec * kNanos + status.st_mtim.tv_nsec;
    return state;
}

StandardInputKind standardInputKind() {
    constexpr unsigned kMemoryDevices = 1, kNull = 3;
    struct stat found {};
    if (::fstat(STDIN_FILENO, &found) != 0) return StandardInputKind::Nothing;
    if (::isatty(STDIN_FILENO) == 1) return StandardInputKind::Terminal;
    const bool null = S_ISCHR(found.st_mode) && found.st_rdev == makedev(kMemoryDevices, kNull);
    return null ? StandardInputKind::Nothing : StandardInputKind::Bytes;
}

std::shared_ptr<const Files> systemFiles() {
    return std::make_shared<SystemFiles>();
}

}  // namespace rw
