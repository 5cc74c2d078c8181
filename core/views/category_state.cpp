// The state of a chart over categories in a snapshot: windows, and of each its categories.
#include "core/views/category_view.h"
#include "core/views/state_fields.h"

namespace rw {

void CategoryView::fields(StateFields& state) {
    state("updates", m_updates);
    state("forgotten", m_forgotten);
    state.records("window", m_windows, kMaxWindows, [this](auto& each, StateFields& record) {
        auto& [end, window] = each;
        record("end", end);
        record("start", window.start);
        record("blank", window.blank);
        record.list(window.entries, kMaxCategories, [](auto& entry, auto& field) {
            field("sums", entry.second.sum);
            field("category", entry.first);
            field("value", entry.second.value);
            field("rows", entry.second.rows);
            field("touched", entry.second.touched);
        });
        record.require(m_input.windowEnd.present() || end == kMinTimestamp, "windows of a chart");
        for (const auto& [category, entry] : window.entries)
            record.require(entry.rows > 0 && entry.sum.finite(), "categories of a chart");
    });
    if (state.restores()) boundWindows();
}

}  // namespace rw
