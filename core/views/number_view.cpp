#include "core/views/number_view.h"

#include <algorithm>

#include "core/stream/row_errors.h"
#include "core/views/chart_span.h"
#include "core/views/state_fields.h"

namespace rw {

namespace {

constexpr std::string_view kSlicesOfNumber = "slices of a number";
constexpr Millis kLongestSlice = Millis{1} << 53;  // longer ones would hold all of time

}  // namespace

NumberView::NumberView(NumberInfo info)
    : m_info(std::move(info)), m_sliceLength(std::max<Millis>(1, m_info.span / kSlices)) {}

void NumberView::bound() {
    if (m_slices.empty()) return;
    const auto most = std::int64_t{2} * kSlices;
    if (ofWholeRun()) {
        while (m_slices.rbegin()->first - m_slices.begin()->first >= most) merge();
    }
    while (m_slices.begin()->first <= m_slices.rbegin()->first - most) m_slices.erase(m_slices.begin());
}

void NumberView::merge() {
    std::map<std::int64_t, Slice> merged;
    for (const auto& [number, slice] : m_slices) merged[floorDiv(number, std::int64_t{2})].merge(slice);
    m_slices = std::move(merged);
    m_sliceLength *= 2;
}

void NumberView::Slice::add(double value, Instant time) {
    min = count == 0 ? value : std::min(min, value);
    max = count == 0 ? value : std::max(max, value);
    sum.add(value);
    ++count;
    if (time >= lastTime) {
        last = value;
        lastTime = time;
    }
}

void NumberView::Slice::remove(double value) {
    if (count == 0) return;
    sum.add(-value);
    if (--count == 0) sum = {};
}

void NumberView::Slice::merge(const Slice& other) {
    if (other.count == 0) return;
    min = count == 0 ? other.min : std::min(min, other.min);
    max = count == 0 ? other.max : std::max(max, other.max);
    sum.merge(other.sum);
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
        auto value = chartNumber(values, row);
        if (counting && !values.isNull(row)) value = 1;
        const bool timed = m_info.eventTime >= 0 && !batch.column(m_info.eventTime).isNull(row);
        if (!value || (m_info.eventTime >= 0 && !timed)) {
            m_totals.skipped += withdraws(batch, row) ? 0 : 1;
            continue;
        }
        take(*value, timed ? batch.column(m_info.eventTime).at<Instant>(row) : arrived, batch.kind(row));
    }
    if (m_info.ofAllRows() && batch.rows > 0) {
        if (const std::optional<double> now = result(m_all)) m_slices[sliceOf(arrived)].add(*now, arrived);
    }
    bound();
    changed();
}

void NumberView::take(double value, Instant time, RowKind kind) {
    if (!withdraws(kind)) {
        (m_info.ofAllRows() ? m_all : m_slices[sliceOf(time)]).add(value, time);
    } else if (m_info.ofAllRows()) {
        m_all.remove(value);
    } else if (m_info.aggregate != NumberAggregate::Last) {  // the latest value stays the latest
        const auto slice = m_slices.find(sliceOf(time));
        if (slice != m_slices.end()) slice->second.remove(value);
    }
}

std::optional<double> NumberView::shown(const Slice& slice) const {
    if (!m_info.ofAllRows()) return result(slice);
    return slice.count > 0 ? std::optional(slice.last) : std::nullopt;
}

std::optional<double> NumberView::result(const Slice& slice) const {
    if (m_info.aggregate == NumberAggregate::Count) return static_cast<double>(slice.count);
    if (slice.count == 0) return std::nullopt;
    switch (m_info.aggregate) {
        case NumberAggregate::Sum:
            return slice.sum.value();
        case NumberAggregate::Avg:
            return slice.sum.value() / static_cast<double>(slice.count);
        case NumberAggregate::Min:
            return slice.min;
        case NumberAggregate::Max:
            return slice.max;
        default:
            return slice.last;
    }
}

void NumberView::Slice::fields(StateFields& state) {
    auto [high, low] = sum.parts();
    state("count", count);
    state("sum", high);
    state("sum_low", low);
    state("min", min);
    state("max", max);
    state("last", last);
    state("last_time", lastTime);
    if (!state.restores()) return;
    sum.add(high);
    sum.add(low);
}

void NumberView::fields(StateFields& state) {
    if (ofWholeRun()) {
        if (state.restores() && !state.has("slice_length")) {
            m_sliceLength = kLiveSpan / kSlices;  // before a card could be of the whole run
        } else {
            state("slice_length", m_sliceLength);
        }
        state.require(m_sliceLength >= 1 && m_sliceLength <= kLongestSlice, kSlicesOfNumber);
    }
    state.records("slice", m_slices, std::size_t{2} * kSlices, [](auto& slice, StateFields& record) {
        record("number", slice.first);
        record.require(slice.first >= kMinTimestamp / 2, kSlicesOfNumber);  // one a span before has one
        slice.second.fields(record);
    });
    if (m_info.ofAllRows()) state.record("all", m_all);
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
    if (ofWholeRun()) {
        const std::int64_t oldest = m_slices.begin()->first;
        snapshot.value = result(m_info.ofAllRows() ? m_all : between(oldest, newest));
        for (std::int64_t slice = oldest; slice <= newest; ++slice)
            snapshot.sparkline.push_back(shown(between(slice, slice)));
        return snapshot;
    }
    snapshot.value = result(m_info.ofAllRows() ? m_all : between(newest - kSlices + 1, newest));
    const Slice before = between(newest - 2 * kSlices + 1, newest - kSlices);
    if (before.count > 0) snapshot.before = shown(before);
    for (std::int64_t slice = newest - kSlices + 1; slice <= newest; ++slice) {
        snapshot.sparkline.push_back(shown(between(slice, slice)));
    }
    return snapshot;
}

}  // namespace rw
