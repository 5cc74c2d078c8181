#include "core/connect/files/output_lock.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <sstream>

#include "core/base/system_calls.h"
#include "core/base/time.h"
#include "core/base/whole_file.h"
#include "core/pipeline/file_identity.h"

namespace rw {

namespace {

constexpr const char *kAlone = "alone", *kShared = "shared";
constexpr int kMostTries = 1'000;  ///< a millisecond each

/// A folder of ours that no other user can write into; made where it is missing.
bool isPrivate(const std::string& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return false;
    struct stat found {};
    return ::lstat(folder.c_str(), &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == ::getuid() &&
           (found.st_mode & 0077) == 0;
}

/// The same for all programs of the user, whatever their environment.
std::optional<std::string> lockFolder() {
    const std::string uid = std::to_string(::getuid());
    std::vector<std::string> folders{"/run/user/" + uid + "/rillwright", "/tmp/rillwright-" + uid};
    if (const char* runtime = std::getenv("XDG_RUNTIME_DIR"); runtime != nullptr && *runtime == '/') {
        folders.insert(folders.begin(), std::string(runtime) + "/rillwright");
    }
    for (const std::string& folder : folders) {
        if (isPrivate(folder)) return folder;
    }
    return std::nullopt;
}

std::string lockName(const std::string& what) {
    const XXH128_hash_t hash = XXH3_128bits(what.data(), what.size());
    return fmt::format("{:016x}{:016x}.lock", hash.high64, hash.low64);
}

/// When the process began, in ticks since the computer did: its number is given again once it has ended.
/// Empty: that can't be known.
std::string startOf(pid_t process) {
    std::string text;
    if (readWhole(fmt::format("/proc/{}/stat", process), 4096, text)) return {};
    // Field 22; the second one, the name, may hold anything.
    const std::size_t name = text.rfind(')');
    if (name == std::string::npos) return {};
    std::istringstream fields(text.substr(name + 1));
    std::string field;
    for (int number = 3; number <= 22; ++number) fields >> field;
    return fields ? field : std::string();
}

/// A process that has, or had, a lock: a line in its file, “NUMBER START MODE”. An older version of this
/// program wrote the number alone.
struct Holder {
    pid_t process = 0;
    std::string start{}, mode{};

    bool lives() const {
        if (process <= 0 || (::kill(process, 0) != 0 && errno != EPERM)) return false;
        const std::string now = startOf(process);
        return start.empty() || now.empty() || start == now;
    }
    bool isAlone() const { return mode != kShared; }
};

/// The processes of the lines in the file that still exist; only the kernel knows whether they have the lock.
std::vector<Holder> livingHolders(int fd) {
    std::string text;
    char piece[4096];
    for (ssize_t size = 0; (size = ::pread(fd, piece, sizeof piece, static_cast<off_t>(text.size()))) > 0;)
        text.append(piece, static_cast<std::size_t>(size));
    std::vector<Holder> living;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        Holder each;
        std::istringstream(line) >> each.process >> each.start >> each.mode;
        if (each.lives()) living.push_back(std::move(each));
    }
    return living;
}

/// A lock on the whole of an open file that others can ask for without taking it. flock() keeps others off,
/// also programs of older versions; this one shows that to isHeld().
struct flock askableLock(bool shared) {
    struct flock lock {};
    lock.l_type = shared ? F_RDLCK : F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

Status isWritten(const std::string& path, const std::vector<Holder>& by) {
    const Text fix = RW_TEXT("files", "Wait for its end or stop it, or write somewhere else.");
    if (by.empty())
        return {ErrorCode::Io, RW_TEXT("files", "“%1” is being written by another run.").with(path), fix};
    if (by.back().process == ::getpid()) {
        return {ErrorCode::Io,
                RW_TEXT("files", "“%1” is being written by another run of this program.").with(path), fix};
    }
    return {
        ErrorCode::Io,
        RW_TEXT("files", "“%1” is being written by another run, process %2.").with(path, by.back().process),
        fix};
}

/// Whether the file is still the one that its name leads to: releasing the lock removes the name.
bool isNamed(int fd, const std::string& file) {
    struct stat open {
    }, named{};
    return ::fstat(fd, &open) == 0 && ::stat(file.c_str(), &named) == 0 && open.st_ino == named.st_ino &&
           open.st_dev == named.st_dev;
}

/// A file system that a program of a user serves changes a file's generation when it forgets
/// the file.
bool hasLastingHandles(const std::string& path) {
    constexpr auto kFuse = 0x65735546;
    struct statfs found {};
    return ::statfs(path.c_str(), &found) == 0 && found.f_type != kFuse;
}

/// The file system's handle of the file, which is the same across mounts: on most of them with its generation.
/// Empty: it has none.
std::string handleOf(const std::string& path) {
    constexpr unsigned kMostBytes = MAX_HANDLE_SZ;
    alignas(file_handle) unsigned char space[sizeof(file_handle) + kMostBytes]{};
    auto* const handle = reinterpret_cast<file_handle*>(space);
    handle->handle_bytes = kMostBytes;
    int mount = 0;
    if (::name_to_handle_at(AT_FDCWD, path.c_str(), handle, &mount, AT_SYMLINK_FOLLOW) != 0) return {};
    std::string text = std::to_string(handle->handle_type);
    for (unsigned i = 0; i < handle->handle_bytes; ++i)
        text += fmt::format("{}{:02x}", i == 0 ? " " : "", handle->f_handle[i]);
    return text;
}

/// By its path, and where the file is there, by its identity.
std::vector<std::string> lockNames(const std::string& path, const std::string& part) {
    const std::string ending = part.empty() ? std::string() : '\n' + part;
    std::vector<std::string> names{lockName("path " + FileIdentity::of(path).path.native() + ending)};
    if (const std::string mark = fileMark(path); !mark.empty())
        names.push_back(lockName("file " + mark + ending));
    return names;
}

}  // namespace

std::string fileMark(const std::string& path) {
    struct statx found {};
    if (::statx(AT_FDCWD, path.c_str(), 0, STATX_INO | STATX_BTIME, &found) != 0) return {};
    std::string mark = fmt::format("{}:{} {}", found.stx_dev_major, found.stx_dev_minor, found.stx_ino);
    if ((found.stx_mask & STATX_BTIME) != 0)
        mark += fmt::format(" made {}.{:09}", found.stx_btime.tv_sec, found.stx_btime.tv_nsec);
    const std::string handle = hasLastingHandles(path) ? handleOf(path) : std::string();
    return handle.empty() ? mark : mark + " handle " + handle;
}

bool OutputLock::isHeld(const std::string& path, const std::string& part) {
    const std::optional<std::string> folder = lockFolder();
    if (!folder) return true;
    const std::vector<std::string> names = lockNames(path, part);
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        const int fd = openFile(*folder + '/' + name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (fd < 0) return errno != ENOENT;
        struct flock asked = askableLock(false);
        const bool taken = ::fcntl(fd, F_OFD_GETLK, &asked) != 0 || asked.l_type != F_UNLCK;
        ::close(fd);
        return taken;
    });
}

Status OutputLock::acquire(const std::string& path, const std::string& part, Mode mode) {
    const std::optional<std::string> folder = lockFolder();
    m_unguarded = !folder;
    if (!folder) return {};
    for (const std::string& name : lockNames(path, part)) {
        Status status = acquireFile(*folder + '/' + name, path, mode);
        if (status.ok()) continue;
        release();
        return status;
    }
    return {};
}

Status OutputLock::acquireFolder(const std::string& folder) {
    const std::string file = folder + "/.lock";
    // Of another user: whether it is locked can't be asked.
    if (::access(file.c_str(), F_OK) == 0 && ::access(file.c_str(), R_OK | W_OK) != 0 && errno == EACCES)
        return isWritten(folder, {});
    return acquireFile(file, folder, Mode::Alone);
}

Status OutputLock::acquireFile(const std::string& lockFile, const std::string& path, Mode mode) {
    const bool shared = mode == Mode::Shared;
    for (int tries = 0;;) {
        const int fd = openFile(lockFile, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0) {
            m_unguarded = true;
            return {};
        }
        if (::flock(fd, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
            if (errno != EWOULDBLOCK && errno != EINTR) {  // a disk without locks
                ::close(fd);
                m_unguarded = true;
                return {};
            }
            std::vector<Holder> others = livingHolders(fd);
            ::close(fd);
            if (shared) std::erase_if(others, [](const Holder& each) { return !each.isAlone(); });
            // A holder without a line has it for an instant: it is about to write one, or lets go.
            if (!others.empty() || ++tries == kMostTries) return isWritten(path, others);
            systemClock()->sleep(1);
            continue;
        }
        if (!isNamed(fd, lockFile)) {
            ::close(fd);
            continue;
        }
        struct flock says = askableLock(shared);
        if (::fcntl(fd, F_OFD_SETLK, &says) != 0) m_unguarded = true;
        // The processes of these lines have ended; beside a shared one some may not have. A disk without room
        // takes no line: whom the lock keeps off is not told then who has it.
        [[maybe_unused]] const bool emptied = shared || cutFile(fd, 0) == 0;
        const std::string line =
            fmt::format("{} {} {}\n", ::getpid(), startOf(::getpid()), shared ? kShared : kAlone);
        [[maybe_unused]] const auto told = untilWhole([&] { return ::write(fd, line.data(), line.size()); });
        m_held.push_back({fd, lockFile});
        return {};
    }
}

void OutputLock::release() {
    for (const Held& held : m_held) {
        // The last one removes the file; a process that opened it just now checks its name.
        if (::flock(held.fd, LOCK_EX | LOCK_NB) == 0) ::unlink(held.file.c_str());
        ::close(held.fd);
    }
    m_held.clear();
}

Text unguardedNote(const std::string& path) {
    return RW_TEXT("files", "There is no folder for lock files: another run on “%1” would not be noticed.")
        .with(path);
}

}  // namespace rw
