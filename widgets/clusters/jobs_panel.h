// The Jobs panel: the jobs of this pipeline on clusters, their states, and the commands on them. Clusters are
// asked while it is on, on other threads.
#pragma once
#include <string>

#include "core/cluster/deployment.h"
#include "widgets/clusters/jobs_model.h"
#include "widgets/pane/pane.h"

class QPoint;
class QStackedLayout;
class QTableView;

namespace rw {
struct EngineFacts;
}

namespace rw::ui {

class ClusterSession;
class EmptyState;
class IconButton;
class JobList;
class TargetList;

/// There once there is a cluster to deploy to, or a job; counts those that may run.
class JobsPanel final : public Pane {
    Q_OBJECT
 public:
    /// All must outlive it.
    JobsPanel(const PaneParts& parts, JobList& jobs, ClusterSession& cluster, TargetList& targets);

    const JobsModel& model() const { return m_model; }
    QString title() const override;
    /// The commands on the chosen job; and to ask again.
    QWidget* tools() const override { return m_tools; }

 Q_SIGNALS:
    void watchRequested(const rw::Deployment& job);
    void cancelRequested(const rw::Deployment& job);
    void stopRequested(const rw::Deployment& job);  ///< with a savepoint
    /// From the newest savepoint of it.
    void resumeRequested(const rw::Deployment& job, const std::string& savepoint);

 protected:
    void onActivated() override;
    void retranslate() override;

 private:
    void makeTools();
    void makeTable();
    IconButton* tool(const QString& icon, void (JobsPanel::*act)());
    void refresh();
    void list();
    void followShown();
    void showRightPage();
    void refreshTools();
    void fillWords();
    const EngineFacts& factsOfChosen() const;  ///< of its engine; without one of the first
    bool canBeEnded() const;                   ///< the chosen job, from here
    bool canBeResumed() const;
    bool leftCheckpoint() const;  ///< the newest state that the chosen job can resume from is one
    void refreshPresence();
    void openMenu(QPoint at);
    int chosenRow() const;                        ///< -1: none
    const Deployment* chosen() const;             ///< null: none
    QString pageOf(const Deployment& job) const;  ///< in the web interface of its cluster; empty: none
    bool mayForget() const;
    void watch();
    void cancel();
    void stop();
    void resume();
    void openPage();
    void forget();
    void askAnew();
    void copy() const;

    JobList& m_jobs;
    ClusterSession& m_cluster;
    TargetList& m_targets;
    JobsModel m_model;
    QWidget* m_tools;
    IconButton *m_watch, *m_resume, *m_stop, *m_cancel, *m_open, *m_forget, *m_ask;
    QTableView* m_table;
    EmptyState* m_empty;
    QStackedLayout* m_pages = nullptr;
};

}  // namespace rw::ui
