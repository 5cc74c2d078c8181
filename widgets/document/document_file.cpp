// The file of PipelineDocument: new, open, save.
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include "widgets/document/examples.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

QString PipelineDocument::displayName() const {
    if (!m_path.isEmpty()) return QFileInfo(m_path).fileName();
    if (!m_pipeline.name.empty()) return QString::fromStdString(m_pipeline.name);
    return tr("Untitled");
}

QString PipelineDocument::folder() const {
    if (!m_path.isEmpty()) return QFileInfo(m_path).absolutePath();
    return QDir(QStandardPaths::writableLocation(QStandardPaths::HomeLocation)).filePath("Rillwright");
}

void PipelineDocument::reset(Pipeline pipeline, const QString& path) {
    m_undo.clear();
    m_pipeline = std::move(pipeline);
    m_path = path;
    m_savedAt = {};
    m_validated = std::make_shared<Validated>();
    ++m_version;
    Q_EMIT changed({});
    Q_EMIT fileChanged();
    m_validateSoon.start();
}

void PipelineDocument::startEmpty() {
    m_loadWarnings.clear();
    reset({}, {});
}

Status PipelineDocument::load(Result<Loaded> loaded, const QString& path) {
    if (!loaded.ok()) return loaded.status();
    m_loadWarnings = std::move(loaded->warnings);
    reset(std::move(loaded->pipeline), path);
    return {};
}

Status PipelineDocument::open(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    RW_TRY(load(loadPipelineFile(absolute.toStdString()), absolute));
    m_savedAt = QFileInfo(absolute).lastModified();
    Q_EMIT fileChanged();
    Q_EMIT saved(absolute);
    return {};
}

// Through QFile, because the examples lie inside the program.
Status PipelineDocument::openCopy(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {ErrorCode::Io, RW_TEXT("document", "“%1” can't be read: %2.")
                                   .with(path.toStdString(), file.errorString().toStdString())};
    }
    const QByteArray text = file.readAll();
    Result<Loaded> loaded = loadPipeline({text.data(), static_cast<std::size_t>(text.size())});
    if (loaded.ok()) putIntoLanguage(loaded->pipeline);
    return load(std::move(loaded), {});
}

Status PipelineDocument::restore(const std::string& text, const QString& path) {
    RW_TRY(load(loadPipeline(text), path));
    m_undo.resetClean();
    Q_EMIT fileChanged();
    return {};
}

Status PipelineDocument::save() {
    return saveAs(m_path);
}

Status PipelineDocument::saveAs(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    RW_TRY(savePipelineFile(m_pipeline, absolute.toStdString()));
    const bool moved = absolute != m_path;
    m_path = absolute;
    m_savedAt = QDateTime::currentDateTime();
    m_undo.setClean();
    Q_EMIT fileChanged();
    Q_EMIT saved(absolute);
    if (moved) revalidate();  // relative paths start in another folder now
    return {};
}

}  // namespace rw::ui
