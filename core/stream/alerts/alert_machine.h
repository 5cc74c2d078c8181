// The state of an alert rule for one key: what rows and the passing of event time make of it. No rows, no
// threads, no clock: numbers in, changes out.
//
//     OK ──condition holds──▶ waiting ──held for `hold`──▶ alert ──clear holds──▶ clearing ──for
//     `clearHold`──▶ OK
//           ◀──does not (spared)──┘                          ◀──clear does not hold──┘
//
// Beside it stands whether there are rows at all: a key without one for `noData` is quiet, which is an alert
// of its own. A condition that was waiting, or clearing, does not go on to wait while its key is quiet:
// nobody knows whether it holds. An alert that is open stays so.
#pragma once
#include <cstdint>
#include <optional>

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

enum class AlertPhase : std::uint8_t { Ok, Waiting, Alert, Clearing };

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
        Tell,     ///< the alert that is open is to be told now: it was too soon when it was raised
        Quiet,    ///< no data
        Back      ///< data again
    } kind;
    Instant start;  ///< of the alert that it is about
    Instant at;     ///< event time
    bool tell;  ///< Raised, Quiet: not too soon after the one told before. Cleared, Back: its raise was told
};

/// Of one key; plain data, as it is in checkpoints.
struct AlertState {
    AlertPhase phase = AlertPhase::Ok;
    bool quiet = false;
    bool told = false, quietTold = false;  ///< the alert that is open, and that there is no data
    Instant since = kMinTimestamp;         ///< of the phase
    Instant start = kMinTimestamp;         ///< since when the condition holds, or did; Ok: of the last alert
    Instant raised = kMinTimestamp;        ///< of the alert that is open, or was last
    Instant lastRow = kMinTimestamp;       ///< the newest row's
    Instant quietStart = kMinTimestamp;    ///< the newest row's when the key became quiet
    Instant quietSince = kMinTimestamp;    ///< when it became quiet
    Instant lastTold = kMinTimestamp, lastQuietTold = kMinTimestamp;  ///< when a raise was told
    std::optional<double> value{}, peak{};                            ///< since `start`

    bool operator==(const AlertState&) const = default;
};

/// Applies what happens to the state of one key, in the order of event time. `steps(const AlertStep&)` is
/// called with each change, after the state has it.
class AlertMachine {
 public:
    explicit AlertMachine(AlertTimes times) : m_times(times) {}

    const AlertTimes& times() const { return m_times; }
    /// A row; what is due before its time, or never at it, came first (advance(at − 1)). At the time at which
    /// something is due the row counts first.
    template <class Steps>
    void row(AlertState& state, Instant at, AlertVerdict verdict, std::optional<double> value,
             Steps&& steps) const;
    /// Event time has come to `to`, with all rows up to it.
    template <class Steps>
    void advance(AlertState& state, Instant to, Steps&& steps) const;
    /// By the clock of the run there was nothing for `noData`; `at` is the event time that stands for it, at
    /// least the time of every row so far, those that are still to be judged included.
    template <class Steps>
    void stall(AlertState& state, Instant at, Steps&& steps) const;
    /// When advance() has something to do next; kMaxTimestamp: never.
    Instant due(const AlertState& state) const;

 private:
    const AlertTimes m_times;
};

}  // namespace rw
