// The document on a cluster: submitted, watched, ended, found again. One job is shown at a time.
#pragma once
#include <QElapsedTimer>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/cluster/cluster_run.h"
#include "core/launch/run_accesses.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/remote_run.h"

namespace rw {
struct EngineFacts;
}

namespace rw::ui {

class TargetList;

/// How runs on a cluster are made, and where they are remembered; tests have others.
struct ClusterMakers {
    std::function<std::unique_ptr<ClusterRun>(ClusterRequest)> deploy = runOnTarget;
    std::function<std::unique_ptr<ClusterRun>(ClusterRequest, Deployment)> watch = watchOnTarget;
    std::string deployments{};  ///< folder of the DeploymentStore; empty: deploymentsPath()
};

/// Shows by itself a job of the document's file that runs on the target by its record: when the document is
/// opened, and when the target is chosen. Another document, or target, leaves the shown job alone, and notes
/// that; a run of Spark ends then, with its checkpoint kept. A job submitted before the document had a file
/// is recorded with the one that it is saved in. GUI thread; waiting for the cluster is on threads of
/// ClusterRun's.
class ClusterSession : public RemoteRun {
    Q_OBJECT
 public:
    static constexpr int kFrameMillis = 250;
    static constexpr int kUnwatchedMillis = 1'000;  ///< between two looks at a job that nobody sees
    /// At the end of the program requests that are under way are waited for, but not longer.
    static constexpr int kEndMillis = 5'000;

    /// Both must outlive it. `secrets`: as ClusterRequest::secrets.
    ClusterSession(PipelineDocument& document, TargetList& targets, SecretSource secrets,
                   QObject* parent = nullptr);
    ~ClusterSession() override;  ///< leaves the job alone; a run of Spark ends
    /// Whether the job is looked at often, as at first: the tab of its document is in front.
    void setWatched(bool watched) { m_frame.setInterval(watched ? kFrameMillis : kUnwatchedMillis); }
    void setMakers(ClusterMakers makers) { m_makers = std::move(makers); }

    /// The target that the document is for; none: the embedded engine, or an engine without a target.
    std::optional<Target> target() const { return m_target; }
    void setTarget(std::optional<Target> target);

    /// Asks the cluster's planner; nothing runs, and what is shown stays as it is: a check is no run.
    /// checked() tells the end. `agreed`: it is refused where the document would access something else by
    /// then; nothing: nobody was asked.
    void check(const std::optional<RunAccesses>& agreed = {});
    /// Checks the document as it is now and gives it in. `savepoint`: to resume from; empty: anew. `outputs`:
    /// as ClusterRequest::outputs. `agreed`: as check().
    void deploy(const std::string& savepoint = {}, bool allowLostState = false,
                const OutputChoices& outputs = {}, const std::optional<RunAccesses>& agreed = {});
    /// The request that deploy() would make just now.
    ClusterRequest request() const;
    /// Shows a job that was submitted before, and takes its target for that of the document; false: it can't,
    /// which is noted, and another one is shown still.
    bool watch(const Deployment& deployment);
    void cancel();  ///< the job; without one, the check
    void stopWithSavepoint(const QString& folder = {});
    /// Shows nothing any more; the job goes on, unless it endsUnwatched().
    void leave();

    bool hasJob() const;    ///< that goes on, or is being submitted
    bool isActive() const;  ///< there is something that cancel() would end
    bool isChecking() const { return m_check != nullptr; }
    const ClusterStatus& look() const { return m_look; }  ///< of the last job when none is active
    std::optional<Deployment> deployment() const;
    /// While a job is active: the document would run differently from the submitted pipeline.
    bool hasUndeployedChanges() const { return m_undeployed; }

    RunSession::State state() const override;
    const RunSnapshot& snapshot() const override { return m_snapshot; }
    const Status& failure() const override { return m_look.failure; }
    /// The operators that the planner of the target made of the document as it still is, asked by check();
    /// null: it was not asked since the document was changed.
    std::shared_ptr<const FlinkGraph> planned() const;
    /// The cluster's errors on the document as it still is, from check() or deploy().
    const std::vector<Issue>& startIssues() const override { return m_refusal; }
    const Pipeline& pipeline() const override { return m_pipeline; }
    QDateTime startedAt() const override;
    QDateTime endedAt() const override;
    QDateTime figuresAt() const override;
    QString connectionProblem() const override;
    QString whyUntold() const override;
    /// Properties of runs on the engine of the target, or on the first one where there is no target.
    const EngineFacts& facts() const;
    std::shared_ptr<LiveView> view(const NodeId& node) const override;
    QString chartTrouble() const override;
    QDateTime chartRowsAt() const override;
    bool endsUnwatched() const override;

 Q_SIGNALS:
    /// check() is over; `issues` are those of the cluster, or of the translation, or say why there was no
    /// answer. Neither good nor issues: it was cancelled, or the document is another by now.
    void checked(bool good, const std::vector<rw::Issue>& issues);
    /// stopWithSavepoint() came to nothing: a note says why, and the job goes on.
    void stopFailed();
    void undeployedChanged();  ///< hasUndeployedChanges() is another
    void targetChanged();
    /// A job was submitted, ended, or left a savepoint: lists of deployments are to be read again.
    void deploymentsChanged();

 private:
    ClusterRequest requestFor(const std::optional<RunAccesses>& agreed) const;
    void begin(std::unique_ptr<ClusterRun> run, Pipeline pipeline);
    void frame();
    void frameJob();
    void frameCheck();
    bool followViews();
    bool chartsMayCome() const;
    std::uint64_t picturesDrawn() const;
    void keepFile();
    void keepTargetsName(const std::string& before, const std::string& now);
    void amend(std::function<void(Deployment&)> change);
    void noteOutdated();
    void dropCheck();
    void discard(std::unique_ptr<ClusterRun> run);
    void tellEnding();
    void findJob();
    void takeFound(const std::vector<Deployment>& found);
    void onTargets();
    void refuse(std::vector<Issue> issues, const Pipeline& pipeline);
    void compare();

    PipelineDocument& m_document;
    TargetList& m_targets;
    SecretSource m_secrets;
    ClusterMakers m_makers{};
    std::optional<Target> m_target{};
    std::unique_ptr<ClusterRun> m_run{};  ///< the shown run, also when it is over
    ClusterStatus m_look{};
    Pipeline m_pipeline{};
    RunSnapshot m_snapshot{};
    std::map<NodeId, std::shared_ptr<LiveView>> m_views{};
    std::uint64_t m_pictures = 0;  ///< picturesDrawn() when they were looked at last
    QElapsedTimer m_newest{};      ///< since the run said or drew something
    std::string m_place{};         ///< name of the target of m_run
    Engine m_engine{};             ///< of it
    bool m_stopAsked = false;      ///< by stopWithSavepoint(), and not known to have come to nothing
    std::uint64_t m_notesTold = 0;
    bool m_wereOld = false;  ///< the figures, when it was looked at last
    bool m_undeployed = false;
    std::unique_ptr<ClusterRun> m_check{};
    Pipeline m_checked{};  ///< the pipeline being checked
    std::shared_ptr<const FlinkGraph> m_planned{};
    Pipeline m_plannedOf{};  ///< of which m_planned was made
    std::vector<Issue> m_refusal{};
    Pipeline m_refused{};  ///< of which m_refusal was said
    Latest m_search{this};  ///< for a job
    QTimer m_frame{};
    Worker m_searches;
    Worker m_closing;  ///< ends of ClusterRuns, which may take as long as a request, and their records
};

}  // namespace rw::ui
