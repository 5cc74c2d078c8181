// The commands on the run on a cluster, as entries of the Run menu and of the menu under Stop: check, cancel,
// stop with a savepoint, resume from one; there while a target is chosen. And those on any job of the
// pipeline.
#pragma once
#include <QAction>
#include <QObject>
#include <string>

#include "core/cluster/deployment.h"
#include "widgets/pane/run_elsewhere.h"

class QMenu;

namespace rw {
struct EngineFacts;
}

namespace rw::ui {

class ActionRegistry;
class ClusterSession;
class DeployFlow;
class JobList;
class PipelineDocument;
class RunSession;
class TargetList;

class ClusterCommands : public QObject, public RunElsewhere {
    Q_OBJECT
 public:
    /// All must outlive it.
    ClusterCommands(PipelineDocument& document, RunSession& session, TargetList& targets,
                    ClusterSession& cluster, JobList& jobs, QWidget* window);

    DeployFlow& flow() const { return *m_flow; }
    /// In the Run menu, behind the entries of every run.
    void addActions(ActionRegistry& registry);
    void retranslate();
    void deploy() override;
    void offerEnd(const QWidget& button) override;

    // Of any job of the pipeline; it is shown from then on, and the pipeline is for its target. A job that
    // can't be shown can't be ended from here. Cancelling needs a confirmation.
    void watchJob(const Deployment& job);
    void cancelJob(const Deployment& job);
    void stopJob(const Deployment& job);
    void resumeJob(const Deployment& job, const std::string& savepoint);

 private:
    void makeActions();
    void fillWords(const EngineFacts& facts);
    void refresh();
    void fillResume();
    void cancel();
    void stop();
    void promptAndStop();
    /// Makes the pipeline one for the target of that job; false: the person would not leave a run for that.
    bool choose(const Deployment& job);
    bool watch(const Deployment& job);
    bool isWatched(const Deployment& job) const;
    /// Asks for a confirmation: lost rows can't be had again.
    bool mayCancel(const std::string& job, const EngineFacts& facts) const;

    PipelineDocument& m_document;
    RunSession& m_session;
    TargetList& m_targets;
    ClusterSession& m_cluster;
    JobList& m_jobs;
    QWidget* m_window;
    DeployFlow* m_flow;
    QAction *m_check, *m_cancel, *m_stop, *m_stopInto;
    QMenu *m_end, *m_resume;
};

}  // namespace rw::ui
