#include "widgets/files/file_drop.h"

#include <QDropEvent>
#include <QMimeData>
#include <QTimer>
#include <QUrl>
#include <QWidget>

namespace rw::ui {

namespace {

bool isPipeline(const QString& path) {
    return path.endsWith(QLatin1String(".rill"), Qt::CaseInsensitive);
}

}  // namespace

FileDrop::FileDrop(const QStringList& dataEndings, QWidget* window)
    : QObject(window), m_dataEndings(dataEndings) {
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

bool FileDrop::isData(const QString& path) const {
    return std::any_of(m_dataEndings.begin(), m_dataEndings.end(),
                       [&path](const QString& ending) { return path.endsWith(ending, Qt::CaseInsensitive); });
}

QStringList FileDrop::filesOf(const QMimeData& data) const {
    QStringList files;
    for (const QUrl& url : data.urls()) {
        const QString path = url.toLocalFile();
        if (isPipeline(path) || isData(path)) files << path;
    }
    return files;
}

bool FileDrop::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::DragEnter:
        case QEvent::DragMove:
        case QEvent::Drop: {
            auto* drop = static_cast<QDropEvent*>(event);
            if (filesOf(*drop->mimeData()).isEmpty()) return false;
            drop->setDropAction(Qt::CopyAction);
            drop->accept();
            const QPoint at = static_cast<QWidget*>(watched)->mapToGlobal(drop->position().toPoint());
            if (event->type() == QEvent::Drop) take(*drop->mimeData(), at);
            return true;
        }
        default:
            return QObject::eventFilter(watched, event);
    }
}

// Later: opening may ask questions, and the program the files come from waits until the drop is over.
void FileDrop::take(const QMimeData& data, QPoint globalPos) {
    const QStringList files = filesOf(data);
    QTimer::singleShot(0, this, [this, files, globalPos] {
        for (const QString& file : files) {
            if (isPipeline(file)) Q_EMIT pipelineDropped(file);
        }
        QStringList rows;
        std::copy_if(files.begin(), files.end(), std::back_inserter(rows),
                     [this](const QString& file) { return isData(file); });
        if (!rows.isEmpty()) Q_EMIT dataDropped(rows, globalPos);
    });
}

}  // namespace rw::ui
