#include "core/views/line_view.h"

#include <algorithm>
#include <numeric>

#include "core/views/state_fields.h"

namespace rw {

namespace {

constexpr Millis kBucketsPerSpan = 2000;  // so that two spans fit into kMaxBuckets
// Wider ones would hold all of time in fewer buckets than a line may have.
constexpr Millis kWidestBucket = Millis{1} << 53;
constexpr std::string_view kLines = "lines of a chart";

std::vector<Instant> placesOf(const std::vector<LinePoint>& points) {
    std::vector<Instant> at;
    at.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const LinePoint& point = points[i];
        const bool grown = i > 0 && point.ofWindow() && points[i - 1].start == point.start;
        if (!point.ofWindow()) {
            at.push_back(point.time);
        } else if (grown) {
            at.push_back(points[i - 1].time == point.time ? at.back() : saturatingAdd(points[i - 1].time, 1));
        } else {
            at.push_back(point.start);
        }
    }
    return at;
}

/// Sessions of several keys in one line end in another order than they begin.
void putInOrder(LineSeries& series) {
    if (std::is_sorted(series.at.begin(), series.at.end())) return;
    std::vector<std::size_t> order(series.at.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return series.at[a] < series.at[b]; });
    LineSeries sorted;
    for (const std::size_t place : order) {
        sorted.points.push_back(series.points[place]);
        sorted.at.push_back(series.at[place]);
    }
    series.points = std::move(sorted.points);
    series.at = std::move(sorted.at);
}

}  // namespace

LineView::LineView(LineInfo info)
    : m_info(std::move(info)),
      m_width(std::max<Millis>(1, (m_info.span + kBucketsPerSpan - 1) / kBucketsPerSpan)) {
    if (m_info.series.present()) return;
    for (const ChartColumn& column : m_info.y) m_lines.push_back({column.name});
}

void LineView::openLines(const Batch& batch) {
    const Column& series = batch.column(m_info.series.index);
    std::vector<std::string> names;
    std::string name;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        name.clear();
        appendLabel(name, series, row);
        if (m_places.contains(name) || m_others.contains(name)) continue;
        if (m_lines.size() + m_info.y.size() > kMaxSeries && m_others.size() >= kMaxCounted) {
            m_moreOthers = true;
            continue;
        }
        names.push_back(name);
        m_others.insert(name);
    }
    std::sort(names.begin(), names.end(), labelLess);
    for (const std::string& opened : names) {
        if (m_lines.size() + m_info.y.size() > kMaxSeries) return;
        m_others.erase(opened);
        openLine(opened);
    }
}

void LineView::openLine(const std::string& seriesValue) {
    m_places.emplace(seriesValue, m_lines.size());
    for (const ChartColumn& column : m_info.y)
        m_lines.push_back({m_info.y.size() == 1 ? seriesValue : seriesValue + " · " + column.name});
}

void LineView::add(const Batch& batch) {
    const auto hold = lock();
    count(batch, m_info.x.index);
    if (m_info.series.present()) openLines(batch);
    const Column& times = batch.column(m_info.x.index);
    const Column* starts = m_info.windowStart.present() ? &batch.column(m_info.windowStart.index) : nullptr;
    std::string name, lastName;
    auto place = m_places.end();
    for (std::size_t row = 0; row < batch.rows; ++row) {
        std::size_t first = 0;
        if (m_info.series.present()) {
            name.clear();
            appendLabel(name, batch.column(m_info.series.index), row);
            if (place == m_places.end() || name != lastName) place = m_places.find(name);
            if (place == m_places.end()) continue;
            lastName = name;
            first = place->second;
        }
        bool drawn = false;
        for (std::size_t i = 0; i < m_info.y.size(); ++i) {
            const auto value = chartNumber(batch.column(m_info.y[i].index), row);
            if (!value || times.isNull(row)) continue;
            LinePoint point{times.at<Instant>(row), *value};
            if (starts && !starts->isNull(row)) point.start = starts->at<Instant>(row);
            take(m_lines[first + i], point, batch.kind(row));
            drawn = true;
        }
        if (!drawn) ++m_totals.skipped;
    }
    bound();
    changed();
}

void LineView::take(Line& line, LinePoint point, RowKind kind) {
    m_longestWindow = std::max(m_longestWindow, point.sinceStart());
    if (kind == RowKind::Delete || kind == RowKind::UpdateBefore) {
        line.buckets.remove(m_width, point);
        if (line.last != point) return;
        line.last.reset();
        if (!line.buckets.empty()) line.last = line.buckets.last();
        return;
    }
    if (m_info.updating) {
        if (const LinePoint* old = line.buckets.find(m_width, point.time)) line.buckets.remove(m_width, *old);
    }
    line.buckets.add(m_width, point);
    if (!line.last || point.time >= line.last->time) line.last = point;
}

void LineView::bound() {
    if (m_info.span > 0 && m_totals.any()) {
        const Instant oldest = saturatingAdd(m_totals.newest, -2 * m_info.span);
        for (Line& line : m_lines) line.buckets.dropBefore(m_width, oldest);
    }
    const auto tooMany = [](const Line& line) { return line.buckets.size() > kMaxBuckets; };
    while (std::any_of(m_lines.begin(), m_lines.end(), tooMany)) {
        for (Line& line : m_lines) line.buckets.coarsen();
        m_width *= 2;
    }
    m_totals.oldest = kMaxTimestamp;
    for (const Line& line : m_lines) {
        if (!line.buckets.empty()) m_totals.oldest = std::min(m_totals.oldest, line.buckets.oldest());
    }
}

LineSnapshot LineView::snapshot(const LineQuery& query) const {
    const auto hold = lock();
    LineSnapshot result{.totals = m_totals,
                        .extent = reach(),
                        .series = {},
                        .notKept = m_others.size(),
                        .moreNotKept = m_moreOthers,
                        .resolution = m_width};
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const Line& line = m_lines[i];
        result.series.push_back({.name = line.name, .points = {}, .last = line.last});
        const bool wanted = query.lines.empty()
                                ? i < kShownSeries
                                : std::find(query.lines.begin(), query.lines.end(), i) != query.lines.end();
        if (wanted) show(result.series.back(), line.buckets, query);
    }
    return result;
}

void LineView::show(LineSeries& series, const LineBuckets& buckets, const LineQuery& query) const {
    const bool windows = m_info.windowStart.present();
    const Instant from = std::max(query.from, m_totals.oldest);
    const Instant to = std::min(saturatingAdd(query.to, m_longestWindow), m_totals.newest);
    if (from > to) return;
    const std::size_t slots = std::max<std::size_t>(1, query.maxPoints / 2);
    // Where a window stands depends on the one before it.
    series.points = buckets.points(from, to, slots, query.around || windows);
    series.at = placesOf(series.points);
    if (!windows) return;
    putInOrder(series);
    const auto begin = series.at.begin(), end = series.at.end();
    auto first = std::lower_bound(begin, end, query.from), behind = std::upper_bound(begin, end, query.to);
    if (query.around && first != begin) --first;
    if (query.around && behind != end) ++behind;
    series.points = {series.points.begin() + (first - begin), series.points.begin() + (behind - begin)};
    series.at = {first, behind};
}

LineExtent LineView::extent() const {
    const auto hold = lock();
    return reach();
}

LineExtent LineView::reach() const {
    LineExtent all{m_totals.oldest, m_totals.newest, m_totals.openFrom()};
    if (!m_info.windowStart.present() || !all.any()) return all;
    const bool told = m_totals.watermark != kMinTimestamp;
    LineExtent reach;
    for (const Line& line : m_lines) {
        if (line.buckets.empty()) continue;
        const Instant beforeLast = saturatingAdd(line.buckets.newest(), -1);
        const auto newest = line.buckets.later(told ? std::min(m_totals.watermark, beforeLast) : beforeLast);
        const std::vector<Instant> at = placesOf(newest);
        reach.from = std::min(reach.from, placesOf({line.buckets.first()}).front());
        for (std::size_t i = 0; i < newest.size(); ++i) {
            reach.to = std::max(reach.to, at[i]);
            const bool open = told && newest[i].time > m_totals.watermark;
            if (open) reach.openFrom = std::min(reach.openFrom.value_or(at[i]), at[i]);
        }
    }
    if (reach.openFrom) reach.to = std::max(reach.to, saturatingAdd(m_totals.newest, 1));
    return reach;
}

// The buckets of its lines, drawn or not.
void LineView::fields(StateFields& state) {
    state("width", m_width);
    state.require(m_width >= 1 && m_width <= kWidestBucket, kLines);
    if (m_info.series.present()) seriesFields(state);
    std::vector<Line> restored;
    state.records("line", state.restores() ? restored : m_lines, m_lines.size(),
                  [](Line& line, StateFields& record) {
                      line.buckets.fields(record, kMaxBuckets);
                      if (record.has("last_time")) line.last.emplace();
                      if (!line.last) return;
                      record("last_time", line.last->time);
                      record("last", line.last->value);
                  });
    if (!state.restores()) return;
    state.require(restored.size() == m_lines.size(), kLines);
    for (std::size_t i = 0; i < restored.size(); ++i) {
        restored[i].name = std::move(m_lines[i].name);
        m_lines[i] = std::move(restored[i]);
        for (const LinePoint& point : m_lines[i].buckets.later(kMinTimestamp))
            m_longestWindow = std::max(m_longestWindow, point.sinceStart());
    }
}

void LineView::seriesFields(StateFields& state) {
    std::vector<std::string> names(m_places.size());
    for (const auto& [name, place] : m_places) names[place / m_info.y.size()] = name;
    state("series", names);
    state("others", m_others);
    state("more_others", m_moreOthers);
    state.require(names.size() * m_info.y.size() <= kMaxSeries, kLines);
    if (!state.restores()) return;
    for (const std::string& name : names) {
        state.require(!m_places.contains(name), kLines);
        openLine(name);
    }
}

}  // namespace rw
