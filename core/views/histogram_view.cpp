#include "core/views/histogram_view.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/views/state_fields.h"

namespace rw {

namespace {

constexpr std::size_t kAutomaticBins = 50;                  // at most: widths of 1, 2, 5 make it 20 to 50
constexpr std::int64_t kFarthestSlice = kMinTimestamp / 2;  // slices a span before it still have a number
constexpr std::string_view kSeries = "series of a histogram";

/// The least width worth showing: whole numbers for integers, and something to see where all values are
/// equal.
BinWidth leastWidth(const ChartColumn& column, double min, double max) {
    const BinWidth least{1, column.type.isInteger() ? 0 : BinWidth::kLeastExponent};
    const BinWidth around = BinWidth::around(max);
    return min == max && narrower(least, around) ? around : least;
}

}  // namespace

HistogramView::HistogramView(HistogramInfo info)
    : m_info(std::move(info)),
      m_sliceLength(m_info.span == 0 ? 0 : std::max<Millis>(1, m_info.span / static_cast<Millis>(kSlices))) {
    if (!m_info.series.present()) m_names.emplace_back();
}

void HistogramView::Part::add(double value) {
    bins.add(value);
    sketch.add(value);
    min = count == 0 ? value : std::min(min, value);
    max = count == 0 ? value : std::max(max, value);
    sum += value;
    ++count;
}

void HistogramView::Part::merge(const Part& other) {
    if (other.count == 0) return;
    bins.merge(other.bins);
    sketch.merge(other.sketch);
    min = count == 0 ? other.min : std::min(min, other.min);
    max = count == 0 ? other.max : std::max(max, other.max);
    sum += other.sum;
    count += other.count;
}

void HistogramView::openSeries(const Batch& batch) {
    const Column& series = batch.column(m_info.series.index);
    std::vector<std::string> opened;
    for (std::size_t row = 0; row < batch.rows && m_names.size() + 1 < kMaxSeries; ++row) {
        m_label.clear();
        appendLabel(m_label, series, row);
        const bool known =
            m_places.contains(m_label) || std::find(opened.begin(), opened.end(), m_label) != opened.end();
        if (!known && m_names.size() + opened.size() + 1 < kMaxSeries) opened.push_back(m_label);
    }
    std::sort(opened.begin(), opened.end(), labelLess);
    for (std::string& name : opened) {
        m_places.emplace(name, m_names.size());
        m_names.push_back(std::move(name));
    }
}

std::size_t HistogramView::place(const Batch& batch, std::size_t row) {
    if (!m_info.series.present()) return 0;
    m_label.clear();
    appendLabel(m_label, batch.column(m_info.series.index), row);
    if (const auto known = m_places.find(m_label); known != m_places.end()) return known->second;
    if (!m_others) m_names.emplace_back();
    m_others = true;
    return m_names.size() - 1;
}

HistogramView::Slice* HistogramView::slice(Instant time) {
    const Instant number = m_sliceLength == 0 ? 0 : time / m_sliceLength - (time % m_sliceLength < 0 ? 1 : 0);
    if (!m_slices.empty() && m_slices.rbegin()->first == number) return &m_slices.rbegin()->second;
    return &m_slices[number];
}

void HistogramView::add(const Batch& batch, Instant arrived) {
    const auto hold = lock();
    count(batch, m_info.eventTime, arrived);
    if (m_info.series.present()) openSeries(batch);
    const Column& values = batch.column(m_info.value.index);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const auto value = chartNumber(values, row);
        const bool timed = m_info.eventTime >= 0 && !batch.column(m_info.eventTime).isNull(row);
        if (!value || (m_info.eventTime >= 0 && !timed)) {
            ++m_totals.skipped;
            continue;
        }
        const std::size_t series = place(batch, row);
        Slice& into = *slice(timed ? batch.column(m_info.eventTime).at<Instant>(row) : arrived);
        if (into.size() <= series) into.resize(m_names.size());
        into[series].add(*value);
    }
    bound();
    changed();
}

void HistogramView::bound() {
    if (m_sliceLength == 0 || m_slices.empty()) return;
    const Instant newest = m_slices.rbegin()->first;
    while (m_slices.begin()->first <= newest - static_cast<Instant>(kSlices))
        m_slices.erase(m_slices.begin());
}

HistogramSnapshot HistogramView::snapshot() const {
    HistogramSnapshot result;
    std::vector<Part> parts;
    {
        const auto hold = lock();
        result.totals = m_totals;
        result.others = m_others;
        for (const std::string& name : m_names) result.series.push_back({name, {}, 0});
        parts.resize(m_names.size());
        for (const auto& [number, slice] : m_slices) {
            for (std::size_t i = 0; i < slice.size(); ++i) parts[i].merge(slice[i]);
        }
    }
    Part all;
    for (const Part& part : parts) all.merge(part);
    result.count = all.count;
    if (all.count == 0) return result;
    result.min = all.min;
    result.max = all.max;
    result.mean = all.sum / static_cast<double>(all.count);
    result.p50 = std::clamp(all.sketch.quantile(0.50), all.min, all.max);
    result.p95 = std::clamp(all.sketch.quantile(0.95), all.min, all.max);
    result.p99 = std::clamp(all.sketch.quantile(0.99), all.min, all.max);

    const BinWidth width = all.bins.shownWidth(m_info.bins == 0 ? kAutomaticBins : m_info.bins,
                                               leastWidth(m_info.value, all.min, all.max));
    const BinRun run = all.bins.shown(width);
    for (std::size_t i = 0; i <= run.counts.size(); ++i) {
        result.edges.push_back(width.edge(run.first + static_cast<std::int64_t>(i)));
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        HistogramSeries& series = result.series[i];
        series.total = parts[i].count;
        series.counts.assign(run.counts.size(), 0);
        if (parts[i].count == 0) continue;
        const BinRun own = parts[i].bins.shown(width);
        std::copy(own.counts.begin(), own.counts.end(), series.counts.begin() + (own.first - run.first));
    }
    return result;
}

// The counts of every slice and series.
void HistogramView::Part::fields(StateFields& state) {
    state("count", count);
    if (count == 0) return;
    state("sum", sum);
    state("min", min);
    state("max", max);
    state.record("bins", bins);
    state.record("sketch", sketch);
    const auto& counts = bins.counts();
    const std::uint64_t binned = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    const bool ordered = std::isfinite(min) && std::isfinite(max) && min <= max;
    state.require(ordered && binned == count && sketch.count() == count, kSeries);
}

void HistogramView::fields(StateFields& state) {
    state("names", m_names);
    state("others", m_others);
    if (state.restores()) state.require(takeNames(), kSeries);
    state.records("slice", m_slices, kSlices, [this](auto& slice, StateFields& record) {
        record("number", slice.first);
        record.require(slice.first >= kFarthestSlice, kSeries);
        record.records("part", slice.second, m_names.size());
    });
}

bool HistogramView::takeNames() {
    const std::size_t others = m_others ? 1 : 0;
    if (!m_info.series.present()) return m_names.size() == 1 && !m_others;
    if (m_names.size() > kMaxSeries || m_names.size() < others) return false;
    for (std::size_t place = 0; place + others < m_names.size(); ++place)
        m_places.emplace(m_names[place], place);
    return true;
}

}  // namespace rw
