#include "core/connect/files/pinned_folder.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>

#include "core/base/system_calls.h"

namespace rw {

namespace {

constexpr const char* kVfs = "rillwright-pinned";
constexpr std::string_view kDescriptors = "/proc/self/fd/";

/// Of a path through a descriptor nothing is followed: SQLite would take its links out, and open by name.
int fullName(sqlite3_vfs* vfs, const char* name, int size, char* out) {
    if (!std::string_view(name).starts_with(kDescriptors)) {
        sqlite3_vfs* const usual = sqlite3_vfs_find("unix");
        return usual != nullptr ? usual->xFullPathname(vfs, name, size, out) : SQLITE_CANTOPEN;
    }
    const std::size_t length = std::strlen(name);
    if (length >= static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
    std::memcpy(out, name, length + 1);
    return SQLITE_OK;
}

/// SQLite's usual VFS but for fullName(). Made once, and never goes: connections refer to it.
const char* pinnedVfs() {
    static const bool kMade = [] {
        sqlite3_vfs* const usual = sqlite3_vfs_find("unix");
        if (usual == nullptr) return false;
        static sqlite3_vfs pinned = *usual;
        pinned.zName = kVfs;
        pinned.pNext = nullptr;
        pinned.xFullPathname = fullName;
        return sqlite3_vfs_register(&pinned, 0) == SQLITE_OK;
    }();
    return kMade ? kVfs : "";
}

using FolderNumber = std::pair<dev_t, ino_t>;

/// One descriptor of a folder for all that hold it. SQLite shares the index of a log between the connections
/// of a process, and the last one removes it by the name that the first one had.
std::shared_ptr<const FileDescriptor> shared(int fd, const FolderNumber& number) {
    static std::mutex mutex;
    static std::map<FolderNumber, std::weak_ptr<const FileDescriptor>> folders;
    auto made = std::make_shared<const FileDescriptor>(fd);
    const std::lock_guard lock(mutex);
    std::erase_if(folders, [](const auto& each) { return each.second.expired(); });
    std::weak_ptr<const FileDescriptor>& known = folders[number];
    if (auto found = known.lock()) return found;
    known = made;
    return made;
}

}  // namespace

FileDescriptor openWithoutLinks(const std::string& path) {
    open_how how{};
    how.flags = O_PATH | O_CLOEXEC;
    how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const long opened = untilWhole(
        [&] { return ::syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof how); });
    if (opened >= 0 || errno != ENOSYS) return FileDescriptor(static_cast<int>(opened));
    return FileDescriptor(openFile(path, O_PATH | O_CLOEXEC | O_NOFOLLOW));  // Linux before 5.6
}

std::optional<PinnedFolder> PinnedFolder::at(const std::filesystem::path& path) {
    const FileDescriptor there = openWithoutLinks(path.native());
    struct stat found {};
    if (!there.ok() || ::fstat(there.fd(), &found) != 0 || !S_ISDIR(found.st_mode)) return std::nullopt;
    const int own = ::fcntl(there.fd(), F_DUPFD_CLOEXEC, 0);
    if (own < 0) return std::nullopt;
    return PinnedFolder(shared(own, {found.st_dev, found.st_ino}));
}

std::optional<struct stat> PinnedFolder::find(const std::string& name) const {
    struct stat found {};
    if (::fstatat(m_folder->fd(), name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
    return found;
}

DatabaseFile PinnedFolder::database(const std::string& name) const {
    DatabaseFile file;
    file.path = std::string(kDescriptors) + std::to_string(m_folder->fd()) + '/' + name;
    file.vfs = pinnedVfs();
    file.held = m_folder;
    return file;
}

}  // namespace rw
