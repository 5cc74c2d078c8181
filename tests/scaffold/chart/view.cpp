#include "core/views/@type@_view.h"

namespace rw {

void @Name@View::add(const Batch& batch, Instant arrived) {
    const auto hold = lock();
    count(batch, -1, arrived);
    const Column& values = batch.column(m_info.value.index);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const RowKind kind = batch.kind(row);
        if (kind == RowKind::Delete || kind == RowKind::UpdateBefore) continue;
        const auto value = chartNumber(values, row);
        if (!value) ++m_totals.skipped;
        if (value) m_value = value;
    }
    changed();
}

@Name@Snapshot @Name@View::snapshot() const {
    const auto hold = lock();
    return {m_totals, m_value};
}

void @Name@View::savePicture(StateWriter& out) const {
    if (!m_value) return;
    out.record("value", 1, [this](StateWriter& record) { record.f64("value", *m_value); });
}

Status @Name@View::restorePicture(const StateReader& state) {
    RW_TRY_ASSIGN(const std::vector<StateReader> values, state.records("value"));
    for (const StateReader& record : values) {
        RW_TRY_ASSIGN(const double value, record.f64("value"));
        m_value = value;
    }
    return {};
}

}  // namespace rw
