// The rows behind the points of a line chart, and those that are missed where it has none.
#include <algorithm>
#include <cmath>

#include "widgets/charts/drawing/legend.h"
#include "widgets/charts/line_chart.h"
#include "widgets/charts/questions/row_condition.h"

namespace rw::ui {

namespace {

constexpr double kNearPoint = 12;  // pixels: so near is the pointer at a point

/// What a line draws at a place, as far as that is one of its points.
bool covers(const LinePoint& point, double place, double at, double slack) {
    return std::fabs(place - at) <= slack || (point.ofWindow() && at >= static_cast<double>(point.start) &&
                                              at <= static_cast<double>(point.time));
}

}  // namespace

/// Where questions are about: under the pointer, or at the crosshair that keys lead.
std::optional<double> LineChart::placeInHand() const {
    return byPointer() ? std::optional(m_pointer->x()) : m_crosshair;
}

double LineChart::reachInHand() const {
    const auto resolution = static_cast<double>(m_shot.resolution);
    return byPointer() ? std::max(kNearPoint * pixel(), resolution) : resolution;
}

std::vector<LineChart::AtHand> LineChart::pointsAt(double place, double reach) const {
    std::vector<AtHand> found;
    for (const Shown& shown : m_shown) {
        const LineSeries& line = m_shot.series[shown.line];
        if (m_legend->isHiddenEntry(lineName(line))) continue;
        const auto nearby = nearest(line, place);
        AtHand here{shown.line, nearby ? &line.points[*nearby] : nullptr, 0, false};
        if (here.point != nullptr) {
            here.place = static_cast<double>(line.at[*nearby]);
            here.covers = covers(*here.point, here.place, place, reach);
        }
        found.push_back(here);
    }
    return found;
}

/// Of several lines the one that is nearest to the pointer, or that keys chose, else the first.
const LineChart::AtHand* LineChart::pickedOf(const std::vector<AtHand>& lines) const {
    if (lines.empty()) return nullptr;
    const auto chosen = std::find_if(lines.begin(), lines.end(), [this](const AtHand& each) {
        return lineName(m_shot.series[each.line]) == m_highlighted;
    });
    if (!byPointer()) return chosen != lines.end() ? &*chosen : &lines.front();
    const auto away = [this](const AtHand& each) {
        return each.point != nullptr ? std::fabs(each.point->value - m_pointer->y()) : HUGE_VAL;
    };
    return &*std::min_element(lines.begin(), lines.end(),
                              [&away](const AtHand& a, const AtHand& b) { return away(a) < away(b); });
}

/// The value of the series column of a line, and which of the y columns it draws.
void LineChart::addLine(RowCondition& condition, std::size_t line) const {
    const LineInfo& info = lines().info();
    if (!info.series.present()) return;
    std::string name = m_shot.series[line].name;
    const std::string behind = " · " + info.y[line % info.y.size()].name;
    if (info.y.size() > 1 && name.ends_with(behind)) name.resize(name.size() - behind.size());
    condition.label(info.series, name);
}

std::optional<ChartAsk> LineChart::rowAsked() const {
    const std::optional<double> at = view() ? placeInHand() : std::nullopt;
    if (!at) return std::nullopt;
    std::vector<AtHand> there = pointsAt(*at, reachInHand());
    std::erase_if(there, [](const AtHand& each) { return !each.covers; });
    const AtHand* const chosen = pickedOf(there);
    if (chosen == nullptr) return std::nullopt;
    const LineInfo& info = lines().info();
    RowCondition condition;
    condition.time(info.x, chosen->point->time);
    addLine(condition, chosen->line);
    // A row that changes has the value of its newest version by the time that somebody looks.
    if (!info.updating) condition.number(info.y[chosen->line % info.y.size()], chosen->point->value);
    return ChartAsk{ChartAsk::Of::Point, condition.sql()};
}

std::string LineChart::rowMissed() const {
    const std::optional<double> at = view() ? placeInHand() : std::nullopt;
    if (!at) return {};
    const std::vector<AtHand> all = pointsAt(*at, reachInHand());
    std::vector<AtHand> lacking = all;
    std::erase_if(lacking, [](const AtHand& each) { return each.covers; });
    // Without a column of series one row has the points of all lines.
    const bool rowThere = !lines().info().series.present() && lacking.size() < all.size();
    const AtHand* const chosen = pickedOf(lacking);
    if (chosen == nullptr || rowThere) return {};
    // Another line says which window, or which time, it would be.
    const auto other = std::find_if(all.begin(), all.end(), [](const AtHand& each) { return each.covers; });
    const LinePoint* const known = other != all.end() ? other->point : chosen->point;
    if (known == nullptr) return {};
    const LinePoint expected = other != all.end() ? *known : expectedAt(*at, *chosen);
    RowCondition condition;
    if (expected.ofWindow()) condition.time(lines().info().windowStart, expected.start);
    condition.time(lines().info().x, expected.time);
    addLine(condition, chosen->line);
    return condition.sql();
}

/// The point that the line would have there if it went on as it does beside that place: windows of one size,
/// or rows at one distance.
LinePoint LineChart::expectedAt(double at, const AtHand& beside) const {
    const LinePoint& point = *beside.point;
    LinePoint expected = point;
    if (point.ofWindow()) {
        const auto size = static_cast<double>(point.sinceStart() + 1);
        const auto by =
            static_cast<Millis>(std::floor((at - static_cast<double>(point.start)) / size) * size);
        expected.start = saturatingAdd(point.start, by);
        expected.time = saturatingAdd(point.time, by);
        return expected;
    }
    const std::vector<LinePoint>& points = m_shot.series[beside.line].points;
    const auto here = std::find(points.begin(), points.end(), point);
    const auto next = here == points.begin() ? std::next(here) : std::prev(here);
    const double step = next == points.end() || here == points.end()
                            ? 0
                            : std::fabs(static_cast<double>(next->time) - static_cast<double>(point.time));
    const double away = at - static_cast<double>(point.time);
    expected.time =
        saturatingAdd(point.time, static_cast<Millis>(step > 0 ? std::round(away / step) * step : away));
    return expected;
}

/// To the next line that has a point at the crosshair: that one is asked about.
void LineChart::stepToLine(bool up) {
    std::vector<AtHand> there = m_crosshair ? pointsAt(*m_crosshair, reachInHand()) : std::vector<AtHand>();
    std::erase_if(there, [](const AtHand& each) { return !each.covers; });
    if (there.empty()) return;
    std::stable_sort(there.begin(), there.end(),
                     [](const AtHand& a, const AtHand& b) { return a.point->value < b.point->value; });
    const auto now = std::find_if(there.begin(), there.end(), [this](const AtHand& each) {
        return lineName(m_shot.series[each.line]) == m_highlighted;
    });
    const auto last = there.size() - 1;
    std::size_t next = up ? 0 : last;
    if (now != there.end()) {
        const auto place = static_cast<std::size_t>(now - there.begin());
        next = up ? std::min(place + 1, last) : place - std::min<std::size_t>(place, 1);
    }
    m_highlighted = lineName(m_shot.series[there[next].line]);
    drawLines();
}

}  // namespace rw::ui
