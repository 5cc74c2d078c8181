// The state of an alert rule for one key: what rows and the passing of event time make of it. No rows, no
// threads, no clock: numbers in, changes out.
//
//     OK ──condition holds──▶ waiting ──for `hold`──▶ raised ──clear holds──▶ clearing ──for `clearHold`──▶
//     OK
//      ◀──does not (spared)──┘                           ◀──clear does not──┘
//
// Beside it stands whether there are rows at all: a key without one for `noData` is quiet, which is an alert
// of its own. Nobody knows then whether a condition goes on to hold: one that was waiting is spared, what was
// clearing is an alert still, and an alert that is open stays so.
//
// A run whose event time stands still can't judge by it. stall() makes a key quiet by the clock of the run;
// it leaves the condition alone, for rows may be there that are not judged yet.
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/base/time.h"

namespace rw {

/// The times of a rule, all in event time.
struct AlertTimes {
    Millis hold = 0;       ///< the condition has to hold for so long before it is an alert; 0: a row does
    Millis clearHold = 0;  ///< the same of being clear
    Millis noData = 0;     ///< 0: never
    Millis oncePer = 0;    ///< of one key, raises are told so often at most; 0: each is
    bool lowest = false;   ///< the peak is the smallest value
};

enum class AlertPhase : std::uint8_t { Ok, Waiting, Raised, Clearing };

/// What a row says of the rule. Neither: it says nothing (NULL), but it is a row.
enum class AlertVerdict : std::uint8_t {
    None,
    Raise,    ///< the condition holds
    Between,  ///< it does not, but what clears an alert does not hold either
    Clear
};

/// What became of an alert. Each is about the times in the state as they are after it, but for `start`.
struct AlertStep {
    enum class Kind : std::uint8_t {
        Began,    ///< the condition holds; it waits
        Raised,   ///< an alert
        Spared,   ///< it held for too short a time
        Cleared,  ///< the alert is over
        Tell,     ///< an alert that is open is to be told now: it was too soon when it was raised
        Quiet,    ///< no data
        Back      ///< data again
    } kind;
    Instant start = kMinTimestamp;  ///< of the alert that it is about
    Instant at = kMinTimestamp;     ///< event time
    /// Raised, Quiet: not too soon after the one told before. Cleared, Back: its raise was told.
    bool tell = false;
    bool quiet = false;  ///< it is about there being no data
};

/// Of one key; plain data, as it is in checkpoints.
struct AlertState {
    AlertPhase phase = AlertPhase::Ok;
    bool told = false;              ///< others were told of the alert that is open
    Instant since = kMinTimestamp;  ///< of the phase
    Instant start = kMinTimestamp;  ///< since when the condition holds, or held last
    Instant raised =
        kMinTimestamp;  ///< the alert that is open, or was last; at least `start`, where it was raised
    Instant lastTold = kMinTimestamp;
    std::optional<double> value{};  ///< of the last row with the condition before it was raised
    std::optional<double> peak{};   ///< since `start`

    Instant lastRow = kMinTimestamp;  ///< the newest row's
    bool gap = false;                 ///< event time has passed it by `noData`
    bool quiet = false, quietTold = false;
    Instant quietStart = kMinTimestamp;  ///< rows later than this end it
    Instant quietSince = kMinTimestamp;
    Instant lastQuietTold = kMinTimestamp;

    bool operator==(const AlertState&) const = default;
};

/// Applies what happens to the state of one key, in the order of event time. `steps(const AlertStep&)` is
/// called with each change, after the state has it.
class AlertMachine {
 public:
    explicit AlertMachine(AlertTimes times) : m_times(times) {}

    const AlertTimes& times() const { return m_times; }
    /// Whether there is an alert of the condition.
    static bool isOpen(const AlertState& state) {
        return state.phase == AlertPhase::Raised || state.phase == AlertPhase::Clearing;
    }
    /// A row; `at` is not before that of any call earlier, but for stall(). What is due before it is done
    /// first; at the time at which something is due the row counts first.
    template <class Steps>
    void row(AlertState& state, Instant at, AlertVerdict verdict, std::optional<double> value,
             Steps&& steps) const {
        advance(state, saturatingAdd(at, -1), steps);
        state.lastRow = at;
        state.gap = false;
        if (state.since == kMinTimestamp) state.since = at;
        if (state.quiet && at > state.quietStart) comeBack(state, at, steps);
        judge(state, at, verdict, value, steps);
    }
    /// Event time has come to `to`, with all rows up to it.
    template <class Steps>
    void advance(AlertState& state, Instant to, Steps&& steps) const {
        for (Instant at = due(state); at <= to && at != kMaxTimestamp; at = due(state))
            elapse(state, at, steps);
    }
    /// By the clock of the run there was nothing for `noData`. `newest`: the event time of the newest row,
    /// those that are still to be judged included; kMinTimestamp: no row ever came. `at`: the event time that
    /// stands for now; wall time where there is none.
    template <class Steps>
    void stall(AlertState& state, Instant newest, Instant at, Steps&& steps) const {
        if (m_times.noData <= 0) return;
        if (!state.quiet) {
            becomeQuiet(state, newest, at, steps);
        } else if (at >= quietTellDue(state)) {
            tellQuiet(state, at, steps);
        }
    }
    /// When advance() has something to do next; kMaxTimestamp: never.
    Instant due(const AlertState& state) const {
        Instant first = kMaxTimestamp;
        if (state.phase == AlertPhase::Waiting) first = saturatingAdd(state.since, m_times.hold);
        if (state.phase == AlertPhase::Clearing) first = saturatingAdd(state.since, m_times.clearHold);
        return std::min({first, gapDue(state), tellDue(state), quietTellDue(state)});
    }
    /// When it is told that there is no data, which was too soon when it began; kMaxTimestamp: it was, or is
    /// not so.
    Instant quietTellDue(const AlertState& state) const {
        const bool waits = state.quiet && !state.quietTold;
        return waits ? saturatingAdd(state.lastQuietTold, m_times.oncePer) : kMaxTimestamp;
    }

 private:
    Instant gapDue(const AlertState& state) const {
        const bool waits = m_times.noData > 0 && !state.gap && state.lastRow != kMinTimestamp;
        return waits ? saturatingAdd(state.lastRow, m_times.noData) : kMaxTimestamp;
    }
    Instant tellDue(const AlertState& state) const {
        const bool waits = isOpen(state) && !state.told;
        return waits ? saturatingAdd(state.lastTold, m_times.oncePer) : kMaxTimestamp;
    }

    /// What is due at `at`, one thing.
    template <class Steps>
    void elapse(AlertState& state, Instant at, Steps& steps) const {
        if (state.phase == AlertPhase::Waiting && saturatingAdd(state.since, m_times.hold) == at) {
            raise(state, at, steps);
        } else if (state.phase == AlertPhase::Clearing &&
                   saturatingAdd(state.since, m_times.clearHold) == at) {
            clear(state, at, steps);
        } else if (gapDue(state) == at) {
            state.gap = true;
            if (state.phase == AlertPhase::Waiting) spare(state, at, steps);
            if (state.phase == AlertPhase::Clearing) enter(state, AlertPhase::Raised, at);
            if (!state.quiet) becomeQuiet(state, state.lastRow, at, steps);
        } else if (tellDue(state) == at) {
            state.told = true;
            state.lastTold = at;
            steps(AlertStep{AlertStep::Kind::Tell, state.start, at, true, false});
        } else {
            tellQuiet(state, at, steps);
        }
    }
    template <class Steps>
    void judge(AlertState& state, Instant at, AlertVerdict verdict, std::optional<double> value,
               Steps& steps) const {
        if (verdict == AlertVerdict::None) return;
        const bool holds = verdict == AlertVerdict::Raise;
        switch (state.phase) {
            case AlertPhase::Ok:
                if (!holds) return;
                state.start = at;
                state.value = state.peak = value;
                enter(state, AlertPhase::Waiting, at);
                if (m_times.hold > 0) {
                    steps(AlertStep{AlertStep::Kind::Began, at, at, false, false});
                } else {
                    raise(state, at, steps);
                }
                return;
            case AlertPhase::Waiting:
                if (!holds) return spare(state, at, steps);
                state.value = value;
                break;
            case AlertPhase::Raised:
                if (verdict == AlertVerdict::Clear) {
                    enter(state, AlertPhase::Clearing, at);
                    // Of several rows of one time another may raise it again. It is named by the time at
                    // which it began: whoever heard that it is over would not hear of it once more.
                    if (m_times.clearHold <= 0 && state.start != at) return clear(state, at, steps);
                }
                break;
            case AlertPhase::Clearing:
                // Being clear is to hold for its time; without one a row that is between takes nothing back.
                if (holds || (verdict == AlertVerdict::Between && m_times.clearHold > 0))
                    enter(state, AlertPhase::Raised, at);
                break;
        }
        if (value && !state.peak) state.peak = value;
        if (value)
            state.peak = m_times.lowest ? std::min(*state.peak, *value) : std::max(*state.peak, *value);
    }
    static void enter(AlertState& state, AlertPhase phase, Instant at) {
        state.phase = phase;
        state.since = at;
    }
    template <class Steps>
    void raise(AlertState& state, Instant at, Steps& steps) const {
        enter(state, AlertPhase::Raised, at);
        state.raised = at;
        state.told = at >= saturatingAdd(state.lastTold, m_times.oncePer);
        if (state.told) state.lastTold = at;
        steps(AlertStep{AlertStep::Kind::Raised, state.start, at, state.told, false});
    }
    template <class Steps>
    void clear(AlertState& state, Instant at, Steps& steps) const {
        enter(state, AlertPhase::Ok, at);
        steps(AlertStep{AlertStep::Kind::Cleared, state.start, at, std::exchange(state.told, false), false});
    }
    template <class Steps>
    void spare(AlertState& state, Instant at, Steps& steps) const {
        enter(state, AlertPhase::Ok, at);
        steps(AlertStep{AlertStep::Kind::Spared, state.start, at, false, false});
    }
    template <class Steps>
    void becomeQuiet(AlertState& state, Instant start, Instant at, Steps& steps) const {
        state.quiet = true;
        state.quietStart = start;
        state.quietSince = at;
        state.quietTold = at >= saturatingAdd(state.lastQuietTold, m_times.oncePer);
        // Wall time is not comparable with what comes.
        if (state.quietTold && start != kMinTimestamp) state.lastQuietTold = at;
        steps(AlertStep{AlertStep::Kind::Quiet, start, at, state.quietTold, true});
    }
    template <class Steps>
    void comeBack(AlertState& state, Instant at, Steps& steps) const {
        const Instant since = state.quietStart == kMinTimestamp ? at : std::max(at, state.quietSince);
        state.quiet = false;
        steps(AlertStep{AlertStep::Kind::Back, state.quietStart, since, std::exchange(state.quietTold, false),
                        true});
    }
    template <class Steps>
    void tellQuiet(AlertState& state, Instant at, Steps& steps) const {
        state.quietTold = true;
        state.lastQuietTold = at;
        steps(AlertStep{AlertStep::Kind::Tell, state.quietStart, at, true, true});
    }

    const AlertTimes m_times;
};

}  // namespace rw
