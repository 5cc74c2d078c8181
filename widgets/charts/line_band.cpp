// The band and the marked points of a line chart: their shapes, their entries in the legend, their words.
#include <QMenu>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/base/figures.h"
#include "widgets/charts/drawing/legend.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/line_chart.h"
#include "widgets/charts/why_score.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr double kNearMark = 4;             ///< pixels, from where the crosshair goes to a marked point
constexpr double kNearEdge = 2;             ///< pixels: an edge has a point in each where it has more
constexpr double kMostOfRange = 1 / 250.0;  ///< that these are of the axis: a step of the keyboard is longer

/// Its digits beyond these say nothing beside the value.
QString edgeText(const LinePoint& edge) {
    constexpr int kDigits = 6;
    return shownNumber(figures::tidy(edge.value, kDigits));
}

}  // namespace

QString LineChart::bandName() const {
    const LineInfo& info = lines().info();
    return tr("Band from %1 to %2")
        .arg(QString::fromStdString(info.low.name), QString::fromStdString(info.high.name));
}

QString LineChart::markName() const {
    return tr("Marked: %1").arg(QString::fromStdString(lines().info().mark.name));
}

void LineChart::addBandEntries(std::vector<LegendEntry>& entries) const {
    const LineInfo& info = lines().info();
    const Tokens& tokens = Theme::of(this).tokens();
    if (info.hasBand()) {
        LegendEntry entry{bandName(), entries.empty() ? seriesColor(tokens, 0) : entries.front().color};
        entry.area = true;
        entries.push_back(std::move(entry));
    }
    if (info.mark.present()) {
        LegendEntry entry{markName(), tokens.error.line};
        entry.marker = 0;
        entries.push_back(std::move(entry));
    }
}

Range LineChart::shapeBands() {
    Range values = kNoValues;
    m_bands.clear();
    if (!lines().info().hasBand() || m_legend->isHiddenEntry(bandName())) return values;
    for (const Shown& shown : m_shown) {
        const LineSeries& line = m_shot.series[shown.line];
        if (m_legend->isHiddenEntry(lineName(line))) continue;
        Band band{bandOf(line, m_x), shown.color};
        values = united(values, band.shape.values);
        if (!band.shape.low.isEmpty()) m_bands.push_back(std::move(band));
    }
    return values;
}

void LineChart::paintBands(QPainter& painter) const {
    const auto place = [this](const QPointF& point) { return m_plot->toScene(point.x(), point.y()); };
    for (const Band& band : m_bands)
        paintBand(painter, band.shape, seriesColor(Theme::of(this).tokens(), band.color), m_plot->plotArea(),
                  place);
}

void LineChart::addMarks(std::vector<Plot::End>& ends) const {
    if (!lines().info().mark.present() || m_legend->isHiddenEntry(markName())) return;
    const QColor color = Theme::of(this).tokens().error.line;
    for (const Shown& shown : m_shown) {
        const LineSeries& line = m_shot.series[shown.line];
        if (m_legend->isHiddenEntry(lineName(line))) continue;
        for (std::size_t i = 0; i < line.marks.at.size(); ++i) {
            const auto at = static_cast<double>(line.marks.at[i]);
            if (at < m_x.from || at > m_x.to) continue;
            ends.push_back({{at, line.marks.points[i].value}, color, false});
        }
    }
}

/// The place of the marked point nearest to `at` of the lines in sight, not further than `most` from it.
std::optional<double> LineChart::markNear(double at, double most) const {
    std::optional<double> found;
    if (!view() || m_legend->isHiddenEntry(markName())) return found;
    for (const Shown& shown : m_shown) {
        const LineSeries& line = m_shot.series[shown.line];
        const auto mark = nearest(line.marks, at);
        if (!mark || m_legend->isHiddenEntry(lineName(line))) continue;
        const auto there = static_cast<double>(line.marks.at[*mark]);
        const bool nearer = !found || std::fabs(there - at) < std::fabs(*found - at);
        if (nearer && std::fabs(there - at) <= most) found = there;
    }
    return found;
}

double LineChart::snapped(double at) const {
    if (!lines().info().mark.present()) return at;
    return markNear(at, std::min(kNearMark * pixel(), m_x.length() * kMostOfRange)).value_or(at);
}

double LineChart::pixel() const {
    return m_x.length() / std::max(1.0, m_plot->plotArea().width());
}

bool LineChart::isMarked(const LineSeries& line, double place) const {
    return lines().info().mark.present() && !m_legend->isHiddenEntry(markName()) &&
           markAt(line, place) != nullptr;
}

const LinePoint* LineChart::markAt(const LineSeries& line, double place) const {
    const auto mark = nearest(line.marks, place);
    const bool there = mark && static_cast<double>(line.marks.at[*mark]) == place;
    return there ? &line.marks.points[*mark] : nullptr;
}

void LineChart::addBandRows(std::vector<ChartTooltip::Row>& rows, const LineSeries& line, const QColor& color,
                            double place) const {
    const LineInfo& info = lines().info();
    const auto low = nearest(line.low, place), high = nearest(line.high, place);
    const auto isNear = [&](const LineOutline& edge, std::size_t point) {
        return std::fabs(static_cast<double>(edge.at[point]) - place) <=
               std::max(kNearEdge * pixel(), static_cast<double>(m_shot.resolution));
    };
    if (low && high && isNear(line.low, *low) && isNear(line.high, *high) &&
        !m_legend->isHiddenEntry(bandName())) {
        const QString range =
            edgeText(line.low.points[*low]) + QStringLiteral(" – ") + edgeText(line.high.points[*high]);
        rows.push_back({shaded(color, Shade::Dimmed),
                        QString::fromStdString(info.low.name + " – " + info.high.name), withUnit(range)});
    }
    if (isMarked(line, place))
        rows.push_back(
            {Theme::of(this).tokens().error.line, QString::fromStdString(info.mark.name), tr("marked")});
}

/// Of the marked point at the crosshair.
std::optional<LineChart::Reason> LineChart::reason() const {
    if (!view() || !m_crosshair || !lines().info().reasons.present()) return std::nullopt;
    for (const Shown& shown : m_shown) {
        const LineSeries& line = m_shot.series[shown.line];
        const LinePoint* mark = markAt(line, *m_crosshair);
        if (mark == nullptr || m_legend->isHiddenEntry(lineName(line))) continue;
        std::string text = lines().reasonOf(shown.line, *mark);
        if (text.empty()) continue;
        const QString of = timeText(*mark) + QStringLiteral(" · ") + lineName(line) + QLatin1Char(' ') +
                           withUnit(shownNumber(mark->value));
        return Reason{of, std::move(text), {*m_crosshair, mark->value}};
    }
    return std::nullopt;
}

void LineChart::showWhy() {
    const auto found = reason();
    if (!found) return;
    const QPointF spot = m_plot->toScene(found->at.x(), found->at.y());
    WhyScore::open(found->of, found->text, m_plot->viewport()->mapToGlobal(m_plot->mapFromScene(spot)), this);
}

void LineChart::fillMenu(QMenu& menu) {
    if (reason()) menu.addAction(WhyScore::menuWords(), this, &LineChart::showWhy);
}

/// To the next marked point in sight, to the left or to the right; else the crosshair stays.
void LineChart::stepToMark(bool left) {
    const double from = m_crosshair.value_or(left ? m_x.to + 1 : m_x.from - 1);
    std::optional<double> next;
    for (const Shown& shown : m_shown) {
        for (const Instant place : m_shot.series[shown.line].marks.at) {
            const auto at = static_cast<double>(place);
            const bool ahead = left ? at < from : at > from;
            if (!ahead || at < m_x.from || at > m_x.to) continue;
            if (!next || std::fabs(at - from) < std::fabs(*next - from)) next = at;
        }
    }
    if (next) pointAt(*next);
}

}  // namespace rw::ui
