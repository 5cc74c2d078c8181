// What falls due when time rises or fired windows change, some at a time: windows fire one after the other,
// each is put together, shown, and what nobody needs after it is forgotten.
#include "core/stream/window_operator.h"

namespace rw {

namespace {
constexpr std::size_t kDropUnits = 4;  // of a call's budget, for forgetting a part or a shown window
}

Status WindowOperator::goOn(Output& out) {
    CallBudget budget(m_context.batchRows);
    while (m_task != Task::None && !budget.spent()) {
        budget.spend(1);
        if (m_summing) {
            sum(budget);
        } else if (m_open) {
            RW_TRY(show(budget, out));
        } else if (m_dropping) {
            m_dropping = !drop(m_fired, budget);
        } else {
            RW_TRY(next(budget, out));
        }
    }
    return {};
}

Status WindowOperator::next(CallBudget& budget, Output& out) {
    switch (m_task) {
        case Task::Changed: {
            const std::optional<Window> window = m_changed.takeFirst();
            return window ? begin(*window, out) : finish(out);
        }
        case Task::Due: {
            const std::optional<Window> window = nextWindow(m_fired);
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
            return drop({kMaxTimestamp, kMaxTimestamp}, budget) ? finish(out) : Status();
        case Task::None:
            break;
    }
    return {};
}

Status WindowOperator::nextEarly(Output& out) {
    const std::optional<Window> window = nextWindow(m_early);
    if (!window || window->start > m_watermark) {
        m_task = Task::Drop;
        return {};
    }
    m_early = *window;
    const std::int64_t steps = (m_watermark - window->start) / m_plan->early;
    const auto shown = m_shown.find(*window);
    if (steps <= (shown == m_shown.end() ? 0 : shown->second.earlySteps)) return {};
    shownOf(*window).earlySteps = steps;
    return begin(*window, out);
}

Status WindowOperator::begin(const Window& window, Output& out) {
    RW_TRY(beginSum(window, out));
    m_open = window;
    m_next = 0;
    return {};
}

Status WindowOperator::show(CallBudget& budget, Output& out) {
    if (m_plan->emitsUpdates()) {
        ShownWindow& shown = shownOf(*m_open);
        const std::size_t before = shown.memoryBytes();
        RW_TRY(shown.show(*m_open, *m_groups, m_results, budget, out));
        m_shownBytes += shown.memoryBytes() - before;
        if (shown.busy()) return {};
    } else {
        RW_TRY(emit(budget, out));
        if (m_next < m_groups->keys.size()) return {};
    }
    m_open.reset();
    m_dropping = m_task == Task::Due;
    return {};
}

/// Few groups wait for the next window, which may have the same: a window of one group is not worth a batch.
Status WindowOperator::emit(CallBudget& budget, Output& out) {
    const std::size_t groups = m_groups->keys.size();
    if (groups == 0) return {};
    if (m_sum && m_groups == &m_sum->state && 2 * groups <= m_context.batchRows) {
        m_same.push_back(*m_open);
        m_next = groups;
        budget.spend(groups);
        return (m_same.size() + 1) * groups > m_context.batchRows ? emitSame(out) : Status();
    }
    const std::size_t count = std::min({groups - m_next, m_context.batchRows, budget.left()});
    const std::vector<std::uint32_t> some = m_groups->standing(m_next, count);
    const std::vector<Window> windows(some.size(), *m_open);
    m_next += count;
    budget.spend(count);
    return m_results.add(windows, m_groups->keys, some, m_groups->aggregates, some, out);
}

Status WindowOperator::emitSame(Output& out) {
    if (m_same.empty()) return {};
    const GroupState& state = m_sum->state;
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
    // The windows of a cumulate go on from what is summed so far.
    const bool goesOn = m_sum && m_plan->kind == WindowKind::Cumulate && !m_plan->emitsUpdates() &&
                        !passed({saturatingAdd(m_sum->window.start, m_plan->size), 0});
    if (!goesOn) m_sum.reset();
    if (m_task == Task::Drop) {
        // Made rows must stay clean, also those of windows that touch: event-time rules, 12.
        out.watermark(kWindowOut, saturatingAdd(m_watermark, -m_plan->allowedLateness - 1));
        for (int port = kWindowLate; port < outputPorts; ++port) out.watermark(port, m_watermark);
    }
    m_task = Task::None;
    return {};
}

bool WindowOperator::drop(const Window& upTo, CallBudget& budget) {
    if (m_blocks && m_fired.end != kMinTimestamp &&
        !m_blocks->dropBefore(slideAt(m_fired.start) + 1, budget)) {
        return false;
    }
    const auto over = [&](const Window& window) { return window <= upTo && passed(window); };
    while (!m_slices.empty() && over(lastWindow(m_slices.begin()->first))) {
        if (budget.spent()) return false;
        const auto slice = m_slices.begin();
        for (const auto& [from, part] : slice->second) {
            m_tags.erase({from, slice->first});
            m_size.bytes -= part.size.bytes;
            m_size.keys -= part.size.keys;
        }
        budget.spend(kDropUnits * slice->second.size());
        m_slices.erase(slice);
    }
    while (!m_shown.empty() && over(m_shown.begin()->first)) {
        if (budget.spent()) return false;
        budget.spend(kDropUnits);
        m_shownBytes -= m_shown.begin()->second.memoryBytes();
        m_shown.erase(m_shown.begin());
    }
    return true;
}

}  // namespace rw
