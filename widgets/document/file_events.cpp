#include "widgets/document/file_events.h"

#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <QSocketNotifier>
#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

namespace rw::ui {

namespace {

/// File systems on which nobody but this kernel writes, by the numbers of statfs(2).
constexpr std::array<std::uint32_t, 7> kOwnDisks{
    0xEF53,      // ext2, ext3, ext4
    0x58465342,  // XFS
    0x9123683E,  // Btrfs
    0xF2F52010,  // F2FS
    0x2FC12FC1,  // ZFS
    0x01021994,  // tmpfs
    0x794C7630,  // overlayfs
};

constexpr std::uint32_t kOfFile = IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;
// Writes to other files of the folder, which may be the outputs of a run, wake nobody.
constexpr std::uint32_t kOfFolder =
    IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

bool isOnOwnDisk(const std::string& path) {
    struct statfs found {};
    return ::statfs(path.c_str(), &found) == 0 &&
           std::find(kOwnDisks.begin(), kOwnDisks.end(), static_cast<std::uint32_t>(found.f_type)) !=
               kOwnDisks.end();
}

}  // namespace

FileEvents::Inotify::Inotify() : m_fd(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

FileEvents::Inotify::~Inotify() {
    if (m_fd >= 0) ::close(m_fd);
}

bool FileEvents::Inotify::watch(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    if (m_fd < 0 || !isOnOwnDisk(folder)) return false;
    if (::inotify_add_watch(m_fd, folder.c_str(), kOfFolder) < 0) return false;
    const bool there = ::inotify_add_watch(m_fd, path.c_str(), kOfFile) >= 0;
    return there ? isOnOwnDisk(path) : errno == ENOENT;  // a link may lead elsewhere
}

FileEvents::FileEvents(const QString& path, QObject* parent)
    : QObject(parent),
      m_name(std::filesystem::path(path.toStdString()).filename().string()),
      m_inotify(std::make_shared<Inotify>()) {
    if (m_inotify->m_fd < 0) return;
    auto* came = new QSocketNotifier(m_inotify->m_fd, QSocketNotifier::Read, this);
    connect(came, &QSocketNotifier::activated, this, &FileEvents::read);
}

void FileEvents::read() {
    alignas(inotify_event) std::array<char, 4096> bytes{};
    bool any = false;
    for (ssize_t size = 0; (size = ::read(m_inotify->m_fd, bytes.data(), bytes.size())) > 0;) {
        for (ssize_t at = 0; at < size;) {
            const auto* event = reinterpret_cast<const inotify_event*>(bytes.data() + at);
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
            // Of a file in the folder it says the name; without one it is the file or the folder itself.
            any = any || (event->len > 0 ? m_name == event->name : (event->mask & IN_IGNORED) == 0);
        }
    }
    if (any) Q_EMIT changed();
}

}  // namespace rw::ui
