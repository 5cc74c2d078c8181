#include "core/stream/lineage/window_match.h"

#include <utility>

namespace rw {

namespace {

/// Nothing: the row has none.
std::optional<Instant> timeAt(const Batch& rows, std::size_t row, int column) {
    const ColumnRef& times = rows.columns[static_cast<std::size_t>(column)];
    if (!times || times->isNull(row)) return std::nullopt;
    return times->at<Instant>(row);
}

/// Of a row the last millisecond of the last window that it lies in: it came too late for all that it lies in
/// when it did for that one. Null: of sessions it depends on the other rows.
std::function<std::optional<Instant>(const Batch&, std::size_t)> lastOfWindows(const WindowPlan& plan) {
    if (plan.kind == WindowKind::Session) return nullptr;
    if (plan.kind == WindowKind::Input) {
        return [end = plan.windowEnd](const Batch& rows, std::size_t row) {
            const std::optional<Instant> own = timeAt(rows, row, end);
            return own ? std::optional(saturatingAdd(*own, -1)) : std::nullopt;
        };
    }
    const WindowAssigner windows(plan.kind, plan.size, plan.step, plan.offset);
    return [windows, time = plan.input.eventTime](const Batch& rows, std::size_t row) {
        const std::optional<Instant> own = timeAt(rows, row, time);
        if (!own || !WindowAssigner::inRange(*own)) return std::optional<Instant>();
        return std::optional(windows.lastWindow(windows.sliceOf(*own)).end - 1);
    };
}

}  // namespace

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
    } else if (auto lastOf = lastOfWindows(plan)) {
        match->late = RowMatch::Late::ByOwnWindow;
        match->lastOf = std::move(lastOf);
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
