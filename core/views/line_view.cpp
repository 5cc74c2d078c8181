#include "core/views/line_view.h"

#include <algorithm>

namespace rw {

namespace {

constexpr Millis kBucketsPerSpan = 2000;  // so that two spans fit into kMaxBuckets

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
    if (m_info.windowStart.present()) noteWindows(batch);
    const Column& times = batch.column(m_info.x.index);
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
            take(m_lines[first + i], {times.at<Instant>(row), *value}, batch.kind(row));
            drawn = true;
        }
        if (!drawn) ++m_totals.skipped;
    }
    bound();
    changed();
}

void LineView::noteWindows(const Batch& batch) {
    const Column& times = batch.column(m_info.x.index);
    const Column& starts = batch.column(m_info.windowStart.index);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (times.isNull(row) || starts.isNull(row)) continue;
        const Instant start = starts.at<Instant>(row);
        const auto [known, added] = m_windows.try_emplace(times.at<Instant>(row), start);
        if (!added && known->second != start) known->second.reset();
    }
}

std::optional<Instant> LineView::windowStart(Instant time) const {
    const auto hold = lock();
    const auto found = m_windows.find(time);
    return found == m_windows.end() ? std::nullopt : found->second;
}

void LineView::take(Line& line, LinePoint point, RowKind kind) {
    if (kind == RowKind::Delete || kind == RowKind::UpdateBefore) {
        line.buckets.remove(m_width, point);
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
        m_windows.erase(m_windows.begin(), m_windows.lower_bound(oldest));
    }
    const auto tooMany = [](const Line& line) { return line.buckets.size() > kMaxBuckets; };
    while (std::any_of(m_lines.begin(), m_lines.end(), tooMany)) {
        for (Line& line : m_lines) line.buckets.coarsen();
        m_width *= 2;
    }
    while (m_windows.size() > kMaxWindows) m_windows.erase(m_windows.begin());
    m_totals.oldest = kMaxTimestamp;
    for (const Line& line : m_lines) {
        if (!line.buckets.empty()) m_totals.oldest = std::min(m_totals.oldest, line.buckets.oldest());
    }
}

LineSnapshot LineView::snapshot(const LineQuery& query) const {
    const auto hold = lock();
    LineSnapshot result{.totals = m_totals,
                        .series = {},
                        .notKept = m_others.size(),
                        .moreNotKept = m_moreOthers,
                        .resolution = m_width};
    const Instant from = std::max(query.from, m_totals.oldest);
    const Instant to = std::min(query.to, m_totals.newest);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const Line& line = m_lines[i];
        result.series.push_back({line.name, {}, line.last});
        const bool wanted = query.lines.empty()
                                ? i < kShownSeries
                                : std::find(query.lines.begin(), query.lines.end(), i) != query.lines.end();
        if (wanted && from <= to) {
            result.series.back().points =
                line.buckets.points(from, to, std::max<std::size_t>(1, query.maxPoints / 2));
        }
    }
    return result;
}

}  // namespace rw
