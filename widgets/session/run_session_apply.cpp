// Edits of a pipeline that runs, as a RunSession applies them.
#include <utility>

#include "core/state/saved_checkpoints.h"
#include "widgets/session/remote_run.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

namespace {

constexpr int kGoBackMillis =
    600'000;  // for which an edit can be taken back: outputs keep what they need for it

}  // namespace

void RunSession::setAlwaysCheckpoints(bool always) {
    if (std::exchange(m_always, always) != always) Q_EMIT alwaysCheckpointsChanged();
}

bool RunSession::keepsStateWhenApplied() const {
    return (m_state == State::Running || m_state == State::Paused) && m_checkpoints;
}

bool RunSession::beginsAnewWhenApplied() const {
    return !m_remote && (m_state == State::Running || m_state == State::Paused) && !m_checkpoints;
}

void RunSession::apply() {
    if (!isOwnActive() || m_atRest || m_awaitingConsent) return;
    if (!keepsStateWhenApplied()) return applyAnew();
    if (!m_receipt) return weigh();
    if (m_receipt->possible() && !m_weighing.isWaiting()) handOver(*std::exchange(m_receipt, std::nullopt));
}

void RunSession::applyAnew() {
    if (!isOwnActive() || m_atRest || m_awaitingConsent) return;
    dropReceipt();
    begin({});
}

// The answer is for the document as it is when it comes: an edit meanwhile asks anew.
void RunSession::weigh() {
    const auto work = [run = *m_checkpoints, edited = startRequest(), input = runInput()] {
        return weighApply(run, edited, input);
    };
    m_weighing.ask(work, [this](ApplyReceipt receipt) {
        if (!keepsStateWhenApplied()) return dropReceipt();
        if (receipt.plain() && !m_receipt) return handOver(receipt);
        m_receipt = std::move(receipt);
        Q_EMIT receiptChanged();
    });
}

void RunSession::setClosesFirst(bool closes) {
    if (std::exchange(m_closesFirst, closes) != closes && m_receipt) Q_EMIT receiptChanged();
}

void RunSession::setRecomputes(bool recomputes) {
    if (std::exchange(m_recomputes, recomputes) != recomputes && m_receipt) Q_EMIT receiptChanged();
}

void RunSession::handOver(const ApplyReceipt& receipt) {
    const std::set<NodeId> closable = receipt.closable(), recomputable = receipt.recomputable();
    m_receipt.reset();
    Q_EMIT receiptChanged();
    CheckpointChoice choice = handOverChoice(*m_checkpoints, receipt.now.text);
    if (m_closesFirst) choice.closesFirst = closable;
    if (m_recomputes) choice.recomputes = recomputable;
    begin(std::move(choice), m_state == State::Paused);
}

// The person has agreed that savepoints since then are left behind; nothing else is lost, for the pipeline is
// that of the checkpoint.
void RunSession::goBack() {
    if (!m_applied || !m_applied->notKept.ok() || !keepsStateWhenApplied()) return;
    if (m_atRest || m_awaitingConsent) return;
    dropReceipt();
    const AppliedEdit edit = *m_applied;
    m_document.revertTo(edit.before, tr("Go back to checkpoint %1").arg(edit.from.number));
    const StartRequest request = startRequest();
    CheckpointChoice choice = handOverChoice(
        *m_checkpoints, checkpointedPipeline(request.pipeline, request.options, *request.catalogue).text);
    choice.backTo = edit.from;
    begin(std::move(choice), m_state == State::Paused);
}

// Of a start, by its end: whether it replaced the pipeline `replaced` of a run, or could not.
void RunSession::noteApplied(std::optional<Pipeline> replaced, bool wentBack, const StartedRun& started) {
    const bool refused = replaced && !started.notApplied.ok();
    if (refused) {
        m_running = *std::move(replaced);
    } else {
        m_ranAs = m_checked;
    }
    if (refused && wentBack) return;                       // it may be tried again
    if (started.run && replaced) m_document.revalidate();  // tables may have other columns now
    if (!started.run || !started.lastBefore || !replaced) return letGoOfApplied();
    if (!started.notKept.ok()) letGoOfKept();  // else the name has gone from that one
    setApplied(AppliedEdit{*std::move(replaced), *started.lastBefore, QDateTime::currentDateTime(),
                           started.notKept});
    m_appliedEnds.start(kGoBackMillis);
}

// What was recomputed stays so in the results of a run that goes on, but for one that goes back behind it.
bool RunSession::noteRun(const StartedRun& started, const CheckpointChoice& choice) {
    const bool goesBack = choice.backTo.has_value();
    if (!started.run || m_goesTo) return goesBack;  // it writes nothing
    m_runId = started.id;
    m_runReplayed = started.pace ? m_replayed : QString();
    const bool applied = started.notApplied.ok();
    const bool recomputes = applied && !goesBack && !choice.recomputes.empty();
    m_isRecomputed = m_replaced && (recomputes || (m_isRecomputed && !(applied && goesBack)));
    return goesBack;
}

// Findings of a run that goes on are not forgotten. What came since the edit that is taken back comes again.
void RunSession::keepCountsOf(const StartedRun& started, bool wentBack) {
    if (!m_replaced || !started.run) return m_findings.startOver();
    const bool applied = started.notApplied.ok();
    const Pipeline& now = applied ? m_running : *m_replaced;
    m_findings.goOn(wentBack && applied ? RunMetrics() : m_snapshot.metrics, *m_replaced, now);
}

void RunSession::tellNotApplied(bool wentBack, const Status& why) {
    if (wentBack) {
        Q_EMIT notGoneBack(why);
    } else {
        Q_EMIT notApplied(why);
    }
}

void RunSession::setApplied(std::optional<AppliedEdit> applied) {
    m_appliedEnds.stop();
    const bool changes = applied || m_applied;
    m_applied = std::move(applied);
    if (changes) Q_EMIT appliedChanged();
}

void RunSession::letGoOfApplied() {
    letGoOfKept();
    setApplied(std::nullopt);
}

// The checkpoint becomes one like others, which the run drops when it takes the next.
void RunSession::letGoOfKept() {
    if (!m_applied || !m_applied->notKept.ok() || !m_checkpoints) return;
    m_checks.abandon();
    m_checks.start([location = m_checkpoints->location] { (void)removeSavepoint(location, kBeforeEdit); });
}

void RunSession::dropReceipt() {
    m_weighing.drop();
    if (!m_receipt) return;
    m_receipt.reset();
    Q_EMIT receiptChanged();
}

RunUnderWay RunSession::leaveRun() {
    RunUnderWay before;
    before.checkpoints = *m_checkpoints;
    before.request = startRequest();
    before.request.pipeline = *m_replaced;
    before.request.alerts = alertRequest();
    before.request.keptSilences = !m_board;
    if (m_consent != nullptr) before.permission = Permission{m_consent->consents(), m_ranAs};
    before.input = runInput();
    before.givesUp = m_givesUp = std::make_shared<std::atomic<bool>>(false);
    before.progress = [this, home = m_home, launch = m_launch, told = -1](double done) mutable {
        const int percent = static_cast<int>(done * 100);
        if (std::exchange(told, percent) == percent) return;
        home.send([this, launch, done] { noteRecomputing(launch, done); });
    };
    before.run = std::move(m_run);
    before.run->stop(StopMode::Now);
    return before;
}

// While it goes on; its file, or its newest input, is whole once it has ended.
RunInput RunSession::runInput() const {
    RunInput input;
    input.resumed = m_resumedFrom.has_value();
    input.tape = m_recorded;
    input.trouble = m_snapshot.metrics.tape.trouble;
    input.tapeBytes = m_snapshot.metrics.tape.bytes;
    input.kept = m_inputs.newest();
    return input;
}

void RunSession::noteRecomputing(quint64 launch, double done) {
    if (launch != m_launch || m_state != State::Starting) return;
    m_recomputing.reset();
    if (done < 1) m_recomputing = {launch, done};
    Q_EMIT recomputingChanged();
}

void RunSession::giveUpRecomputing() {
    if (m_givesUp && recomputing()) *m_givesUp = true;
}

}  // namespace rw::ui
