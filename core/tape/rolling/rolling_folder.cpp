#include "core/tape/rolling/rolling_folder.h"

#include <sys/file.h>
#include <sys/stat.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/system_calls.h"

namespace rw {

namespace {

namespace fs = std::filesystem;

constexpr const char *kPrefix = "run-", *kLock = "lock";
constexpr int kTries = 20;

std::string lockOf(const std::string& folder) {
    return folder + '/' + kLock;
}

/// The lock of a folder; less than 0: another program has it, or there is no such folder.
int lockFolder(const std::string& folder) {
    const std::string path = lockOf(folder);
    const int fd = openFile(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return fd;
    struct stat open {
    }, named{};
    // A program that dropped the folder meanwhile had the lock before.
    const bool mine = ::flock(fd, LOCK_EX | LOCK_NB) == 0 && ::fstat(fd, &open) == 0 &&
                      ::stat(path.c_str(), &named) == 0 && open.st_ino == named.st_ino;
    if (mine) return fd;
    ::close(fd);
    return -1;
}

}  // namespace

Result<std::shared_ptr<const RollingFolder>> RollingFolder::make(const std::string& parent) {
    std::error_code failed;
    fs::create_directories(parent, failed);
    dropLeftRollingFolders(parent);
    for (int tries = 0; tries < kTries; ++tries) {
        std::string path = parent + '/' + kPrefix + "XXXXXX";
        if (::mkdtemp(path.data()) == nullptr) break;
        const int lock = lockFolder(path);
        // One that looked for left-overs just now took it for one.
        if (lock >= 0) return std::shared_ptr<const RollingFolder>(new RollingFolder(std::move(path), lock));
    }
    return Status(ErrorCode::Io, RW_TEXT("tape", "There can be no folder in “%1”: %2.")
                                     .with(parent, std::string(std::strerror(errno))));
}

RollingFolder::~RollingFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
    ::close(m_lock);
}

void dropLeftRollingFolders(const std::string& parent) {
    std::error_code failed;
    std::vector<std::string> folders;
    for (fs::directory_iterator each(parent, failed), end; !failed && each != end; each.increment(failed)) {
        std::error_code unknown;
        const bool folder = fs::symlink_status(each->path(), unknown).type() == fs::file_type::directory;
        if (folder && each->path().filename().native().rfind(kPrefix, 0) == 0)
            folders.push_back(each->path().native());
    }
    for (const std::string& folder : folders) {
        const int lock = lockFolder(folder);
        if (lock < 0) continue;
        std::error_code ignored;
        fs::remove_all(folder, ignored);
        ::close(lock);
    }
}

}  // namespace rw
