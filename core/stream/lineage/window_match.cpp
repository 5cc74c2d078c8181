#include "core/stream/lineage/window_match.h"

namespace rw {

KnownWindow windowOf(const WindowPlan& plan, const AskedRow& asked, const WindowPlace& columns) {
    KnownWindow window;
    std::optional<Instant> start = knownTime(asked, columns.start), end = knownTime(asked, columns.end);
    if (!end) {
        if (const auto time = knownTime(asked, columns.time)) end = saturatingAdd(*time, 1);
    }
    const bool oneLength = plan.kind == WindowKind::Tumble || plan.kind == WindowKind::Hop;
    if (oneLength && start && !end) end = saturatingAdd(*start, plan.size);
    if (oneLength && end && !start) start = saturatingAdd(*end, -plan.size);
    if (plan.kind == WindowKind::Cumulate && end && !start && plan.size > 0) {
        // The last of its windows that begin before the end: they begin a size apart.
        start = Multiples(plan.size, plan.offset).upTo(saturatingAdd(*end, -1));
    }
    if (start) window.start = *start;
    if (end) window.end = *end;
    return window;
}

std::shared_ptr<RowMatch> windowRows(const WindowPlan& plan, const AskedRow& asked,
                                     const WindowPlace& columns) {
    auto match = std::make_shared<RowMatch>();
    match->asked = asked.row;
    match->asKeys = true;
    match->eventTime = plan.input.eventTime;
    if (plan.kind == WindowKind::Input) {
        match->equal.push_back({plan.windowStart, columns.start});
        match->equal.push_back({plan.windowEnd, columns.end});
    }
    const KnownWindow window = windowOf(plan, asked, columns);
    if (plan.kind != WindowKind::Input) {
        match->from = window.start;
        match->until = window.end;
    }
    if (window.known()) {
        match->late = RowMatch::Late::ByWindow;
        match->last = saturatingAdd(window.end, -1);
        match->lateness = plan.allowedLateness;
    }
    return match;
}

Text windowWords(const WindowPlan& plan, const AskedRow& asked, const WindowPlace& columns,
                 const std::vector<int>& keys) {
    const KnownWindow window = windowOf(plan, asked, columns);
    const Text with = cellsText(asked.row, 0, keys);
    const bool keyed = !english(with).empty();
    if (!window.known() || window.start == kMinTimestamp)
        return keyed ? RW_TEXT("lineage", "rows with %1").with(with) : RW_TEXT("lineage", "all rows");
    const std::string from = timeText(window.start), until = timeText(window.end);
    if (keyed) return RW_TEXT("lineage", "rows with %1 from %2 to %3").with(with, from, until);
    return RW_TEXT("lineage", "rows from %1 to %2").with(from, until);
}

}  // namespace rw
