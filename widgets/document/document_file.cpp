// The file of PipelineDocument: new, open, save.
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <atomic>
#include <mutex>
#include <utility>

#include "widgets/document/examples.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

namespace {

Text notOpened(const QString& path) {
    return RW_TEXT("document", "“%1” was not opened: nobody waited for it.").with(path.toStdString());
}

/// As WrittenFile::overwritten, where `by` is written now.
std::optional<FileText> toBeOverwritten(const QString& path, const std::string& by) {
    Result<std::string> text = readPipelineText(path.toStdString());
    if (!text.ok() || *text == by || !checkLoadable(*text).ok()) return std::nullopt;
    return FileText{std::move(*text), QFileInfo(path).lastModified().toMSecsSinceEpoch()};
}

}  // namespace

QString PipelineDocument::displayName() const {
    if (!m_path.isEmpty()) return QFileInfo(m_path).fileName();
    if (!m_pipeline.name.empty()) return QString::fromStdString(m_pipeline.name);
    return tr("Untitled");
}

QString PipelineDocument::folder() const {
    return m_path.isEmpty() ? unsavedFolder() : QFileInfo(m_path).absolutePath();
}

QString PipelineDocument::unsavedFolder() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::HomeLocation)).filePath("Rillwright");
}

void PipelineDocument::reset(Pipeline pipeline, const QString& path, Origin origin) {
    // It holds no work of others: its effects are those of the user at the screen.
    origin.own = origin.own || (pipeline.nodes.empty() && pipeline.variables.empty());
    m_undo.clear();
    m_filled.forget();
    m_pipeline = std::move(pipeline);
    m_notes.reset(m_pipeline.notes.size());
    m_path = path;
    m_origin = std::move(origin);
    m_savedAt = {};
    m_opened.reset();
    m_gone = false;
    m_otherBytes.clear();
    m_keptMine = false;
    m_validated = std::make_shared<Validated>();
    m_lastSummaries.clear();
    m_issueIndex = {};
    ++m_version;
    ++m_structure;
    Q_EMIT changed({});
    Q_EMIT fileChanged();
    m_validator.forgetHeld();
    m_validateSoon.start();
}

void PipelineDocument::startEmpty() {
    m_loadWarnings.clear();
    reset({}, {}, {});
}

Status PipelineDocument::load(Result<Loaded> loaded, const QString& path, Origin origin) {
    if (!loaded.ok()) return loaded.status();
    m_loadWarnings = std::move(loaded->warnings);
    reset(std::move(loaded->pipeline), path, std::move(origin));
    return {};
}

bool PipelineDocument::doFileWork(const QString& what, std::function<void()> work) {
    if (m_fileWork) return m_fileWork(what, std::move(work));
    work();
    return true;
}

// The results of the work are kept apart, so that it may come to its end when it is not waited for any more.
Status PipelineDocument::open(const QString& path) {
    struct Found {
        Result<Loaded> loaded = Status(ErrorCode::Cancelled, Text{});
        std::string text{};
        QByteArray bytes{};
        QDateTime savedAt{};
    };
    const QFileInfo file(path);
    const QString absolute = file.absoluteFilePath();
    const auto found = std::make_shared<Found>();
    const bool done = doFileWork(tr("Opening “%1”").arg(file.fileName()), [found, absolute] {
        Result<std::string> text = readPipelineText(absolute.toStdString());
        found->loaded = text.ok() ? loadPipeline(*text) : Result<Loaded>(text.status());
        found->savedAt = QFileInfo(absolute).lastModified();
        if (!text.ok()) return;
        found->bytes = fingerprint(*text);
        found->text = std::move(*text);
    });
    if (!done) return {ErrorCode::Cancelled, notOpened(absolute)};
    RW_TRY(load(std::move(found->loaded), absolute, {.own = false, .bytes = found->bytes}));
    m_savedAt = found->savedAt;
    m_opened = FileText{std::move(found->text), m_savedAt.toMSecsSinceEpoch()};
    Q_EMIT fileChanged();
    Q_EMIT saved(absolute);
    return {};
}

// Through QFile, because the examples lie inside the program.
Status PipelineDocument::openCopy(const QString& path) {
    struct Found {
        std::string text{};
        Status status{};
    };
    const auto found = std::make_shared<Found>();
    const bool done = doFileWork(tr("Opening “%1”").arg(QFileInfo(path).fileName()), [found, path] {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly)) {
            found->text = file.readAll().toStdString();
        } else {
            found->status = {ErrorCode::Io, RW_TEXT("document", "“%1” can't be read: %2.")
                                                .with(path.toStdString(), file.errorString().toStdString())};
        }
    });
    if (!done) return {ErrorCode::Cancelled, notOpened(path)};
    RW_TRY(found->status);
    const QString example = exampleWith(fingerprint(found->text));
    Result<Loaded> loaded = loadPipeline(found->text);
    if (loaded.ok()) translateExample(loaded->pipeline);
    return load(std::move(loaded), {}, {.own = !example.isEmpty(), .example = example});
}

Status PipelineDocument::restore(const std::string& text, const QString& path, const Origin& origin) {
    RW_TRY(load(loadOwnPipeline(text), path, origin));
    m_undo.resetClean();
    Q_EMIT fileChanged();
    return {};
}

// If it can't be read, this is not known; writing it reports the error.
std::optional<bool> PipelineDocument::isChangedOutside() {
    if (m_path.isEmpty() || m_origin.bytes.isEmpty()) return false;
    const auto changed = std::make_shared<bool>(false);
    const bool done = doFileWork(
        tr("Looking for “%1”").arg(displayName()),
        [changed, path = m_path, known = m_origin.bytes] { *changed = !otherBytes(path, known).isEmpty(); });
    return done ? std::optional(*changed) : std::nullopt;
}

void PipelineDocument::setRewritten(const QByteArray& bytes) {
    if (m_otherBytes == bytes) return;
    m_otherBytes = bytes;
    m_keptMine = false;
    Q_EMIT fileChanged();
}

void PipelineDocument::keepMine() {
    if (!isRewritten()) return;
    m_keptMine = true;
    Q_EMIT fileChanged();
}

void PipelineDocument::setGone(bool gone) {
    if (m_gone == gone) return;
    m_gone = gone;
    Q_EMIT fileChanged();
}

Status PipelineDocument::save() {
    return saveAs(m_path);
}

// Of two versions for one path the newer is written last, also when the older is not waited for any more.
Status PipelineDocument::saveAs(const QString& path) {
    struct Writing {
        std::atomic<bool> givenUp{false};
        QByteArray bytes{};
        WrittenFile file{};
        Status status{};
    };
    const QFileInfo file(path);
    const QString absolute = file.absoluteFilePath(), before = m_path;
    std::shared_ptr<std::mutex>& order = m_writeOrder[absolute];
    if (!order) order = std::make_shared<std::mutex>();
    const auto writing = std::make_shared<Writing>();
    const quint64 version = m_version;
    const bool done =
        doFileWork(tr("Saving “%1”").arg(file.fileName()), [writing, order, absolute, pipeline = m_pipeline] {
            const std::lock_guard turn(*order);
            if (writing->givenUp) return;
            std::string& text = writing->file.text;
            text = savePipeline(pipeline);
            writing->bytes = fingerprint(text);
            writing->status = checkLoadable(text);
            if (!writing->status.ok()) return;
            writing->file.overwritten = toBeOverwritten(absolute, text);
            writing->status = writePipelineText(text, absolute.toStdString());
        });
    if (!done) {
        writing->givenUp = true;
        return {ErrorCode::Cancelled,
                RW_TEXT("document", "“%1” does not answer. It may still be written when it does.")
                    .with(absolute.toStdString()),
                RW_TEXT("document", "Save somewhere else, or try again later.")};
    }
    RW_TRY(writing->status);
    writing->file.pathBefore = before;
    writing->file.originBefore = m_origin;
    if (absolute == before) writing->file.opened = std::exchange(m_opened, std::nullopt);
    m_path = absolute;
    m_origin.bytes = writing->bytes;
    m_savedAt = QDateTime::currentDateTime();
    m_gone = false;
    m_otherBytes.clear();
    m_keptMine = false;
    if (version == m_version) m_undo.setClean();  // a program may have changed it meanwhile
    Q_EMIT written(writing->file);
    Q_EMIT fileChanged();
    Q_EMIT saved(absolute);
    if (absolute != before) revalidate();  // relative paths start in another folder now
    return {};
}

}  // namespace rw::ui
