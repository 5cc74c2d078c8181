#include "core/connect/file_output.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "core/connect/output_path.h"
#include "core/pipeline/file_identity.h"

namespace rw {

namespace {

constexpr std::size_t kLarge = std::size_t{256} << 10;
constexpr off_t kBeginEvery = off_t{4} << 20;
constexpr const char* kStandardOutput = "-";
constexpr int kLookMillis = 20;
constexpr auto kPatience = std::chrono::milliseconds(500);
/// A pipe that poll() calls writable takes so much without blocking (PIPE_BUF).
constexpr std::size_t kAtOnce = 4096;

bool sameFile(const struct stat& a, const struct stat& b) {
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

void syncFolder(const std::string& file) {
    const std::string folder = std::filesystem::path(file).parent_path().native();
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    (void)::fsync(fd);  // not every file system can; the rename has been done
    ::close(fd);
}

}  // namespace

FileOutput::FileOutput(std::string path, Placing placing, Stopping stopping)
    : m_path(std::move(path)), m_placing(placing), m_stopping(std::move(stopping)) {}

FileOutput::~FileOutput() {
    abort();
}

Status FileOutput::open() {
    m_buffer.reserve(2 * kLarge);
    if (m_path != kStandardOutput) RW_TRY(checkOutputFolder(m_path));
    Status status = m_path != kStandardOutput && isReplaceable(m_path) ? openReplaceable() : openOther();
    m_broken = !status.ok();
    return status;
}

Status FileOutput::openReplaceable() {
    m_target = FileIdentity::of(std::filesystem::absolute(m_path)).path.native();
    RW_TRY(m_lock.take(m_path, {}, OutputLock::Mode::Alone));
    if (m_lock.unguarded()) m_notes.push_back(unguardedNote(m_path));
    // A file that may not be written may not be replaced either.
    if (::access(m_target.c_str(), F_OK) == 0 && ::access(m_target.c_str(), W_OK) != 0) return failed(errno);
    const std::string staging = stagingPath(m_target);
    ::unlink(staging.c_str());  // of a run that was killed: nobody else has the lock
    if (m_placing == Placing::Staged) return openStaging(staging);
    m_fd = ::open(m_target.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    return m_fd < 0 ? failed(errno) : Status();
}

Status FileOutput::openStaging(const std::string& staging) {
    m_fd = ::open(staging.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (m_fd < 0) {
        const int code = errno;
        if (code != EACCES && code != EPERM && code != EROFS) return failed(code);
        return {ErrorCode::Io,
                RW_TEXT("files", "No file can be made in the folder “%1”: %2.")
                    .with(std::filesystem::path(staging).parent_path().native(),
                          std::generic_category().message(code)),
                RW_TEXT("files", "Allow writing to the folder, or write to another one.")};
    }
    m_staging = staging;
    struct stat old {};
    if (::stat(m_target.c_str(), &old) != 0) return {};
    // Somebody else's file that we may write becomes ours where the system does not allow more.
    [[maybe_unused]] const bool kept = ::fchown(m_fd, old.st_uid, old.st_gid) == 0 ||
                                       ::fchown(m_fd, static_cast<uid_t>(-1), old.st_gid) == 0;
    return ::fchmod(m_fd, old.st_mode & 07777) != 0 ? failed(errno) : Status();
}

Status FileOutput::openOther() {
    m_placing = Placing::InPlace;
    m_waits = true;
    if (m_path == kStandardOutput) {
        m_fd = STDOUT_FILENO;
        struct stat found {};
        m_waits = ::fstat(m_fd, &found) == 0 && !S_ISREG(found.st_mode);
        return {};
    }
    m_ours = true;
    if (connect()) return {};
    const int code = errno;
    if (code == EISDIR) {
        return {ErrorCode::Invalid, RW_TEXT("files", "“%1” is a folder.").with(m_path),
                RW_TEXT("files", "Give the name of a file in it.")};
    }
    std::error_code ignored;
    return code == ENXIO && std::filesystem::is_fifo(m_path, ignored) ? Status() : failed(code);
}

/// Opens a pipe or device; false with ENXIO while a FIFO has no reader.
bool FileOutput::connect() {
    m_fd = ::open(m_path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    return m_fd >= 0;
}

Status FileOutput::failed(int code) const {
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    Text mend = full ? RW_TEXT("files", "Make room on the disk, or write to another one.")
                     : RW_TEXT("files", "Give a file that can be written.");
    const std::string why = std::generic_category().message(code);
    if (m_path == kStandardOutput)
        return {ErrorCode::Io, RW_TEXT("files", "Standard output can't be written: %1.").with(why)};
    return {ErrorCode::Io, RW_TEXT("files", "“%1” can't be written: %2.").with(m_path, why), std::move(mend)};
}

Status FileOutput::begin() {
    if (m_began) return {};
    m_began = true;
    const bool empties = !m_target.empty() && m_staging.empty();
    if (empties && ::ftruncate(m_fd, 0) != 0) return failed(errno);
    return write(m_head);
}

/// A file written in place that was removed is made anew.
Status FileOutput::findAgain() {
    if (m_target.empty() || !m_staging.empty()) return {};
    struct stat open {
    }, named{};
    if (::fstat(m_fd, &open) != 0) return failed(errno);
    const bool there = ::stat(m_target.c_str(), &named) == 0;
    if (there && sameFile(open, named)) return {};
    if (there && named.st_size > 0) {
        return {ErrorCode::Io,
                RW_TEXT("files", "“%1” was replaced by another file while the run wrote it.").with(m_path),
                RW_TEXT("files", "Run again, and let nobody else write there.")};
    }
    closeFile();
    m_fd = ::open(m_target.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (m_fd < 0) return failed(errno);
    m_notes.push_back(
        RW_TEXT("files",
                "“%1” was removed while the run wrote it. It was made anew, without the rows before.")
            .with(m_path));
    return write(m_head);
}

bool FileOutput::patienceEnds() {
    if (!m_stopping()) return false;
    const auto now = std::chrono::steady_clock::now();
    if (!m_stoppedAt) m_stoppedAt = now;
    return now - *m_stoppedAt >= kPatience;
}

/// Waits until the other side takes something; false when it is given up.
bool FileOutput::writable() {
    while (!patienceEnds()) {
        if (m_fd < 0 && !connect()) {
            (void)::poll(nullptr, 0, kLookMillis);
            continue;
        }
        pollfd other{m_fd, POLLOUT, 0};
        if (::poll(&other, 1, kLookMillis) > 0) return true;
    }
    return false;
}

Status FileOutput::write(std::string_view text) {
    while (!text.empty()) {
        if (m_lost > 0 || (m_waits && !writable())) {
            m_lost += text.size();
            return {};
        }
        const std::size_t size = m_waits && !m_ours ? std::min(text.size(), kAtOnce) : text.size();
        const ssize_t written = ::write(m_fd, text.data(), size);
        if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (written < 0) return failed(errno);
        text.remove_prefix(static_cast<std::size_t>(written));
        m_written += written;
    }
    // The disk begins now, so that prepare() has little left to wait for.
    if (!m_staging.empty() && m_written - m_begun >= kBeginEvery) {
        (void)::sync_file_range(m_fd, m_begun, m_written - m_begun, SYNC_FILE_RANGE_WRITE);
        m_begun = m_written;
    }
    return {};
}

Status FileOutput::flushIfLarge() {
    return m_buffer.size() >= kLarge ? flush() : Status();
}

Status FileOutput::flush() {
    Status status = begin();
    if (status.ok()) status = findAgain();
    if (status.ok()) status = write(m_buffer);
    m_buffer.clear();
    m_broken = m_broken || !status.ok();
    return status;
}

Status FileOutput::prepare() {
    RW_TRY(flush());
    m_prepared = true;
    if (m_staging.empty()) return {};
    struct stat open {
    }, named{};
    if (::fstat(m_fd, &open) != 0 || ::stat(m_staging.c_str(), &named) != 0 || !sameFile(open, named)) {
        return {ErrorCode::Io, RW_TEXT("files", "“%1” was removed while the run wrote it.").with(m_staging),
                RW_TEXT("files", "Run again; “%1” is as it was before.").with(m_path)};
    }
    return ::fsync(m_fd) != 0 ? failed(errno) : Status();
}

Status FileOutput::commit() {
    if (m_closed) return {};
    if (!m_prepared) RW_TRY(prepare());
    const int fd = std::exchange(m_fd, -1);
    m_broken = fd > STDERR_FILENO && ::close(fd) != 0;
    if (m_broken) return failed(errno);
    if (!m_staging.empty()) {
        if (::rename(m_staging.c_str(), m_target.c_str()) != 0) return failed(errno);
        syncFolder(m_target);
    }
    m_closed = true;
    m_lock.release();
    return {};
}

void FileOutput::abort() {
    if (m_closed) return;
    m_closed = true;
    if (m_staging.empty() && !m_broken && (m_began || !m_buffer.empty())) (void)flush();
    closeFile();
    if (!m_staging.empty()) ::unlink(m_staging.c_str());
    m_lock.release();
}

Status FileOutput::close() {
    RW_TRY(prepare());
    return commit();
}

void FileOutput::closeFile() {
    const int fd = std::exchange(m_fd, -1);
    if (fd > STDERR_FILENO) ::close(fd);
}

std::vector<Text> FileOutput::takeNotes() {
    if (m_closed && m_lost > 0) {
        m_notes.push_back(
            RW_TEXT("files", "Nobody took the end of what was written to “%1”: %2 bytes were given up.")
                .with(m_path, m_lost));
        m_lost = 0;
    }
    return std::exchange(m_notes, {});
}

Status checkOutputFolder(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::error_code error;
    if (folder.empty() || std::filesystem::is_directory(folder, error)) return {};
    if (std::filesystem::exists(folder, error)) {
        return {ErrorCode::Invalid, RW_TEXT("files", "“%1” is not a folder.").with(folder.native()),
                RW_TEXT("files", "Choose another path.")};
    }
    return {ErrorCode::NotFound, RW_TEXT("files", "There is no folder “%1”.").with(folder.native()),
            RW_TEXT("files", "Create it, or choose another path.")};
}

}  // namespace rw
