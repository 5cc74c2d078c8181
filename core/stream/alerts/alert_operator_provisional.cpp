// Provisional values of windows that are still open, and the final ones that decide what becomes of the
// alerts that they have raised (provisional_state.h). Final rows are judged as those of any other input.
#include <algorithm>
#include <utility>

#include "core/stream/alerts/alert_operator.h"
#include "core/stream/alerts/row_verdicts.h"
#include "core/stream/row_errors.h"

namespace rw {

void AlertOperator::takeProvisional(const Batch& batch) {
    const sql::Vector holds = sql::evaluate(*m_plan->condition, batch, m_context.eval);
    std::vector<std::uint32_t> raising;
    for (const std::uint32_t row : m_inTime) {
        if (!withdraws(batch, row) && truthAt(holds, row) == Truth::True) raising.push_back(row);
    }
    if (raising.empty()) return;
    const Batch rows = batch.select(raising);
    ColumnRef values;
    if (m_plan->value) values = sql::evaluate(*m_plan->value, rows, m_context.eval).flat(rows.rows);
    const std::span<const Instant> times = rows.column(m_plan->input.eventTime).values<Instant>();
    m_states.find(rows, m_groups);
    makeRoom();
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const std::uint32_t group = m_groups[row];
        touch(group);
        m_states.provisionalToAdd(group).add(
            {times[row], values ? numberAt(*values, row) : std::nullopt, m_plan->message.of(rows, row)},
            m_machine.times());
    }
    // Once a key: each time all of its open windows are looked at.
    std::sort(m_groups.begin(), m_groups.end());
    m_groups.erase(std::unique(m_groups.begin(), m_groups.end()), m_groups.end());
    for (const std::uint32_t group : m_groups) {
        raiseProvisional(group);
        queue(group);
    }
    m_working = true;  // resume() shows them
}

Status AlertOperator::takeFinal(CallBudget& budget, Output& out) {
    const Batch rows = m_changing.release(until(), std::min(m_context.batchRows, budget.left()));
    m_inTime = everyRow(rows.rows);
    budget.spend(rows.rows);
    return hold(rows, out);
}

void AlertOperator::settle(std::uint32_t group, Instant upTo) {
    ProvisionalState* const provisional = m_states.provisional(group);
    if (provisional == nullptr) return;
    if (const auto over = provisional->pass(m_states.at(group).state, upTo)) clearProvisional(group, *over);
    m_states.tidyProvisional(group);
}

void AlertOperator::raiseProvisional(std::uint32_t group) {
    ProvisionalState* const provisional = m_states.provisional(group);
    AlertState& state = m_states.at(group).state;
    if (provisional == nullptr || !provisional->raise(m_machine, state)) return;
    const ProvisionalAlert& alert = *provisional->alert();
    // Its time is to come still: where each alert is told, it holds none before it back.
    if (alert.told && m_machine.times().oncePer > 0) state.lastTold = alert.raised;
    using Telling = AlertBoard::Telling;
    addNews(group, m_states.provisionalAlert(group), alert.told ? Telling::Now : Telling::TooSoon,
            alert.raised);
}

void AlertOperator::clearProvisional(std::uint32_t group, Instant at) {
    Alert alert = m_states.provisionalAlert(group);
    alert.stage = AlertStage::Cleared;
    alert.ended = at;
    ProvisionalState& provisional = *m_states.provisional(group);
    const bool tell = provisional.alert()->told && m_plan->tellEnd;
    provisional.dropAlert();
    addNews(group, std::move(alert), tell ? AlertBoard::Telling::Now : AlertBoard::Telling::Nothing, at);
}

bool AlertOperator::isRaisedProvisionally(std::uint32_t group, Instant start) const {
    const ProvisionalState* const provisional = m_states.provisional(group);
    return provisional != nullptr && provisional->alert() && provisional->alert()->start == start;
}

bool AlertOperator::decidesProvisional(std::uint32_t group, const AlertStep& step) {
    ProvisionalState* const provisional = m_states.provisional(group);
    if (step.quiet || provisional == nullptr || !provisional->alert()) return false;
    const bool same = provisional->alert()->start == step.start;
    const Instant raised = provisional->alert()->raised;
    switch (step.kind) {
        case AlertStep::Kind::Began:
            return same;  // it is an alert already
        case AlertStep::Kind::Spared:
            // Where it began with a row of this time, too, settle() looks when all of them are judged.
            if (same && step.at > step.start) clearProvisional(group, std::max(raised, step.at));
            return same;
        case AlertStep::Kind::Raised:
            // Whoever was told hears next that it is over. By final rows the condition may have begun earlier
            // than values said, which is another alert: whoever hears that the one is over hears of the other
            // before long, for nothing is well. One that is to begin still is not over: it would come again.
            if (provisional->alert()->told) m_states.at(group).state.told = true;
            if (same) {
                provisional->dropAlert();
            } else if (provisional->alert()->start <= step.at) {
                clearProvisional(group, std::max(raised, step.at));
            }
            return false;
        default:
            return false;
    }
}

bool AlertOperator::endProvisional(CallBudget& budget) {
    if (m_states.allProvisional().empty()) return false;
    for (std::size_t left = budget.left(); left > 0 && !m_states.allProvisional().empty(); --left) {
        const std::uint32_t group = m_states.allProvisional().begin()->first;
        touch(group);
        settle(group, kMaxTimestamp);
        budget.spend(1);
    }
    return true;
}

}  // namespace rw
