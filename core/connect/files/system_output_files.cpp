#include "core/connect/files/system_output_files.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "core/base/system_calls.h"
#include "core/base/whole_file.h"
#include "core/connect/files/output_lock.h"
#include "core/connect/files/system_files.h"
#include "core/pipeline/file_identity.h"

namespace rw {

namespace {

namespace fs = std::filesystem;

/// A pipe that poll() calls writable takes so much without blocking (PIPE_BUF).
constexpr std::size_t kAtOnce = 4096;

Status failed(const std::string& shown) {
    return unwritable({errno, std::generic_category()}, shown);
}

/// As write(); a pipe without readers is an error like any other, and does not end the program.
ssize_t writeUnsignalled(int fd, const char* bytes, std::size_t size) {
    sigset_t broken, before;
    sigemptyset(&broken);
    sigaddset(&broken, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &broken, &before);
    const ssize_t written = ::write(fd, bytes, size);
    const int why = errno;
    constexpr timespec kNoWait{};
    if (written < 0 && why == EPIPE) (void)::sigtimedwait(&broken, nullptr, &kNoWait);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = why;
    return written;
}

class SystemOutputFile final : public OutputFile {
 public:
    /// Owns `fd`, but for the standard ones. -1: a FIFO at `path` that has no reader yet.
    SystemOutputFile(int fd, std::string path, std::string shown, bool waits)
        : m_fd(fd), m_path(std::move(path)), m_shown(std::move(shown)), m_waits(waits) {}
    ~SystemOutputFile() override { (void)closeFile(); }
    SystemOutputFile(const SystemOutputFile&) = delete;
    SystemOutputFile& operator=(const SystemOutputFile&) = delete;

    /// The disk begins with each piece of so many bytes, so that sync() has little left to wait for.
    void beginEvery(off_t bytes) { m_beginEvery = bytes; }

    bool waits() const override { return m_waits; }

    bool awaitWritable(Millis most) override {
        if (m_fd < 0) m_fd = openWaiting(m_path);
        if (m_fd < 0) {
            (void)::poll(nullptr, 0, static_cast<int>(most));
            return false;
        }
        pollfd other{m_fd, POLLOUT, 0};
        return ::poll(&other, 1, static_cast<int>(most)) > 0;
    }

    Result<std::size_t> write(std::string_view bytes) override {
        if (m_fd < 0) return std::size_t{0};
        // A descriptor that we were given may block.
        const std::size_t size = m_waits && isStandard() ? std::min(bytes.size(), kAtOnce) : bytes.size();
        const ssize_t written =
            m_waits ? writeUnsignalled(m_fd, bytes.data(), size) : ::write(m_fd, bytes.data(), size);
        if (written < 0 && (errno == EINTR || errno == EAGAIN)) return std::size_t{0};
        if (written < 0) return failed(m_shown);
        m_written += written;
        if (m_beginEvery > 0 && m_written - m_begun >= m_beginEvery) {
            (void)::sync_file_range(m_fd, m_begun, m_written - m_begun, SYNC_FILE_RANGE_WRITE);
            m_begun = m_written;
        }
        return static_cast<std::size_t>(written);
    }

    Status clear() override { return cutFile(m_fd, 0) != 0 ? failed(m_shown) : Status(); }
    Status cut(std::uint64_t size) override {
        const auto end = static_cast<off_t>(size);
        if (cutFile(m_fd, end) != 0 || ::lseek(m_fd, end, SEEK_SET) != end) return failed(m_shown);
        m_written = m_begun = end;
        return {};
    }
    Status sync() override { return syncFile(m_fd) != 0 ? failed(m_shown) : Status(); }
    Result<FileState> state() const override {
        struct stat found {};
        if (::fstat(m_fd, &found) != 0) return failed(m_shown);
        return fileStateOf(found);
    }
    Status close() override { return closeFile() ? Status() : failed(m_shown); }

    /// Opens a pipe or device; -1 with ENXIO while a FIFO has no reader.
    static int openWaiting(const std::string& path) {
        return openFile(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    }

 private:
    bool isStandard() const { return m_fd <= STDERR_FILENO; }
    bool closeFile() {
        const bool ours = m_fd >= 0 && !isStandard();
        const int fd = std::exchange(m_fd, -1);
        return !ours || ::close(fd) == 0;
    }

    int m_fd;
    const std::string m_path, m_shown;
    const bool m_waits;
    off_t m_beginEvery = 0, m_written = 0, m_begun = 0;
};

class SystemOutputFiles final : public OutputFiles {
 public:
    std::string target(const std::string& path) const override {
        std::error_code error;
        return FileIdentity::of(fs::absolute(path, error)).path.native();
    }

    Result<FileState> state(const std::string& path) const override { return systemFiles()->state(path); }

    Status mayWrite(const std::string& path, const std::string& shown) const override {
        const bool refused = ::access(path.c_str(), F_OK) == 0 && ::access(path.c_str(), W_OK) != 0;
        return refused ? failed(shown) : Status();
    }

    Result<std::unique_ptr<InputFile>> reading(const std::string& path) const override {
        return systemFiles()->open(path);
    }

    std::unique_ptr<OutputFile> standardOutput() override {
        struct stat found {};
        const bool waits = ::fstat(STDOUT_FILENO, &found) == 0 && !S_ISREG(found.st_mode);
        return std::make_unique<SystemOutputFile>(STDOUT_FILENO, std::string(), "-", waits);
    }

    Result<std::unique_ptr<OutputFile>> open(const std::string& path, const std::string& shown) override {
        std::error_code ignored;
        const fs::file_type type = fs::status(path, ignored).type();
        const bool waits = type != fs::file_type::regular && type != fs::file_type::not_found;
        const int fd = waits ? SystemOutputFile::openWaiting(path)
                             // At its present end: after another program shortens the file no zeros come in between.
                             : openFile(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
        const bool awaitsReader = fd < 0 && errno == ENXIO && type == fs::file_type::fifo;
        if (fd < 0 && !awaitsReader) return failed(shown);
        return std::unique_ptr<OutputFile>(std::make_unique<SystemOutputFile>(fd, path, shown, waits));
    }

    Result<std::unique_ptr<OutputFile>> create(const std::string& path, const std::string& like,
                                               const std::string& shown) override {
        constexpr off_t kBeginEvery = off_t{4} << 20;
        const int fd =
            openFile(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (fd < 0) {
            const std::error_code why(errno, std::generic_category());
            if (why.value() != EACCES && why.value() != EPERM && why.value() != EROFS)
                return unwritable(why, shown);
            return Status(ErrorCode::Io,
                          RW_TEXT("files", "No file can be made in the folder “%1”: %2.")
                              .with(fs::path(path).parent_path().native(), why.message()),
                          RW_TEXT("files", "Allow writing to the folder, or write to another one."));
        }
        auto file = std::make_unique<SystemOutputFile>(fd, path, shown, false);
        file->beginEvery(kBeginEvery);
        struct stat old {};
        if (::stat(like.c_str(), &old) == 0) {
            // Another user's file that we may write becomes ours where the system does not allow more.
            [[maybe_unused]] const bool kept = ::fchown(fd, old.st_uid, old.st_gid) == 0 ||
                                               ::fchown(fd, static_cast<uid_t>(-1), old.st_gid) == 0;
            if (::fchmod(fd, old.st_mode & 07777) != 0) {
                const Status status = failed(shown);
                ::unlink(path.c_str());
                return status;
            }
        }
        return std::unique_ptr<OutputFile>(std::move(file));
    }

    Status rename(const std::string& from, const std::string& to, const std::string& shown) override {
        if (untilWhole([&] { return ::rename(from.c_str(), to.c_str()); }) != 0) return failed(shown);
        return syncFolder(to, shown);
    }

    Status syncFolder(const std::string& path, const std::string& shown) override {
        const std::error_code unsynced = syncFolderOf(path);
        if (!unsynced) return {};
        return notSynced(shown, unsynced, RW_TEXT("files", "Check the disk, then run the pipeline again."));
    }

    Status link(const std::string& from, const std::string& to, const std::string& shown) override {
        if (untilWhole([&] { return ::link(from.c_str(), to.c_str()); }) == 0) return {};
        const int why = errno;
        const bool copyHelps =
            why != ENOSPC && why != EDQUOT && why != EROFS && why != EEXIST && why != ENOENT;
        return copyHelps ? copy(from, to, shown) : unwritable({why, std::generic_category()}, shown);
    }

    void remove(const std::string& path) override { ::unlink(path.c_str()); }

    void makeFolder(const std::string& path) override {
        std::error_code ignored;
        fs::create_directories(path, ignored);
    }

    void removeFolder(const std::string& path) override { ::rmdir(path.c_str()); }

    std::vector<std::string> list(const std::string& folder) const override {
        Result<std::vector<std::string>> found = systemFiles()->list(folder);
        return found.ok() ? *std::move(found) : std::vector<std::string>();
    }

    std::optional<DiskRoom> roomAt(const std::string& folder) const override {
        struct statvfs found {};
        if (untilWhole([&] { return ::statvfs(folder.c_str(), &found); }) != 0) return std::nullopt;
        if (found.f_blocks == 0) return std::nullopt;  // some that a program serves do not tell
        return DiskRoom{std::uint64_t{found.f_bavail} * found.f_frsize,
                        std::uint64_t{found.f_blocks} * found.f_frsize};
    }

    Result<std::unique_ptr<OutputClaim>> claim(const std::string& path, const std::string& part,
                                               OutputClaim::Mode mode) override {
        auto lock = std::make_unique<OutputLock>();
        RW_TRY(lock->acquire(path, part, mode));
        return std::unique_ptr<OutputClaim>(std::move(lock));
    }

    Result<std::unique_ptr<OutputClaim>> claimFolder(const std::string& path) override {
        auto lock = std::make_unique<OutputLock>();
        RW_TRY(lock->acquireFolder(path));
        return std::unique_ptr<OutputClaim>(std::move(lock));
    }
};

}  // namespace

std::shared_ptr<OutputFiles> systemOutputFiles() {
    return std::make_shared<SystemOutputFiles>();
}

}  // namespace rw
