// The end of a job: asked for here, by another client, or by itself.
#include <algorithm>

#include "core/cluster/jobs/flink_run.h"
#include "core/cluster/layout/flink_culprit.h"

namespace rw {

namespace {

constexpr Millis kAskAgainAfter = 15'000;  ///< a job that was to be cancelled and still runs
constexpr int kMostSavepointErrors = 3;    ///< in a row, while the cluster answers otherwise
constexpr int kFailureTries = 3;
constexpr Millis kFailurePause = 300;

}  // namespace

void FlinkRun::pursue(FlinkRest& rest, const Wants& wants) {
    if (wants.cancel) {
        pursueCancel(rest);
    } else if (wants.stop) {
        pursueStop(rest, wants.folder);
    }
}

void FlinkRun::pursueCancel(FlinkRest& rest) {
    if (m_alone) {
        // Its query ends it, which waits until that is without harm.
        m_charts->end();
        if (!m_charts->over() || !m_runs) return;
    }
    const std::int64_t now = m_clock->steadyMillis();
    if (m_cancelAsked && (m_word != "RUNNING" || now < m_cancelAskedAt + kAskAgainAfter)) return;
    const Status asked = rest.cancelJob(m_job);
    m_cancelAsked = asked.ok();
    m_cancelAskedAt = now;
    if (asked.ok()) return;
    // Flink also refuses for a job that has ended meanwhile: the next look tells.
    if (asked.error().code != ErrorCode::Cancelled) m_cancelTrouble = asked;
    silent(asked);
}

void FlinkRun::pursueStop(FlinkRest& rest, const std::string& folder) {
    if (m_alone) {
        giveUpStop(RW_TEXT(
            "cluster", "Charts alone have nothing that a savepoint would be for: cancel the job instead."));
        return;
    }
    if (m_savepointRequest.empty()) {
        // Of a job that does not run yet there is no savepoint; of one that has one no second is needed.
        if (m_silent || m_state != ClusterState::Running || !m_savepoint.empty()) return;
        // A request that was ended on its way would make a savepoint without a record.
        m_gate.allow(false);
        const Result<std::string> request = rest.stopJob(m_job, folder);
        m_gate.allow(true);
        if (!request.ok()) {
            const Error& error = request.error();
            if (error.code == ErrorCode::Invalid) {
                giveUpStop(RW_TEXT("cluster", "The job goes on without a savepoint: %1").with(error.message));
            } else if (error.code != ErrorCode::Cancelled) {
                giveUpStop(
                    RW_TEXT("cluster",
                            "Flink did not say whether it makes the savepoint: the job ends with it in "
                            "a moment, or goes on. %1")
                        .with(error.message));
            }
            return;
        }
        m_savepointRequest = *request;
        m_savepointErrors = 0;
    }
    const Result<FlinkSavepoint> made = rest.savepoint(m_job, m_savepointRequest);
    if (!made.ok()) {
        if (m_silent || made.error().code == ErrorCode::Cancelled) return;
        if (++m_savepointErrors < kMostSavepointErrors) return;
        giveUpStop(
            RW_TEXT("cluster", "What became of the savepoint is not known: %1").with(made.error().message));
    } else if (!made->path.empty()) {
        m_savepointRequest.clear();
        keepSavepoint(made->path);
    } else if (made->done && folder.empty()) {
        giveUpStop(
            RW_TEXT("cluster",
                    "The job goes on without a savepoint. Flink says: “%1” Name a folder for it that all "
                    "of the cluster can write to.")
                .with(made->cause));
    } else if (made->done) {
        giveUpStop(
            RW_TEXT("cluster",
                    "The job goes on without a savepoint. Flink says: “%1” See whether all of the cluster "
                    "can write to “%2”, or name another folder.")
                .with(made->cause, folder));
    }
}

void FlinkRun::giveUpStop(Text note) {
    {
        const std::lock_guard lock(m_mutex);
        m_wants.stop = false;
        m_wants.folder.clear();
    }
    m_savepointRequest.clear();
    m_board.note(std::move(note));
    show(m_state);
}

void FlinkRun::keepSavepoint(const std::string& path) {
    m_savepoint = path;
    m_board.change([&](ClusterStatus& look) { look.savepoint = path; });
    m_board.update([&](Deployment& deployment) { deployment.savepoints.push_back({path, m_clock->now()}); });
    m_board.note(RW_TEXT("cluster", "The savepoint of the job is “%1”.").with(path));
}

/// Sources that came to their end, or a client that stopped the job: only a savepoint tells.
void FlinkRun::findSavepoint(FlinkRest& rest) {
    // A cancel() of this moment must not make us lose it.
    m_gate.allow(false);
    m_gate.resume();
    Result<std::string> last = rest.lastSavepoint(m_job);
    for (int tries = 1; !last.ok() && tries < kFailureTries; ++tries) {
        if (!rest.http().pause(kFailurePause).ok()) break;
        last = rest.lastSavepoint(m_job);
    }
    m_gate.allow(true);
    if (last.ok() && !last->empty()) keepSavepoint(*last);
    if (last.ok() || last.error().code == ErrorCode::Cancelled) return;
    m_board.note(RW_TEXT("cluster",
                         "Whether the job ended with a savepoint is not known: %1 See its checkpoints in "
                         "Flink's web page.")
                     .with(last.error().message));
}

/// The checkpoint of a job that was cancelled or failed. Without one there is nothing to tell.
void FlinkRun::findCheckpoint(FlinkRest& rest) {
    m_gate.allow(false);
    m_gate.resume();
    const Result<FlinkRest::KeptCheckpoint> kept = rest.keptCheckpoint(m_job);
    m_gate.allow(true);
    if (!kept.ok() || kept->path.empty()) return;
    m_board.change([&](ClusterStatus& look) { look.keptCheckpoint = kept->path; });
    m_board.update([&](Deployment& deployment) {
        auto& all = deployment.savepoints;
        const bool known = std::any_of(all.begin(), all.end(),
                                       [&](const Savepoint& each) { return each.path == kept->path; });
        if (!known) all.push_back({kept->path, kept->at > 0 ? kept->at : m_clock->now(), true});
    });
    m_board.note(
        RW_TEXT("cluster", "The newest checkpoint of the job is kept: “%1”. A job can resume from it.")
            .with(kept->path));
}

void FlinkRun::over(FlinkRest& rest, const FlinkJob& job) {
    const bool finished = job.state == "FINISHED";
    m_word = job.state;
    readFigures(rest, true);
    if (finished && !m_alone && m_savepoint.empty()) findSavepoint(rest);
    if (!finished && !m_alone) findCheckpoint(rest);
    const Status failure = job.state == "FAILED" ? failureOf(rest) : Status();
    const Instant ended = job.over > 0 ? job.over : m_clock->now();
    m_board.update([&](Deployment& deployment) {
        deployment.state = job.state;
        if (deployment.ended == 0) deployment.ended = ended;
    });
    m_board.change([&](ClusterStatus& look) { look.jobState = job.state; });
    if (job.state == "CANCELED" && !wantsItsEnd())
        m_board.note(RW_TEXT("cluster",
                             "The job was cancelled, but not from here: by somebody else, or by another "
                             "program of yours."));
    const bool byItself = finished && m_savepoint.empty();
    // A short job may be over before its charts began; charts of one that ended long ago were not asked for.
    if (byItself && m_fresh) startCharts();
    if (!byItself && m_charts) m_charts->end();
    const ClusterState state = byItself ? ClusterState::Finished : ClusterState::Stopped;
    conclude(job.state == "FAILED" ? ClusterState::Failed : state, failure, ended);
}

void FlinkRun::gone() {
    m_board.update([&](Deployment& deployment) {
        if (deployment.ended == 0) deployment.ended = m_clock->now();
    });
    if (m_charts) m_charts->end();
    if (m_fresh && m_word.empty())
        m_board.note(RW_TEXT("cluster",
                             "%1 does not know the job that the gateway has just started: see whether both "
                             "belong to one cluster.")
                         .with(m_jobManager.address));
    conclude(ClusterState::Gone);
}

Status FlinkRun::failureOf(FlinkRest& rest) const {
    Result<FlinkFailure> failure = rest.failure(m_job);
    for (int tries = 1; !failure.ok() && tries < kFailureTries; ++tries) {
        if (!rest.http().pause(kFailurePause).ok()) break;
        failure = rest.failure(m_job);
    }
    if (!failure.ok() || failure->cause.empty())
        return {ErrorCode::Io, RW_TEXT("cluster", "The job failed on Flink, which does not say why."),
                RW_TEXT("cluster", "See the exceptions of the job in Flink's web page.")};
    return Status(ErrorCode::Io, RW_TEXT("cluster", "The job failed on Flink: %1").with(failure->cause))
        .at(flinkCulprit(*failure, m_pipeline, m_graph, m_layout ? &*m_layout : nullptr));
}

}  // namespace rw
