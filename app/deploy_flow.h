// The way from the wish to deploy to the job: what is checked, asked of the person and ended before.
// Deploying asks nothing while nothing can be lost.
#pragma once
#include <QObject>
#include <string>
#include <vector>

#include "core/cluster/deployment.h"

namespace rw::ui {

class ClusterSession;
class JobList;
class PipelineDocument;
class RunSession;

class DeployFlow : public QObject {
    Q_OBJECT
 public:
    /// All must outlive it.
    DeployFlow(PipelineDocument& document, RunSession& session, ClusterSession& cluster, JobList& jobs,
               QWidget* window);

    // Each takes the document to the target that it is for, as soon as it is validated; the newest wish
    // counts. With errors nothing is sent, and whoever shows problems is told.
    void check();
    void deploy();
    /// Goes on from a savepoint of `from`, whose target is the document's.
    void resume(const Deployment& from, const std::string& savepoint);

 Q_SIGNALS:
    void told(const QString& words);  ///< what is waited for

 private:
    struct Wish {
        bool checkOnly = false;
        std::string savepoint{};
        Deployment before{};  ///< that the savepoint is of
        bool allowLostState = false;
    };
    enum class Step { None, Validating, Asking, Ending };
    enum class Beside { Replace, Deploy, Leave };

    void begin(Wish wish);
    void drop();
    void goOn();
    void onAsked();
    void onState();
    void endNext();
    void give();
    std::vector<Deployment> othersRunning() const;
    Beside askBeside(const std::vector<Deployment>& others) const;
    /// What the savepoint would be to the pipeline as it is now may have to be asked first.
    bool agreeToResume();

    PipelineDocument& m_document;
    RunSession& m_session;
    ClusterSession& m_cluster;
    JobList& m_jobs;
    QWidget* m_window;
    Step m_step = Step::None;
    Wish m_wish{};
    std::vector<Deployment> m_toEnd{};  ///< the last one is being ended
};

}  // namespace rw::ui
