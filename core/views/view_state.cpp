#include "core/views/view_state.h"

#include <algorithm>

#include "core/views/state_fields.h"

namespace rw {

ViewTotals ViewState::totals() const {
    const auto hold = lock();
    return m_totals;
}

void ViewState::setWatermark(Instant watermark) {
    const auto hold = lock();
    if (watermark <= m_totals.watermark) return;
    m_totals.watermark = watermark;
    changed();
}

void ViewState::allFields(StateFields& state) {
    state("rows", m_totals.rows);
    state("skipped", m_totals.skipped);
    state("watermark", m_totals.watermark);
    state("newest", m_totals.newest);
    state("oldest", m_totals.oldest);
    fields(state);
}

void ViewState::save(StateWriter& out) const {
    const auto hold = lock();
    StateFields state(out);
    const_cast<ViewState*>(this)->allFields(state);  // fields that are written stay as they are
}

Status ViewState::restore(const StateReader& in) {
    const auto hold = lock();
    StateFields state(in);
    allFields(state);
    RW_TRY(state.status());
    changed();
    return {};
}

void ViewState::count(const Batch& batch, int eventTime, Instant arrived) {
    m_totals.rows += batch.rows;
    if (batch.rows == 0) return;
    if (eventTime < 0) {
        if (arrived == kMinTimestamp) return;
        m_totals.newest = std::max(m_totals.newest, arrived);
        m_totals.oldest = std::min(m_totals.oldest, arrived);
        return;
    }
    const Column& times = batch.column(eventTime);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (times.isNull(row)) continue;
        const Instant time = times.at<Instant>(row);
        m_totals.newest = std::max(m_totals.newest, time);
        m_totals.oldest = std::min(m_totals.oldest, time);
    }
}

}  // namespace rw
