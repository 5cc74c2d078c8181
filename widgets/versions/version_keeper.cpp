#include "widgets/versions/version_keeper.h"

#include <QDateTime>
#include <QFileInfo>
#include <utility>

#include "core/history/version_history.h"
#include "core/pipeline/json/json.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

/// The file as it was opened, until it was saved over.
struct VersionKeeper::Opened {
    std::string file{}, text{};
    Instant saved{};
};

VersionKeeper::VersionKeeper(PipelineDocument& document, RunSession& session, QObject* parent)
    : QObject(parent), m_document(document), m_session(session), m_opened(std::make_shared<Opened>()) {
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) readOpened();
    });
    connect(&document, &PipelineDocument::written, this, &VersionKeeper::keepSaved);
    connect(&session, &RunSession::runReplaced, this, &VersionKeeper::keepRun);
    readOpened();
}

void VersionKeeper::readOpened() {
    if (m_document.path().isEmpty()) return;
    m_worker.start([opened = m_opened, file = m_document.path().toStdString()] {
        *opened = {};
        Result<std::string> text = readPipelineText(file);
        if (!text.ok()) return;  // opening it has told why
        const QDateTime saved = QFileInfo(QString::fromStdString(file)).lastModified();
        *opened = {file, std::move(*text), saved.toMSecsSinceEpoch()};
    });
}

void VersionKeeper::keepSaved() {
    keep([opened = m_opened, file = m_document.path().toStdString()]() -> Status {
        const Opened before = std::exchange(*opened, {});
        if (before.file == file) RW_TRY(keepVersion(file, before.text, before.saved).status());
        RW_TRY_ASSIGN(const std::string text, readPipelineText(file));
        return keepVersion(file, text, systemClock()->now()).status();
    });
}

void VersionKeeper::keepRun() {
    const bool ownRun = m_session.shownRun().has(RunAbility::Versions) && m_session.isActive();
    if (!ownRun || m_document.path().isEmpty() || !m_document.isModified()) return;
    keep([file = m_document.path().toStdString(), pipeline = m_session.runningPipeline()] {
        return keepVersion(file, savePipeline(pipeline), systemClock()->now()).status();
    });
}

void VersionKeeper::keep(std::function<Status()> work) {
    m_worker.start([this, home = m_home, work = std::move(work)] {
        const Status done = work();
        home.send([this, done] {
            if (done.ok()) {
                Q_EMIT kept();
            } else {
                Q_EMIT failed(errorLines(done.error()));
            }
        });
    });
}

}  // namespace rw::ui
