// Taking rows: which part of which slice each belongs to, and which leave as late or rejected.
#include "core/stream/row_errors.h"
#include "core/stream/window_operator.h"

namespace rw {

Status WindowOperator::onBatch(int, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    m_input.take(batch);
    RW_TRY(assign(batch, out));
    m_late.emit(batch, out);
    for (const auto& [slice, part] : m_touched) {
        take(batch, *part);
        if (m_plan->emitsUpdates()) markChanged(slice, *part);
        part->rows.clear();
    }
    m_touched.clear();
    for (const Window& window : m_changed) RW_TRY(fire(window, out));
    m_changed.clear();
    m_results.flush(out);
    return {};
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
    const Column& times = batch.column(m_plan->input.eventTime);
    if (times.isNull(row)) return out.reject(batch, row, RW_TEXT("window", "The event time is NULL"));
    const Instant time = times.at<Instant>(row);
    if (!WindowAssigner::inRange(time)) {
        return out.reject(batch, row, RW_TEXT("window", "The event time is too far from 1970"));
    }
    const Window slice = sliceOf(batch, row);
    Instant from = firstWindow(slice).end;
    const Instant stamp = batch.stamps ? (*batch.stamps)[row] : kCleanStamp;
    // Rows of windows are made rows: always clean. So is, by definition, what is two past its stamp.
    if (stamp != kCleanStamp && time < saturatingAdd(stamp, 2)) {
        // A window is passed for this row when it ends at `passed` or before.
        const Instant passed = saturatingAdd(stamp, 1 - m_plan->allowedLateness);
        const Window last = lastWindow(slice);
        if (last.end <= passed) {
            m_late.add(row, stamp - (last.end - 1), last.end);
            return {};
        }
        if (from <= passed) from = m_assigner.windowAfter(slice, passed).end;
    }
    // A withdrawn row that failed was never counted, and has been rejected when it came.
    if (error) return withdraws(batch, row) ? Status() : out.reject(batch, row, error->reason);
    Part& part = partFor(slice, from);
    if (part.rows.empty()) m_touched.emplace_back(slice, &part);
    part.rows.push_back(row);
    return {};
}

WindowOperator::Part& WindowOperator::partFor(const Window& slice, Instant from) {
    Slice& parts = m_slices[slice];
    Part* found = nullptr;
    for (const auto& part : parts) {
        if (part->from == from) found = part.get();
    }
    if (!found) {
        found = parts.emplace_back(std::make_unique<Part>(from, *m_plan)).get();
        if (m_plan->input.updating) {
            std::vector<Type> types;
            for (const int key : m_plan->input.key) {
                types.push_back(m_plan->input.schema->fields[static_cast<std::size_t>(key)].type);
            }
            found->table = std::make_unique<RowTable>(m_plan->input.key, types);
        }
    }
    // Only rows that count in all windows of the slice may follow without being looked at.
    const Instant first = firstWindow(slice).end;
    if (m_blocks && from != first) m_tagged.insert(slice);
    m_slice = slice;
    m_part = from == first ? found : nullptr;
    m_passedAt = saturatingAdd(first - 1, m_plan->allowedLateness);
    return *found;
}

void WindowOperator::take(const Batch& batch, Part& part) {
    if (part.table) {
        part.table->apply(batch, part.rows);
    } else {
        part.state.update(m_input, part.rows);
    }
}

void WindowOperator::markChanged(const Window& slice, const Part& part) {
    const Window last = lastWindow(slice);
    Window window = firstWindow(slice);
    while (window.end - 1 <= m_watermark) {
        if (window.end >= part.from) m_changed.insert(window);
        if (window == last) break;
        window = m_assigner.windowAfter(slice, window.end);
    }
}

}  // namespace rw
