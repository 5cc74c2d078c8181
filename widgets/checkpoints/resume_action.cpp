#include "widgets/checkpoints/resume_action.h"

#include <QCoreApplication>
#include <algorithm>

#include "widgets/checkpoints/checkpoint_list.h"
#include "widgets/document/number_text.h"
#include "widgets/document/portability_check.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr Millis kAtOnce = 1'000;  ///< a stop takes its last checkpoint, which takes a moment

/// “12 s before the stop”: how much comes again.
QString howFarBack(const SavedCheckpoint& saved, const RunSession& session) {
    const std::optional<RunCheckpoints>& run = session.runCheckpoints();
    const QDateTime ended = session.endedAt();
    if (!run || run->lineage != saved.lineage || ended.isNull())
        return ResumeAction::tr("%1 ago").arg(
            ageText(std::max<Millis>(0, systemClock()->now() - saved.taken)));
    const Millis back = ended.toMSecsSinceEpoch() - saved.taken;
    const QString words = ageText(std::max<Millis>(0, back));
    if (session.state() == RunSession::State::Failed)
        return ResumeAction::tr("%1 before the failure").arg(words);
    return back < kAtOnce ? ResumeAction::tr("at the stop")
                          : ResumeAction::tr("%1 before the stop").arg(words);
}

}  // namespace

ResumeAction::ResumeAction(PipelineDocument& document, RunSession& session, const CheckpointList& list,
                           QObject* parent)
    : StartAction(parent), m_document(document), m_session(session), m_list(list) {
    setShortcut(QKeySequence(QStringLiteral("Ctrl+Alt+R")));
    connect(&list, &CheckpointList::changed, this, &ResumeAction::refresh);
    connect(&session, &RunSession::stateChanged, this, &ResumeAction::refresh);
    connect(&session, &RunSession::alwaysCheckpointsChanged, this, &ResumeAction::refresh);
    connect(&document, &PipelineDocument::validatedChanged, this, &ResumeAction::refresh);
    connect(&document, &PipelineDocument::fileChanged, this, &ResumeAction::refresh);
    connect(&document.portability(), &PortabilityCheck::engineChanged, this, &ResumeAction::refresh);
    refresh();
}

const SavedCheckpoint* ResumeAction::offered() const {
    const bool here = m_session.shownRun().has(RunAbility::Checkpoints) && !m_document.portability().engine();
    return here && !m_document.pipeline().nodes.empty() ? m_list.newest() : nullptr;
}

QString ResumeAction::buttonText() const {
    const SavedCheckpoint* saved = offered();
    const bool failed = m_session.state() == RunSession::State::Failed;
    return failed && saved != nullptr ? tr("Run from %1").arg(checkpointTitle(*saved)) : QString();
}

QString ResumeAction::startsFrom() const {
    const SavedCheckpoint* saved = m_list.newest();
    return saved != nullptr ? checkpointTitle(*saved) : QString();
}

QString ResumeAction::effectOfRun() const {
    const SavedCheckpoint* saved = offered();
    const bool stays = saved == nullptr || !saved->name.empty();  // savepoints do
    if (stays || m_list.whyNone() != NoCheckpoints::NotYet) return {};
    return tr("From the beginning: the first checkpoint of the run takes the place of checkpoint %1")
        .arg(saved->number);
}

void ResumeAction::refresh() {
    const SavedCheckpoint* saved = offered();
    const bool here = m_session.shownRun().has(RunAbility::Checkpoints) && !m_document.portability().engine();
    setVisible(saved != nullptr || (here && m_list.whyNone() == NoCheckpoints::NotYet));
    setEnabled(saved != nullptr && !m_session.isActive());
    if (saved == nullptr) {
        setText(tr("Resume &from the newest checkpoint"));
        setToolTip(tr("Resume from the newest checkpoint (Ctrl+Alt+R): there is none yet"));
        return;
    }
    const QString title = checkpointTitle(*saved);
    const bool failed = m_session.state() == RunSession::State::Failed;
    setText((failed ? tr("Run &from %1") : tr("Resume &from %1")).arg(labelText(title)));
    setToolTip((failed ? tr("Run from %1 (Ctrl+Alt+R)") : tr("Resume from %1 (Ctrl+Alt+R)")).arg(title) +
               QLatin1Char('\n') +
               tr("Taken at %1, %2").arg(momentText(saved->taken), howFarBack(*saved, m_session)));
}

QString checkpointTitle(const SavedCheckpoint& saved) {
    if (saved.name.empty()) return QCoreApplication::translate("resume", "checkpoint %1").arg(saved.number);
    return QCoreApplication::translate("resume", "savepoint “%1”")
        .arg(shownText(QString::fromStdString(saved.name)));
}

}  // namespace rw::ui
