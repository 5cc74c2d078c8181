// Windows that are due when time rises or fired windows change, some at a time: they fire one after the
// other. Each is put together and shown, and the state that no later window needs is forgotten. So is state
// that goes to files.
#include <utility>

#include "core/stream/windows/window_operator.h"

namespace rw {

Status WindowOperator::proceed(Output& out) {
    CallBudget budget(m_context.batchRows);
    while (m_task != Task::None && !budget.spent()) {
        budget.spend(1);
        if (m_sum.busy()) {
            RW_TRY(m_sum.run(budget));
        } else if (m_open) {
            RW_TRY(show(budget, out));
        } else if (m_dropping) {
            m_dropping = !drop(m_fired, budget);
        } else {
            RW_TRY(next(budget, out));
        }
    }
    m_report.flush();
    return {};
}

Status WindowOperator::next(CallBudget& budget, Output& out) {
    switch (m_task) {
        case Task::Changed: {
            const std::optional<Window> window = m_shown.takeChanged();
            return window ? begin(*window, out) : finish(out);
        }
        case Task::Due: {
            const std::optional<Window> window = m_store.nextWindow(m_fired);
            if (window && window->end - 1 <= m_watermark) {
                m_fired = *window;
                return begin(*window, out);
            }
            m_early = m_fired;
            m_task = m_plan->early > 0 ? Task::Early : Task::Drop;
            return {};
        }
        case Task::Early:
            return nextEarly(out);
        case Task::Drop:
            if (!drop({kMaxTimestamp, kMaxTimestamp}, budget)) return {};
            // No rows may come for long, while others need the memory.
            if (!m_store.wantsToSpill()) return finish(out);
            m_task = Task::Spill;
            m_watermarkWaits = true;
            return {};
        case Task::Spill:
            return spill(budget, out);
        case Task::None:
            break;
    }
    return {};
}

/// Nothing refers to the groups of parts meanwhile: no window is being put together, and those that wait for
/// others with the same groups go.
Status WindowOperator::spill(CallBudget& budget, Output& out) {
    RW_TRY(emitSame(out));
    m_sum.forget();
    RW_TRY_ASSIGN(const bool more, m_store.spillSome(budget));
    if (!more) m_task = std::exchange(m_watermarkWaits, false) ? Task::Drop : Task::None;
    return {};
}

Status WindowOperator::nextEarly(Output& out) {
    const std::optional<Window> window = m_store.nextWindow(m_early);
    if (!window || window->start > m_watermark) {
        m_task = Task::Drop;
        return {};
    }
    m_early = *window;
    return m_shown.earlyIsDue(*window, m_watermark) ? begin(*window, out) : Status();
}

Status WindowOperator::begin(const Window& window, Output& out) {
    if (!m_sum.find(window)) {
        RW_TRY(emitSame(out));
        m_sum.begin(window);
    }
    m_open = window;
    m_next = m_shownGroups = 0;
    return {};
}

Status WindowOperator::show(CallBudget& budget, Output& out) {
    if (m_plan->emitsUpdates()) {
        RW_TRY(m_shown.show(*m_open, m_sum.groups(), !m_sum.hasNext(), m_results, budget, out));
        if (m_shown.busy()) return {};
    } else {
        RW_TRY(emit(budget, out));
        if (m_next < m_sum.groups().keys.size()) return {};
    }
    if (m_report.on()) countShown();
    if (m_sum.hasNext()) {
        m_next = 0;
        m_sum.next();
        return {};
    }
    if (m_report.on()) reportShown();
    m_open.reset();
    m_dropping = m_task == Task::Due;
    return {};
}

/// Of a window in portions these are one after the other.
void WindowOperator::countShown() {
    const GroupState& state = m_sum.groups();
    const std::size_t groups = state.keys.size();
    m_shownGroups += m_plan->input.updating ? state.standing(0, groups).size() : groups;
}

void WindowOperator::reportShown() {
    using Kind = WindowEvent::Kind;
    const Kind kind = m_task == Task::Early ? Kind::Early
                      : m_task == Task::Due ? Kind::Fired
                                            : Kind::FiredAgain;
    // Rows that are taken back are no rows of the window: only its keys say how large it is.
    m_report.shown(kind, *m_open, m_plan->input.updating ? WindowEvent::kUnknown : m_store.rowsIn(*m_open),
                   m_shownGroups, m_watermark);
}

/// Few groups wait for the next window, which may have the same: a window of one group is not worth a batch.
Status WindowOperator::emit(CallBudget& budget, Output& out) {
    const GroupState& state = m_sum.groups();
    const std::size_t groups = state.keys.size();
    if (groups == 0) return {};
    if (m_sum.mayLast() && 2 * groups <= m_context.batchRows) {
        m_same.push_back(*m_open);
        m_next = groups;
        budget.spend(groups);
        return (m_same.size() + 1) * groups > m_context.batchRows ? emitSame(out) : Status();
    }
    const std::size_t count = std::min({groups - m_next, m_context.batchRows, budget.left()});
    const std::vector<std::uint32_t> some = state.standing(m_next, count);
    const std::vector<Window> windows(some.size(), *m_open);
    m_next += count;
    budget.spend(count);
    return m_results.add(windows, state.keys, some, state.aggregates, some, out);
}

Status WindowOperator::emitSame(Output& out) {
    if (m_same.empty()) return {};
    const GroupState& state = m_sum.lasting();
    const std::vector<std::uint32_t> standing = state.standing(0, state.keys.size());
    std::vector<Window> windows;
    std::vector<std::uint32_t> groups;
    for (const Window& window : m_same) {
        windows.insert(windows.end(), standing.size(), window);
        groups.insert(groups.end(), standing.begin(), standing.end());
    }
    m_same.clear();
    return m_results.add(windows, state.keys, groups, state.aggregates, groups, out);
}

Status WindowOperator::finish(Output& out) {
    RW_TRY(emitSame(out));
    m_results.flush(out);
    m_sum.rest(m_watermark);
    if (m_task == Task::Drop) {
        m_report.passed(m_watermark);
        // Made rows must stay clean, also those of windows that touch: event-time rules, 12.
        out.watermark(kWindowOut, saturatingAdd(m_watermark, -m_plan->allowedLateness - 1));
        for (int port = kWindowLate; port < outputPorts; ++port) out.watermark(port, m_watermark);
    }
    // Behind a watermark nothing is left to do.
    m_task = m_task == Task::Changed && m_store.wantsToSpill() ? Task::Spill : Task::None;
    return {};
}

bool WindowOperator::drop(const Window& upTo, CallBudget& budget) {
    return m_sum.dropUpTo(m_fired, budget) && m_store.drop(upTo, m_watermark, budget) &&
           m_shown.drop(upTo, m_watermark, budget);
}

}  // namespace rw
