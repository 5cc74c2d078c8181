// What the provisional values of windows that are still open say of the alert of one key. They can raise it
// before the window closes, and clear nothing: a sum begins at zero with every window, and what it is then
// says nothing of what it will be. The final value decides: it raises the alert, too, which is the same one
// then, or it does not, and the alert is over at the time of its row.
//
// The state of final rows (AlertMachine) knows nothing of them. So it stays a function of the input, which
// the number and the moments of provisional values are not.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/stream/alerts/alert_machine.h"

namespace rw {

/// A value of an open window for which the condition holds.
struct ProvisionalValue {
    Instant at = kMinTimestamp;  ///< event time of its row: that of the final one, too
    std::optional<double> value{};
    std::string message{};
};

/// An alert that such values have raised. Its times are those that it has when final values are like them.
struct ProvisionalAlert {
    Instant start = kMinTimestamp, raised = kMinTimestamp;  ///< as those of Alert
    Instant at = kMinTimestamp;  ///< of the row that raised it: when that is final, the alert is, or is over
    bool told = false;           ///< others were told
    std::optional<double> value{}, peak{};
    std::string message{};
};

/// Of one key. Single-threaded.
class ProvisionalState {
 public:
    /// A value that came; one of the same time that was there is replaced. A later one for which the
    /// condition does not hold takes nothing back.
    void add(ProvisionalValue value, const AlertTimes& times);
    /// Where there is no alert of final rows, whose state is `state`: whether these values raise one, which
    /// alert() is from then on.
    bool raise(const AlertMachine& machine, const AlertState& state);
    /// All final rows up to `upTo` were judged, and have led to `state`. When the alert is over by that: the
    /// time. It is there still, until dropAlert().
    std::optional<Instant> pass(const AlertState& state, Instant upTo);

    const std::optional<ProvisionalAlert>& alert() const { return m_alert; }
    void dropAlert() { m_alert.reset(); }
    void restoreAlert(ProvisionalAlert alert, const AlertTimes& times);
    const std::vector<ProvisionalValue>& values() const { return m_values; }
    bool empty() const { return m_values.empty() && !m_alert; }
    /// When pass() has something to do next; kMaxTimestamp: never.
    Instant due() const;

 private:
    std::vector<ProvisionalValue> m_values{};  ///< by time
    std::optional<ProvisionalAlert> m_alert{};
};

}  // namespace rw
