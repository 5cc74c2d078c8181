// What a line chart keeps of its lines and times, and how a person chooses that for all charts.
#include <algorithm>
#include <cmath>

#include "widgets/charts/line_chart.h"

namespace rw::ui {

namespace {
constexpr double kLeastBrush = 2;  ///< pixels
}

std::vector<ChartColumn> LineChart::keptColumns() const {
    const bool split = view() && lines().info().series.present();
    return split ? std::vector{lines().info().series} : std::vector<ChartColumn>();
}

bool LineChart::isFedEarly() const {
    return view() && lines().info().updating;
}

bool LineChart::isBlank() const {
    return std::all_of(m_shown.begin(), m_shown.end(),
                       [this](const Shown& shown) { return m_shot.series[shown.line].points.empty(); });
}

// Of each value there is a line for each y column.
const std::string* LineChart::labelOf(std::size_t line) const {
    if (!lines().info().series.present()) return nullptr;
    return &m_shot.series[line].label;
}

bool LineChart::isKept(std::size_t line) const {
    const std::string* label = labelOf(line);
    const ColumnValue* kept = label != nullptr ? keptOf(lines().info().series) : nullptr;
    return kept == nullptr || kept->keeps(*label);
}

bool LineChart::isPale(std::size_t line) const {
    const std::string* label = labelOf(line);
    const ColumnValue* chosen = label != nullptr ? chosenOf(lines().info().series) : nullptr;
    return chosen != nullptr && !chosen->keeps(*label);
}

/// Points beyond an end that is kept would lead the line out of it.
void LineChart::keepTimes(LineQuery& query) const {
    const std::optional<Range> kept = keptTimes();
    if (!kept) return;
    const auto from = static_cast<Instant>(std::ceil(kept->from)), to = static_cast<Instant>(std::floor(kept->to));
    if (from > query.from || to < query.to) query.around = false;
    query.from = std::max(query.from, from);
    query.to = std::min(query.to, to);
}

/// What is left of the points: those of the stretch that is kept, and none that may still change where those
/// are hidden.
void LineChart::keepPoints(LineSnapshot& shot) const {
    const std::optional<Range> kept = keptTimes();
    const Instant watermark = shot.totals.watermark;
    const bool hides = provisional() == Provisional::Hidden && watermark != kMinTimestamp;
    if (!kept && !hides) return;
    const auto isKept = [&](const LinePoint& point, Instant at) {
        const auto place = static_cast<double>(at);
        return !(hides && point.time > watermark) && !(kept && (place < kept->from || place > kept->to));
    };
    for (LineSeries& line : shot.series) {
        for (LineOutline* outline : {static_cast<LineOutline*>(&line), &line.low, &line.high, &line.marks}) {
            LineOutline left;
            for (std::size_t i = 0; i < outline->at.size(); ++i) {
                if (!isKept(outline->points[i], outline->at[i])) continue;
                left.points.push_back(outline->points[i]);
                left.at.push_back(outline->at[i]);
            }
            *outline = std::move(left);
        }
    }
}

void LineChart::choose(const QString& name) {
    if (!filter()) return;
    for (const Shown& shown : m_shown) {
        const std::string* label = labelOf(shown.line);
        if (label != nullptr && lineName(m_shot.series[shown.line]) == name)
            return filter()->choose({{lines().info().series, *label}}, this);
    }
}

void LineChart::brush(const Range& x) {
    if (!filter() || !view() || x.length() < kLeastBrush * pixel()) return;
    const Range whole{std::floor(x.from), std::ceil(x.to)};
    filter()->chooseTimes(whole);
    times() ? times()->hold(whole) : stay(whole);
}

/// The first press says where the stretch begins, the second one where it ends.
void LineChart::brushByKey() {
    if (!m_brushFrom) {
        m_brushFrom = m_crosshair;
        return showBrush();
    }
    const Range chosen{std::min(*m_brushFrom, *m_crosshair), std::max(*m_brushFrom, *m_crosshair)};
    m_brushFrom.reset();
    m_plot->setBand(std::nullopt);
    brush(chosen);
}

void LineChart::showBrush() {
    if (!m_brushFrom || !m_crosshair) return;
    m_plot->setBand(Range{std::min(*m_brushFrom, *m_crosshair), std::max(*m_brushFrom, *m_crosshair)});
}

}  // namespace rw::ui
