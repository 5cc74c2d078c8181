// Tapes of a RunSession: which one its runs record or replay, and how far a replay
// has come.
#include <algorithm>
#include <utility>

#include "core/launch/replay.h"
#include "core/pipeline/diff.h"
#include "core/pipeline/run_words.h"
#include "widgets/background/background.h"
#include "widgets/session/remote_run.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

TapeRequest RunSession::tapeRequest() const {
    if (!m_tape.replay.isEmpty())
        return {{}, {}, m_tape.replay.toStdString(), m_tape.speed, m_tape.until, m_moments, m_opened};
    if (m_tape.recordInto.isEmpty()) return {{}, m_keepIn.toStdString(), {}, 0, {}, {}, {}};
    const QString name = tapeName(m_document.displayName(), QDateTime::currentDateTime());
    return {(m_tape.recordInto + QLatin1Char('/') + name).toStdString(), {}, {}, 0, {}, {}, {}};
}

void RunSession::keepInput(const QString& folder, bool on) {
    m_worker.start([parent = folder.toStdString()] { dropLeftRollingFolders(parent); });
    m_keepIn = on ? folder : QString();
    if (!on) m_inputs.letGo();
    Q_EMIT tapeChanged();
}

// `before` is the pipeline of a run that goes on.
void RunSession::keepInputOf(StartedRun& started, std::optional<Pipeline> before, bool wentBack) {
    std::shared_ptr<RollingTape> next = m_keepIn.isEmpty() ? nullptr : std::move(started.kept);
    if (!before || !started.run) {
        m_inputs.begin(std::move(next));
    } else if (wentBack && started.notApplied.ok()) {
        m_inputs.goBack(std::move(next));
    } else {
        m_inputs.goOn(std::move(next), *std::move(before));
    }
    m_inputs.setFilesRead(started.run ? std::move(started.filesRead) : nullptr);
}

void RunSession::setTape(const TapeChoice& choice) {
    if (choice == m_tape) return;
    const bool sameTape = choice.replay == m_tape.replay, otherSpeed = choice.speed != m_tape.speed;
    if (!sameTape) {
        m_choosing.drop();
        m_opened.reset();
        keepMoments(nullptr);
    }
    m_tape = choice;
    // A run that is held, or will be, for a moment that is not wanted any more would be held for ever.
    if (m_pace && !m_tape.until && (m_goesTo || (sameTape && otherSpeed))) m_pace->goOn(m_tape.speed);
    Q_EMIT tapeChanged();
}

QString RunSession::lastTape() const {
    if (!m_run) return {};
    return m_snapshot.metrics.tape.bytes > 0 ? QString::fromStdString(m_recorded) : m_replayed;
}

// A start that fails would leave neither the charts of the run before nor a way to run but without the tape.
void RunSession::replayTape(const QString& path, double speed) {
    const auto read = [path] { return openReplayable(path.toStdString()); };
    m_choosing.ask(read, [this, path, speed](Result<TapeFileRef> tape) {
        if (!tape.ok()) {
            Q_EMIT tapeRefused(tape.status());
            return;
        }
        TapeChoice choice = m_tape;
        choice.replay = path;
        choice.speed = speed;
        choice.until.reset();
        setTape(choice);
        m_opened = *std::move(tape);
        // It is the next run's; a paused one would read its sources on.
        if (!isActive()) start();
    });
}

// Where a run is going on, it goes on.
void RunSession::refuseTape() {
    m_choice = {};
    if (std::exchange(m_atRest, false)) {
        Before before = std::exchange(m_before, {});
        m_running = std::move(before.running);
        m_ready = std::move(before.ready);
        m_startIssues = std::move(before.startIssues);
        m_failure = std::move(before.failure);
        m_state = before.state;
        m_asBefore = true;
        tellState();
        compare();
    }
    Q_EMIT tapeRefused(m_checked.tapeFailed);
}

// Letting go of the old ones, which may be large, takes its time.
void RunSession::keepMoments(std::shared_ptr<TapeMoments> moments) {
    if (moments == m_moments) return;
    m_worker.start([old = std::exchange(m_moments, std::move(moments))]() mutable { old.reset(); });
}

void RunSession::seek(Instant moment) {
    if (m_tape.replay.isEmpty()) return;
    // Results that a stop is still putting in place are wanted.
    if (m_state == State::Stopping && m_stopMode != StopMode::Discard) return;
    TapeChoice choice = m_tape;
    choice.until = moment;
    setTape(choice);
    isOwnActive() ? apply() : start();
}

void RunSession::continueReplay() {
    if (!m_tape.until) return;
    TapeChoice choice = m_tape;
    choice.until.reset();
    setTape(choice);
}

std::optional<Instant> RunSession::replayHeldAt() const {
    const bool held = !m_remote && m_state == State::Running && m_snapshot.metrics.held;
    return held ? m_goesTo : std::nullopt;
}

void RunSession::tellOfTape() {
    const Text& trouble = m_snapshot.metrics.tape.trouble;
    if (trouble == m_tapeTrouble) return;
    m_tapeTrouble = trouble;
    if (!trouble.empty())
        noteOfTape(RW_TEXT("tape", "Recording has ended, the run goes on: %1").with(trouble), true);
    Q_EMIT tapeChanged();
}

void RunSession::noteOfTape(const Text& text, bool warning) {
    if (!m_remote) Q_EMIT noted({{}, text, warning});
}

const Text& RunSession::recordingTrouble() const {
    static const Text kNothing;
    return m_remote ? kNothing : m_tapeTrouble;
}

// The command line reads the pipeline from its file, and the tape gives results only for the one that ran.
void RunSession::tellHowToRepeat(const std::string& tape) {
    const std::string file = m_document.path().toStdString();
    const std::string words = replayWords(file.empty() ? "FILE" : file, tape);
    const bool asItRan =
        !file.empty() && !m_document.isModified() && runAlike(m_running, m_document.pipeline());
    noteOfTape(asItRan
                   ? RW_TEXT("tape", "This repeats the run that failed: %1").with(words)
                   : RW_TEXT("tape", "Save the pipeline as it ran; then this repeats the run that failed: %1")
                         .with(words));
}

const TapeTimes* RunSession::tapeTimes() const {
    const bool known = m_moments && m_moments->tape()->path() == m_tape.replay.toStdString();
    return known ? &m_moments->times() : nullptr;
}

std::optional<Instant> RunSession::replayReached() const {
    const TapeTimes* const times = tapeTimes();
    if (times == nullptr || !times->known() || !m_pace || m_replayed != m_tape.replay) return std::nullopt;
    // Times of the tape are told by those of its blocks, about.
    if (const std::optional<Instant> held = replayHeldAt())
        return std::clamp(*held, times->first(), times->last());
    const std::optional<Millis> given = m_pace->given();
    return given ? std::optional(times->reached(*given)) : std::nullopt;
}

std::optional<Instant> RunSession::replayClock() const {
    if (!m_tapeBegan || !m_pace) return std::nullopt;
    return saturatingAdd(*m_tapeBegan, m_pace->given().value_or(0));
}

const Text& RunSession::incompleteTape() const {
    static const Text kNothing;
    return m_remote ? kNothing : m_incompleteTape;
}

std::optional<Millis> RunSession::replayedFor() const {
    if (!m_tapeBegan || !m_pace) return std::nullopt;
    return std::max<Millis>(0, m_pace->given().value_or(m_replayedFrom) - m_replayedFrom);
}

std::vector<Instant> RunSession::checkpointTimes() const {
    std::vector<Instant> moments;
    const TapeTimes* const times = tapeTimes();
    if (times == nullptr || !times->known()) return moments;
    if (m_unapplied) return moments;  // they are of a run of another pipeline
    for (const Millis at : m_moments->places()) moments.push_back(times->reached(at));
    return moments;
}

}  // namespace rw::ui
