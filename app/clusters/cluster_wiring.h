// Lets the window show the run on a cluster while one is chosen, and reports its progress: the one place
// that knows which run is shown.
#pragma once
#include <QObject>
#include <QTimer>

#include "core/cluster/deployment.h"
#include "core/pipeline/issue.h"

namespace rw::ui {

class ClusterCommands;
class ClusterSession;
class LogWiring;
class PipelineDocument;
class RunBar;
class RunSession;
class StatusLine;
struct Panes;

class ClusterWiring : public QObject {
    Q_OBJECT
 public:
    struct Parts {
        PipelineDocument& document;
        RunSession& session;
        ClusterSession& cluster;
        ClusterCommands& commands;
        RunBar& bar;
        StatusLine& status;
        LogWiring& log;
        const Panes& panes;
    };
    /// All must outlive it.
    ClusterWiring(const Parts& parts, QObject* parent);

    /// Runs the document in the embedded engine, for any choice of the target.
    void runHere();
    /// The window is about to go: runs on a cluster that go on are recorded.
    void noteClosing();

 Q_SIGNALS:
    /// Announcements for screen readers.
    void announced(const QString& words);
    void targetsRequested();  ///< in Preferences

 private:
    void connectCommands();
    void connectJobs();
    void connectCompare();
    void showRight();
    /// Makes the pipeline one for the target of that job; false: the person would not leave a run for that.
    bool choose(const Deployment& job);
    void onState();
    void onLook();
    void tellSilence();
    bool isSilent() const;
    void onChecked(bool good, const std::vector<Issue>& issues);
    void tell(const QString& words);
    QString name() const;

    PipelineDocument& m_document;
    RunSession& m_session;
    ClusterSession& m_cluster;
    ClusterCommands& m_commands;
    RunBar& m_bar;
    StatusLine& m_status;
    LogWiring& m_log;
    const Panes& m_panes;
    bool m_refused = false;  ///< the last deployment, and that was told
    bool m_goesOnTold = false;
    bool m_silent = false;       ///< when it was looked at last
    bool m_silenceTold = false;  ///< of the job that is shown
    QTimer m_silence;            ///< a request that is lost now and then is nothing to tell
};

}  // namespace rw::ui
