#include "widgets/document/file_watch.h"

#include <QGuiApplication>
#include <filesystem>

#include "widgets/document/background.h"

namespace rw::ui {

namespace {

/// A file that can't be looked at may be there.
bool isGone(const QString& path) {
    std::error_code error;
    return std::filesystem::status(path.toStdString(), error).type() == std::filesystem::file_type::not_found;
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

void FileWatch::look() {
    const QString path = m_document.path();
    if (path.isEmpty() || path == m_asked) return;
    m_asked = path;
    runInBackground(
        this, [path] { return isGone(path); },
        [this, path, savedAt = m_document.savedAt()](bool gone) {
            if (path == m_asked) m_asked.clear();
            // It may have been saved or another opened meanwhile.
            if (path == m_document.path() && savedAt == m_document.savedAt()) m_document.setGone(gone);
        });
}

}  // namespace rw::ui
