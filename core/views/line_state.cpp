// The state of a line chart in a snapshot: its lines' buckets, drawn or not.
#include <algorithm>

#include "core/views/line_view.h"
#include "core/views/state_fields.h"

namespace rw {

namespace {

// Wider ones would hold all of time in fewer buckets than a line may have.
constexpr Millis kWidestBucket = Millis{1} << 53;
constexpr std::string_view kLines = "lines of a chart";

}  // namespace

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
