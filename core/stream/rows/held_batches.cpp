#include "core/stream/rows/held_batches.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/window_assigner.h"

namespace rw {

Batch HeldBatches::rest(std::size_t place) const {
    const Batch& held = m_held[place];
    const std::size_t sent = place == 0 ? m_sent : 0;
    return held.slice(sent, held.rows - sent);
}

void HeldBatches::hold(Batch batch) {
    m_bytes.push_back(batch.memoryBytes());
    m_size.bytes += m_bytes.back();
    m_size.keys += batch.rows;
    m_held.push_back(std::move(batch));
}

void HeldBatches::holdMark(WireNumber wire, Instant advancedTo) {
    Batch mark;
    mark.control = Control::WatermarkAdvance;
    mark.wire = wire;
    mark.advancedTo = advancedTo;
    hold(std::move(mark));
}

void HeldBatches::bringForward(std::size_t place) {
    if (place == 0) return;
    if (m_sent > 0) {
        m_held.front() = rest(0);
        m_size.keys -= m_sent;
        m_sent = 0;
    }
    const auto at = m_held.begin() + static_cast<std::ptrdiff_t>(place);
    Instant& before = std::prev(at)->watermark;
    before = std::max(before, std::exchange(at->watermark, kMinTimestamp));
    std::rotate(m_held.begin(), at, std::next(at));
    const auto bytes = m_bytes.begin() + static_cast<std::ptrdiff_t>(place);
    std::rotate(m_bytes.begin(), bytes, std::next(bytes));
}

void HeldBatches::split(std::size_t place, std::size_t rows) {
    const auto at = static_cast<std::ptrdiff_t>(place);
    Batch& whole = m_held[place];
    Batch first = whole.slice(0, rows);
    first.watermark = kMinTimestamp;
    const std::size_t bytes = m_bytes[place] / whole.rows * rows;
    whole = whole.slice(rows, whole.rows - rows);
    m_bytes[place] -= bytes;
    m_held.insert(m_held.begin() + at, std::move(first));
    m_bytes.insert(m_bytes.begin() + at, bytes);
}

Instant HeldBatches::pop() {
    const Batch& first = m_held.front();
    const Instant watermark = first.watermark;
    m_size.bytes -= m_bytes.front();
    m_size.keys -= first.rows;
    m_held.pop_front();
    m_bytes.pop_front();
    m_sent = 0;
    return watermark;
}

void HeldBatches::snapshot(StateWriter& out) const {
    for (std::size_t i = 0; i < m_held.size(); ++i) {
        const Batch& held = m_held[i];
        out.record("held", 1, [&](StateWriter& record) {
            if (isMark(held)) {
                record.i64("wire", held.wire);
                record.i64("raise", held.advancedTo);
                record.i64("watermark", held.watermark);
            } else {
                record.batch("rows", rest(i));
                record.i64("arrived", held.arrived);  // the time by which a replay looks rows up
            }
        });
    }
}

Result<bool> HeldBatches::holdsAny(const StateReader& state) {
    RW_TRY_ASSIGN(const std::vector<StateReader> held, state.records("held"));
    return !held.empty();
}

Status HeldBatches::restore(const StateReader& state) {
    RW_TRY_ASSIGN(const std::vector<StateReader> held, state.records("held"));
    for (const StateReader& record : held) {
        RW_TRY_ASSIGN(Batch one, restored(record));
        hold(std::move(one));
    }
    return {};
}

Result<Batch> HeldBatches::restored(const StateReader& record) const {
    if (record.has("raise")) {
        Batch mark;
        mark.control = Control::WatermarkAdvance;
        RW_TRY_ASSIGN(mark.wire, record.i64("wire"));
        RW_TRY_ASSIGN(mark.advancedTo, record.i64("raise"));
        RW_TRY_ASSIGN(mark.watermark, record.i64("watermark"));
        if (mark.wire < 0 || mark.wire > WindowAssigner::kFarthest)
            return brokenState("a partition between rows that wait for their time");
        return mark;
    }
    RW_TRY_ASSIGN(Batch rows, record.batch("rows"));
    fitColumns(rows, m_input.schema);
    RW_TRY(check(rows));
    RW_TRY_ASSIGN(rows.arrived, record.i64("arrived", kMinTimestamp));
    rows.schema = m_input.schema;
    return rows;
}

Status HeldBatches::check(const Batch& held) const {
    if (held.rows == 0 || (held.kinds && !m_input.updating))
        return brokenState("rows that wait for their time");
    if (held.wire < 0 || held.wire > WindowAssigner::kFarthest ||
        held.positions.first > WindowAssigner::kFarthest)
        return brokenState("the origin of rows that wait for their time");
    for (std::size_t i = 0; i < held.columns.size(); ++i) {
        const bool read = static_cast<int>(i) == m_input.eventTime || (i < m_read.size() && m_read[i]);
        if (read && !held.columns[i]) return brokenState("columns of rows that wait for their time");
    }
    return {};
}

}  // namespace rw
