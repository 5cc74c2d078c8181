// The run of a document: started and closed on a thread of its own, looked at by one timer. The GUI thread
// never waits for the engine, nor for a disk: work that a disk blocks is left to itself.
// A run belongs to its document: a new document has none.
#pragma once
#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "core/runtime/run.h"
#include "widgets/background/background.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"
#include "widgets/document/consent/run_consent.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/alert_feed.h"
#include "widgets/session/apply_receipt.h"
#include "widgets/session/hand_over.h"
#include "widgets/session/kept_inputs.h"
#include "widgets/session/run_findings.h"
#include "widgets/session/run_snapshot.h"
#include "widgets/session/silence_store.h"
#include "widgets/session/steps/breakpoint_list.h"
#include "widgets/session/tape_choice.h"

namespace rw::ui {

class RemoteRun;
class ShownRun;

class RunSession : public QObject {
    Q_OBJECT
 public:
    enum class State {
        Stopped,  ///< never run, stopped, or could not start (then startIssues() or failure() say why)
        Starting,
        Running,
        Paused,
        Stopping,
        Finished,  ///< all sources ended
        Failed     ///< failure() says why
    };
    static constexpr int kFrameMillis = 50;
    static constexpr int kSlowMillis = 1'000;    ///< of a run that nobody sees, or that has come to rest
    static constexpr int kSettleMillis = 2'000;  ///< from a pause until the rows under way have passed
    // How long a thread is waited for; after that it is a disk that holds it up.
    static constexpr int kStopMillis = 600;    ///< one that starts a run that is stopped meanwhile
    static constexpr int kHeldMillis = 5'000;  ///< the one that closes the run before
    static constexpr int kEndMillis = 10'000;  ///< at the end of the session
    /// A stop that takes longer than this names the node that it waits for, and need not be waited for.
    static constexpr int kPatienceMillis = 1'000;

    /// The document must outlive the session.
    explicit RunSession(PipelineDocument& document, QObject* parent = nullptr);
    /// Discards the run and waits for the engine's threads: call stop() first to keep its results.
    ~RunSession() override;

    /// Whether the run is looked at often, as at first: the tab of its document is in front.
    void setWatched(bool watched);

    /// From now on nothing starts before `consent` agrees, which must outlive the session. Null, as at the
    /// beginning: everything starts that may.
    void setConsent(RunConsent* consent) { m_consent = consent; }
    /// From now on a start that would need secrets which nothing holds asks for them first, once what it
    /// touches is agreed to. One that a run was turned away with is forgotten: the next start asks for it
    /// again.
    void setAsksForSecrets() { m_asksForSecrets = true; }
    /// A person must answer consentRequested() or secretsRequested() before the run goes on, by one of these.
    /// Meanwhile the state is Starting, or that of the run whose changes are to be applied.
    bool isAwaitingConsent() const;
    void proceed();
    void decline();
    /// The run asked for last was declined: nothing was started.
    bool wasDeclined() const;
    /// … because this was not typed; empty: for another reason.
    const Text& untypedSecret() const { return m_untyped; }

    /// How runs that start from now on use tapes; another speed counts at once, while a replay is not held. A
    /// tape is of its document: a new document has none that is replayed. The pipeline of a replay may be
    /// edited behind its sources.
    void setTape(const TapeChoice& choice);
    const TapeChoice& tape() const { return m_tape; }
    /// Reads the tape, then chooses it to be replayed and, while no run is active, starts. One that can't be
    /// replayed is refused by tapeRefused(), and nothing else changes.
    void replayTape(const QString& path, double speed);
    /// While a tape is chosen to be replayed: restarts it, from the newest checkpoint of the replays of it
    /// that is before this event time, or from the start of the tape, as fast as it can up to there, and
    /// holds it: charts, tables and wires are as they were then. Such a run writes no outputs. Nothing
    /// otherwise.
    void seek(Instant moment);
    /// A replay that is held goes on, at the speed of tape().
    void continueReplay();
    /// The event time to which seek() led the run, once it has come there and is held; nothing while it is on
    /// its way, was let go, or is paused or stopped. Changes between two of updated().
    std::optional<Instant> replayHeldAt() const;
    /// The event time that is on the tape that is to be replayed; null while no start has opened it. The
    /// session has it until the next turn of the event loop.
    const TapeTimes* tapeTimes() const;
    /// The event time that the last replay of that tape has reached, by the rows given; nothing: there was
    /// none, or the tape has no event time. Changes between two of updated(), as checkpointTimes() does.
    std::optional<Instant> replayReached() const;
    /// While the last run replays, and after it: the wall time at which the part that it has reached was
    /// recorded; nothing of a run that is no replay.
    std::optional<Instant> replayClock() const;
    /// Why the recording of the last run has ended before the run; empty: it has not, or there was none.
    const Text& recordingTrouble() const;
    /// How much the tape lacks that the last run replayed, in words; empty: it was whole, or there was none.
    const Text& incompleteTape() const;
    /// Whether runs that start from now on keep their newest input in `folder` (keepInput() of core/launch);
    /// as at the beginning they do not, and what was kept so far goes. Left-overs of programs that have ended
    /// go either way.
    void keepInput(const QString& folder, bool on);
    bool keepsInput() const { return !m_keepIn.isEmpty(); }
    /// Of the own run, the last one when none is active; null: it keeps none.
    const std::shared_ptr<RollingTape>& keptInput() const { return m_inputs.newest(); }
    /// What the own run kept before edits were applied to it, and whether any was.
    const KeptInputs& keptInputs() const { return m_inputs; }
    /// The tape that the own run leaves, or replays, or the last one did when none is active; empty: none.
    QString lastTape() const;
    /// How much of the recording's time the last run has replayed so far.
    std::optional<Millis> replayedFor() const;
    /// The times at which seek() has checkpoints, ascending; it resumes from the last one that is not later
    /// than its moment.
    std::vector<Instant> checkpointTimes() const;

    /// Shows a run that is somewhere else: from now on all questions about a run are answered for it, until
    /// null shows the own one again, or it is gone. The own run goes on unseen: starting, stopping and
    /// applying are still about that one, and its signals wait until it is shown again.
    void show(RemoteRun* remote);
    RemoteRun* shown() const;  ///< null: the own run is shown
    /// What the run that is shown can do, and why not: views ask for this, and not where it is.
    ShownRun shownRun() const;

    State state() const;
    /// A start was refused before it began: state() is that of the run before again, which was told.
    bool isAsBefore() const;
    /// While Starting: the nodes that are ready to run. Of a run elsewhere: those that are known to run.
    const std::set<NodeId>& readyNodes() const;
    bool isActive() const;  ///< Starting, Running, Paused or Stopping
    /// Starts the document as it is now, from its beginning. Where it takes checkpoints, its first one
    /// replaces the old ones.
    void start();
    /// The same, but resumes from a checkpoint; it fails where that can't be, see setUpCheckpoints(). Nothing
    /// while a run is active.
    void resumeFrom(CheckpointChoice choice);
    /// Whether runs that end by themselves take checkpoints, too; until another document comes.
    void setAlwaysCheckpoints(bool always);
    bool alwaysCheckpoints() const { return m_always; }
    /// Of the own run, the last one when none is active; none: it takes none.
    const std::optional<RunCheckpoints>& runCheckpoints() const { return m_checkpoints; }
    void pause();
    void resume();
    /// The own run, which is paused, goes on so far (Run::step()) and is paused again; where none is active,
    /// one starts and takes the step. An error where whyNoStep() says why, and where the step can't be.
    Status step(const Until& until);
    /// Why no step can be taken now; empty: it can.
    QString whyNoStep() const;
    /// Where the own run stops, and those that start from now on.
    BreakpointList& breakpoints() { return m_breakpoints; }
    const BreakpointList& breakpoints() const { return m_breakpoints; }
    /// Of the own run, the last one when none is active; nothing without one, and of a run elsewhere.
    SteppingState stepping() const;
    /// The counters when the step began that is under way or was the last; none once the run goes on without.
    const std::optional<RunMetrics>& beforeStep() const { return m_beforeStep; }
    /// While the run stands after a step: how many rows it brought by that wire; else nothing.
    std::optional<std::uint64_t> steppedRows(const Wire& wire) const;
    /// Asks something of a node of the own run (Run::ask); a note says when it will be done. An error where
    /// whyNotAsked() says why.
    Status ask(const NodeId& node, NodeRequest request);
    /// Closes the windows of a node of the own run that end at `until` or before it (Run::closeWindows); a
    /// note says so. An error where whyNotAsked() says why.
    Status closeWindows(const NodeId& node, Instant until);
    /// Why nothing can be asked of that node now; empty: it can, as far as is known.
    QString whyNotAsked(const NodeId& node) const;
    /// At once, in any state; only outputs may take their time to be completed.
    void stop(StopMode mode = StopMode::Now);
    /// While Stopping: the node whose call does not return; empty: there is none that takes long.
    NodeId heldNode() const;
    /// Stopping takes so long that stopWaiting() does something.
    bool mayStopWaiting() const;
    /// Leaves the run that is Stopping to itself: it is Stopped at once and holds up no other. Output that is
    /// not in place by now is discarded, whenever its disk answers.
    void stopWaiting();
    /// When another document replaces this one, the run is stopped with this mode; otherwise it is discarded,
    /// for results that stop half way were not asked for. Holds until that happens.
    void setStopWhenReplaced(StopMode mode) { m_whenReplaced = mode; }
    /// The document as it is now replaces the pipeline that runs. A run that takes checkpoints ends with a last
    /// one, and the document resumes from it; where that loses state, or can't be, receipt() says so first, and
    /// a second call agrees. Where the document can't be started, the run goes on unchanged: notApplied().
    /// Another run is discarded, and begins anew.
    void apply();
    /// Whether apply() resumes from a checkpoint.
    bool keepsStateWhenApplied() const;
    /// Whether it discards the run and begins anew instead, as it takes no checkpoints.
    bool beginsAnewWhenApplied() const;
    /// Discards the run and restarts with the document as it is now.
    void applyAnew();
    /// The last edit that was applied to the run, which can be taken back where its checkpoint is kept; null:
    /// there is none, or it is too long ago.
    struct AppliedEdit {
        Pipeline before{};       ///< as it ran until then
        SavedCheckpoint from{};  ///< its last checkpoint, which is kept for that
        QDateTime at{};
        Status notKept{};  ///< why that one could not be kept: there is no way back
    };
    const AppliedEdit* applied() const { return m_applied ? &*m_applied : nullptr; }
    /// Takes it back: the pipeline of before replaces the document, as one undo step, and resumes from that
    /// checkpoint. Outputs take back what they got since, which comes again. Where an output or a source
    /// can't, the run goes on as it is: notGoneBack(), and the document has the pipeline of before.
    void goBack();
    /// What the edit costs, while an answer is waited for; null: nothing is asked. It follows further edits.
    const ApplyReceipt* receipt() const { return m_receipt ? &*m_receipt : nullptr; }
    /// Of ApplyReceipt::closable(): whether their open windows give their results so far before they begin
    /// empty, as at first, or are dropped. For the next receipts, too.
    void setClosesFirst(bool closes);
    bool closesFirst() const { return m_closesFirst; }
    /// Of ApplyReceipt::recomputable(): whether their states are recomputed from the input of the run, as at
    /// first. For the next receipts, too.
    void setRecomputes(bool recomputes);
    bool recomputes() const { return m_recomputes; }
    /// While states are recomputed: the part that is done, up to 1.
    std::optional<double> recomputing() const {
        const bool now = m_state == State::Starting && m_recomputing && m_recomputing->first == m_launch;
        return now ? std::optional(m_recomputing->second) : std::nullopt;
    }
    /// They are not recomputed any more, and the run goes on without the changes: notApplied().
    void giveUpRecomputing();
    /// The answer is no: the run goes on without the changes.
    void dropReceipt();
    /// The checkpoint from which the own run resumed, the last one when none is active; none: it began at its
    /// start.
    const std::optional<SavedCheckpoint>& resumedFrom() const { return m_resumedFrom; }
    /// AssembledRun::id of the own run that wrote last; empty: it is not known.
    const std::string& runId() const { return m_runId; }
    /// An edit was applied to that run, for which states were recomputed from its input.
    bool isRecomputed() const { return m_isRecomputed; }
    /// The tape that that run replayed; empty: none.
    const QString& runReplayed() const { return m_runReplayed; }
    /// Sets the document back to the running pipeline, here or elsewhere, as one undo step.
    void revert();
    /// While active: the document would run differently.
    bool hasUnappliedChanges() const { return m_unapplied; }

    /// What the command Run does while the embedded engine is chosen and no run is active: starts, or
    /// refuses.
    void startOrRefuse();
    /// Whether it would: there are nodes, the embedded engine is chosen, and no run is active.
    bool mayStart() const;
    /// To be told when a run was asked for that the document's errors forbid; says so by refused().
    void reportStartBlocked();
    /// A run was refused, and there are errors still: missing parts may be shown as errors now.
    bool wasRefused() const { return m_refused; }

    const RunSnapshot& snapshot() const;  ///< of the last run when none is active
    /// The findings on snapshot(). Nothing of a run elsewhere: too little is known of it.
    const RunFindings& findings() const;
    /// The cause that holds the watermark just now, or held it when the run was stopped.
    std::optional<WatermarkHold> watermarkHold(const NodeId& node) const;
    const Status& failure() const;
    /// The node that failure() is of, or the subflow that this is in; empty: there is none, or it is of the
    /// run as a whole.
    NodeId failedNode() const;
    const std::vector<Issue>& startIssues() const;
    const Pipeline& runningPipeline() const;  ///< of the last run when none is active
    QDateTime startedAt() const;              ///< null: never
    QDateTime endedAt() const;                ///< null: not yet
    QDateTime pausedAt() const;

    /// Recent rows of an output port; null without a run or such a port, and of a run elsewhere. Asking
    /// starts the collecting.
    std::shared_ptr<Tap> tap(const PortRef& output);
    /// The picture of a chart node, of the last run too; null when there is none.
    std::shared_ptr<LiveView> view(const NodeId& node) const;
    std::vector<KeptRow> keptRows(std::uint64_t after) const;
    /// What happens to the windows of the run, from now on (Run::watchWindows); null without a run, and of a
    /// run elsewhere.
    std::shared_ptr<WindowWatch> watchWindows() const;
    /// The alerts, of the last run when none is active; none of a run elsewhere. Silences hold for the next
    /// runs of the document, too, also when the program was closed meanwhile.
    AlertFeed& alerts() { return m_alerts; }
    const AlertFeed& alerts() const { return m_alerts; }

 Q_SIGNALS:
    void halted();        ///< stepping() has another halt; after the change of state
    void stateChanged();  ///< or isAwaitingConsent() is another
    void alwaysCheckpointsChanged();
    void consentRequested(const rw::ui::ConsentRequest& request);
    /// To be typed into typedSecrets() before proceed().
    void secretsRequested(const std::vector<rw::NeededSecret>& needed);
    void declined();  ///< before the change of state
    /// Every kFrameMillis while active, or kSlowMillis; and once at the end.
    void updated(const rw::ui::RunSnapshot& snapshot);
    void unappliedChangesChanged();
    /// The pipeline has errors, in startIssues(); nothing was started.
    void startRefused();
    void receiptChanged();  ///< receipt() is another
    void appliedChanged();  ///< applied() is another
    void recomputingChanged();  ///< recomputing() is another; also with stateChanged()
    /// The changes could not be applied: the run goes on without them, from resumedFrom().
    void notApplied(const rw::Status& why);
    void notGoneBack(const rw::Status& why);  ///< likewise after goBack()
    void refused();                           ///< reportStartBlocked() was called: the document has errors
    /// readyNodes() has these more: as many as came since the last turn of the event loop.
    void nodesReady(const std::vector<rw::NodeId>& nodes);
    void refusedChanged();                    ///< wasRefused() is another
    void tapeChanged();                       ///< tape() or recordingTrouble() is another
    void tapeRefused(const rw::Status& why);  ///< by replayTape(), or in place of a start
    void noted(const rw::RunNote& note);
    /// Another run has begun, this one goes on after a failure, or the run has gone with its document: views,
    /// taps and kept rows are new, or none.
    void runReplaced();
    /// The run of the document before this one failed when it was being stopped.
    void failedUnseen(const rw::Status& failure);

 private:
    // The way of a start: check(), perhaps a question, launch(), take() (run_start.h has the workers' part).
    void check(ConsentRequest agreed = {});
    void continueStart(quint64 check, CheckedStart checked);
    void dropCheck();
    void withdrawConsent();
    static void forgetRefused(const Status& failure, const CheckedStart& of);
    void refuseTape();
    void begin(CheckpointChoice choice, bool startsPaused = false);
    /// Nodes of one start that told of themselves on the engine's threads and were not taken over yet.
    struct Arrivals;
    /// What a start changes while it is being checked.
    struct Before {
        State state = State::Stopped;
        Pipeline running{};
        std::set<NodeId> ready{};
        std::vector<Issue> startIssues{};
        Status failure{};
    };
    void launch();
    void weigh();
    void handOver(const ApplyReceipt& receipt);
    void noteApplied(std::optional<Pipeline> replaced, bool wentBack, const StartedRun& started);
    void keepCountsOf(const StartedRun& started, bool wentBack);
    void tellNotApplied(bool wentBack, const Status& why);
    void setApplied(std::optional<AppliedEdit> applied);
    void letGoOfApplied();
    void letGoOfKept();
    /// The run, for hand_over.h; it ends with a last checkpoint.
    RunUnderWay leaveRun();
    RunInput runInput() const;
    void noteRecomputing(quint64 launch, double done);
    void noteReady(quint64 launch, Arrivals& arrivals);
    void take(quint64 launch, StartedRun started);
    void frame();
    void setPace();
    void noteHalt();
    Status takeStep(const Until& until);
    void showBegun();
    void finish();
    void conclude(quint64 launch);
    void passBy(quint64 launch, bool begun);
    void abandonStart(quint64 launch);
    void releaseRun();
    void closeInBackground(std::shared_ptr<Run> run);
    void passLeftRun();
    void setState(State state);
    // Of the own run, whichever is shown: nothing in here may ask the public functions for them.
    bool isOwnActive() const;
    NodeId ownHeldNode() const;
    bool mayOwnStopWaiting() const;
    // Heard only while the own run is shown.
    void tellState();
    void tellUpdate();
    void tellReplaced();
    void tellNotes();
    void tellOfTape();  ///< that recording has ended before the run
    void noteOfTape(const Text& text, bool warning = false);
    AlertRequest alertRequest() const;
    void showAlerts();
    void tellHowToRepeat(const std::string& tape);  ///< a run that failed, recorded there or replayed from it
    // Of the run that is shown.
    void bringUpToDate();
    void noteRemoteNodes();
    StartRequest startRequest() const;
    TapeRequest tapeRequest() const;
    void keepMoments(std::shared_ptr<TapeMoments> moments);
    /// Of a start with that choice, before its run is the own one; whether it was to go back.
    bool noteRun(const StartedRun& started, const CheckpointChoice& choice);
    void keepInputOf(StartedRun& started, std::optional<Pipeline> before, bool wentBack);
    void compare();
    void setRefused(bool refused);

    PipelineDocument& m_document;
    State m_state = State::Stopped;
    QPointer<RemoteRun> m_remote{};
    std::set<NodeId> m_remoteNodes{};  ///< readyNodes() of it
    RunConsent* m_consent = nullptr;
    TapeChoice m_tape{};
    QString m_keepIn{};      ///< empty: runs keep none
    TapeFileRef m_opened{};  ///< the tape of m_tape, as replayTape() read it; null: it was chosen otherwise
    Latest m_choosing{this};                   ///< by replayTape()
    std::shared_ptr<TapePace> m_pace{};        ///< of the run that replays; null: it does not
    std::optional<Instant> m_tapeBegan{};      ///< when the replayed run was recorded
    Millis m_replayedFrom = 0;                 ///< where on the tape the run began
    QString m_replayed{};                      ///< TapeRequest::replay of the newest start
    std::optional<Instant> m_goesTo{};         ///< TapeRequest::until of the run
    std::shared_ptr<TapeMoments> m_moments{};  ///< of the tape that is replayed; null: none was yet
    std::string m_recorded{};                  ///< the tape of the run; empty: it leaves none
    Text m_incompleteTape{};                   ///< of the run that replays
    Text m_tapeTrouble{};                      ///< the note on it
    std::shared_ptr<RunOutputs> m_outputs;     ///< of the run
    std::shared_ptr<AlertBoard> m_board{};  ///< of the run, the last one when none is active; null: none yet
    AlertFeed m_alerts{};
    SilenceKeeper m_silences{m_document, m_alerts};
    std::shared_ptr<Run> m_run;
    CheckpointChoice m_choice{};  ///< of the start that is under way
    Latest m_weighing{this};  ///< what apply() would cost
    std::optional<ApplyReceipt> m_receipt{};
    bool m_closesFirst = true, m_recomputes = true;
    std::optional<std::pair<quint64, double>> m_recomputing{};  ///< of which start, and the part that is done
    Cancelled m_givesUp{};                                      ///< RunUnderWay::givesUp, of the newest start
    std::optional<AppliedEdit> m_applied{};
    QTimer m_appliedEnds{};
    std::optional<Pipeline> m_replaced{};  ///< while the document takes over from a run: what that one runs
    bool m_always = false;
    std::optional<RunCheckpoints> m_checkpoints{};
    std::optional<SavedCheckpoint> m_resumedFrom{};
    std::string m_runId{};  ///< runId()
    bool m_isRecomputed = false;
    QString m_runReplayed{};
    Pipeline m_running;
    std::set<NodeId> m_ready;
    RunSnapshot m_snapshot;
    mutable RunFindings m_findings;  ///< made when asked for
    const RunFindings m_nothingFound;
    Status m_failure;
    std::vector<Issue> m_startIssues;
    QDateTime m_startedAt, m_endedAt, m_pausedAt;
    bool m_unapplied = false;
    bool m_refused = false;
    bool m_atRest = false;  ///< Starting, but only being checked: nothing runs or was launched
    Before m_before{};      ///< of the run before, while m_atRest
    bool m_asBefore = false;
    bool m_awaitingConsent = false;
    bool m_asksForSecrets = false;
    Text m_untyped{};  ///< untypedSecret()
    bool m_declined = false;
    quint64 m_check = 0;  ///< number of the newest check; results of older ones are dropped
    CheckedStart m_checked;     ///< of the start that is under way
    CheckedStart m_ranAs;       ///< of the run
    bool m_stopRequested = false;  ///< stop() came while starting
    bool m_left = false;           ///< m_run was left by stopWaiting(): closing it may take for ever
    QElapsedTimer m_stopping;      ///< since the state is Stopping
    Cancelled m_cancelled = std::make_shared<std::atomic<bool>>(false);  ///< of the newest start
    StopMode m_stopMode = StopMode::Now, m_whenReplaced = StopMode::Discard;
    BreakpointList m_breakpoints{m_document};
    bool m_startsPaused = false;         ///< of the start that is under way
    std::optional<Until> m_firstStep{};  ///< which it takes then
    std::optional<RunMetrics> m_beforeStep{};
    std::uint64_t m_halts = 0;     ///< of the run, as was told
    std::uint64_t m_restarts = 0;  ///< of the run, as was told
    quint64 m_launch = 0;          ///< number of the newest start; results of older ones are dropped
    QTimer m_frame;
    bool m_watched = true;
    QElapsedTimer m_sincePause;
    QElapsedTimer m_clock;
    const MainThreadReceiver m_home;  ///< for results of other threads
    Worker m_worker;       ///< runs close before those start that follow them
    Worker m_checks;
    KeptInputs m_inputs{m_worker};  ///< keptInput(), keptInputs()
};

}  // namespace rw::ui
