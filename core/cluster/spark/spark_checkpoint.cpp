#include "core/cluster/spark/spark_checkpoint.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

namespace rw {

namespace fs = std::filesystem;

namespace {

/// The file that stands for a checkpoint: by a number made of its path, for it may lie on another computer.
std::string lockPath(const std::string& deployments, const std::string& checkpoint) {
    std::uint64_t number = 14'695'981'039'346'656'037U;  // FNV-1a
    for (const char c : checkpoint) number = (number ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    return fmt::format("{}/{:016x}.lock", sparkRunsFolder(deployments), number);
}

struct flock wholeFile() {
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    return whole;
}

/// The file still has that name: the owner of the lock removes the name before it releases the lock.
bool isStillNamed(int fd, const std::string& path) {
    struct stat held {
    }, named{};
    return ::fstat(fd, &held) == 0 && ::stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino &&
           held.st_dev == named.st_dev;
}

/// A folder that a query of Spark has begun in.
bool isOfQuery(const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / "metadata", ignored) || fs::exists(folder / "offsets", ignored);
}

/// “scheme:…”, which is no file of this computer for us.
bool isAddress(const std::string& path) {
    const std::size_t colon = path.find(':');
    return colon != std::string::npos && path.find('/') > colon;
}

}  // namespace

std::string sparkRunsFolder(const std::string& deployments) {
    return deployments + "/spark";
}

Result<CheckpointLock> CheckpointLock::take(const std::string& deployments, const std::string& checkpoint) {
    const std::string path = lockPath(deployments, checkpoint);
    for (;;) {
        const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0)
            return Status(ErrorCode::Io, RW_TEXT("cluster", "“%1” can't be written: %2.")
                                             .with(path, std::generic_category().message(errno)));
        CheckpointLock lock(fd, path);
        struct flock whole = wholeFile();
        const int why = ::fcntl(fd, F_OFD_SETLK, &whole) == 0 ? 0 : errno;
        if (why == EAGAIN || why == EACCES) {
            lock.m_path.clear();  // it is another's
            return Status(ErrorCode::Invalid,
                          RW_TEXT("cluster", "A run has the checkpoint “%1” just now.").with(checkpoint),
                          RW_TEXT("cluster",
                                  "Stop that run first, in the window or the terminal that began it. One "
                                  "that was killed takes some seconds to end."));
        }
        // A disk without locks keeps no run from starting.
        if (why != 0 || isStillNamed(fd, path)) return Result<CheckpointLock>(std::move(lock));
    }
}

bool CheckpointLock::isTaken(const std::string& deployments, const std::string& checkpoint) {
    const int fd = ::open(lockPath(deployments, checkpoint).c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0) return false;
    struct flock whole = wholeFile();
    const bool asked = ::fcntl(fd, F_OFD_GETLK, &whole) == 0;
    ::close(fd);
    return asked && whole.l_type != F_UNLCK;
}

CheckpointLock::CheckpointLock(CheckpointLock&& other) noexcept
    : m_fd(std::exchange(other.m_fd, -1)), m_path(std::exchange(other.m_path, {})) {}

CheckpointLock::~CheckpointLock() {
    if (m_fd < 0) return;
    ::close(m_fd);
    if (m_path.empty()) return;
    // The last owner removes the file.
    const int fd = ::open(m_path.c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    struct flock whole = wholeFile();
    if (::fcntl(fd, F_OFD_SETLK, &whole) == 0 && isStillNamed(fd, m_path)) ::unlink(m_path.c_str());
    ::close(fd);
}

Status usableCheckpoint(const std::string& checkpoint) {
    if (isAddress(checkpoint)) return {};
    std::error_code failed;
    if (!fs::is_directory(checkpoint, failed))
        return {ErrorCode::NotFound, RW_TEXT("cluster", "There is no checkpoint “%1”.").with(checkpoint),
                RW_TEXT("cluster", "Choose another one, or deploy without it: that begins anew.")};
    for (fs::directory_iterator each(checkpoint, failed), end; !failed && each != end;
         each.increment(failed)) {
        if (isOfQuery(each->path())) return {};
    }
    return {ErrorCode::Invalid,
            RW_TEXT("cluster", "“%1” is no checkpoint of a run of Spark.").with(checkpoint),
            RW_TEXT("cluster", "Choose another one, or deploy without it: that begins anew.")};
}

void dropCheckpoints(const std::string& deployments, const Deployment& run) {
    if (run.engine != Engine::Spark) return;
    const fs::path runs = sparkRunsFolder(deployments);
    for (const Savepoint& kept : run.savepoints) {
        const fs::path folder = fs::path(kept.path).parent_path();
        if (folder.parent_path() != runs || folder.filename().empty()) continue;
        const Result<CheckpointLock> lock = CheckpointLock::take(deployments, kept.path);
        std::error_code ignored;
        if (lock.ok()) fs::remove_all(folder, ignored);
    }
}

}  // namespace rw
