#include "core/views/number_view.h"

#include <algorithm>

namespace rw {

NumberView::NumberView(NumberInfo info)
    : m_info(std::move(info)), m_sliceLength(std::max<Millis>(1, m_info.span / kSlices)) {}

void NumberView::Slice::add(double value, Instant time) {
    min = count == 0 ? value : std::min(min, value);
    max = count == 0 ? value : std::max(max, value);
    sum += value;
    ++count;
    if (time >= lastTime) {
        last = value;
        lastTime = time;
    }
}

void NumberView::Slice::merge(const Slice& other) {
    if (other.count == 0) return;
    min = count == 0 ? other.min : std::min(min, other.min);
    max = count == 0 ? other.max : std::max(max, other.max);
    sum += other.sum;
    count += other.count;
    if (other.lastTime >= lastTime) {
        last = other.last;
        lastTime = other.lastTime;
    }
}

void NumberView::add(const Batch& batch, Instant arrived) {
    const auto hold = lock();
    count(batch, m_info.eventTime, arrived);
    const Column& values = batch.column(m_info.value.index);
    const bool counting = m_info.aggregate == NumberAggregate::Count;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const RowKind kind = batch.kind(row);
        if (kind == RowKind::Delete || kind == RowKind::UpdateBefore)
            continue;  // only the latest value is asked for
        auto value = chartNumber(values, row);
        if (counting && !values.isNull(row)) value = 1;
        const bool timed = m_info.eventTime >= 0 && !batch.column(m_info.eventTime).isNull(row);
        if (!value || (m_info.eventTime >= 0 && !timed)) {
            ++m_totals.skipped;
            continue;
        }
        const Instant time = timed ? batch.column(m_info.eventTime).at<Instant>(row) : arrived;
        m_slices[time / m_sliceLength - (time % m_sliceLength < 0 ? 1 : 0)].add(*value, time);
    }
    while (!m_slices.empty() && m_slices.begin()->first <= m_slices.rbegin()->first - 2 * kSlices) {
        m_slices.erase(m_slices.begin());
    }
    changed();
}

std::optional<double> NumberView::result(const Slice& slice) const {
    if (m_info.aggregate == NumberAggregate::Count) return static_cast<double>(slice.count);
    if (slice.count == 0) return std::nullopt;
    switch (m_info.aggregate) {
        case NumberAggregate::Sum:
            return slice.sum;
        case NumberAggregate::Avg:
            return slice.sum / static_cast<double>(slice.count);
        case NumberAggregate::Min:
            return slice.min;
        case NumberAggregate::Max:
            return slice.max;
        default:
            return slice.last;
    }
}

void NumberView::savePicture(StateWriter& out) const {
    for (const auto& [number, slice] : m_slices) {
        out.record("slice", 1, [&, numberOf = number, &of = slice](StateWriter& record) {
            record.i64("number", numberOf);
            record.u64("count", of.count);
            record.f64("sum", of.sum);
            record.f64("min", of.min);
            record.f64("max", of.max);
            record.f64("last", of.last);
            record.i64("last_time", of.lastTime);
        });
    }
}

Status NumberView::restorePicture(const StateReader& state) {
    RW_TRY_ASSIGN(const std::vector<StateReader> slices, state.records("slice"));
    if (slices.size() > std::size_t{2} * kSlices) return brokenState("slices of a number");
    for (const StateReader& record : slices) {
        RW_TRY_ASSIGN(const std::int64_t number, record.i64("number"));
        if (number < kMinTimestamp / 2)
            return brokenState("slices of a number");  // one a span before has one
        Slice& slice = m_slices[number];
        RW_TRY_ASSIGN(slice.count, record.u64("count"));
        RW_TRY_ASSIGN(slice.sum, record.f64("sum"));
        RW_TRY_ASSIGN(slice.min, record.f64("min"));
        RW_TRY_ASSIGN(slice.max, record.f64("max"));
        RW_TRY_ASSIGN(slice.last, record.f64("last"));
        RW_TRY_ASSIGN(slice.lastTime, record.i64("last_time"));
    }
    return {};
}

NumberView::Slice NumberView::between(std::int64_t first, std::int64_t last) const {
    Slice merged;
    for (auto it = m_slices.lower_bound(first); it != m_slices.end() && it->first <= last; ++it)
        merged.merge(it->second);
    return merged;
}

NumberSnapshot NumberView::snapshot() const {
    const auto hold = lock();
    NumberSnapshot snapshot{.totals = m_totals};
    if (m_slices.empty()) return snapshot;
    const std::int64_t newest = m_slices.rbegin()->first;
    snapshot.value = result(between(newest - kSlices + 1, newest));
    const Slice before = between(newest - 2 * kSlices + 1, newest - kSlices);
    if (before.count > 0) snapshot.before = result(before);
    for (std::int64_t slice = newest - kSlices + 1; slice <= newest; ++slice) {
        snapshot.sparkline.push_back(result(between(slice, slice)));
    }
    return snapshot;
}

}  // namespace rw
