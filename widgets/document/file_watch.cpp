#include "widgets/document/file_watch.h"

#include <sys/stat.h>

#include <QGuiApplication>
#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

#include "widgets/background/background.h"

namespace rw::ui {

namespace {

// A file that replaces another has another inode. The time of the last change of status can't be set back, as
// that of the last write can be.
std::string stateOf(const struct stat& file) {
    std::string state;
    for (const auto part : {static_cast<long long>(file.st_dev), static_cast<long long>(file.st_ino),
                            static_cast<long long>(file.st_size), static_cast<long long>(file.st_ctim.tv_sec),
                            static_cast<long long>(file.st_ctim.tv_nsec)})
        state += std::to_string(part) + ' ';
    return state;
}

}  // namespace

FileWatch::FileWatch(PipelineDocument& document, QObject* parent) : QObject(parent), m_document(document) {
    m_timer.setInterval(kInterval);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &FileWatch::look);
    connect(qApp, &QGuiApplication::applicationStateChanged, this, [this] {
        follow();
        if (isInUse()) look();
    });
    connect(&document, &PipelineDocument::fileChanged, this, &FileWatch::onFile);
    onFile();
}

void FileWatch::onFile() {
    if (const QString path = m_document.path(); path != m_eventsOf) {
        m_eventsOf = path;
        m_told = false;
        m_events.reset();
        if (!path.isEmpty()) {
            m_events = std::make_unique<FileEvents>(path, this);
            connect(m_events.get(), &FileEvents::changed, this, &FileWatch::onEvents);
        }
    }
    follow();
}

// Where nobody looks now, a look comes when somebody does again.
void FileWatch::onEvents() {
    if (!isInUse()) return;
    m_again = isLooking();
    look();
}

void FileWatch::setWatched(bool watched) {
    m_watched = watched;
    follow();
    if (isInUse()) look();
}

// A window that nobody uses, or that has no file, does not look.
bool FileWatch::isInUse() const {
    return m_watched && QGuiApplication::applicationState() == Qt::ApplicationActive &&
           !m_document.path().isEmpty();
}

void FileWatch::follow() {
    const bool looks = isInUse() && !m_told;
    if (looks == m_timer.isActive()) return;
    looks ? m_timer.start() : m_timer.stop();
}

// A file that can't be looked at may be there, and may hold what it did.
std::optional<FileWatch::Seen> FileWatch::seenNow(const QString& path, const QByteArray& known,
                                                  const Seen& before) {
    const std::string name = path.toStdString();
    struct stat file {};
    if (::stat(name.c_str(), &file) != 0) return Seen{.gone = errno == ENOENT || errno == ENOTDIR};
    std::string state = stateOf(file);
    if (state == before.state && known == before.known) return before;
    QByteArray other = otherBytes(path, known);
    if (!other.isEmpty()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(kQuietMillis));
        if (otherBytes(path, known) != other) return std::nullopt;
    }
    return Seen{.gone = false, .state = std::move(state), .known = known, .other = std::move(other)};
}

void FileWatch::look() {
    const QString path = m_document.path();
    if (path.isEmpty() || path == m_asked) return;
    if (path != m_eventsOf) onFile();
    m_asked = path;
    const QByteArray known = m_document.origin().bytes;
    const std::shared_ptr<FileEvents::Inotify> inotify = m_events->inotify();
    // What happens between the two is told.
    const auto find = [path, known, before = m_seen, inotify] {
        const bool told = inotify->watch(path.toStdString());
        return std::pair(told, seenNow(path, known, before));
    };
    runInBackground(
        this, find,
        [this, path, known, savedAt = m_document.savedAt()](std::pair<bool, std::optional<Seen>> found) {
            auto& [told, seen] = found;
            if (path == m_asked) m_asked.clear();
            // It may have been saved or another opened meanwhile.
            const bool same = path == m_document.path() && savedAt == m_document.savedAt() &&
                              known == m_document.origin().bytes;
            m_told = same && seen && told;
            follow();
            if (std::exchange(m_again, false)) look();
            if (!same || !seen) return;
            m_seen = std::move(*seen);
            m_document.setGone(m_seen.gone);
            m_document.setRewritten(m_seen.other);
        });
}

}  // namespace rw::ui
