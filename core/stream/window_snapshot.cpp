// The state of windows as bytes: parts of slices and what is shown of windows, by key group; sums of several
// slices are made anew.
//
// At a barrier all instances have the same watermark, for it comes from every producer to each of them. All
// windows that it completes have fired then, whichever of them an instance had rows for.
#include <algorithm>
#include <numeric>

#include "core/stream/state_columns.h"
#include "core/stream/window_operator.h"

namespace rw {

namespace {

constexpr std::uint32_t kWindowsVersion = 1;

Result<Window> readWindow(const StateReader& record) {
    if (record.version() != kWindowsVersion) return brokenState("version of a window");
    RW_TRY_ASSIGN(const Instant start, record.i64("start"));
    RW_TRY_ASSIGN(const Instant end, record.i64("end"));
    return Window{end, start};
}

void write(StateWriter& record, const Window& window) {
    record.i64("start", window.start);
    record.i64("end", window.end);
}

}  // namespace

Status WindowOperator::snapshot(StateWriter& out) const {
    out.record("progress", kWindowsVersion, [this](StateWriter& record) {
        record.i64("watermark", m_watermark);
        record.i64("arrivals", m_input.arrivals());
    });
    for (const auto& [slice, parts] : m_slices) {
        for (const auto& [from, part] : parts) {
            std::vector<std::uint32_t> all(part.state.keys.size());
            std::iota(all.begin(), all.end(), 0U);
            const auto hashOf = [&keys = part.state.keys](std::uint32_t group) { return keys.hash(group); };
            forEachKeyGroup(std::move(all), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
                out.keyed("part", keyGroup, kWindowsVersion, [&](StateWriter& record) {
                    write(record, slice);
                    record.i64("from", from);
                    part.state.snapshot(some, record);
                });
            });
        }
    }
    for (const auto& [window, shown] : m_shown) {
        out.record("early", kWindowsVersion, [&](StateWriter& record) {
            write(record, window);
            record.i64("steps", shown.earlySteps);
        });
        shown.snapshot(window, out);
    }
    return {};
}

Status WindowOperator::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const StateReader progress, state.record("progress"));
    RW_TRY(restoreProgress(progress));
    RW_TRY_ASSIGN(const auto early, state.records("early"));
    for (const StateReader& record : early) RW_TRY(restoreEarly(record));
    RW_TRY_ASSIGN(const auto parts, state.keyed("part"));
    for (const auto& [keyGroup, record] : parts) {
        if (own.contains(keyGroup)) RW_TRY(restorePart(record, keyGroup));
    }
    RW_TRY_ASSIGN(const auto shown, state.keyed("shown"));
    for (const auto& [keyGroup, record] : shown) {
        if (own.contains(keyGroup)) RW_TRY(restoreShown(record, keyGroup));
    }
    return {};
}

Status WindowOperator::restoreProgress(const StateReader& record) {
    if (record.version() != kWindowsVersion) return brokenState("version of windows");
    RW_TRY_ASSIGN(const Instant watermark, record.i64("watermark"));
    RW_TRY_ASSIGN(const std::int64_t arrivals, record.i64("arrivals"));
    if (m_restored && watermark != m_watermark) return brokenState("watermarks that differ");
    m_restored = true;
    m_watermark = watermark;
    m_fired = lastCompletedBy(watermark);
    m_input.startFrom(arrivals);
    return {};
}

/// The last window that a watermark completes, whether there were rows for it or not.
Window WindowOperator::lastCompletedBy(Instant watermark) const {
    if (watermark == kMinTimestamp) return {kMinTimestamp, kMinTimestamp};
    const Instant end =
        std::clamp(saturatingAdd(watermark, 1), -WindowAssigner::kFarthest - WindowAssigner::kLongest,
                   WindowAssigner::kFarthest + WindowAssigner::kLongest);
    if (m_sliceIsWindow) return {end, kMaxTimestamp};
    if (m_plan->kind == WindowKind::Hop) return {end, end - m_plan->size};
    return {end, lastWindow(m_assigner.sliceOf(end - 1)).start};
}

Status WindowOperator::restoreEarly(const StateReader& record) {
    RW_TRY_ASSIGN(const Window window, readWindow(record));
    RW_TRY_ASSIGN(const std::int64_t steps, record.i64("steps"));
    if (!m_plan->emitsUpdates() || !isWindow(window)) return brokenState("early results");
    ShownWindow& shown = shownOf(window);
    shown.earlySteps = std::max(shown.earlySteps, steps);
    return {};
}

Status WindowOperator::restorePart(const StateReader& record, int keyGroup) {
    RW_TRY_ASSIGN(const Window slice, readWindow(record));
    RW_TRY_ASSIGN(const Instant from, record.i64("from"));
    if (!isPart(slice, from)) return brokenState("a slice");
    Part& part = partFor(slice, from);
    if (part.measured) m_unmeasured.emplace_back(from, slice);
    part.measured = false;
    m_part = nullptr;
    return part.state.restore(record, keyGroup);
}

Status WindowOperator::restoreShown(const StateReader& record, int keyGroup) {
    RW_TRY_ASSIGN(const Window window, readWindow(record));
    if (!m_plan->emitsUpdates() || !isWindow(window)) return brokenState("a shown window");
    ShownWindow& shown = shownOf(window);
    const std::size_t before = shown.memoryBytes();
    RW_TRY(shown.restore(record, keyGroup, *m_plan, m_results.batchRows()));
    m_shownBytes += shown.memoryBytes() - before;
    return {};
}

/// As far as it matters: with no other can the operator compute.
bool WindowOperator::isWindow(const Window& window) const {
    const bool inRange = WindowAssigner::edgeInRange(window.start) && WindowAssigner::edgeInRange(window.end);
    if (m_plan->kind == WindowKind::Input) return inRange;
    return inRange && window.start < window.end && window.start >= window.end - m_plan->size;
}

bool WindowOperator::isPart(const Window& slice, Instant from) const {
    if (!isWindow(slice)) return false;
    if (m_plan->kind == WindowKind::Input) return from == slice.end;
    if (m_assigner.sliceOf(slice.start) != slice) return false;
    return from >= firstWindow(slice).end && from <= lastWindow(slice).end &&
           m_assigner.windowAfter(slice, from - 1).end == from;
}

}  // namespace rw
