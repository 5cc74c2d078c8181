#include "widgets/charts/bar_chart.h"

#include <QBarSet>
#include <QHorizontalBarSeries>
#include <QVBoxLayout>
#include <cmath>

#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/data_table.h"
#include "widgets/charts/drawing/legend.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/questions/row_condition.h"
#include "widgets/charts/thumbnail.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr double kRoomForValue = 1.12;  ///< the longest bar leaves place for its number
constexpr std::size_t kThumbnailBars = 4;

/// How far the axis of lengths goes, in the chart and in its thumbnail.
Range lengthAxis(const std::vector<Bar>& bars) {
    double low = 0, high = 0;
    for (const Bar& bar : bars) {
        low = std::min(low, bar.value);
        high = std::max(high, bar.value);
    }
    return roundRange(low, high * kRoomForValue, true);
}
}  // namespace

BarChart::BarChart(QWidget* parent)
    : CategoryChart(parent),
      m_plot(new Plot(this)),
      m_series(new QHorizontalBarSeries),
      m_set(new QBarSet(QString())) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, metrics::kGrid);
    column->setSpacing(0);
    column->addWidget(&words());
    column->addWidget(m_plot, 1);
    m_series->append(m_set);
    m_series->setBarWidth(0.7);
    m_plot->addSeries(m_series);
    m_plot->setInteractive(false);
    connect(m_plot, &Plot::arranged, this,
            [this] { words().setContentsMargins(static_cast<int>(m_plot->plotArea().left()), 0, 0, 0); });
    connect(m_plot, &Plot::hovered, this,
            [this](double, double height) { pointAt(places() - 1 - static_cast<int>(std::lround(height))); });
    connect(m_plot, &Plot::left, this, &BarChart::forgetPoint);
    connect(m_plot, &Plot::clicked, this,
            [this](double, double height) { choose(places() - 1 - static_cast<int>(std::lround(height))); });
}

const BarView& BarChart::bars() const {
    return static_cast<const BarView&>(*view());
}

void BarChart::draw() {
    m_plot->setClickable(filter() != nullptr);
    m_shot = bars().snapshot(query());
    const BarInfo& info = bars().info();
    const auto count = static_cast<double>(m_shot.bars.size());
    std::vector<Tick> names;
    std::vector<Plot::Label> labels;
    m_set->remove(0, static_cast<int>(m_set->count()));
    m_set->deselectAllBars();
    // Categories count upwards from the bottom; the first bar stands at the top.
    for (std::size_t i = 0; i < m_shot.bars.size(); ++i) {
        const Bar& bar = m_shot.bars[m_shot.bars.size() - 1 - i];
        m_set->append(bar.value);
        if (isPale(bar.category)) m_set->selectBar(static_cast<int>(i));
        names.push_back({static_cast<double>(i), shownText(QString::fromStdString(bar.category))});
        labels.push_back({std::max(0.0, bar.value), static_cast<double>(i), roundedText(bar.value)});
    }
    const QColor color = seriesColor(Theme::of(this).tokens(), 0);
    m_set->setBrush(isOpen() ? hatchBrush(color, devicePixelRatioF()) : QBrush(color));
    // They have no hatches of their own: beside those of the chosen one they have to be paler.
    m_set->setSelectedColor(
        mixed(color, Theme::of(this).tokens().card, isOpen() ? Shade::Zone : Shade::Dimmed));
    m_set->setBorderColor(color);
    const QString title =
        axisTitle(QString::fromStdString(info.value.name), QString::fromStdString(info.unit));
    m_plot->setHorizontal(lengthAxis(m_shot.bars), {AxisLook::Kind::Number, title, QTimeZone::utc(), {}});
    m_plot->setVertical({-0.6, std::max(count, 1.0) - 0.4},
                        {AxisLook::Kind::Categories, {}, QTimeZone::utc(), names});
    m_plot->setLabels(std::move(labels));
    refreshWords();
}

// `place` counts from the top.
void BarChart::tell(int place) {
    const Bar& bar = m_shot.bars[static_cast<std::size_t>(place)];
    const QString unit = QString::fromStdString(bars().info().unit);
    const QString value = shownNumber(bar.value) + (unit.isEmpty() ? QString() : QChar(0x2009) + unit);
    const auto height = static_cast<double>(m_shot.bars.size()) - 1 - place;
    const QPointF end =
        m_plot->mapTo(this, m_plot->mapFromScene(m_plot->toScene(std::max(0.0, bar.value) / 2, height)));
    tooltip().showAt(end.toPoint(), QString::fromStdString(bar.category), wordsText(),
                     {{seriesColor(Theme::of(this).tokens(), 0),
                       QString::fromStdString(bars().info().value.name), value}});
}

const std::string* BarChart::categoryAt(int place) const {
    return &m_shot.bars[static_cast<std::size_t>(place)].category;
}

std::optional<ChartAsk> BarChart::rowAsked() const {
    if (!view() || !pointed() || *pointed() >= places()) return std::nullopt;
    return ChartAsk{ChartAsk::Of::Bar, rowOf(m_shot.bars[static_cast<std::size_t>(*pointed())])};
}

// Beside the bars there may be a category that is missed, whose name a person knows.
std::string BarChart::rowMissed() const {
    if (!view() || pointed()) return {};
    RowCondition condition = rowOfWindow();
    return condition.open(input().category).sql();
}

QStringList BarChart::notes() const {
    if (m_shot.forgotten > 0)
        return {tr("%1 of more than %2").arg(m_shot.bars.size()).arg(m_shot.categories)};
    if (m_shot.categories == m_shot.bars.size()) return {};
    return {tr("%1 of %2").arg(m_shot.bars.size()).arg(m_shot.categories)};
}

void BarChart::paintPicture(QPainter& painter, const QRectF& rect) {
    paintWords(painter, rect.topLeft());
    m_plot->paintTo(painter, QRectF(m_plot->geometry()).translated(rect.topLeft()));
}

ChartTable BarChart::table() const {
    ChartTable table{{{QStringLiteral("category")}, {QStringLiteral("value"), true}}};
    for (const Bar& bar : m_shot.bars)
        table.rows.push_back({QString::fromStdString(bar.category), csvNumber(bar.value)});
    return table;
}

QString BarChart::summary() const {
    if (m_shot.bars.empty()) return tr("Bar chart without data");
    const Bar& first = m_shot.bars.front();
    return tr("Bar chart, %n bar(s), the first is %1 with %2", nullptr, static_cast<int>(m_shot.bars.size()))
        .arg(QString::fromStdString(first.category), shownNumber(first.value));
}

bool BarChart::paintThumbnail(QPainter& painter, const QRectF& rect, const BarView& view) {
    const Tokens& tokens = Theme::of().tokens();
    const BarSnapshot snapshot = view.snapshot();
    if (snapshot.bars.empty()) return false;
    const Range axis = lengthAxis(snapshot.bars);
    const double step = rect.height() / static_cast<double>(kThumbnailBars);
    const double words = rect.width() * 0.42;
    const double ratio = painter.device()->devicePixelRatioF();
    const auto place = [&](double value) {
        return rect.left() + words + (rect.width() - words - 2) * (value - axis.from) / axis.length();
    };
    for (std::size_t i = 0; i < std::min(snapshot.bars.size(), kThumbnailBars); ++i) {
        const QRectF row(rect.left(), rect.top() + step * static_cast<double>(i), rect.width(), step);
        paintThumbnailText(painter, {row.left() + 2, row.top(), words - 8, step},
                           QString::fromStdString(snapshot.bars[i].category), tokens.dim, Qt::AlignRight,
                           TextStyle::Tiny);
        const double zero = place(0), end = place(snapshot.bars[i].value);
        const QRectF bar(std::min(zero, end), row.top() + 3, std::fabs(end - zero), step - 6);
        painter.fillRect(
            bar, snapshot.provisional ? hatchBrush(tokens.series[0], ratio) : QBrush(tokens.series[0]));
    }
    return true;
}

}  // namespace rw::ui
