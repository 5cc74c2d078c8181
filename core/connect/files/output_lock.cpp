#include "core/connect/files/output_lock.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>

#include "core/pipeline/file_identity.h"

namespace rw {

namespace {

/// A folder of ours that nobody else can write into; made where it is missing.
bool isPrivate(const std::string& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return false;
    struct stat found {};
    return ::lstat(folder.c_str(), &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == ::getuid() &&
           (found.st_mode & 0077) == 0;
}

/// The same for all programs of the user, whatever environment they were started with.
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

/// Those who hold the lock wrote their numbers into it, a line each; some may have ended since.
pid_t holder(int fd) {
    char text[4096];
    const ssize_t size = ::pread(fd, text, sizeof text, 0);
    pid_t last = 0;
    for (const char *at = text, *end = text + std::max<ssize_t>(size, 0); at < end;) {
        pid_t each = 0;
        const auto [next, error] = std::from_chars(at, end, each);
        if (error == std::errc() && (::kill(each, 0) == 0 || errno == EPERM)) last = each;
        at = next + 1;
    }
    return last;
}

/// Whether the file is still the one that its name leads to: who released the lock took the name away.
bool isNamed(int fd, const std::string& file) {
    struct stat open {
    }, named{};
    return ::fstat(fd, &open) == 0 && ::stat(file.c_str(), &named) == 0 && open.st_ino == named.st_ino &&
           open.st_dev == named.st_dev;
}

/// By its path, and where the file is there, by what it is.
std::vector<std::string> lockNames(const std::string& path, const std::string& part) {
    const std::string ending = part.empty() ? std::string() : '\n' + part;
    const FileIdentity file = FileIdentity::of(path);
    std::vector<std::string> names{lockName("path " + file.path.native() + ending)};
    if (file.number) {
        names.push_back(
            lockName(fmt::format("inode {} {}{}", file.number->first, file.number->second, ending)));
    }
    return names;
}

}  // namespace

bool OutputLock::isHeld(const std::string& path, const std::string& part) {
    const std::optional<std::string> folder = lockFolder();
    if (!folder) return true;
    const std::vector<std::string> names = lockNames(path, part);
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        const int fd = ::open((*folder + '/' + name).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (fd < 0) return false;
        const bool taken = holder(fd) != 0;
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

Status OutputLock::acquireFile(const std::string& lockFile, const std::string& path, Mode mode) {
    for (;;) {
        const int fd = ::open(lockFile.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0) {
            m_unguarded = true;
            return {};
        }
        // Alone first, also for a shared claim: then the numbers in the file are of runs long gone.
        bool taken = ::flock(fd, LOCK_EX | LOCK_NB) == 0;
        if (taken && ::ftruncate(fd, 0) != 0) m_unguarded = true;
        if (mode == Mode::Shared) taken = ::flock(fd, LOCK_SH | LOCK_NB) == 0;
        if (!taken) {
            const pid_t other = holder(fd);
            ::close(fd);
            return {
                ErrorCode::Io,
                other == ::getpid()
                    ? RW_TEXT("files", "“%1” is being written by another run of this program.").with(path)
                    : RW_TEXT("files", "“%1” is being written by another run, process %2.").with(path, other),
                RW_TEXT("files", "Wait for its end or stop it, or write somewhere else.")};
        }
        if (!isNamed(fd, lockFile)) {
            ::close(fd);
            continue;
        }
        const std::string number = std::to_string(::getpid()) + '\n';
        if (::write(fd, number.data(), number.size()) < 0) m_unguarded = true;
        m_held.push_back({fd, lockFile});
        return {};
    }
}

void OutputLock::release() {
    for (const Held& held : m_held) {
        // The last one takes the file away; whoever opened it just now looks for its name.
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
