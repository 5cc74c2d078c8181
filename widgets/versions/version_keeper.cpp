#include "widgets/versions/version_keeper.h"

#include "core/history/version_history.h"
#include "core/pipeline/json/json.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

VersionKeeper::VersionKeeper(PipelineDocument& document, RunSession& session, QObject* parent)
    : QObject(parent), m_document(document), m_session(session) {
    connect(&document, &PipelineDocument::written, this, &VersionKeeper::keepSaved);
    connect(&session, &RunSession::runReplaced, this, &VersionKeeper::keepRun);
}

void VersionKeeper::keepSaved(const WrittenFile& written) {
    keep([written, file = m_document.path().toStdString(), now = systemClock()->now()]() -> Status {
        for (const std::optional<FileText>& before : {written.opened, written.overwritten})
            if (before) RW_TRY(keepOverwritten(file, before->text, before->saved));
        return keepVersion(file, written.text, now).status();
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
