#include "core/stream/windows/shown_windows.h"

#include <algorithm>

#include "core/stream/windows/window_records.h"

namespace rw {

namespace {
constexpr std::size_t kWindowUnits = 4;  // of a call's budget, for forgetting a window
}

ShownWindow& ShownWindows::at(const Window& window) {
    const auto [place, added] = m_shown.try_emplace(window, *m_plan);
    if (added) m_bytes += place->second.memoryBytes();
    return place->second;
}

void ShownWindows::rowsCame(const Window& slice, Instant from, Instant watermark) {
    const Window first = m_slicing.windowAfter(slice, from - 1);
    if (first.end - 1 > watermark) return;
    m_changed.add(first, m_slicing.windowUpTo(slice, saturatingAdd(watermark, 1)));
}

bool ShownWindows::earlyIsDue(const Window& window, Instant watermark) {
    const std::int64_t steps = (watermark - window.start) / m_plan->early;
    const auto shown = m_shown.find(window);
    if (steps <= (shown == m_shown.end() ? 0 : shown->second.earlySteps)) return false;
    at(window).earlySteps = steps;
    return true;
}

Status ShownWindows::show(const Window& window, const GroupState& groups, bool last, WindowResults& results,
                          CallBudget& budget, Output& out) {
    ShownWindow& shown = at(window);
    const std::size_t before = shown.memoryBytes();
    RW_TRY(shown.show(window, groups, last, results, budget, out));
    m_bytes += shown.memoryBytes() - before;
    m_busy = shown.busy();
    return {};
}

bool ShownWindows::drop(const Window& upTo, Instant watermark, CallBudget& budget) {
    while (!m_shown.empty()) {
        const auto first = m_shown.begin();
        if (first->first > upTo || !m_slicing.passed(first->first, watermark)) break;
        if (budget.spent()) return false;
        budget.spend(kWindowUnits);
        m_bytes -= first->second.memoryBytes();
        m_shown.erase(first);
    }
    return true;
}

void ShownWindows::snapshot(StateWriter& out) const {
    for (const auto& [window, shown] : m_shown) {
        out.record("early", kWindowsVersion, [&](StateWriter& record) {
            writeWindow(record, window);
            record.i64("steps", shown.earlySteps);
        });
        shown.snapshot(window, out);
    }
}

Status ShownWindows::restoreEarly(const StateReader& record) {
    RW_TRY_ASSIGN(const Window window, readWindow(record));
    RW_TRY_ASSIGN(const std::int64_t steps, record.i64("steps"));
    if (!m_plan->emitsUpdates() || !m_slicing.isWindow(window)) return brokenState("early results");
    ShownWindow& shown = at(window);
    shown.earlySteps = std::max(shown.earlySteps, steps);
    return {};
}

Status ShownWindows::restoreKeys(const StateReader& record, int keyGroup, std::size_t chunkRows) {
    RW_TRY_ASSIGN(const Window window, readWindow(record));
    if (!m_plan->emitsUpdates() || !m_slicing.isWindow(window)) return brokenState("a shown window");
    ShownWindow& shown = at(window);
    const std::size_t before = shown.memoryBytes();
    RW_TRY(shown.restore(record, keyGroup, *m_plan, chunkRows));
    m_bytes += shown.memoryBytes() - before;
    return {};
}

}  // namespace rw
