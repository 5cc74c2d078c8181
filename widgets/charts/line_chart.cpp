#include "widgets/charts/line_chart.h"

#include <QKeyEvent>
#include <QLineSeries>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>

#include "widgets/charts/data_table.h"
#include "widgets/charts/drawing/dense_lines.h"
#include "widgets/charts/drawing/legend.h"
#include "widgets/charts/drawing/line_choice.h"
#include "widgets/charts/why_score.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr std::size_t kMaxPoints = 8000;  ///< in the chart, over all lines
// How far up and down lines may go, in pixels, before they are drawn in a quicker way. Measured with Qt's
// software raster: 20 ns a pixel for strokes, 2 µs for dotted ones.
constexpr double kMaxSmooth = 100'000, kMaxDotted = 1000;
constexpr std::size_t kPointsPerMark = 8;  ///< two marked points in four pixel columns

/// How far a line goes up and down, all in all.
double travel(const QList<QPointF>& line) {
    double sum = 0;
    for (qsizetype i = 1; i < line.size(); ++i) sum += std::abs(line[i].y() - line[i - 1].y());
    return sum;
}

bool holds(const LineOutline& outline, const LinePoint& point) {
    return std::find(outline.points.begin(), outline.points.end(), point) != outline.points.end();
}

bool isBefore(Instant place, double at) {
    return static_cast<double>(place) < at;
}

}  // namespace

LineChart::LineChart(QWidget* parent)
    : ChartWidget(parent),
      m_plot(new Plot(this)),
      m_legend(new Legend(this)),
      m_tooltip(new ChartTooltip(this)),
      m_wayBack(new QPushButton(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, metrics::kGrid);
    column->setSpacing(0);
    column->addWidget(m_legend);
    column->addWidget(m_plot, 1);
    m_wayBack->setProperty("controlSize", "small");
    m_wayBack->setIcon(Theme::of(this).icon(u"to-live"));
    m_wayBack->hide();
    connect(m_wayBack, &QPushButton::clicked, this, &LineChart::follow);
    m_plot->setLayer([this](QPainter& painter) {
        paintBands(painter);
        paintDense(painter);
    });
    connect(m_plot, &Plot::zoomed, this, &LineChart::showRange);
    connect(m_plot, &Plot::resetRequested, this, &LineChart::follow);
    connect(m_plot, &Plot::hovered, this, [this](double at, double height) {
        m_pointer = QPointF(at, height);
        if (!m_pinned) pointAt(at);
    });
    connect(m_plot, &Plot::left, this, [this] {
        m_pointer.reset();
        if (!m_pinned) forgetPoint();
    });
    connect(m_plot, &Plot::arranged, this,
            [this] { m_legend->setIndent(static_cast<int>(m_plot->plotArea().left())); });
    connect(m_legend, &Legend::visibilityChanged, this, &LineChart::drawLines);
    connect(m_legend, &Legend::choiceRequested, this, &LineChart::showChoice);
    connect(m_legend, &Legend::entryChosen, this, &LineChart::choose);
    connect(m_plot, &Plot::brushed, this, &LineChart::brush);
    connect(m_legend, &Legend::hoveredEntry, this, [this](const QString& name) {
        m_highlighted = name;
        drawLines();
    });
}

const LineView& LineChart::lines() const {
    return static_cast<const LineView&>(*view());
}

void LineChart::reset() {
    m_following = !times() || !times()->held();
    if (!m_following) m_x = *times()->held();
    m_ownY = false;
    m_wayBack->setVisible(!m_following);
    m_shot = {};
    m_shown.clear();
    m_bands.clear();
    m_dense.clear();
    if (view()) m_zone = zoneOf(lines().info().timeZone);
}

void LineChart::draw() {
    LineQuery query;
    chooseTimes();
    query.around = true;
    query.from = static_cast<Instant>(std::floor(m_x.from));
    query.to = static_cast<Instant>(std::ceil(m_x.to));
    const std::size_t kept = std::max<std::size_t>(1, std::min(m_shot.series.size(), LineView::kShownSeries));
    query.maxPoints =
        std::clamp<std::size_t>(static_cast<std::size_t>(m_plot->width()) * 2, 64, kMaxPoints / kept);
    query.maxMarks = query.maxPoints / kPointsPerMark;
    keepTimes(query);
    query.lines = shownPlaces();
    m_shot = lines().snapshot(query);
    chooseShown();
    if (shownPlaces() != query.lines) {  // a line that was picked is there now
        query.lines = shownPlaces();
        m_shot = lines().snapshot(query);
    }
    keepPoints(m_shot);
    m_plot->setBrushable(filter() != nullptr);
    m_legend->setChoosable(filter() != nullptr && !keptColumns().empty());
    std::vector<LegendEntry> entries;
    for (const Shown& shown : m_shown) {
        entries.push_back({lineName(m_shot.series[shown.line]),
                           seriesColor(Theme::of(this).tokens(), shown.color), seriesStroke(shown.color)});
    }
    addBandEntries(entries);
    const bool all = keptColumns().empty() || keptOf(lines().info().series) == nullptr;
    std::size_t others = all ? m_shot.notKept : 0;
    for (std::size_t i = 0; i < m_shot.series.size(); ++i) others += isKept(i) ? 1 : 0;
    others -= m_shown.size();
    QString note;
    if (all && m_shot.moreNotKept) {
        note = tr("More than %n other(s) not shown", nullptr, static_cast<int>(others));
    } else if (others > 0) {
        note = tr("%n other(s) not shown", nullptr, static_cast<int>(others));
    }
    m_legend->set(entries, note);
    refreshWayBack();
    drawLines();
}

void LineChart::chooseShown() {
    m_shown.clear();
    for (std::size_t i = 0; i < m_shot.series.size() && m_shown.size() < LineView::kShownSeries; ++i) {
        const auto picked = m_picked.find(lineName(m_shot.series[i]));
        if (!isKept(i)) continue;
        if (picked != m_picked.end()) m_shown.push_back({i, picked->second});
    }
    if (!m_shown.empty()) return;
    for (std::size_t i = 0; i < m_shot.series.size() && m_shown.size() < LineView::kShownSeries; ++i)
        if (isKept(i)) m_shown.push_back({i, i % LineView::kShownSeries});
}

std::vector<std::size_t> LineChart::shownPlaces() const {
    std::vector<std::size_t> places;
    for (const Shown& shown : m_shown) places.push_back(shown.line);
    return places;
}

void LineChart::showChoice(const QPoint& at) {
    QStringList names;
    std::set<QString> shownNames;
    for (const LineSeries& line : m_shot.series) names << lineName(line);
    for (const Shown& shown : m_shown) shownNames.insert(lineName(m_shot.series[shown.line]));
    auto* menu = new LineChoice(names, shownNames, LineView::kShownSeries, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &LineChoice::picked, this, &LineChart::pick);
    connect(menu, &LineChoice::largestRequested, this, &LineChart::pickLargest);
    menu->popup(at);
}

void LineChart::pick(const QString& name, bool on) {
    const auto line = std::find_if(m_shot.series.begin(), m_shot.series.end(),
                                   [&](const LineSeries& each) { return lineName(each) == name; });
    if (line == m_shot.series.end()) return;
    const auto place = static_cast<std::size_t>(line - m_shot.series.begin());
    std::vector<std::size_t> places = shownPlaces();
    std::erase(places, place);
    // A line that was picked before may have come while the menu was open.
    if (on && places.size() < LineView::kShownSeries) places.push_back(place);
    showOnly(places);
}

// Those of this moment: lines that came and went with their values could not be followed.
void LineChart::pickLargest() {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < m_shot.series.size(); ++i) {
        const std::optional<LinePoint>& last = m_shot.series[i].last;
        if (!last || std::isnan(last->value)) continue;
        if (static_cast<double>(last->time) >= m_x.from) places.push_back(i);  // not long gone
    }
    std::stable_sort(places.begin(), places.end(), [this](std::size_t a, std::size_t b) {
        return m_shot.series[a].last->value > m_shot.series[b].last->value;
    });
    if (places.size() > LineView::kShownSeries) places.resize(LineView::kShownSeries);
    if (!places.empty()) showOnly(places);
}

// A line that is shown keeps its colour; another has that of its place unless it is taken.
void LineChart::showOnly(const std::vector<std::size_t>& places) {
    m_picked.clear();
    std::array<bool, LineView::kShownSeries> taken{};
    for (const Shown& shown : m_shown) {
        if (std::find(places.begin(), places.end(), shown.line) == places.end()) continue;
        m_picked[lineName(m_shot.series[shown.line])] = shown.color;
        taken.at(shown.color) = true;
    }
    for (const std::size_t place : places) {
        const QString name = lineName(m_shot.series[place]);
        if (m_picked.contains(name)) continue;
        std::size_t color = place % taken.size();
        if (taken.at(color))
            color = static_cast<std::size_t>(std::find(taken.begin(), taken.end(), false) - taken.begin());
        m_picked[name] = color;
        taken.at(color) = true;
    }
    if (view()) refresh();
}

void LineChart::drawLines() {
    const std::size_t shown = m_shown.size();
    while (m_drawn.size() < shown) {
        Drawn drawn{new QLineSeries, new QLineSeries};
        m_plot->addSeries(drawn.final);
        m_plot->addSeries(drawn.open);
        m_drawn.push_back(drawn);
    }
    std::vector<LineShape> parts(m_drawn.size());
    Range values = shapeBands();
    double all = 0, open = 0;
    for (std::size_t i = 0; i < shown; ++i) {
        const LineSeries& line = m_shot.series[m_shown[i].line];
        if (m_legend->isHiddenEntry(lineName(line))) continue;
        parts[i] = shapeOf(m_shot, line, m_x);
        values = united(values, parts[i].values);
        open += travel(parts[i].open);
        all += travel(parts[i].open) + travel(parts[i].final);
    }
    // Each change of an axis lays out every line again, at great cost: they are empty meanwhile.
    for (const Drawn& drawn : m_drawn) {
        drawn.final->clear();
        drawn.open->clear();
    }
    showAxes(values);
    const double scale = m_plot->plotArea().height() / m_y.length();
    const bool smooth = all * scale <= kMaxSmooth;
    m_dense.clear();
    const Tokens& tokens = Theme::of(this).tokens();
    const bool dotted = provisional() != Provisional::Shown;
    std::vector<Plot::End> ends;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::size_t color = i < shown ? m_shown[i].color : i;
        QPen pen = seriesPen(tokens, color, shown);
        if (i < shown && isPale(m_shown[i].line))
            pen.setColor(mixed(pen.color(), tokens.card, Shade::Dimmed));
        if (i < shown && lineName(m_shot.series[m_shown[i].line]) == m_highlighted) pen.setWidthF(3);
        QPen openPen = pen;
        if (dotted) {
            if (open * scale > kMaxDotted) openPen = thinPen(tokens, color);
            openPen.setStyle(Qt::DotLine);
        }
        m_drawn[i].final->setPen(pen);
        m_drawn[i].open->setPen(openPen);
        if (smooth) {
            m_drawn[i].final->replace(parts[i].final);
            m_drawn[i].open->replace(parts[i].open);
        } else {
            m_dense.push_back({parts[i].final + parts[i].open, pen.color()});
        }
        // A line of one point would not be seen.
        if (!parts[i].open.isEmpty() && parts[i].endsInside) {
            ends.push_back({parts[i].open.last(), pen.color(), dotted});
        } else if (parts[i].final.size() == 1) {
            ends.push_back({parts[i].final.last(), pen.color(), false});
        }
    }
    addMarks(ends);
    m_plot->setEnds(std::move(ends));
    if (m_crosshair) {
        pointAt(*m_crosshair);
    } else {
        momentChanged();
    }
}

void LineChart::paintDense(QPainter& painter) const {
    std::vector<DenseLine> lines;
    for (const Dense& dense : m_dense) {
        DenseLine& line = lines.emplace_back(QPolygonF(), dense.color);
        for (const QPointF& point : dense.points) line.points << m_plot->toScene(point.x(), point.y());
    }
    if (!PlotLayer::isDrawing(painter)) return paintDenseLines(painter, lines, m_plot->plotArea());
    for (const DenseLine& line : lines) m_plot->paintCut(painter, line.points, QPen(line.color, 1));
}

void LineChart::showAxes(Range values) {
    const LineInfo& info = lines().info();
    if (!m_ownY) m_y = valueAxis(info, values);
    const QString zone = zoneText(m_zone, static_cast<Instant>(m_x.to));
    m_plot->setHorizontal(m_x, {AxisLook::Kind::Time, tr("Event time (%1)").arg(zone), m_zone, {}});
    m_plot->setVertical(m_y, {AxisLook::Kind::Number, valueTitle(), m_zone, {}});
    const LineExtent& extent = m_shot.extent;
    m_plot->setProvisional(
        extent.openFrom && provisional() != Provisional::Shown ? std::optional(Range{std::max(m_x.from, static_cast<double>(*extent.openFrom)),
                                              static_cast<double>(extent.to)})
                        : std::nullopt);
    m_plot->setThreshold(info.threshold, info.threshold
                                             ? tr("Threshold %1").arg(withUnit(shownNumber(*info.threshold)))
                                             : QString());
}

QString LineChart::valueTitle() const {
    QStringList names;
    for (const ChartColumn& column : lines().info().y) names.append(QString::fromStdString(column.name));
    return axisTitle(names.join(QStringLiteral(", ")), QString::fromStdString(lines().info().unit));
}

QString LineChart::withUnit(const QString& number) const {
    const QString unit = QString::fromStdString(lines().info().unit);
    return unit.isEmpty() ? number : number + QChar(0x2009) + unit;
}

QString LineChart::lineName(const LineSeries& line) const {
    return seriesText(lines().info().series, line.name);
}

std::optional<std::size_t> LineChart::nearest(const LineOutline& line, double at) const {
    // Points beyond the edges only carry the line to them.
    const auto begin = std::lower_bound(line.at.begin(), line.at.end(), m_x.from, isBefore);
    const auto end = std::find_if(begin, line.at.end(),
                                  [&](Instant place) { return static_cast<double>(place) > m_x.to; });
    if (begin == end) return std::nullopt;
    auto found = std::lower_bound(begin, end, at, isBefore);
    const bool before = found != begin && (found == end || at - static_cast<double>(*std::prev(found)) <=
                                                               static_cast<double>(*found) - at);
    if (before) --found;
    return static_cast<std::size_t>(found - line.at.begin());
}

LineChart::Crossed LineChart::crossed(double at) const {
    const Tokens& tokens = Theme::of(this).tokens();
    // The crosshair snaps to the nearest point of any line; each line then shows its own nearest.
    Crossed all;
    for (const Shown& shown : m_shown) {
        const LineSeries& line = m_shot.series[shown.line];
        const auto found = nearest(line, at);
        if (!found) continue;
        const auto there = static_cast<double>(line.at[*found]);
        if (all.point && std::fabs(there - at) >= std::fabs(all.place - at)) continue;
        all.point = &line.points[*found];
        all.place = there;
    }
    if (!all.point) return all;
    for (const Shown& shown : m_shown) {
        const LineSeries& line = m_shot.series[shown.line];
        const QString name = lineName(line);
        const auto found = nearest(line, all.place);
        if (m_legend->isHiddenEntry(name) || !found ||
            std::fabs(static_cast<double>(line.at[*found]) - all.place) >
                static_cast<double>(m_shot.resolution))
            continue;
        const QColor color = seriesColor(tokens, shown.color);
        const double value = line.points[*found].value;
        all.dots.push_back({value, isMarked(line, all.place) ? tokens.error.line : color});
        all.rows.push_back({color, name, withUnit(shownNumber(value))});
        addBandRows(all.rows, line, color, all.place);
    }
    return all;
}

void LineChart::pointAt(double at) {
    const Crossed all = crossed(snapped(at));
    if (!all.point) return forgetPoint();
    m_crosshair = all.place;
    m_plot->setCrosshair(m_crosshair, all.dots);
    const QPointF spot = m_plot->mapTo(this, m_plot->mapFromScene(m_plot->toScene(all.place, 0)));
    QString note = all.point->time > m_shot.totals.watermark ? tr("Provisional") : tr("Final");
    if (reason()) note = tr("%1 · W: why this score?").arg(note);
    m_tooltip->showAt(QPoint(static_cast<int>(spot.x()), m_plot->y() + m_plot->height() / 2),
                      timeText(*all.point), note, all.rows);
    if (times()) times()->pointAt(m_crosshair, this);
    showBrush();
}

// The bounds of the window where there is one. Its rows carry its last millisecond.
QString LineChart::timeText(const LinePoint& point) const {
    return point.ofWindow() ? spanText(point.start, point.time + 1, m_zone) : clockText(point.time, m_zone);
}

void LineChart::forgetPoint() {
    m_brushFrom.reset();
    m_plot->setBand(std::nullopt);
    m_crosshair.reset();
    m_pinned = false;
    m_plot->setCrosshair(std::nullopt);
    m_tooltip->hide();
    if (times() && times()->pointed() == this) times()->pointAt(std::nullopt, nullptr);
}

void LineChart::keyPressEvent(QKeyEvent* event) {
    const bool left = event->key() == Qt::Key_Left, right = event->key() == Qt::Key_Right;
    if (event->key() == Qt::Key_Escape && m_crosshair) return forgetPoint();
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_crosshair) {
        m_pinned = !m_pinned;
        return;
    }
    if (event->key() == WhyScore::kKey && event->modifiers() == Qt::NoModifier && reason()) return showWhy();
    if (event->key() == Qt::Key_B && event->modifiers() == Qt::NoModifier && filter() && m_crosshair)
        return brushByKey();
    const bool up = event->key() == Qt::Key_Up, down = event->key() == Qt::Key_Down;
    if (m_crosshair && (up || down) && event->modifiers() == Qt::NoModifier) {
        m_pointer.reset();
        return stepToLine(up);
    }
    if (m_plot->zoomByKey(*event, m_crosshair)) return;
    if (!view() || (!left && !right)) return ChartWidget::keyPressEvent(event);
    m_pointer.reset();  // keys lead from here on
    if ((event->modifiers() & Qt::ControlModifier) != 0) return stepToMark(left);
    const double step = m_x.length() / 100 * ((event->modifiers() & Qt::ShiftModifier) != 0 ? 10 : 1);
    stepBy(left ? -step : step);
}

void LineChart::setStates(std::vector<StateStrip> strips) {
    m_plot->setStrips(std::move(strips));
}

void LineChart::paintPicture(QPainter& painter, const QRectF& rect) {
    if (!m_legend->isHidden())
        m_legend->paintInto(painter, QRectF(m_legend->geometry()).translated(rect.topLeft()));
    m_plot->paintTo(painter, QRectF(m_plot->geometry()).translated(rect.topLeft()));
}

ChartTable LineChart::table() const {
    std::vector<std::size_t> places = shownPlaces();
    std::erase_if(places, [this](std::size_t place) {
        return m_legend->isHiddenEntry(lineName(m_shot.series[place]));
    });
    return tableOf(places);
}

ChartTable LineChart::fileTable() const {
    std::vector<std::size_t> places(m_shot.series.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::erase_if(places, [this](std::size_t place) { return !isKept(place); });
    return tableOf(places);
}

ChartTable LineChart::tableOf(const std::vector<std::size_t>& places) const {
    const bool windows = view() && lines().info().windowStart.present();
    ChartTable table;
    for (const char* name : windows ? std::vector{"window_start", "window_end"} : std::vector{"time"})
        table.columns.push_back({QString::fromLatin1(name)});
    table.columns.push_back({QStringLiteral("series")});
    table.columns.push_back({QStringLiteral("value"), true});
    const bool marks = view() && lines().info().mark.present();
    if (marks) table.columns.push_back({QStringLiteral("marked")});
    if (!view() || places.empty()) return table;
    LineQuery query;
    query.lines = places;
    query.from = static_cast<Instant>(std::ceil(m_x.from));
    query.to = static_cast<Instant>(std::floor(m_x.to));
    query.maxPoints = query.maxMarks = LineView::kMaxBuckets * 2;
    keepTimes(query);
    const auto append = [&](const LineOutline& outline, const QString& name, const LineOutline* marked) {
        for (const LinePoint& point : outline.points) {
            QStringList& row = table.rows.emplace_back();
            if (windows) row << isoTime(point.ofWindow() ? point.start : point.time, m_zone);
            row << isoTime(windows ? point.time + 1 : point.time, m_zone) << name << csvNumber(point.value);
            if (marks) row << (marked && holds(*marked, point) ? QStringLiteral("TRUE") : QString());
        }
    };
    const LineInfo& info = lines().info();
    LineSnapshot shot = lines().snapshot(query);
    keepPoints(shot);
    for (const LineSeries& line : shot.series) {
        const QString name = lineName(line);
        append(line, name, &line.marks);
        const QString of = info.series.present() ? name + QStringLiteral(" · ") : QString();
        append(line.low, of + QString::fromStdString(info.low.name), nullptr);
        append(line.high, of + QString::fromStdString(info.high.name), nullptr);
    }
    return table;
}

QString LineChart::summary() const {
    if (!m_shot.totals.any()) return tr("Line chart without data");
    return tr("Line chart of %1 over event time, %n line(s), from %2 to %3", nullptr,
              static_cast<int>(m_shot.series.size()))
        .arg(valueTitle(), clockText(static_cast<Instant>(m_x.from), m_zone),
             clockText(static_cast<Instant>(m_x.to), m_zone));
}

}  // namespace rw::ui
