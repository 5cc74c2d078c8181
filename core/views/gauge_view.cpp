#include "core/views/gauge_view.h"

#include "core/stream/row_errors.h"
#include "core/views/state_fields.h"
#include "core/views/touched.h"

namespace rw {

void GaugeView::add(const Batch& batch) {
    const auto hold = lock();
    count(batch, m_info.eventTime);
    const Column& values = batch.column(m_info.value.index);
    const Column* times = m_info.eventTime < 0 ? nullptr : &batch.column(m_info.eventTime);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const auto value = chartNumber(values, row);
        const bool taken = withdraws(batch, row);
        if (!value || (times && times->isNull(row))) {
            m_totals.skipped += taken ? 0 : 1;
            continue;
        }
        const Place place{times ? times->at<Instant>(row) : kMinTimestamp, *value};
        taken ? takeBack(place) : put(place);
    }
    forgetOldest(m_rows, kMaxRows);
    changed();
}

void GaugeView::put(const Place& place) {
    if (!m_info.updating && !m_rows.empty()) {
        if (place.first < m_rows.begin()->first.first) return;
        m_rows.clear();
    }
    Rows& rows = m_rows[place];
    ++rows.count;
    rows.touched = ++m_updates;
}

void GaugeView::takeBack(const Place& place) {
    const auto rows = m_rows.find(place);
    if (rows != m_rows.end() && --rows->second.count == 0) m_rows.erase(rows);
}

GaugeSnapshot GaugeView::snapshot() const {
    const auto hold = lock();
    GaugeSnapshot result{.totals = m_totals};
    std::uint64_t last = 0;
    const auto end = m_rows.rend();
    for (auto row = m_rows.rbegin(); row != end && row->first.first == m_rows.rbegin()->first.first; ++row) {
        if (result.value && row->second.touched < last) continue;
        result.value = row->first.second;
        last = row->second.touched;
    }
    return result;
}

void GaugeView::fields(StateFields& state) {
    state("updates", m_updates);
    state.list(m_rows, m_info.updating ? kMaxRows : 1, [](auto& rows, auto& field) {
        field("time", rows.first.first);
        field("value", rows.first.second);
        field("count", rows.second.count);
        field("touched", rows.second.touched);
    });
    for (const auto& [place, rows] : m_rows) state.require(rows.count > 0, "rows of a gauge");
}

}  // namespace rw
