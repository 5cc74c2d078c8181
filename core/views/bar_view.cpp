#include "core/views/bar_view.h"

#include <algorithm>

#include "core/views/state_lists.h"

namespace rw {

BarView::BarView(BarInfo info) : m_info(std::move(info)) {}

void BarView::add(const Batch& batch) {
    const auto hold = lock();
    count(batch, m_info.eventTime);
    const Column& categories = batch.column(m_info.category.index);
    const Column& values = batch.column(m_info.value.index);
    const bool windowed = m_info.windowEnd.present();
    std::string category;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const auto value = chartNumber(values, row);
        if (!value) {
            ++m_totals.skipped;
            continue;
        }
        const Instant end = windowed ? batch.column(m_info.windowEnd.index).at<Instant>(row) : kMinTimestamp;
        Window& window = m_windows[end];
        if (m_info.windowStart.present())
            window.start = batch.column(m_info.windowStart.index).at<Instant>(row);
        category.clear();
        appendLabel(category, categories, row);
        take(window, category, *value, batch.kind(row));
    }
    dropOldWindows();
    for (auto& [end, window] : m_windows) bound(window);
    boundWindows();
    changed();
}

void BarView::take(Window& window, const std::string& category, double value, RowKind kind) {
    if (kind == RowKind::Delete || kind == RowKind::UpdateBefore) {
        // Where several rows share a category the latest counts, and only it can take the bar away.
        const auto entry = window.entries.find(category);
        if (entry != window.entries.end() && entry->second.value == value) window.entries.erase(entry);
        return;
    }
    window.entries[category] = {value, ++m_updates};
}

void BarView::bound(Window& window) {
    if (window.entries.size() <= kMaxCategories) return;
    // A fifth at a time, so that a stream of ever new categories does not search for the oldest at every row.
    std::vector<std::uint64_t> ages;
    ages.reserve(window.entries.size());
    for (const auto& [category, entry] : window.entries) ages.push_back(entry.touched);
    const auto limit = ages.begin() + static_cast<std::ptrdiff_t>(ages.size() - kMaxCategories * 4 / 5);
    std::nth_element(ages.begin(), limit, ages.end());
    m_forgotten +=
        std::erase_if(window.entries, [&](const auto& each) { return each.second.touched < *limit; });
}

void BarView::boundWindows() {
    std::size_t bars = 0;
    for (const auto& [end, window] : m_windows) bars += window.entries.size();
    while (bars > kMaxBars) {  // one window alone has fewer
        const std::size_t oldest = m_windows.begin()->second.entries.size();
        bars -= oldest;
        m_forgotten += oldest;
        m_windows.erase(m_windows.begin());
    }
}

bool BarView::complete(Instant end) const {
    // Made rows are at least 2 ms ahead of the watermark, and those of a window lie 1 ms before its end.
    return m_totals.watermark >= saturatingAdd(end, -2);
}

void BarView::dropOldWindows() {
    auto newest = m_windows.end();
    for (auto it = m_windows.begin(); it != m_windows.end(); ++it) {
        if (complete(it->first)) newest = it;
    }
    if (newest != m_windows.end()) m_windows.erase(m_windows.begin(), newest);
    while (m_windows.size() > kMaxWindows) m_windows.erase(m_windows.begin());
}

void BarView::savePicture(StateWriter& out) const {
    out.u64("updates", m_updates);
    out.u64("forgotten", m_forgotten);
    for (const auto& [end, window] : m_windows) {
        out.record("window", 1,
                   [&, endOf = end, &entries = window.entries, start = window.start](StateWriter& record) {
                       record.i64("end", endOf);
                       record.i64("start", start);
                       saveTexts(record, "category", entries, [](const auto& entry) { return entry.first; });
                       saveDoubles(record, "value", entries,
                                   [](const auto& entry) { return entry.second.value; });
                       saveIntegers(record, "touched", entries,
                                    [](const auto& entry) { return entry.second.touched; });
                   });
    }
}

Status BarView::restorePicture(const StateReader& state) {
    RW_TRY_ASSIGN(m_updates, state.u64("updates"));
    RW_TRY_ASSIGN(m_forgotten, state.u64("forgotten"));
    RW_TRY_ASSIGN(const std::vector<StateReader> windows, state.records("window"));
    if (windows.size() > kMaxWindows) return brokenState("windows of a chart");
    for (const StateReader& record : windows) {
        RW_TRY_ASSIGN(const Instant end, record.i64("end"));
        if (!m_info.windowEnd.present() && end != kMinTimestamp) return brokenState("windows of a chart");
        Window& window = m_windows[end];
        RW_TRY_ASSIGN(window.start, record.i64("start"));
        RW_TRY_ASSIGN(const auto categories, restoreTexts(record, "category"));
        RW_TRY_ASSIGN(const auto values, restoreDoubles(record, "value"));
        RW_TRY_ASSIGN(const auto touched, restoreCounts(record, "touched"));
        if (!samePartsOf(kMaxCategories, categories, values, touched)) return brokenState("bars of a chart");
        for (std::size_t i = 0; i < categories.size(); ++i)
            window.entries[categories[i]] = {values[i], touched[i]};
    }
    boundWindows();
    return {};
}

BarSnapshot BarView::snapshot() const {
    BarSnapshot result;
    {
        const auto hold = lock();
        result.totals = m_totals;
        result.forgotten = m_forgotten;
        if (m_windows.empty()) return result;
        auto shown = std::prev(m_windows.end());
        // An updating stream says early what a window will hold; otherwise a half-arrived window is not shown
        // while there is a whole one.
        while (!m_info.updating && shown != m_windows.begin() && !complete(shown->first)) --shown;
        if (m_info.windowEnd.present()) {
            result.windowStart = shown->second.start;
            result.windowEnd = shown->first;
            result.provisional = !complete(shown->first);
        }
        result.categories = shown->second.entries.size();
        result.bars.reserve(result.categories);
        for (const auto& [category, entry] : shown->second.entries)
            result.bars.push_back({category, entry.value});
    }
    const auto before = [order = m_info.order](const Bar& a, const Bar& b) {
        if (order == BarOrder::Largest && a.value != b.value) return a.value > b.value;
        if (order == BarOrder::Smallest && a.value != b.value) return a.value < b.value;
        return labelLess(a.category, b.category);
    };
    const auto end =
        result.bars.begin() + static_cast<std::ptrdiff_t>(std::min(m_info.top, result.bars.size()));
    std::partial_sort(result.bars.begin(), end, result.bars.end(), before);
    result.bars.erase(end, result.bars.end());
    return result;
}

}  // namespace rw
