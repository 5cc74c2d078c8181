#include "core/base/whole_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <vector>

#include "core/base/system_calls.h"
#include "core/base/time.h"

namespace rw {

namespace {

constexpr mode_t kForOwner = 0600, kForAll = 0666;  ///< the second one less the umask
constexpr mode_t kPermissions = 0777;
/// Of a name, so that the name beside it is none that is too long.
constexpr std::size_t kNamePart = 200;
constexpr Millis kTurnWithin = 5'000, kTurnLook = 10;
constexpr int kMostTries = 100;  ///< names beside that exist already

std::error_code errorOf(int code) {
    return {code, std::generic_category()};
}

/// The file itself, where the path is a link.
std::filesystem::path behindLinks(const std::string& path) {
    std::error_code none;
    auto real = std::filesystem::canonical(path, none);
    return none ? std::filesystem::path(path) : real;
}

/// A new file with a name of its own; hidden from lists of the folder meanwhile. Its name is in `made`.
int makeBeside(const std::filesystem::path& file, mode_t mode, std::string& made) {
    static std::atomic<unsigned> count{0};
    const std::string folder = file.has_parent_path() ? file.parent_path().string() : std::string(".");
    const std::string name = file.filename().string().substr(0, kNamePart);
    for (int tries = 1;; ++tries) {
        made = fmt::format("{}/.{}.{}-{}", folder, name, ::getpid(), ++count);
        const int fd = openFile(made, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST || tries == kMostTries) return fd;
    }
}

bool writeAll(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = untilWhole([&] { return ::write(fd, text.data(), text.size()); });
        if (count < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

}  // namespace

bool FileDescriptor::close() {
    const int fd = std::exchange(m_fd, -1);
    return fd < 0 || ::close(fd) == 0;
}

WrittenWhole writeWhole(const std::string& path, std::string_view text, FileReaders readers) {
    const std::filesystem::path real = behindLinks(path);
    struct stat there {};
    const bool old = ::stat(real.c_str(), &there) == 0;
    if (old && S_ISDIR(there.st_mode)) return {errorOf(EISDIR)};
    // A rename would put a file in the place of /dev/null.
    if (old && !S_ISREG(there.st_mode)) return {errorOf(ENOTSUP)};
    if (old && ::access(real.c_str(), W_OK) != 0) return {errorOf(errno)};
    const bool usual = readers == FileReaders::Usual;
    std::string beside;
    // The usual mode of a new file comes from the system: to ask for the umask is to change it for all
    // threads.
    FileDescriptor file(makeBeside(real, usual && !old ? kForAll : kForOwner, beside));
    if (!file.ok()) return {errorOf(errno)};
    const bool written = writeAll(file.fd(), text) &&
                         (!usual || !old || ::fchmod(file.fd(), there.st_mode & kPermissions) == 0) &&
                         syncFile(file.fd()) == 0 && file.close() &&
                         untilWhole([&] { return ::rename(beside.c_str(), real.c_str()); }) == 0;
    if (!written) {
        const int why = errno;
        ::unlink(beside.c_str());
        return {errorOf(why)};
    }
    // The name is safe only when the folder is: without this a loss of power could bring the old file back.
    return {{}, syncFolderOf(real.string())};
}

std::error_code syncFolderOf(const std::string& path) {
    const std::filesystem::path file(path);
    const std::string folder = file.has_parent_path() ? file.parent_path().string() : std::string(".");
    const FileDescriptor parent(openFile(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (parent.ok() && syncFile(parent.fd()) == 0) return {};
    const int why = errno;
    const bool cannot = parent.ok() ? why == EINVAL || why == ENOTSUP : why == EACCES;
    return cannot ? std::error_code() : errorOf(why);
}

Status notSynced(const std::string& shown, const std::error_code& why, Text mend) {
    return {ErrorCode::Io,
            RW_TEXT("files",
                    "“%1” is in place, but a loss of power may take it away again: the disk failed for its "
                    "folder: %2.")
                .with(shown, why.message()),
            std::move(mend)};
}

std::error_code readWhole(const std::string& path, std::size_t most, std::string& text) {
    const FileDescriptor file(openFile(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info {};
    if (!file.ok() || ::fstat(file.fd(), &info) != 0) return errorOf(errno);
    if (!S_ISREG(info.st_mode)) return errorOf(EINVAL);
    text.clear();
    std::vector<char> block(std::size_t{64} << 10);
    for (;;) {
        const ssize_t count = untilWhole([&] { return ::read(file.fd(), block.data(), block.size()); });
        if (count < 0) return errorOf(errno);
        if (count == 0) return {};
        text.append(block.data(), static_cast<std::size_t>(count));
        if (text.size() > most) return errorOf(EFBIG);
    }
}

void makeFolderOf(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::error_code shown;  // by writing the file
    if (!folder.empty()) std::filesystem::create_directories(folder, shown);
}

FolderTurn::FolderTurn(const std::string& folder)
    : m_folder(openFile(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    const auto clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + kTurnWithin;
    while (m_folder.ok() && m_taken && ::flock(m_folder.fd(), LOCK_EX | LOCK_NB) != 0 &&
           (errno == EWOULDBLOCK || errno == EINTR)) {
        m_taken = clock->steadyMillis() < until;
        clock->sleep(kTurnLook);
    }
}

}  // namespace rw
