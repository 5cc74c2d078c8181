#include "widgets/charts/scatter_chart.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

#include "core/base/figures.h"
#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/drawing/legend.h"
#include "widgets/charts/drawing/markers.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/questions/row_condition.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr std::size_t kPlaces = ScatterView::kMaxSeries + 1;  ///< the last is that of the others
constexpr double kNear = 24;                                  ///< pixels from the pointer to a point
constexpr double kLeastMillis = 10;
constexpr double kFinest = 1e-12;  ///< of the values: finer ranges have no ticks to tell apart

QColor pointColor(const Tokens& tokens, std::size_t place) {
    return place == ScatterView::kMaxSeries ? tokens.dim : seriesColor(tokens, place);
}

/// The more points there are, the smaller they are drawn.
double pointRadius(std::size_t points) {
    return points <= 500 ? 4 : points <= 5000 ? 3 : 2;
}

struct ScatterExtent {
    Range x, y;
};

/// The extent of those of these points for which `isShown` is true; nothing: there are none.
template <class IsShown>
std::optional<ScatterExtent> extentOf(const std::vector<ScatterPoint>& points, bool times, IsShown isShown) {
    constexpr double kFar = std::numeric_limits<double>::infinity();
    ScatterExtent all{{kFar, -kFar}, {kFar, -kFar}};
    for (const ScatterPoint& point : points) {
        if (!isShown(point)) continue;
        all.x = {std::min(all.x.from, point.x), std::max(all.x.to, point.x)};
        all.y = {std::min(all.y.from, point.y), std::max(all.y.to, point.y)};
    }
    if (all.x.from > all.x.to) return std::nullopt;
    const double least = std::max(kLeastMillis, std::fabs(all.x.from) * kFinest);
    all.x =
        times ? Range{all.x.from, std::max(all.x.to, all.x.from + least)} : valueRange(all.x.from, all.x.to);
    all.y = valueRange(all.y.from, all.y.to);
    return all;
}

/// In the order in which arrow keys go through points.
bool liesBefore(const ScatterPoint& a, const ScatterPoint& b) {
    return std::tie(a.x, a.y, a.series) < std::tie(b.x, b.y, b.series);
}

}  // namespace

ScatterChart::ScatterChart(QWidget* parent)
    : ChartWidget(parent),
      m_plot(new Plot(this)),
      m_legend(new Legend(this)),
      m_tooltip(new ChartTooltip(this)),
      m_note(new QLabel(this)),
      m_all(new QPushButton(this)),
      m_shown(kPlaces, true) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, metrics::kGrid);
    column->setSpacing(0);
    column->addWidget(m_note);
    column->addWidget(m_legend);
    column->addWidget(m_plot, 1);
    m_note->setProperty("role", "caption");
    m_note->hide();
    m_all->setProperty("controlSize", "small");
    m_all->setIcon(Theme::of(this).icon(u"fit"));
    m_all->hide();
    m_plot->setLayer([this](QPainter& painter) { paintPoints(painter); });
    connect(m_all, &QPushButton::clicked, this, &ScatterChart::showAll);
    connect(m_plot, &Plot::zoomed, this, &ScatterChart::showRange);
    connect(m_plot, &Plot::resetRequested, this, &ScatterChart::showAll);
    connect(m_plot, &Plot::hovered, this, &ScatterChart::pointNear);
    connect(m_plot, &Plot::left, this, &ScatterChart::forgetPoint);
    connect(m_plot, &Plot::arranged, this, [this] {
        const int left = static_cast<int>(m_plot->plotArea().left());
        m_legend->setIndent(left);
        m_note->setIndent(left);
    });
    connect(m_legend, &Legend::visibilityChanged, this, &ScatterChart::drawPoints);
    connect(m_legend, &Legend::entryChosen, this, [this](const QString& name) {
        for (std::size_t i = 0; i < m_shot.series.size(); ++i)
            if (seriesName(i) == name) return choose(i);
    });
    connect(m_plot, &Plot::clicked, this, [this] {
        if (m_pointed) choose(m_pointed->series);
    });
}

const ScatterView& ScatterChart::points() const {
    return static_cast<const ScatterView&>(*view());
}

PlaceAxis ScatterChart::across() const {
    const ScatterInfo& info = points().info();
    return {info.x, info.x.index == info.eventTime, m_zone};
}

void ScatterChart::reset() {
    m_ownRange = false;
    m_all->hide();
    m_shot = {};
    forgetPoint();
    if (view()) m_zone = zoneOf(points().info().timeZone);
}

QString ScatterChart::seriesName(std::size_t place) const {
    if (place == ScatterView::kMaxSeries) return tr("others");
    return seriesText(points().info().series, m_shot.series[place]);
}

std::vector<ChartColumn> ScatterChart::keptColumns() const {
    const bool split = view() && points().info().series.present();
    return split ? std::vector{points().info().series} : std::vector<ChartColumn>();
}

void ScatterChart::choose(std::size_t series) {
    if (filter() && !keptColumns().empty() && series < m_shot.series.size())
        filter()->choose({{points().info().series, m_shot.series[series]}}, this);
}

bool ScatterChart::isPale(std::size_t series) const {
    const ColumnValue* chosen = keptColumns().empty() ? nullptr : chosenOf(points().info().series);
    return chosen != nullptr && (series >= m_shot.series.size() || !chosen->keeps(m_shot.series[series]));
}

/// Those that the filter keeps, without those that may still change where they are hidden.
void ScatterChart::keepPoints() {
    const ColumnValue* kept = keptColumns().empty() ? nullptr : keptOf(points().info().series);
    const std::optional<Range> times = keepsTimes() ? keptTimes() : std::nullopt;
    const std::optional<Instant> open =
        provisional() == Provisional::Hidden ? m_shot.totals.openFrom() : std::nullopt;
    if (kept == nullptr && !times && !open) return;
    std::erase_if(m_shot.points, [&](const ScatterPoint& point) {
        const bool named = point.series < m_shot.series.size();
        return (kept != nullptr && !(named && kept->keeps(m_shot.series[point.series]))) ||
               (times && (point.x < times->from || point.x > times->to)) ||
               (open && point.x > static_cast<double>(*open));
    });
}

void ScatterChart::draw() {
    m_plot->setClickable(filter() != nullptr && !keptColumns().empty());
    m_legend->setChoosable(filter() != nullptr && !keptColumns().empty());
    m_shot = points().snapshot();
    keepPoints();
    const Tokens& tokens = Theme::of(this).tokens();
    std::vector<LegendEntry> entries;
    for (std::size_t i = 0; i < m_shot.series.size(); ++i)
        entries.push_back({seriesName(i), pointColor(tokens, i), Qt::SolidLine, i});
    if (m_shot.others) {
        const std::size_t others = ScatterView::kMaxSeries;
        entries.push_back({seriesName(others), pointColor(tokens, others), Qt::SolidLine, others});
    }
    m_legend->set(entries, {});
    QStringList words;
    if (m_shot.forgotten > 0)
        words << translated(figures::counted(m_shot.points.size(), RW_TEXT("chart", "The newest point"),
                                             RW_TEXT("chart", "The newest %1 points")));
    if (m_shot.totals.skipped > 0) words << tr("Left out: %1").arg(countText(m_shot.totals.skipped));
    m_note->setText(words.join(QStringLiteral(" · ")));
    m_note->setVisible(!words.isEmpty());
    m_all->setText(tr("Show all"));
    drawPoints();
}

void ScatterChart::drawPoints() {
    if (!view()) return;
    for (std::size_t place = 0; place < kPlaces; ++place) {
        const bool named = place < m_shot.series.size() || (m_shot.others && place + 1 == kPlaces);
        m_shown[place] = !named || !m_legend->isHiddenEntry(seriesName(place));
    }
    const PlaceAxis axis = across();
    if (!m_ownRange) {
        const auto shown = [this](const ScatterPoint& point) {
            return static_cast<bool>(m_shown[point.series]);
        };
        const ScatterExtent all = extentOf(m_shot.points, axis.times(), shown).value_or(ScatterExtent());
        m_x = all.x;
        m_y = all.y;
    }
    const ScatterInfo& info = points().info();
    m_plot->setHorizontal(m_x, axis.look(m_x.to));
    m_plot->setVertical(m_y,
                        {AxisLook::Kind::Number,
                         axisTitle(QString::fromStdString(info.y.name), QString::fromStdString(info.unit)),
                         m_zone,
                         {}});
    const auto open = axis.eventTime ? m_shot.totals.openFrom() : std::nullopt;
    m_plot->setProvisional(open && provisional() != Provisional::Shown ? std::optional(Range{std::max(m_x.from, static_cast<double>(*open)),
                                                      static_cast<double>(m_shot.totals.newest)})
                                : std::nullopt);
    if (!m_pointed) return;
    const auto same = std::find(m_shot.points.begin(), m_shot.points.end(), *m_pointed);
    same != m_shot.points.end() && isSeen(*same) ? tell(*same) : forgetPoint();
}

bool ScatterChart::isSeen(const ScatterPoint& point) const {
    constexpr double kSlack = 1e-6;  // round ends of a range may lie this little before a value
    const auto within = [](const Range& range, double value) {
        const double slack = range.length() * kSlack;
        return value >= range.from - slack && value <= range.to + slack;
    };
    return m_shown[point.series] && within(m_x, point.x) && within(m_y, point.y);
}

// The newest lie on top.
void ScatterChart::paintPoints(QPainter& painter) const {
    const Tokens& tokens = Theme::of(this).tokens();
    const auto colorOfPoints = [&](std::size_t place) {
        const QColor color = pointColor(tokens, place);
        return isPale(place) ? mixed(color, tokens.card, Shade::Dimmed) : color;
    };
    const double radius = pointRadius(m_shot.points.size());
    if (PlotLayer::isDrawing(painter)) {
        painter.setPen(Qt::NoPen);
        for (std::size_t place = 0; place < kPlaces; ++place) {
            painter.setBrush(colorOfPoints(place));
            const QPainterPath marker = markerOf(place, radius);
            for (const ScatterPoint& point : m_shot.points) {
                if (point.series == place && isSeen(point))
                    painter.drawPath(marker.translated(m_plot->toScene(point.x, point.y)));
            }
        }
        return;
    }
    // On whole pixels and without a transformation copying a picture costs next to nothing.
    const QTransform toPixels = painter.worldTransform();
    painter.resetTransform();
    std::array<QImage, kPlaces> images;
    for (const ScatterPoint& point : m_shot.points) {
        if (!isSeen(point)) continue;
        QImage& image = images[point.series];
        if (image.isNull())
            image = markerImage(point.series, radius * toPixels.m11(), colorOfPoints(point.series));
        const QPointF at = toPixels.map(m_plot->toScene(point.x, point.y));
        painter.drawImage(QPoint(static_cast<int>(std::lround(at.x())) - image.width() / 2,
                                 static_cast<int>(std::lround(at.y())) - image.height() / 2),
                          image);
    }
}

void ScatterChart::showRange(const Range& x, const Range& y) {
    const auto fits = [](const Range& range, double farthest) {
        const double far = std::max(std::fabs(range.from), std::fabs(range.to));
        return far <= farthest && range.length() > kFinest * far;
    };
    if (!view() || !fits(y, 2 * kFarthestPlace)) return;
    if (across().times() ? x.length() < kLeastMillis || !fits(x, kFarthestInstant)
                         : !fits(x, 2 * kFarthestPlace))
        return;
    m_ownRange = true;
    m_x = x;
    m_y = y;
    m_all->show();
    m_all->raise();
    drawPoints();
}

void ScatterChart::showAll() {
    m_ownRange = false;
    m_all->hide();
    drawPoints();
}

void ScatterChart::pointNear(double at, double height) {
    const QPointF pointer = m_plot->toScene(at, height);
    const ScatterPoint* nearest = nullptr;
    double least = kNear * kNear;
    for (const ScatterPoint& point : m_shot.points) {
        if (!isSeen(point)) continue;
        const QPointF away = m_plot->toScene(point.x, point.y) - pointer;
        const double distance = QPointF::dotProduct(away, away);
        if (distance > least) continue;
        nearest = &point;  // of several there the newest, which is the one that is seen
        least = distance;
    }
    nearest ? tell(*nearest) : forgetPoint();
}

void ScatterChart::tell(const ScatterPoint& point) {
    const ScatterInfo& info = points().info();
    const PlaceAxis axis = across();
    m_pointed = point;
    const QColor color = pointColor(Theme::of(this).tokens(), point.series);
    const QString unit = QString::fromStdString(info.unit);
    const QString value = shownNumber(point.y) + (unit.isEmpty() ? QString() : QChar(0x2009) + unit);
    m_plot->setCrosshair(point.x, {{point.y, color}});
    const QPointF spot = m_plot->mapTo(this, m_plot->mapFromScene(m_plot->toScene(point.x, point.y)));
    const QString place = axis.text(point.x);
    m_tooltip->showAt(spot.toPoint(),
                      axis.times() ? place : QString::fromStdString(info.x.name) + QLatin1Char(' ') + place,
                      info.series.present() ? seriesName(point.series) : QString(),
                      {{color, QString::fromStdString(info.y.name), value}});
}

std::optional<ChartAsk> ScatterChart::rowAsked() const {
    if (!view() || !m_pointed) return std::nullopt;
    const ScatterInfo& info = points().info();
    RowCondition condition;
    info.times() ? condition.time(info.x, static_cast<Instant>(m_pointed->x))
                 : condition.number(info.x, m_pointed->x);
    condition.number(info.y, m_pointed->y);
    if (m_pointed->series < m_shot.series.size())
        condition.label(info.series, m_shot.series[m_pointed->series]);
    return ChartAsk{ChartAsk::Of::Point, condition.sql()};
}

void ScatterChart::forgetPoint() {
    m_pointed.reset();
    m_plot->setCrosshair(std::nullopt);
    m_tooltip->hide();
}

void ScatterChart::keyPressEvent(QKeyEvent* event) {
    const bool left = event->key() == Qt::Key_Left, right = event->key() == Qt::Key_Right;
    if (event->key() == Qt::Key_Escape && m_pointed) return forgetPoint();
    const bool chooses = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                         event->key() == Qt::Key_Space;
    if (chooses && m_pointed && filter() && !keptColumns().empty()) return choose(m_pointed->series);
    const bool any = m_pointed.has_value();
    if (m_plot->zoomByKey(*event, any ? std::optional(m_pointed->x) : std::nullopt,
                          any ? std::optional(m_pointed->y) : std::nullopt, true))
        return;
    std::vector<ScatterPoint> seen;
    for (const ScatterPoint& point : m_shot.points) {
        if (isSeen(point)) seen.push_back(point);
    }
    if (seen.empty() || (!left && !right)) return ChartWidget::keyPressEvent(event);
    std::sort(seen.begin(), seen.end(), liesBefore);
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    const auto last = static_cast<std::ptrdiff_t>(seen.size()) - 1;
    const auto there =
        m_pointed ? std::lower_bound(seen.begin(), seen.end(), *m_pointed, liesBefore) : seen.end();
    const std::ptrdiff_t step = (event->modifiers() & Qt::ShiftModifier) != 0 ? 10 : 1;
    const std::ptrdiff_t to = m_pointed ? there - seen.begin() + (left ? -step : step) : left ? last : 0;
    tell(seen[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to, 0, last))]);
}

void ScatterChart::resizeEvent(QResizeEvent* event) {
    ChartWidget::resizeEvent(event);
    m_all->adjustSize();
    m_all->move(width() - m_all->width() - metrics::kPanelPadding, metrics::kGrid);
}

void ScatterChart::paintPicture(QPainter& painter, const QRectF& rect) {
    paintCaption(painter, *m_note, rect.topLeft());
    if (!m_legend->isHidden())
        m_legend->paintInto(painter, QRectF(m_legend->geometry()).translated(rect.topLeft()));
    m_plot->paintTo(painter, QRectF(m_plot->geometry()).translated(rect.topLeft()));
}

ChartTable ScatterChart::table() const {
    const bool times = view() && across().times(), series = view() && points().info().series.present();
    ChartTable table{{{QStringLiteral("x"), !times}, {QStringLiteral("y"), true}}};
    if (series) table.columns.push_back({QStringLiteral("series")});
    if (!view()) return table;
    const PlaceAxis axis = across();
    for (const ScatterPoint& point : m_shot.points) {
        if (!isSeen(point)) continue;
        QStringList& row = table.rows.emplace_back();
        row << axis.csv(point.x) << csvNumber(point.y);
        if (series) row << seriesName(point.series);
    }
    return table;
}

QString ScatterChart::summary() const {
    if (!view() || m_shot.points.empty()) return tr("Scatter chart without data");
    const ScatterInfo& info = points().info();
    return tr("Scatter chart of %1 over %2, number of points: %3")
        .arg(QString::fromStdString(info.y.name), QString::fromStdString(info.x.name),
             countText(m_shot.points.size()));
}

QString ScatterChart::rangeText() const {
    return view() && !m_shot.points.empty() ? across().rangeText(m_x) : QString();
}

bool ScatterChart::paintThumbnail(QPainter& painter, const QRectF& rect, const ScatterView& view) {
    const Tokens& tokens = Theme::of().tokens();
    const ScatterSnapshot shot = view.snapshot();
    const auto all = extentOf(shot.points, view.info().times(), [](const ScatterPoint&) { return true; });
    if (!all) return false;
    constexpr double kSide = 2;
    // A point in each place is enough: the newest, which would lie on top.
    const auto wide = static_cast<std::size_t>(rect.width() / kSide) + 1;
    std::vector<bool> taken(wide * (static_cast<std::size_t>(rect.height() / kSide) + 1), false);
    for (auto point = shot.points.rbegin(); point != shot.points.rend(); ++point) {
        const double x = (rect.width() - kSide) * (point->x - all->x.from) / all->x.length();
        const double y = (rect.height() - kSide) * (all->y.to - point->y) / all->y.length();
        if (!(x >= 0 && x < rect.width() && y >= 0 && y < rect.height())) continue;
        const auto place = static_cast<std::size_t>(y / kSide) * wide + static_cast<std::size_t>(x / kSide);
        if (taken[place]) continue;
        taken[place] = true;
        painter.fillRect(QRectF(rect.left() + x, rect.top() + y, kSide, kSide),
                         pointColor(tokens, point->series));
    }
    return true;
}

}  // namespace rw::ui
