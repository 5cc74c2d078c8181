// A run elsewhere with the state that a test sets.
#pragma once
#include <map>
#include <utility>

#include "widgets/session/job_snapshot.h"
#include "widgets/session/remote_run.h"

namespace rw::ui {

struct MadeRemoteRun : RemoteRun {
    RunSession::State now = RunSession::State::Stopped;
    RunSnapshot picture{};
    Status broken{};
    std::vector<Issue> refused{};
    Pipeline deployed{};
    QDateTime started{}, ended{}, seen{};
    QString trouble{};
    QDateTime chartRows{};  ///< when rows came to charts last
    std::map<NodeId, std::shared_ptr<LiveView>> views{};

    void turn(RunSession::State to) {
        now = to;
        if (started.isNull() && to == RunSession::State::Running) started = QDateTime::currentDateTime();
        Q_EMIT stateChanged();
    }
    /// Figures of so long ago.
    void tell(JobFigures figures, Millis age = 0) {
        seen = QDateTime::currentDateTime().addMSecs(-age);
        if (figures.at == 0) figures.at = seen.toMSecsSinceEpoch();
        showFigures(picture, deployed, figures);
        Q_EMIT updated();
    }
    /// Twice, a second apart, so that there are rates.
    void tellRates(JobFigures figures, Millis age = 0) {
        const Instant at = QDateTime::currentMSecsSinceEpoch() - age;
        JobFigures before = figures;
        before.at = at - 1000;
        const auto half = [](std::optional<std::uint64_t>& rows) {
            if (rows) rows = *rows / 2;
        };
        half(before.sourceRows);
        for (auto& [id, node] : before.nodes) {
            half(node.rowsIn);
            half(node.rowsOut);
        }
        for (auto& wire : before.wires) half(wire);
        tell(std::move(before), age);
        figures.at = at;
        tell(std::move(figures), age);
    }

    RunSession::State state() const override { return now; }
    const RunSnapshot& snapshot() const override { return picture; }
    const Status& failure() const override { return broken; }
    const std::vector<Issue>& startIssues() const override { return refused; }
    const Pipeline& pipeline() const override { return deployed; }
    QDateTime startedAt() const override { return started; }
    QDateTime endedAt() const override { return ended; }
    QDateTime figuresAt() const override { return seen; }
    QString connectionProblem() const override { return {}; }
    QString chartTrouble() const override { return trouble; }
    QDateTime chartRowsAt() const override { return chartRows; }
    std::shared_ptr<LiveView> view(const NodeId& node) const override {
        const auto found = views.find(node);
        return found != views.end() ? found->second : nullptr;
    }
};

}  // namespace rw::ui
