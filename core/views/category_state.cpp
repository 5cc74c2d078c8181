// The state of a chart over categories in a snapshot: windows, and of each its categories.
#include "core/sql/aggregates/state_cells.h"
#include "core/views/category_view.h"
#include "core/views/state_fields.h"

namespace rw {

namespace {

Status brokenWindows() {
    return brokenState("windows of a chart");
}

struct SavedEntry {
    std::string category{};
    double value = 0;
    std::uint64_t rows = 0, touched = 0;

    static void fields(auto& self, auto& field) {
        field("category", self.category);
        field("value", self.value);
        field("rows", self.rows);
        field("touched", self.touched);
    }
};

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
            std::vector<SavedEntry> saved;
            for (const auto& [category, entry] : window.entries) {
                sums(entry.sum);
                saved.push_back({category, entry.value, entry.rows, entry.touched});
            }
            record.bytes("sums", sums.bytes());
            saveList(record, saved);
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
    RW_TRY_ASSIGN(const auto saved, restoreList<SavedEntry>(record, kMaxCategories));
    RW_TRY_ASSIGN(const std::string_view bytes, record.bytes("sums"));
    sql::CellReader sums(bytes);
    for (const SavedEntry& each : saved) {
        Entry& entry = window.entries[each.category];
        sums(entry.sum);
        entry.value = each.value;
        entry.rows = each.rows;
        entry.touched = each.touched;
        if (entry.rows == 0 || !entry.sum.finite()) return brokenWindows();
    }
    return sums.ok() && sums.atEnd() ? Status() : brokenWindows();
}

}  // namespace rw
