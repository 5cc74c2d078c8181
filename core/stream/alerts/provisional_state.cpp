#include "core/stream/alerts/provisional_state.h"

#include <algorithm>

namespace rw {

void ProvisionalState::add(ProvisionalValue value, const AlertTimes& times) {
    if (m_alert && value.value) {
        const double peak = m_alert->peak.value_or(*value.value);
        m_alert->peak = times.lowest ? std::min(peak, *value.value) : std::max(peak, *value.value);
    }
    const auto place =
        std::lower_bound(m_values.begin(), m_values.end(), value.at,
                         [](const ProvisionalValue& known, Instant at) { return known.at < at; });
    if (place != m_values.end() && place->at == value.at) {
        *place = std::move(value);
    } else {
        m_values.insert(place, std::move(value));
    }
}

/// As if these values were final, and no other came.
bool ProvisionalState::raise(const AlertMachine& machine, const AlertState& state) {
    if (m_alert || m_values.empty() || AlertMachine::isOpen(state)) return false;
    AlertState ahead = state;
    const auto nothing = [](const AlertStep&) {};
    for (const ProvisionalValue& each : m_values) {
        machine.row(ahead, each.at, AlertVerdict::Raise, each.value, nothing);
        machine.advance(ahead, each.at, nothing);
        if (!m_alert && AlertMachine::isOpen(ahead))
            m_alert = {ahead.start, ahead.raised, each.at, ahead.told, ahead.value, {}, each.message};
    }
    if (m_alert) m_alert->peak = ahead.peak;  // that of later windows, too, as where they come later
    return m_alert.has_value();
}

std::optional<Instant> ProvisionalState::pass(const AlertState& state, Instant upTo) {
    const auto later = std::find_if(m_values.begin(), m_values.end(),
                                    [upTo](const ProvisionalValue& each) { return each.at > upTo; });
    m_values.erase(m_values.begin(), later);  // of many open windows few are over at a time
    if (!m_alert) return std::nullopt;
    // It begins with the row of a window to come, also where there is an alert of final rows until then, or a
    // condition that is to hold for long began with a final row by now, which may be an earlier one than the
    // values said.
    const bool begins =
        m_alert->start > upTo || (state.phase == AlertPhase::Waiting && state.start <= m_alert->start);
    if (begins && m_alert->at > upTo) return std::nullopt;
    return std::max(m_alert->raised, m_alert->at <= upTo ? m_alert->at : m_alert->start);
}

void ProvisionalState::restoreAlert(ProvisionalAlert alert, const AlertTimes& times) {
    // An edit may have the condition hold for longer: final rows decide by then.
    alert.at = std::max(alert.at, saturatingAdd(alert.start, times.hold));
    m_alert = std::move(alert);
}

Instant ProvisionalState::due() const {
    const Instant value = m_values.empty() ? kMaxTimestamp : m_values.front().at;
    return m_alert ? std::min(value, m_alert->at) : value;
}

}  // namespace rw
