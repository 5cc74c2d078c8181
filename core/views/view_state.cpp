#include "core/views/view_state.h"

#include <algorithm>

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

void ViewState::save(StateWriter& out) const {
    const auto hold = lock();
    out.u64("rows", m_totals.rows);
    out.u64("skipped", m_totals.skipped);
    out.i64("watermark", m_totals.watermark);
    out.i64("newest", m_totals.newest);
    out.i64("oldest", m_totals.oldest);
    savePicture(out);
}

Status ViewState::restore(const StateReader& state) {
    const auto hold = lock();
    RW_TRY_ASSIGN(m_totals.rows, state.u64("rows"));
    RW_TRY_ASSIGN(m_totals.skipped, state.u64("skipped"));
    RW_TRY_ASSIGN(m_totals.watermark, state.i64("watermark"));
    RW_TRY_ASSIGN(m_totals.newest, state.i64("newest"));
    RW_TRY_ASSIGN(m_totals.oldest, state.i64("oldest"));
    RW_TRY(restorePicture(state));
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
