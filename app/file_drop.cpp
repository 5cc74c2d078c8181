#include "app/file_drop.h"

#include <QDropEvent>
#include <QMimeData>
#include <QTimer>
#include <QUrl>
#include <QWidget>

namespace rw::ui {

namespace {

bool endsWith(const QString& path, std::initializer_list<const char*> suffixes) {
    return std::any_of(suffixes.begin(), suffixes.end(), [&path](const char* suffix) {
        return path.endsWith(QLatin1String(suffix), Qt::CaseInsensitive);
    });
}

bool isPipeline(const QString& path) {
    return endsWith(path, {".rill"});
}

bool isCsv(const QString& path) {
    return endsWith(path, {".csv", ".tsv"});
}

QStringList filesOf(const QMimeData& data) {
    QStringList files;
    for (const QUrl& url : data.urls()) {
        const QString path = url.toLocalFile();
        if (isPipeline(path) || isCsv(path)) files << path;
    }
    return files;
}

}  // namespace

FileDrop::FileDrop(QWidget* window) : QObject(window) {
    window->setAcceptDrops(true);
    window->installEventFilter(this);
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
            if (event->type() == QEvent::Drop) take(*drop->mimeData());
            return true;
        }
        default:
            return QObject::eventFilter(watched, event);
    }
}

// Later: what opens may ask questions, and the program the files come from waits until the drop is over.
void FileDrop::take(const QMimeData& data) {
    const QStringList files = filesOf(data);
    QTimer::singleShot(0, this, [this, files] {
        const auto pipeline = std::find_if(files.begin(), files.end(), isPipeline);
        if (pipeline != files.end()) Q_EMIT pipelineDropped(*pipeline);
        for (const QString& file : files) {
            if (isCsv(file)) Q_EMIT csvDropped(file);
        }
    });
}

}  // namespace rw::ui
