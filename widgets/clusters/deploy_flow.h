// The way from the command to deploy to the job: the checks, questions to the user and the end of an older
// run. Deploying asks nothing while nothing can be lost, and nothing strange would be run.
#pragma once
#include <QObject>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/jobs/flink_outputs.h"
#include "widgets/background/background.h"
#include "widgets/background/worker.h"
#include "widgets/session/run_start.h"

namespace rw::ui {

class ClusterSession;
class JobList;
class PipelineDocument;
class RunConsent;
class RunSession;

class DeployFlow : public QObject {
    Q_OBJECT
 public:
    /// All must outlive it.
    DeployFlow(PipelineDocument& document, RunSession& session, ClusterSession& cluster, JobList& jobs,
               QWidget* window);

    /// From now on a pipeline from elsewhere needs a consent first, as before a run here. `consent`
    /// must outlive it; null, as at the beginning: none is needed.
    void setConsent(const RunConsent* consent) { m_consent = consent; }
    /// How a pipeline without a file gets one: from now on that is offered. Gives whether it was saved.
    void setSaving(std::function<bool()> save) { m_save = std::move(save); }

    // Each takes the document to the target that it is for, as soon as it is validated; the newest command
    // counts. With errors nothing is sent, and the view of the problems is told.
    void check();
    void deploy();
    /// Goes on from a savepoint of `from`, whose target is the document's.
    void resume(const Deployment& from, const std::string& savepoint);

 Q_SIGNALS:
    void told(const QString& words);  ///< the step that is waited for, or was not done

 private:
    struct Request {
        bool checkOnly = false;
        std::string savepoint{};
        Deployment before{};  ///< that the savepoint is of
        bool allowLostState = false;
        bool mayBeUnsaved = false;               ///< the person said so
        std::optional<OutputChoices> outputs{};  ///< of results that are there; nothing: not looked at yet
        quint64 agreed = 0;  ///< version of the document that was looked at for consent; 0: none
        std::optional<RunAccesses> reached{};  ///< by that; nothing: nobody is asked
    };
    enum class Step { None, Validating, Consenting, Asking, Ending, LookingAtOutputs };
    enum class Beside { Replace, Deploy, Leave };

    void begin(Request request);
    void drop();
    void goOn();
    /// The request is still the one that this number is of, after a question.
    bool isStill(quint64 number) const { return number == m_number; }
    void askToSave();
    void seekConsent(ConsentRequest agreed = {});
    void takeConsent(quint64 number, const CheckedStart& checked);
    void askSecrets(const CheckedStart& checked);
    void afterConsent();
    void askJobs();
    void onAsked();
    void onState();
    void endNext();
    void lookAtOutputs();
    void takeOutputs(quint64 number, const std::vector<StandingOutput>& found);
    void give();
    std::vector<Deployment> othersRunning() const;
    Beside askBeside(const std::vector<Deployment>& others) const;
    /// The user may have to agree to the forecast for the savepoint and the present pipeline first.
    bool agreeToResume();

    PipelineDocument& m_document;
    RunSession& m_session;
    ClusterSession& m_cluster;
    JobList& m_jobs;
    QWidget* m_window;
    const RunConsent* m_consent = nullptr;
    std::function<bool()> m_save{};
    Step m_step = Step::None;
    Request m_request{};
    quint64 m_number = 0;               ///< of the command; results for an older one are dropped
    std::vector<Deployment> m_toEnd{};  ///< the last one is being ended
    const MainThreadReceiver m_home;    ///< for results of the worker
    Worker m_looking;                   ///< at files, for consent
};

}  // namespace rw::ui
