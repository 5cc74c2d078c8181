#include "widgets/session/words/empty_reason.h"

#include <QCoreApplication>

#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/remote_run.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

namespace {

/// Why a run elsewhere has nothing to show of this node; empty: by time alone.
QString clusterSilence(const RunSession& session, const RemoteRun& remote, const NodeId& node) {
    if (session.snapshot().node(node) == nullptr && !session.isActive())
        return QCoreApplication::translate("silence", "Deploy to see data");
    if (!remote.view(node)) return session.shownRun().lacks(RunAbility::Rows);
    // Charts may end behind their job.
    const bool mayCome = session.isActive() || session.state() == RunSession::State::Finished;
    return mayCome ? remote.chartTrouble() : QString();
}

}  // namespace

QString emptyReason(const RunSession& session, const NodeId& node) {
    if (const RemoteRun* remote = session.shown()) {
        const QString why = clusterSilence(session, *remote, node);
        if (!why.isEmpty()) return why;
    }
    for (const Finding* finding : session.findings().of(node)) {
        if (finding->reason == Finding::Reason::NoRows) return translated(finding->summary);
    }
    constexpr qint64 kPatience = 5;  // seconds without rows that a user does not wonder about
    if (!session.isActive()) {
        return session.snapshot().node(node) != nullptr
                   ? QCoreApplication::translate("silence", "No rows in the last run")
                   : QCoreApplication::translate("silence", "Run to see data");
    }
    const ShownRun run = session.shownRun();
    if (run.has(RunAbility::Applying) && session.runningPipeline().find(node) == nullptr)
        return QCoreApplication::translate("silence", "Apply to see data");
    const QDateTime started = session.startedAt();
    const std::optional<Millis> replayed =
        run.has(RunAbility::Seeking) ? session.replayedFor() : std::optional<Millis>();
    const qint64 seconds = replayed           ? *replayed / 1000
                           : started.isNull() ? 0
                                              : started.secsTo(QDateTime::currentDateTime());
    if (seconds < kPatience) return QCoreApplication::translate("silence", "No rows yet");
    // Whole seconds: tenths would flicker.
    return QCoreApplication::translate("silence", "No rows for %1").arg(wholeAgeText(seconds * 1000));
}

StandstillText standstillText(const RunSession& session, const NodeId& node, const QDateTime& now) {
    const RemoteRun* remote = session.shown();
    if (remote == nullptr || !remote->view(node)) return {};
    const bool active = session.isActive();
    // Charts may end behind their job.
    if (!active && session.state() != RunSession::State::Finished) return {};
    const QString why =
        remote->chartTrouble().isEmpty() && active ? remote->connectionProblem() : remote->chartTrouble();
    const QDateTime at = remote->chartRowsAt();
    const qint64 age = at.isNull() ? 0 : at.msecsTo(now);
    if (why.isEmpty() && (!active || age < kOldFigures)) return {};
    if (at.isNull()) return {QCoreApplication::translate("silence", "Stands still"), why};
    const QString since = at.toLocalTime().toString(QStringLiteral("HH:mm:ss"));
    return {(why.isEmpty() ? QCoreApplication::translate("silence", "Last rows %1")
                           : QCoreApplication::translate("silence", "Stands still since %1"))
                .arg(since),
            why};
}

}  // namespace rw::ui
