// The state of a line chart in a snapshot: its lines' buckets, drawn or not.
#include <algorithm>

#include "core/views/line_view.h"
#include "core/views/state_fields.h"

namespace rw {

namespace {

// Wider ones would hold all of time in fewer buckets than a line may have.
constexpr Millis kWidestBucket = Millis{1} << 53;

Status brokenLines() {
    return brokenState("lines of a chart");
}

struct SavedLast {
    Instant time = 0;
    double value = 0;

    static void fields(auto& self, auto& field) {
        field("last_time", self.time);
        field("last", self.value);
    }
};

}  // namespace

void LineView::savePicture(StateWriter& out) const {
    out.i64("width", m_width);
    if (m_info.series.present()) {
        std::vector<std::string_view> names(m_places.size());
        for (const auto& [name, place] : m_places) names[place / m_info.y.size()] = name;
        const auto itself = [](std::string_view name) { return name; };
        saveTexts(out, "series", names, itself);
        saveTexts(out, "others", m_others, itself);
        out.u64("more_others", m_moreOthers ? 1 : 0);
    }
    for (const Line& line : m_lines) {
        out.record("line", 1, [&line](StateWriter& record) {
            line.buckets.save(record);
            if (line.last) saveFields(record, SavedLast{line.last->time, line.last->value});
        });
    }
}

Status LineView::restorePicture(const StateReader& state) {
    RW_TRY_ASSIGN(m_width, state.i64("width"));
    if (m_width < 1 || m_width > kWidestBucket) return brokenLines();
    return restoreLines(state);
}

Status LineView::restoreLines(const StateReader& state) {
    if (m_info.series.present()) {
        RW_TRY_ASSIGN(const auto names, restoreTexts(state, "series"));
        RW_TRY_ASSIGN(const auto others, restoreTexts(state, "others"));
        RW_TRY_ASSIGN(const std::uint64_t more, state.u64("more_others"));
        if (names.size() * m_info.y.size() > kMaxSeries) return brokenLines();
        for (const std::string& name : names) {
            if (m_places.contains(name)) return brokenLines();
            openLine(name);
        }
        m_others.insert(others.begin(), others.end());
        m_moreOthers = more != 0;
    }
    RW_TRY_ASSIGN(const std::vector<StateReader> lines, state.records("line"));
    if (lines.size() != m_lines.size()) return brokenLines();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        RW_TRY(m_lines[i].buckets.restore(lines[i], kMaxBuckets));
        for (const LinePoint& point : m_lines[i].buckets.later(kMinTimestamp))
            m_longestWindow = std::max(m_longestWindow, point.sinceStart());
        if (!lines[i].has("last_time")) continue;
        RW_TRY_ASSIGN(const SavedLast saved, restoreFields<SavedLast>(lines[i]));
        LinePoint& last = m_lines[i].last.emplace();
        last.time = saved.time;
        last.value = saved.value;
    }
    return {};
}

}  // namespace rw
