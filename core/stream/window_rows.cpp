// Taking rows: which part of which slice each belongs to, and which leave as late or rejected.
#include "core/stream/row_errors.h"
#include "core/stream/window_operator.h"
#include "core/stream/window_place.h"

namespace rw {

Status WindowOperator::onBatch(int, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    if (batch.combined) return takeCombined(*batch.combined);
    m_input.take(batch);
    RW_TRY(assign(batch, out));
    m_late.emit(batch, out);
    for (const auto& [slice, part] : m_touched) take(slice, *part);
    m_touched.clear();
    m_sum.rowsCame();
    if (!m_shown.anyChanged()) return {};
    m_task = Task::Changed;
    return proceed(out);
}

Status WindowOperator::assign(const Batch& batch, Output& out) {
    const Column& times = batch.column(m_plan->input.eventTime);
    const Instant* const time = times.values<Instant>().data();
    const Instant* const stamps = batch.stamps ? batch.stamps->data() : nullptr;
    const auto& errors = m_input.errors();
    const bool plain = errors.empty() && times.validity().allValid() && m_plan->kind != WindowKind::Input;
    auto error = errors.begin();
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (plain && m_part) {
            // Unsigned: an event time far out of range wraps around instead of overflowing.
            const auto sinceStart =
                static_cast<std::uint64_t>(time[row]) - static_cast<std::uint64_t>(m_slice.start);
            const bool inSlice = sinceStart < static_cast<std::uint64_t>(m_slice.end - m_slice.start);
            if (inSlice && (!stamps || stamps[row] < m_passedAt)) {
                if (m_part->rows.empty()) m_touched.emplace_back(m_slice, m_part);
                m_part->rows.push_back(row);
                continue;
            }
        }
        const bool failed = error != errors.end() && error->row == row;
        RW_TRY(place(batch, row, failed ? &*error : nullptr, out));
        if (failed) ++error;
    }
    return {};
}

Status WindowOperator::place(const Batch& batch, std::uint32_t row, const sql::RowError* error, Output& out) {
    RW_TRY_ASSIGN(const std::optional<WindowPlace> place, placeInWindows(m_slicing, batch, row, m_late, out));
    if (!place) return {};
    // A withdrawn row that failed was never counted, and has been rejected when it came.
    if (error) return withdraws(batch, row) ? Status() : out.reject(batch, row, error->reason);
    SliceStore::Part& part = partFor(place->slice, place->from);
    if (part.rows.empty()) m_touched.emplace_back(place->slice, &part);
    part.rows.push_back(row);
    return {};
}

SliceStore::Part& WindowOperator::partFor(const Window& slice, Instant from) {
    const Instant first = m_slicing.firstWindow(slice).end;
    SliceStore::Part& part = m_store.part(slice, from);
    // Only rows that count in all windows of the slice may follow without being looked at.
    m_slice = slice;
    m_part = from == first ? &part : nullptr;
    m_passedAt = saturatingAdd(first - 1, m_plan->allowedLateness);
    return part;
}

void WindowOperator::take(const Window& slice, SliceStore::Part& part) {
    part.state.update(m_input, part.rows);
    // In a part of some windows only, what is taken back may be a row of another part.
    if (m_plan->input.updating && part.from == m_slicing.firstWindow(slice).end) part.state.compact(*m_plan);
    part.rows.clear();
    m_store.changed(slice, part);
    if (m_plan->emitsUpdates()) m_shown.rowsCame(slice, part.from, m_watermark);
}

}  // namespace rw
