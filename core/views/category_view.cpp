#include "core/views/category_view.h"

#include <algorithm>
#include <limits>

#include "core/stream/row_errors.h"
#include "core/views/state_fields.h"
#include "core/views/touched.h"

namespace rw {

namespace {

/// The sum as far as a picture has a place for it: sums may pass all DOUBLEs.
double placeable(const sql::ExactSum& sum) {
    constexpr double kMost = std::numeric_limits<double>::max();
    return std::clamp(sum.value(), -kMost, kMost);
}

}  // namespace

bool largerFirst(const CategoryValue& a, const CategoryValue& b) {
    return a.value != b.value ? a.value > b.value : labelLess(a.category, b.category);
}

CategoryView::CategoryView(const CategoryInfo& input)
    : m_input(input), m_addsUp(input.updating || input.windowEnd.present()) {}

Instant CategoryView::endAt(const Batch& batch, std::size_t row) const {
    return m_input.windowEnd.present() ? batch.column(m_input.windowEnd.index).at<Instant>(row)
                                       : kMinTimestamp;
}

CategoryView::Window& CategoryView::windowOf(const Batch& batch, std::size_t row) {
    Window& window = m_windows[endAt(batch, row)];
    if (m_input.windowStart.present())
        window.start = batch.column(m_input.windowStart.index).at<Instant>(row);
    return window;
}

void CategoryView::add(const Batch& batch) {
    const auto hold = lock();
    count(batch, m_input.eventTime);
    const Column& categories = batch.column(m_input.category.index);
    const Column& values = batch.column(m_input.value.index);
    std::string category;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const auto value = chartNumber(values, row);
        category.clear();
        if (value) appendLabel(category, categories, row);
        if (withdraws(batch, row)) {
            takeBack(endAt(batch, row), category, value);
        } else if (value) {
            put(windowOf(batch, row).entries[category], *value);
        } else {
            ++windowOf(batch, row).blank;
            ++m_totals.skipped;
        }
    }
    dropOldWindows();
    for (auto& [end, window] : m_windows) m_forgotten += forgetOldest(window.entries, kMaxCategories);
    boundWindows();
    changed();
}

void CategoryView::put(Entry& entry, double value) {
    entry.touched = ++m_updates;
    if (!m_addsUp) {
        entry.value = value;
        entry.rows = 1;
        return;
    }
    entry.sum.add(value);
    entry.value = ++entry.rows == 1 ? value : placeable(entry.sum);
}

// From values that were given up nothing can be taken back.
void CategoryView::takeBack(Instant end, const std::string& category, std::optional<double> value) {
    const auto found = m_windows.find(end);
    if (found == m_windows.end()) return;
    Window& window = found->second;
    if (!value) {
        if (window.blank > 0) --window.blank;
    } else if (const auto entry = window.entries.find(category); entry != window.entries.end()) {
        Entry& left = entry->second;
        left.sum.add(*value, -1);
        left.value = placeable(left.sum);
        left.touched = ++m_updates;
        if (--left.rows == 0) window.entries.erase(entry);
    }
    if (window.entries.empty() && window.blank == 0) m_windows.erase(found);
}

void CategoryView::boundWindows() {
    std::size_t entries = 0;
    for (const auto& [end, window] : m_windows) entries += window.entries.size();
    while (entries > kMaxInWindows) {  // one window alone has fewer
        const std::size_t oldest = m_windows.begin()->second.entries.size();
        entries -= oldest;
        m_forgotten += oldest;
        m_windows.erase(m_windows.begin());
    }
}

bool CategoryView::complete(Instant end) const {
    // Made rows are at least 2 ms ahead of the watermark, and those of a window lie 1 ms before its end.
    return m_totals.watermark >= saturatingAdd(end, -2);
}

void CategoryView::dropOldWindows() {
    auto newest = m_windows.end();
    for (auto it = m_windows.begin(); it != m_windows.end(); ++it) {
        if (complete(it->first)) newest = it;
    }
    if (newest != m_windows.end()) m_windows.erase(m_windows.begin(), newest);
    while (m_windows.size() > kMaxWindows) m_windows.erase(m_windows.begin());
}

std::vector<CategoryValue> CategoryView::copyShown(CategoryShot& shot, const CategoryQuery& query) const {
    std::vector<CategoryValue> values;
    const auto hold = lock();
    shot.totals = m_totals;
    shot.forgotten = m_forgotten;
    if (m_windows.empty()) return values;
    auto shown = std::prev(m_windows.end());
    // An updating stream has a preview of a window's content; otherwise a half-arrived window is not shown
    // while there is a whole one.
    const bool whole = query.finalOnly || !m_input.updating;
    while (whole && shown != m_windows.begin() && !complete(shown->first)) --shown;
    if (query.finalOnly && m_input.windowEnd.present() && !complete(shown->first)) return values;
    if (m_input.windowEnd.present()) {
        shot.windowStart = shown->second.start;
        shot.windowEnd = shown->first;
        shot.provisional = !complete(shown->first);
    }
    shot.blank = shown->second.blank;
    values.reserve(shown->second.entries.size());
    for (const auto& [category, entry] : shown->second.entries) {
        if (!query.keeps || query.keeps(category)) values.push_back({category, entry.value});
    }
    return values;
}

// Windows, and of each its categories.
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
