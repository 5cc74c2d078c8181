#include "widgets/clusters/jobs_model.h"

#include <algorithm>
#include <utility>

#include "core/cluster/engine_backend.h"
#include "core/cluster/job_words.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

bool ShownJob::operator==(const ShownJob& other) const {
    return job == other.job && state == other.state && connectionProblem.ok() == other.connectionProblem.ok();
}

void JobsModel::set(std::vector<KnownJob> jobs, const std::optional<ShownJob>& shown) {
    const bool same =
        jobs.size() == m_jobs.size() &&
        std::equal(jobs.begin(), jobs.end(), m_jobs.begin(),
                   [](const KnownJob& a, const KnownJob& b) { return a.deployment.job == b.deployment.job; });
    if (!same) beginResetModel();
    m_jobs = std::move(jobs);
    m_shown = shown;
    if (!same) return endResetModel();
    refresh();
}

bool JobsModel::setShown(const std::optional<ShownJob>& shown) {
    const bool same = shown == m_shown;
    m_shown = shown;  // its silence may have other words
    if (!same) refresh();
    return !same;
}

int JobsModel::rowOf(const std::string& job) const {
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(),
                                    [&job](const KnownJob& known) { return known.deployment.job == job; });
    return found == m_jobs.end() ? -1 : static_cast<int>(found - m_jobs.begin());
}

bool JobsModel::isShown(int row) const {
    return m_shown && m_shown->job == job(row).deployment.job;
}

bool JobsModel::isSilent(int row) const {
    return isShown(row) && !m_shown->connectionProblem.ok();
}

bool JobsModel::mayRun(int row) const {
    return isShown(row) ? !isOver(m_shown->state) : job(row).mayRun();
}

void JobsModel::refresh() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_jobs.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int JobsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

int JobsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

JobsModel::StateSign JobsModel::signOf(ClusterState state) const {
    switch (state) {
        case ClusterState::Checking:
        case ClusterState::Submitting:
        case ClusterState::Starting:
            return {tr("Starting"), QStringLiteral("hourglass"), ColorRole::Dim};
        case ClusterState::Running:
            return {tr("Running"), QStringLiteral("run"), ColorRole::Ok};
        case ClusterState::Restarting:
            return {tr("Restarting"), QStringLiteral("refresh"), ColorRole::Warn};
        case ClusterState::Stopping:
            return {tr("Stopping"), QStringLiteral("hourglass"), ColorRole::Dim};
        case ClusterState::Finished:
            return {tr("Finished"), QStringLiteral("check"), ColorRole::Ok};
        case ClusterState::Stopped:
            return {tr("Stopped"), QStringLiteral("stop"), ColorRole::Dim};
        case ClusterState::Failed:
            return {tr("Failed"), QStringLiteral("error"), ColorRole::Error};
        case ClusterState::Refused:
            return {tr("Not taken"), QStringLiteral("error"), ColorRole::Error};
        case ClusterState::Gone:
            break;
    }
    return {tr("Not known there any more"), QStringLiteral("help"), ColorRole::Warn};
}

// Words of clusters that are not known here are shown as they are.
JobsModel::StateSign JobsModel::signOf(const std::string& word, bool unseen) const {
    if (word == "FAILED") return signOf(ClusterState::Failed);
    if (word == "RUNNING") return signOf(ClusterState::Running);
    if (word == "RESTARTING" || word == "FAILING") return signOf(ClusterState::Restarting);
    if (word == "CREATED" || word == "INITIALIZING" || word == "RECONCILING")
        return signOf(ClusterState::Starting);
    if (word == "CANCELLING") return signOf(ClusterState::Stopping);
    if (word == "FINISHED")
        return {unseen ? tr("Ended without being watched") : tr("Finished"), QStringLiteral("check"),
                ColorRole::Ok};
    if (word == "CANCELED")
        return {unseen ? tr("Cancelled by somebody else") : tr("Cancelled"), QStringLiteral("stop"),
                ColorRole::Dim};
    return {shownText(QString::fromStdString(word)), QStringLiteral("help"), ColorRole::Dim};
}

JobsModel::StateSign JobsModel::signOf(int row) const {
    const KnownJob& known = job(row);
    if (isShown(row)) {
        if (isSilent(row)) return {tr("No answer"), QStringLiteral("warning"), ColorRole::Warn};
        // The record knows the cause of its end.
        if (m_shown->state != ClusterState::Stopped || known.deployment.ended == 0)
            return signOf(m_shown->state);
    }
    switch (known.answer) {
        case KnownJob::Answer::NoTarget:
            return {tr("Its target is gone"), QStringLiteral("help"), ColorRole::Warn};
        case KnownJob::Answer::Silent:
            return {tr("No answer"), QStringLiteral("warning"), ColorRole::Warn};
        case KnownJob::Answer::Forgotten:
            return signOf(ClusterState::Gone);
        case KnownJob::Answer::EndedWithUs:
            return {known.deployment.savepoints.empty() ? tr("Ended with its program")
                                                        : tr("Ended with its program, checkpoint kept"),
                    QStringLiteral("stop"), ColorRole::Dim};
        case KnownJob::Answer::Known:
            if (!outlivesUs(known.deployment.engine))
                return {tr("Runs in another program"), QStringLiteral("run"), ColorRole::Ok};
            return signOf(known.state, known.endedUnseen());
        case KnownJob::Answer::NotAsked:
            break;
    }
    if (known.deployment.ended == 0) return {tr("Asking"), QStringLiteral("hourglass"), ColorRole::Dim};
    if (outlivesUs(known.deployment.engine) && !isEndState(known.deployment.state))
        return signOf(ClusterState::Gone);
    if (!backendOf(known.deployment.engine).facts().savepoints && !known.deployment.savepoints.empty()) {
        if (known.deployment.state == "CANCELED")
            return {tr("Stopped, checkpoint kept"), QStringLiteral("stop"), ColorRole::Dim};
        if (known.deployment.state == "FAILED")
            return {tr("Failed, checkpoint kept"), QStringLiteral("error"), ColorRole::Error};
    } else if (known.deployment.state == "FINISHED" && !known.deployment.savepoints.empty()) {
        return {tr("Stopped with a savepoint"), QStringLiteral("stop"), ColorRole::Dim};
    }
    return signOf(known.deployment.state, false);
}

QString JobsModel::text(int row, int column) const {
    const Deployment& deployment = job(row).deployment;
    switch (column) {
        case Where:
            return QString::fromStdString(deployment.target);
        case Job:
            return QString::fromStdString(shownJob(deployment.job));
        case State:
            return signOf(row).words;
        case Started:
            return momentText(deployment.started);
        case Ended:
            return momentText(deployment.ended);
        default:
            break;
    }
    if (deployment.savepoints.empty()) return {};
    if (!backendOf(deployment.engine).facts().savepoints ||
        (deployment.savepoints.size() == 1 && deployment.savepoints.back().checkpoint))
        return tr("checkpoint of %1").arg(momentText(deployment.savepoints.back().at));
    return tr("%n, the newest of %1", nullptr, static_cast<int>(deployment.savepoints.size()))
        .arg(momentText(deployment.savepoints.back().at));
}

QString JobsModel::tip(int row, int column) const {
    const KnownJob& known = job(row);
    if (column == Job) return QString::fromStdString(known.deployment.job);
    if (column == State && isShown(row))
        return m_shown->connectionProblem.ok() ? tr("Shown on the canvas")
                                               : errorLines(m_shown->connectionProblem.error());
    if (column == State && known.answer == KnownJob::Answer::Silent && !known.connectionProblem.ok())
        return errorLines(known.connectionProblem.error());
    if (column == State && known.answer == KnownJob::Answer::NoTarget)
        return tr("There is no target “%1” any more. Add it in Preferences, Targets.")
            .arg(QString::fromStdString(known.deployment.target));
    if (column != Savepoints) return text(row, column);
    QStringList lines{text(row, column)};
    for (const Savepoint& savepoint : known.deployment.savepoints)
        lines << QString::fromStdString(savepoint.path);
    return lines.join(QLatin1Char('\n'));
}

QVariant JobsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Theme& theme = Theme::of(this);
    const int row = index.row(), column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            return shownText(text(row, column));
        case Qt::ToolTipRole:
            return shownLines(tip(row, column), kTipLength);
        case Qt::FontRole:
            if (column == Where || column == State || column == Savepoints) return {};
            return theme.font(TextStyle::CodeSmall);
        case Qt::DecorationRole: {
            if (column == Where && isShown(row)) return theme.icon(u"eye", ColorRole::Accent);
            if (column != State) return {};
            const StateSign sign = signOf(row);
            return theme.icon(sign.icon, sign.role);
        }
        default:
            return {};
    }
}

QVariant JobsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case Where:
            return tr("Target");
        case Job:
            return tr("Job");
        case State:
            return tr("State");
        case Started:
            return tr("Started");
        case Ended:
            return tr("Ended");
        default:
            return tr("Savepoints");
    }
}

}  // namespace rw::ui
