#include "widgets/charts/bar_chart.h"

#include <QBarSet>
#include <QHorizontalBarSeries>
#include <QLabel>
#include <QVBoxLayout>

#include "widgets/charts/iso_time.h"
#include "widgets/charts/plot.h"
#include "widgets/charts/series_look.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr double kRoomForValue = 1.12;  ///< the longest bar leaves place for its number
}

BarChart::BarChart(QWidget* parent)
    : ChartWidget(parent),
      m_plot(new Plot(this)),
      m_window(new QLabel(this)),
      m_series(new QHorizontalBarSeries),
      m_set(new QBarSet(QString())) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_window->setProperty("role", "caption");
    column->addWidget(m_window);
    column->addWidget(m_plot, 1);
    m_series->append(m_set);
    m_series->setBarWidth(0.7);
    m_plot->addSeries(m_series);
    m_plot->setInteractive(false);
}

const BarView& BarChart::bars() const {
    return static_cast<const BarView&>(*view());
}

void BarChart::draw() {
    m_shot = bars().snapshot();
    const BarInfo& info = bars().info();
    const auto count = static_cast<double>(m_shot.bars.size());
    double low = 0, high = 0;
    std::vector<Tick> names;
    std::vector<Plot::Label> labels;
    m_set->remove(0, static_cast<int>(m_set->count()));
    // Categories count upwards from the bottom; the first bar stands at the top.
    for (std::size_t i = 0; i < m_shot.bars.size(); ++i) {
        const Bar& bar = m_shot.bars[m_shot.bars.size() - 1 - i];
        m_set->append(bar.value);
        low = std::min(low, bar.value);
        high = std::max(high, bar.value);
        names.push_back({static_cast<double>(i), QString::fromStdString(bar.category)});
        labels.push_back({std::max(0.0, bar.value), static_cast<double>(i), axisNumber(bar.value)});
    }
    m_set->setColor(seriesColor(Theme::of(this).tokens(), 0));
    m_set->setBorderColor(seriesColor(Theme::of(this).tokens(), 0));
    const Range values = roundRange(low, high * kRoomForValue, true);
    const QString unit = QString::fromStdString(info.unit);
    const QString title =
        QString::fromStdString(info.value.name) + (unit.isEmpty() ? QString() : QStringLiteral(", ") + unit);
    m_plot->setHorizontal(values, {AxisLook::Kind::Number, title, QTimeZone::utc(), {}});
    m_plot->setVertical({-0.6, std::max(count, 1.0) - 0.4},
                        {AxisLook::Kind::Categories, {}, QTimeZone::utc(), names});
    m_plot->setLabels(std::move(labels));
    m_window->setText(windowText());
}

QString BarChart::windowText() const {
    QStringList words;
    if (m_shot.windowEnd != kMinTimestamp) {
        const QTimeZone zone = zoneOf(bars().info().timeZone);
        words << clockText(m_shot.windowStart, zone) + QStringLiteral(" – ") +
                     clockText(m_shot.windowEnd, zone);
        if (m_shot.provisional) words << tr("provisional");
    }
    if (m_shot.categories > m_shot.bars.size()) {
        words << tr("%1 of %2").arg(m_shot.bars.size()).arg(m_shot.categories);
    }
    return words.join(QStringLiteral(" · "));
}

std::uint64_t BarChart::rowsSinceFreeze() const {
    return view() ? bars().snapshot().totals.rows - m_shot.totals.rows : 0;
}

void BarChart::paintPicture(QPainter& painter, const QRectF& rect) {
    m_plot->paintTo(painter, rect);
}

QString BarChart::csv() const {
    QString out = QStringLiteral("category,value\n");
    for (const Bar& bar : m_shot.bars) {
        out += csvField(QString::fromStdString(bar.category)) + QLatin1Char(',') + csvNumber(bar.value) +
               QLatin1Char('\n');
    }
    return out;
}

QString BarChart::summary() const {
    if (m_shot.bars.empty()) return tr("Bar chart without data");
    const Bar& first = m_shot.bars.front();
    return tr("Bar chart, %n bar(s), the first is %1 with %2", nullptr, static_cast<int>(m_shot.bars.size()))
        .arg(QString::fromStdString(first.category), exactNumber(first.value));
}

QString BarChart::rangeText() const {
    return m_shot.windowEnd == kMinTimestamp ? QString() : windowText();
}

}  // namespace rw::ui
