#include "core/views/line_view.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <tuple>

#include "core/stream/row_errors.h"
#include "core/views/contributions.h"
#include "core/views/state_fields.h"

namespace rw {

namespace {

constexpr Millis kBucketsPerSpan = 2000;  // so that two spans fit into kMaxBuckets
// Wider ones would hold all of time in fewer buckets than a line may have.
constexpr Millis kWidestBucket = Millis{1} << 53;
constexpr std::string_view kLines = "lines of a chart";

/// As a part of a state.
struct Points {
    LineBuckets& of;
    void fields(StateFields& state) { of.fields(state, LineView::kMaxBuckets); }
};

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
void putInOrder(LineOutline& outline) {
    if (std::is_sorted(outline.at.begin(), outline.at.end())) return;
    std::vector<std::size_t> order(outline.at.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return outline.at[a] < outline.at[b]; });
    LineOutline sorted;
    for (const std::size_t place : order) {
        sorted.points.push_back(outline.points[place]);
        sorted.at.push_back(outline.at[place]);
    }
    outline = std::move(sorted);
}

/// Points in time order, as a line that was reduced to its smallest and largest shows them.
LineOutline placed(std::vector<LinePoint> points, const LineQuery& query, bool windows) {
    LineOutline outline;
    outline.points = std::move(points);
    outline.at = placesOf(outline.points);
    if (!windows) return outline;
    putInOrder(outline);
    const auto begin = outline.at.begin(), end = outline.at.end();
    auto first = std::lower_bound(begin, end, query.from), behind = std::upper_bound(begin, end, query.to);
    if (query.around && first != begin) --first;
    if (query.around && behind != end) ++behind;
    return {{outline.points.begin() + (first - begin), outline.points.begin() + (behind - begin)},
            {first, behind}};
}

bool isEarlier(const LinePoint& a, const LinePoint& b) {
    return std::tie(a.time, a.value, a.start) < std::tie(b.time, b.value, b.start);
}

/// Both in time order, each point once.
std::vector<LinePoint> joined(const std::vector<LinePoint>& points, const std::vector<LinePoint>& marks) {
    std::vector<LinePoint> all;
    all.reserve(points.size() + marks.size());
    std::merge(points.begin(), points.end(), marks.begin(), marks.end(), std::back_inserter(all), isEarlier);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

LineOutline onlyMarked(const LineOutline& line, std::vector<LinePoint> marks) {
    std::sort(marks.begin(), marks.end(), isEarlier);
    LineOutline marked;
    for (std::size_t i = 0; i < line.points.size(); ++i) {
        if (!std::binary_search(marks.begin(), marks.end(), line.points[i], isEarlier)) continue;
        marked.points.push_back(line.points[i]);
        marked.at.push_back(line.at[i]);
    }
    return marked;
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
        m_lines.push_back({m_info.y.size() == 1 ? seriesValue : seriesValue + " · " + column.name, seriesValue});
}

void LineView::add(const Batch& batch) {
    const auto hold = lock();
    count(batch, m_info.x.index);
    if (m_info.series.present()) openLines(batch);
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
        if (!addRow(batch, row, first)) ++m_totals.skipped;
    }
    bound();
    changed();
}

/// Into the lines from `first` on; false: it has nothing to draw.
bool LineView::addRow(const Batch& batch, std::size_t row, std::size_t first) {
    const Column& times = batch.column(m_info.x.index);
    if (times.isNull(row)) return false;
    LinePoint point{times.at<Instant>(row)};
    if (m_info.windowStart.present()) {
        const Column& starts = batch.column(m_info.windowStart.index);
        if (!starts.isNull(row)) point.start = starts.at<Instant>(row);
    }
    bool drawn = m_info.hasBand() && addBand(m_lines[first], batch, row, point);
    for (std::size_t i = 0; i < m_info.y.size(); ++i) {
        const auto value = chartNumber(batch.column(m_info.y[i].index), row);
        if (!value) continue;
        point.value = *value;
        take(m_lines[first + i], point, batch.kind(row));
        if (i == 0 && m_info.mark.present()) addMark(first, batch, row, point);
        drawn = true;
    }
    if (drawn) m_longestWindow = std::max(m_longestWindow, point.sinceStart());
    return drawn;
}

bool LineView::addBand(Line& line, const Batch& batch, std::size_t row, LinePoint point) {
    const auto low = chartNumber(batch.column(m_info.low.index), row);
    const auto high = chartNumber(batch.column(m_info.high.index), row);
    if (!low || !high) return false;
    point.value = *low;
    change(line.low, point, batch.kind(row));
    point.value = *high;
    change(line.high, point, batch.kind(row));
    return true;
}

void LineView::addMark(std::size_t line, const Batch& batch, std::size_t row, LinePoint point) {
    LineBuckets& marks = m_lines[line].marks;
    const Column& column = batch.column(m_info.mark.index);
    const bool marked = !column.isNull(row) && column.at<std::uint8_t>(row) != 0;
    if (marked) {
        change(marks, point, batch.kind(row));
        return addReason(line, batch, row, point);
    }
    if (!m_info.updating || withdraws(batch.kind(row))) return;
    if (const LinePoint* old = marks.find(m_width, point.time)) marks.remove(m_width, *old);
}

void LineView::addReason(std::size_t line, const Batch& batch, std::size_t row, LinePoint point) {
    if (!m_info.reasons.present() || withdraws(batch.kind(row))) return;
    const Column& reasons = batch.column(m_info.reasons.index);
    if (reasons.isNull(row)) return;
    keepReason({line, point, std::string(reasons.string(row).substr(0, kLongestContributions))});
}

void LineView::keepReason(Reason reason) {
    m_reasonBytes += reason.text.size();
    m_reasons.push_back(std::move(reason));
    while (m_reasons.size() > kMaxReasons || m_reasonBytes > kMaxReasonBytes) {
        m_reasonBytes -= m_reasons.front().text.size();
        m_reasons.pop_front();
    }
}

std::string LineView::reasonOf(std::size_t line, const LinePoint& point) const {
    const auto hold = lock();
    const auto found = std::find_if(m_reasons.rbegin(), m_reasons.rend(), [&](const Reason& reason) {
        return reason.line == line && reason.point == point;
    });
    return found == m_reasons.rend() ? std::string() : found->text;
}

void LineView::take(Line& line, LinePoint point, RowKind kind) {
    change(line.buckets, point, kind);
    if (!withdraws(kind)) {
        if (!line.last || point.time >= line.last->time) line.last = point;
    } else if (line.last == point) {
        line.last.reset();
        if (!line.buckets.empty()) line.last = line.buckets.last();
    }
}

void LineView::change(LineBuckets& buckets, LinePoint point, RowKind kind) {
    if (withdraws(kind)) return buckets.remove(m_width, point);
    if (m_info.updating) {
        if (const LinePoint* old = buckets.find(m_width, point.time)) buckets.remove(m_width, *old);
    }
    buckets.add(m_width, point);
}

void LineView::bound() {
    if (m_info.span > 0 && m_totals.any()) {
        const Instant oldest = saturatingAdd(m_totals.newest, -2 * m_info.span);
        for (Line& line : m_lines) {
            for (LineBuckets* buckets : line.all()) buckets->dropBefore(m_width, oldest);
        }
    }
    const auto tooMany = [](Line& line) {
        const auto all = line.all();
        return std::any_of(all.begin(), all.end(), [](auto* each) { return each->size() > kMaxBuckets; });
    };
    while (std::any_of(m_lines.begin(), m_lines.end(), tooMany)) {
        for (Line& line : m_lines) {
            for (LineBuckets* buckets : line.all()) buckets->coarsen();
        }
        m_width *= 2;
    }
    m_totals.oldest = kMaxTimestamp;
    for (Line& line : m_lines) {
        for (const LineBuckets* buckets : line.all()) {
            if (!buckets->empty()) m_totals.oldest = std::min(m_totals.oldest, buckets->oldest());
        }
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
        LineSeries& series = result.series.emplace_back();
        series.name = line.name;
        series.label = line.label;
        series.last = line.last;
        const bool wanted = query.lines.empty()
                                ? i < kShownSeries
                                : std::find(query.lines.begin(), query.lines.end(), i) != query.lines.end();
        if (wanted) show(series, line, query);
    }
    return result;
}

void LineView::show(LineSeries& series, const Line& line, const LineQuery& query) const {
    const bool windows = m_info.windowStart.present();
    const Instant from = std::max(query.from, m_totals.oldest);
    const Instant to = std::min(saturatingAdd(query.to, m_longestWindow), m_totals.newest);
    if (from > to) return;
    const std::size_t slots = std::max<std::size_t>(1, query.maxPoints / 2);
    // Where a window stands depends on the one before it.
    const bool around = query.around || windows;
    std::vector<LinePoint> marks;
    if (m_info.mark.present())
        marks = line.marks.points(from, to, std::max<std::size_t>(1, query.maxMarks / 2));
    static_cast<LineOutline&>(series) =
        placed(joined(line.buckets.points(from, to, slots, around), marks), query, windows);
    series.marks = onlyMarked(series, marks);
    if (!m_info.hasBand()) return;
    series.low = placed(line.low.points(from, to, slots, around), query, windows);
    series.high = placed(line.high.points(from, to, slots, around), query, windows);
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
    state.records("line", state.restores() ? restored : m_lines, m_lines.size());
    reasonFields(state);
    if (!state.restores()) return;
    state.require(restored.size() == m_lines.size(), kLines);
    for (std::size_t i = 0; i < restored.size(); ++i) {
        restored[i].name = std::move(m_lines[i].name);
        restored[i].label = std::move(m_lines[i].label);
        m_lines[i] = std::move(restored[i]);
        for (const LineBuckets* buckets : m_lines[i].all()) {
            for (const LinePoint& point : buckets->later(kMinTimestamp))
                m_longestWindow = std::max(m_longestWindow, point.sinceStart());
        }
    }
}

// States of earlier versions have no bands and marks; a line without them has none, too.
void LineView::Line::fields(StateFields& state) {
    buckets.fields(state, kMaxBuckets);
    if (state.has("last_time")) last.emplace();
    if (last) {
        state("last_time", last->time);
        state("last", last->value);
    }
    const auto part = [&state](std::string_view field, LineBuckets& kept) {
        if (kept.empty() && !state.has(field)) return;
        Points points{kept};
        state.record(field, points);
    };
    part("band_low", low);
    part("band_high", high);
    part("marks", marks);
}

void LineView::reasonFields(StateFields& state) {
    if (m_reasons.empty() && !state.has("reason")) return;
    std::deque<Reason> reasons;
    state.list(state.restores() ? reasons : m_reasons, kMaxReasons, [](auto& reason, auto& field) {
        field("reason_line", reason.line);
        field("reason_time", reason.point.time);
        field("reason_value", reason.point.value);
        field("reason_start", reason.point.start);
        field("reason", reason.text);
    });
    for (Reason& reason : reasons) keepReason(std::move(reason));
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
