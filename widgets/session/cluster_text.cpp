#include "widgets/session/cluster_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "core/cluster/engine_backend.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/document/verdict_appearance.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/figures_age.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

constexpr Millis kToldAge = 3'000;  ///< figures are told to be old from here on
constexpr qsizetype kTargetWords = 24;

QString timesOf(const ClusterSession& cluster) {
    if (cluster.startedAt().isNull()) return {};
    return momentText(cluster.startedAt()) + QStringLiteral(" – ") + momentText(cluster.endedAt());
}

PillText runningPill(const RunSession& session, const ClusterSession& cluster, const QDateTime& now) {
    PillText pill{Pill::State::Ok,
                  QCoreApplication::translate("deployed", "Running on %1").arg(targetNameOf(cluster)),
                  {},
                  {}};
    if (cluster.look().state == ClusterState::Restarting)
        pill = {Pill::State::Warn, QCoreApplication::translate("deployed", "Restarting"), {}, {}};
    if (cluster.hasUndeployedChanges())
        pill = {Pill::State::Warn,
                QCoreApplication::translate("deployed", "Running without the changes"),
                {},
                {}};
    const RunSnapshot& snapshot = cluster.snapshot();
    QStringList figures;
    if (tellsRate(session, snapshot.sourcesKnown, snapshot.sources))
        figures << rateText(snapshot.sources.perSecond());
    const std::optional<Millis> age = figuresAge(cluster, now);
    if (!age || *age >= kToldAge) figures << figuresAgeText(cluster, now);
    figures.removeAll(QString());
    pill.figures = figures.join(QStringLiteral(" · "));
    pill.tip = cluster.connectionProblem();
    const bool old = age && *age >= kOldFigures && cluster.facts().oldIsWrong;
    if (!cluster.look().connectionProblem.ok() || old) pill.state = Pill::State::Warn;
    return pill;
}

PillText startingPill(const ClusterSession& cluster) {
    const ClusterStatus& look = cluster.look();
    const QString name = targetNameOf(cluster);
    if (!look.connectionProblem.ok())
        return {Pill::State::Warn,
                QCoreApplication::translate("deployed", "No answer from %1").arg(name),
                {},
                cluster.connectionProblem()};
    QString words = QCoreApplication::translate("deployed", "Starting on %1").arg(name);
    if (look.state == ClusterState::Submitting) words = QCoreApplication::translate("deployed", "Deploying");
    if (look.state == ClusterState::Checking)
        words = QCoreApplication::translate("deployed", "Checking on %1").arg(name);
    // A note while it starts is the reason why it does not: no slot is free.
    if (look.notes.empty()) return {Pill::State::Busy, words, {}, {}};
    return {Pill::State::Warn, words, {}, shownLines(translated(look.notes.back()), kTipLength)};
}

PillText restingPill(const ClusterSession& cluster) {
    const ClusterStatus& look = cluster.look();
    const QString name = targetNameOf(cluster);
    if (!cluster.startIssues().empty())
        return {Pill::State::Error,
                QCoreApplication::translate("deployed", "%1 would not take it").arg(name),
                {},
                {}};
    if (look.state == ClusterState::Gone)
        return {Pill::State::Warn,
                QCoreApplication::translate("deployed", "%1 does not know the job any more").arg(name),
                {},
                QCoreApplication::translate(
                    "deployed", "It was started anew, or has tidied up: how the job ended is not known.")};
    if (cluster.startedAt().isNull())
        return {Pill::State::Idle, QCoreApplication::translate("deployed", "Not deployed"), {}, {}};
    QString stopped = QCoreApplication::translate("deployed", "Stopped with a savepoint");
    if (look.savepoint.empty())
        stopped = look.jobState == "CANCELED" ? QCoreApplication::translate("deployed", "Cancelled")
                                              : QCoreApplication::translate("deployed", "Stopped · last run");
    else if (!cluster.facts().savepoints)
        stopped = QCoreApplication::translate("deployed", "Stopped · checkpoint kept");
    return {Pill::State::Idle, stopped, timesOf(cluster), QString::fromStdString(look.savepoint)};
}

}  // namespace

QString targetNameOf(const ClusterSession& cluster) {
    const std::optional<Target> target = cluster.target();
    return target ? shownText(QString::fromStdString(target->name), kTargetWords) : QString();
}

PillText clusterPill(const RunSession& session, const ClusterSession& cluster,
                     const PipelineDocument& document, const QDateTime& now) {
    using State = RunSession::State;
    const State state = cluster.state();
    const QString name = targetNameOf(cluster);
    switch (state) {
        case State::Starting:
            return startingPill(cluster);
        case State::Running:
            return runningPill(session, cluster, now);
        case State::Stopping:
            return {Pill::State::Busy,
                    QCoreApplication::translate("deployed", "Stopping"),
                    {},
                    cluster.connectionProblem()};
        case State::Stopped:
        case State::Paused:
        case State::Finished:
        case State::Failed:
            break;
    }
    if (cluster.isChecking())
        return {Pill::State::Busy,
                (cluster.facts().planner ? QCoreApplication::translate("deployed", "Checking on %1")
                                         : QCoreApplication::translate("deployed", "Dry run on %1"))
                    .arg(name),
                {},
                {}};
    if (state == State::Finished) return finishedPill(document, session, timesOf(cluster));
    if (state != State::Failed) return restingPill(cluster);
    const Status& failure = cluster.failure();
    return {Pill::State::Error,
            failedText(session, document),
            {},
            failure.ok() ? QString() : shownLines(errorLines(failure.error()), kTipLength)};
}

QString clusterEngineText(const ClusterSession& cluster, const QDateTime& now) {
    const std::optional<Target> target = cluster.target();
    if (!target) return {};
    const std::string_view engine = engineName(target->engine);
    QStringList parts{targetNameOf(cluster),
                      QString::fromUtf8(engine.data(), static_cast<qsizetype>(engine.size()))};
    const ClusterStatus& look = cluster.look();
    if (!look.job.empty())
        parts << QCoreApplication::translate("deployed", "job %1")
                     .arg(QString::fromStdString(shownJob(look.job)));
    if (look.checkpoint && look.checkpoint->at != 0 && !isOver(look.state)) {
        const Millis age = std::max<Millis>(0, now.toMSecsSinceEpoch() - look.checkpoint->at);
        // Tenths of a second are more than a checkpoint's age is known to.
        parts << QCoreApplication::translate("deployed", "checkpoint %1, %2 ago")
                     .arg(look.checkpoint->id)
                     .arg(wholeAgeText(age));
    }
    return parts.join(QStringLiteral(" · "));
}

}  // namespace rw::ui
