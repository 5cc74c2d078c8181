#include "widgets/charts/histogram_chart.h"

#include <QBarSet>
#include <QKeyEvent>
#include <QStackedBarSeries>
#include <QVBoxLayout>
#include <cmath>

#include "core/base/figures.h"
#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/data_table.h"
#include "widgets/charts/drawing/legend.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/thumbnail.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kTicks = 8;
constexpr double kLeastPlaces = 8;
constexpr double kMarkHeight = 13;  ///< in thumbnails, above the bars, for the words of percentiles

void drawMark(QPainter& painter, const QRectF& rect, double x, const QString& name, const Tokens& tokens) {
    painter.setPen(QPen(tokens.text, 1, Qt::DotLine));
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()));
    const bool left = x + 28 > rect.right();
    paintThumbnailText(painter, {left ? x - 26 : x + 2, rect.top(), 24, 12}, name, tokens.text,
                       left ? Qt::AlignRight : Qt::AlignLeft);
}

/// Where a value stands among the bars, which lie at 0, 1, 2 … and are one wide.
double placeOf(double value, const std::vector<double>& edges) {
    return (value - edges.front()) / (edges[1] - edges[0]) - 0.5;
}

}  // namespace

HistogramChart::HistogramChart(QWidget* parent)
    : ChartWidget(parent),
      m_plot(new Plot(this)),
      m_legend(new Legend(this)),
      m_tooltip(new ChartTooltip(this)),
      m_series(new QStackedBarSeries) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, metrics::kGrid);
    column->setSpacing(0);
    column->addWidget(m_legend);
    column->addWidget(m_plot, 1);
    m_series->setBarWidth(0.92);
    m_plot->addSeries(m_series);
    m_plot->setInteractive(false);
    connect(m_plot, &Plot::hovered, this, [this](double at) { pointAt(static_cast<int>(std::lround(at))); });
    connect(m_plot, &Plot::left, this, &HistogramChart::forgetPoint);
    connect(m_plot, &Plot::arranged, this,
            [this] { m_legend->setIndent(static_cast<int>(m_plot->plotArea().left())); });
    connect(m_legend, &Legend::visibilityChanged, this, &HistogramChart::drawBars);
}

const HistogramView& HistogramChart::histogram() const {
    return static_cast<const HistogramView&>(*view());
}

QString HistogramChart::withUnit(const QString& number) const {
    const QString unit = QString::fromStdString(histogram().info().unit);
    return unit.isEmpty() ? number : number + QChar(0x2009) + unit;
}

void HistogramChart::draw() {
    m_shot = histogram().snapshot();
    std::vector<LegendEntry> entries;
    for (std::size_t i = 0; i < m_shot.series.size() && m_shot.series.size() > 1; ++i) {
        const bool rest = m_shot.others && i + 1 == m_shot.series.size();
        entries.push_back({rest ? tr("others") : QString::fromStdString(m_shot.series[i].name),
                           seriesColor(Theme::of(this).tokens(), i), Qt::SolidLine});
    }
    m_legend->set(entries, {});
    drawBars();
}

void HistogramChart::drawBars() {
    const Tokens& tokens = Theme::of(this).tokens();
    const std::size_t bins = m_shot.edges.empty() ? 0 : m_shot.edges.size() - 1;
    while (m_sets.size() < m_shot.series.size()) {
        m_sets.push_back(new QBarSet(QString()));
        m_series->append(m_sets.back());
    }
    std::vector<double> tops(bins, 0);
    for (std::size_t s = 0; s < m_sets.size(); ++s) {
        QList<qreal> values(static_cast<qsizetype>(bins), 0);
        const bool visible = s < m_shot.series.size() &&
                             !m_legend->isHiddenEntry(QString::fromStdString(m_shot.series[s].name));
        for (std::size_t bin = 0; bin < bins && visible; ++bin) {
            values[static_cast<qsizetype>(bin)] = static_cast<double>(m_shot.series[s].counts[bin]);
            tops[bin] += values[static_cast<qsizetype>(bin)];
        }
        m_sets[s]->remove(0, static_cast<int>(m_sets[s]->count()));
        m_sets[s]->append(values);
        m_sets[s]->setColor(seriesColor(tokens, s));
        m_sets[s]->setBorderColor(Qt::transparent);
    }
    const double top = tops.empty() ? 1 : *std::max_element(tops.begin(), tops.end());
    const HistogramInfo& info = histogram().info();
    const QString title =
        axisTitle(QString::fromStdString(info.value.name), QString::fromStdString(info.unit));
    std::vector<Tick> ticks, marks;
    if (bins > 0) {
        for (const Tick& tick : numberTicks(m_shot.edges.front(), m_shot.edges.back(), kTicks)) {
            ticks.push_back({placeOf(tick.at, m_shot.edges), tick.label});
        }
        QStringList together;
        QString number;
        for (const auto& [name, value] :
             {std::pair{"p50", m_shot.p50}, {"p95", m_shot.p95}, {"p99", m_shot.p99}}) {
            // Percentiles that fall together share a mark.
            if (withUnit(roundedText(value)) == number) {
                together << QLatin1String(name);
                marks.pop_back();
            } else {
                together = {QLatin1String(name)};
                number = withUnit(roundedText(value));
            }
            marks.push_back({placeOf(value, m_shot.edges),
                             together.join(QStringLiteral(", ")) + QStringLiteral(" · ") + number});
        }
    }
    m_plot->setMarks(std::move(marks));
    // A few bins stand in the middle instead of filling the picture as one block.
    const double places = static_cast<double>(std::max<std::size_t>(bins, 1));
    const double aside = std::max(0.0, (kLeastPlaces - places) / 2);
    m_plot->setHorizontal({-0.5 - aside, places - 0.5 + aside},
                          {AxisLook::Kind::Categories, title, QTimeZone::utc(), ticks});
    m_plot->setVertical(roundRange(0, top, true),
                        {AxisLook::Kind::Number, tr("Rows per bin"), QTimeZone::utc(), {}});
    if (m_pointed) pointAt(*m_pointed);
}

void HistogramChart::forgetPoint() {
    m_pointed.reset();
    m_plot->setCrosshair(std::nullopt);
    m_tooltip->hide();
}

void HistogramChart::keyPressEvent(QKeyEvent* event) {
    const int bins = static_cast<int>(m_shot.edges.size()) - 1;
    const bool left = event->key() == Qt::Key_Left, right = event->key() == Qt::Key_Right;
    if (event->key() == Qt::Key_Escape && m_pointed) return forgetPoint();
    if (bins <= 0 || (!left && !right)) return ChartWidget::keyPressEvent(event);
    const int by = (left ? -1 : 1) * ((event->modifiers() & Qt::ShiftModifier) != 0 ? 10 : 1);
    pointAt(std::clamp(m_pointed ? *m_pointed + by : 0, 0, bins - 1));
}

void HistogramChart::pointAt(int bin) {
    if (bin < 0 || static_cast<std::size_t>(bin) + 1 >= m_shot.edges.size()) return forgetPoint();
    m_pointed = bin;
    const auto place = static_cast<std::size_t>(bin);
    std::vector<ChartTooltip::Row> rows;
    for (std::size_t s = 0; s < m_shot.series.size(); ++s) {
        const QString name =
            m_shot.series.size() > 1 ? QString::fromStdString(m_shot.series[s].name) : tr("Rows");
        rows.push_back({seriesColor(Theme::of(this).tokens(), s), name,
                        shownNumber(static_cast<double>(m_shot.series[s].counts[place]))});
    }
    m_plot->setCrosshair(static_cast<double>(bin));
    const QPointF where =
        m_plot->mapTo(this, m_plot->mapFromScene(m_plot->toScene(static_cast<double>(bin), 0)));
    m_tooltip->showAt(QPoint(static_cast<int>(where.x()), m_plot->y() + m_plot->height() / 2),
                      shownNumber(m_shot.edges[place]) + QStringLiteral(" – ") +
                          withUnit(shownNumber(m_shot.edges[place + 1])),
                      {}, rows);
}

void HistogramChart::paintPicture(QPainter& painter, const QRectF& rect) {
    if (!m_legend->isHidden())
        m_legend->paintInto(painter, QRectF(m_legend->geometry()).translated(rect.topLeft()));
    m_plot->paintTo(painter, QRectF(m_plot->geometry()).translated(rect.topLeft()));
}

ChartTable HistogramChart::table() const {
    ChartTable table{{{QStringLiteral("from"), true},
                      {QStringLiteral("to"), true},
                      {QStringLiteral("series")},
                      {QStringLiteral("rows"), true}}};
    for (const HistogramSeries& series : m_shot.series) {
        const QString name = series.name.empty() ? QString() : QString::fromStdString(series.name);
        for (std::size_t bin = 0; bin < series.counts.size(); ++bin) {
            table.rows.push_back({csvNumber(m_shot.edges[bin]), csvNumber(m_shot.edges[bin + 1]), name,
                                  QString::number(series.counts[bin])});
        }
    }
    return table;
}

QString HistogramChart::summary() const {
    if (m_shot.count == 0) return tr("Histogram without data");
    return translated(figures::counted(m_shot.count,
                                       RW_TEXT("chart", "Histogram of 1 value from %1 to %2, median %3"),
                                       RW_TEXT("chart", "Histogram of %1 values from %2 to %3, median %4"))
                          .with(shownNumber(m_shot.min).toStdString(), shownNumber(m_shot.max).toStdString(),
                                shownNumber(m_shot.p50).toStdString()));
}

bool HistogramChart::paintThumbnail(QPainter& painter, const QRectF& rect, const HistogramView& view) {
    const Tokens& tokens = Theme::of().tokens();
    const HistogramSnapshot bins = view.snapshot();
    if (bins.edges.size() < 2) return false;
    std::vector<double> counts(bins.edges.size() - 1, 0);
    for (const HistogramSeries& series : bins.series) {
        for (std::size_t i = 0; i < counts.size() && i < series.counts.size(); ++i)
            counts[i] += static_cast<double>(series.counts[i]);
    }
    const double top = roundRange(0, *std::max_element(counts.begin(), counts.end()), true).to;
    // A few bins stand in the middle instead of filling the picture as one block.
    const double places = std::max(static_cast<double>(counts.size()), kLeastPlaces);
    const double step = rect.width() / places;
    const double left = rect.left() + step * (places - static_cast<double>(counts.size())) / 2;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        double ground = rect.bottom();
        for (std::size_t s = 0; s < bins.series.size(); ++s) {
            if (i >= bins.series[s].counts.size() || bins.series[s].counts[i] == 0) continue;
            const double height =
                (rect.height() - kMarkHeight) * static_cast<double>(bins.series[s].counts[i]) / top;
            ground -= height;
            painter.fillRect(
                QRectF(left + step * static_cast<double>(i), ground, std::max(step - 1, 1.0), height),
                seriesColor(tokens, s));
        }
    }
    const double width = bins.edges[1] - bins.edges[0];
    const auto x = [&](double value) { return left + step * (value - bins.edges.front()) / width; };
    if (bins.count == 0 || width <= 0) return true;
    drawMark(painter, rect, x(bins.p50), QStringLiteral("p50"), tokens);
    if (x(bins.p95) - x(bins.p50) > 54 ||
        (x(bins.p95) - x(bins.p50) > 28 && x(bins.p95) + 28 <= rect.right()))
        drawMark(painter, rect, x(bins.p95), QStringLiteral("p95"), tokens);
    return true;
}

QString HistogramChart::shownSpan() const {
    return view() ? wordsOf(histogram().info().span) : QString();
}

}  // namespace rw::ui
