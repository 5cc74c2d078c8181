#include "widgets/document/file_watch.h"

#include <sys/stat.h>

#include <QGuiApplication>
#include <cerrno>
#include <chrono>
#include <thread>

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
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (QGuiApplication::applicationState() == Qt::ApplicationActive) look();
    });
    connect(qApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive) look();
    });
    m_timer.start();
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
    m_asked = path;
    const QByteArray known = m_document.origin().bytes;
    runInBackground(
        this, [path, known, before = m_seen] { return seenNow(path, known, before); },
        [this, path, known, savedAt = m_document.savedAt()](std::optional<Seen> seen) {
            if (path == m_asked) m_asked.clear();
            // It may have been saved or another opened meanwhile.
            const bool same = path == m_document.path() && savedAt == m_document.savedAt() &&
                              known == m_document.origin().bytes;
            if (!same || !seen) return;
            m_seen = std::move(*seen);
            m_document.setGone(m_seen.gone);
            m_document.setRewritten(m_seen.other);
        });
}

}  // namespace rw::ui
