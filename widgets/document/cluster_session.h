// The document on a cluster: given in, watched, ended, found again. One job is shown at a time.
#pragma once
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "core/cluster/cluster_run.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/remote_run.h"

namespace rw::ui {

class TargetList;

/// GUI thread; what waits for the cluster is on threads of ClusterRun's.
class ClusterSession : public RemoteRun {
    Q_OBJECT
 public:
    static constexpr int kFrameMillis = 250;

    /// Both must outlive it. `secrets`: as ClusterRequest::secrets.
    ClusterSession(PipelineDocument& document, TargetList& targets, SecretSource secrets,
                   QObject* parent = nullptr);
    ~ClusterSession() override;  ///< leaves the job alone

    /// The target that the document is for; none: the embedded engine, or an engine without a target.
    std::optional<Target> target() const { return m_target; }
    void setTarget(std::optional<Target> target);

    /// Asks the cluster's planner; nothing runs. checked() tells the end.
    void check();
    /// Checks the document as it is now and gives it in. `savepoint`: to go on from; empty: anew.
    void deploy(const std::string& savepoint = {}, bool allowLostState = false);
    /// Shows a job that was given in before.
    void watch(const Deployment& deployment);
    void cancel();
    void stopWithSavepoint(const QString& folder = {});
    /// Shows nothing any more; the job goes on.
    void leave();

    bool isActive() const;  ///< there is something that cancel() would end
    bool isChecking() const { return m_checkOnly; }
    const ClusterLook& look() const { return m_look; }  ///< of the last one when none is active
    std::optional<Deployment> deployment() const;
    /// The document would run differently from what was given in.
    bool hasUndeployedChanges() const { return m_undeployed; }

    RunSession::State state() const override;
    const RunSnapshot& snapshot() const override { return m_snapshot; }
    const Status& failure() const override { return m_look.failure; }
    const std::vector<Issue>& startIssues() const override { return m_look.issues; }
    const Pipeline& pipeline() const override { return m_pipeline; }
    QDateTime startedAt() const override;
    QDateTime endedAt() const override;
    QDateTime figuresAt() const override;
    QString silence() const override;
    std::shared_ptr<LiveView> view(const NodeId& node) const override;

 Q_SIGNALS:
    /// check() is over; `issues` are those of the cluster, or of the translation.
    void checked(bool good, const std::vector<rw::Issue>& issues);
    void targetChanged();
    /// A job was given in, ended, or left a savepoint: lists of deployments are to be read anew.
    void deploymentsChanged();

 private:
    void begin(std::unique_ptr<ClusterRun> run, Pipeline pipeline, bool checkOnly);
    ClusterRequest request() const;
    void frame();
    void compare();

    PipelineDocument& m_document;
    TargetList& m_targets;
    SecretSource m_secrets;
    std::optional<Target> m_target{};
    std::unique_ptr<ClusterRun> m_run{};
    ClusterLook m_look{};
    Pipeline m_pipeline{};
    RunSnapshot m_snapshot{};
    bool m_checkOnly = false, m_undeployed = false;
    QTimer m_frame{};
};

}  // namespace rw::ui
