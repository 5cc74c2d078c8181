// What a chart over categories keeps in a snapshot: windows, and of each its categories.
#include "core/sql/aggregates/state_cells.h"
#include "core/views/category_view.h"
#include "core/views/state_lists.h"

namespace rw {

namespace {

Status brokenWindows() {
    return brokenState("windows of a chart");
}

}  // namespace

void CategoryView::savePicture(StateWriter& out) const {
    out.u64("updates", m_updates);
    out.u64("forgotten", m_forgotten);
    for (const auto& each : m_windows) {
        const Window& window = each.second;
        out.record("window", 1, [&, end = each.first](StateWriter& record) {
            record.i64("end", end);
            record.i64("start", window.start);
            record.u64("blank", window.blank);
            sql::CellWriter sums;
            for (const auto& [category, entry] : window.entries) sums(entry.sum);
            record.bytes("sums", sums.bytes());
            saveTexts(record, "category", window.entries, [](const auto& entry) { return entry.first; });
            saveDoubles(record, "value", window.entries,
                        [](const auto& entry) { return entry.second.value; });
            saveIntegers(record, "rows", window.entries, [](const auto& entry) { return entry.second.rows; });
            saveIntegers(record, "touched", window.entries,
                         [](const auto& entry) { return entry.second.touched; });
        });
    }
}

Status CategoryView::restorePicture(const StateReader& state) {
    RW_TRY_ASSIGN(m_updates, state.u64("updates"));
    RW_TRY_ASSIGN(m_forgotten, state.u64("forgotten"));
    RW_TRY_ASSIGN(const std::vector<StateReader> windows, state.records("window"));
    if (windows.size() > kMaxWindows) return brokenWindows();
    for (const StateReader& record : windows) RW_TRY(restoreWindow(record));
    boundWindows();
    return {};
}

Status CategoryView::restoreWindow(const StateReader& record) {
    RW_TRY_ASSIGN(const Instant end, record.i64("end"));
    if (!m_input.windowEnd.present() && end != kMinTimestamp) return brokenWindows();
    Window& window = m_windows[end];
    RW_TRY_ASSIGN(window.start, record.i64("start"));
    RW_TRY_ASSIGN(window.blank, record.u64("blank"));
    RW_TRY_ASSIGN(const auto categories, restoreTexts(record, "category"));
    RW_TRY_ASSIGN(const auto values, restoreDoubles(record, "value"));
    RW_TRY_ASSIGN(const auto rows, restoreCounts(record, "rows"));
    RW_TRY_ASSIGN(const auto touched, restoreCounts(record, "touched"));
    RW_TRY_ASSIGN(const std::string_view bytes, record.bytes("sums"));
    if (!samePartsOf(kMaxCategories, categories, values, rows, touched)) return brokenWindows();
    sql::CellReader sums(bytes);
    for (std::size_t i = 0; i < categories.size(); ++i) {
        Entry& entry = window.entries[categories[i]];
        sums(entry.sum);
        entry.value = values[i];
        entry.rows = rows[i];
        entry.touched = touched[i];
        if (entry.rows == 0 || !entry.sum.finite()) return brokenWindows();
    }
    return sums.ok() && sums.atEnd() ? Status() : brokenWindows();
}

}  // namespace rw
