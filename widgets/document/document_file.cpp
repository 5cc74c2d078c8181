// The file of PipelineDocument: new, open, save.
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

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

void PipelineDocument::reset(Pipeline pipeline, const QString& path, Origin origin) {
    // There is nothing of anybody in it: what it will do is what the person at the screen makes it do.
    origin.own = origin.own || (pipeline.nodes.empty() && pipeline.variables.empty());
    m_undo.clear();
    m_pipeline = std::move(pipeline);
    m_path = path;
    m_origin = std::move(origin);
    m_savedAt = {};
    m_validated = std::make_shared<Validated>();
    ++m_version;
    Q_EMIT changed({});
    Q_EMIT fileChanged();
    m_validateSoon.start();
}

void PipelineDocument::startEmpty() {
    m_loadWarnings.clear();
    reset({}, {}, {});
}

Status PipelineDocument::load(std::string_view text, const QString& path, Origin origin) {
    RW_TRY_ASSIGN(Loaded loaded, loadPipeline(text));
    m_loadWarnings = std::move(loaded.warnings);
    reset(std::move(loaded.pipeline), path, std::move(origin));
    return {};
}

Status PipelineDocument::open(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    RW_TRY_ASSIGN(const std::string text, readPipelineText(absolute.toStdString()));
    RW_TRY(load(text, absolute, {.own = false, .bytes = fingerprint(text)}));
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
    const std::string text = file.readAll().toStdString();
    const QString example = exampleWith(fingerprint(text));
    return load(text, {}, {.own = !example.isEmpty(), .example = example});
}

Status PipelineDocument::restore(const std::string& text, const QString& path, const Origin& origin) {
    RW_TRY(load(text, path, origin));
    m_undo.resetClean();
    Q_EMIT fileChanged();
    return {};
}

bool PipelineDocument::isChangedOutside() const {
    if (m_path.isEmpty() || m_origin.bytes.isEmpty()) return false;
    const Result<std::string> now = readPipelineText(m_path.toStdString());
    if (!now.ok()) return now.error().code != ErrorCode::NotFound;
    return fingerprint(*now) != m_origin.bytes;
}

Status PipelineDocument::save() {
    return saveAs(m_path);
}

Status PipelineDocument::saveAs(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath(), before = m_path;
    const std::string text = savePipeline(m_pipeline);
    RW_TRY(writePipelineText(text, absolute.toStdString()));
    const Origin origin = m_origin;
    m_path = absolute;
    m_origin.bytes = fingerprint(text);
    m_savedAt = QDateTime::currentDateTime();
    m_undo.setClean();
    Q_EMIT written(before, origin);
    Q_EMIT fileChanged();
    Q_EMIT saved(absolute);
    if (absolute != before) revalidate();  // relative paths start in another folder now
    return {};
}

}  // namespace rw::ui
