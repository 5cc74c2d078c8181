#include "widgets/charts/gauge_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/data_table.h"
#include "widgets/charts/drawing/figure.h"
#include "widgets/charts/drawing/gauge_dial.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/charts/thumbnail.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr QSize kLeastLarge(220, 132);  ///< from which on the figures have room within the half circle
constexpr int kPixelsPerMark = 40;      ///< of the radius
constexpr double kZoneRoom = 4;         ///< outside of the band, for the edge of the zone above the threshold
constexpr double kBelowThumbnail = 10;

QString figureOf(const std::optional<double>& value) {
    return value ? roundedText(*value) : QStringLiteral("–");
}

}  // namespace

GaugeChart::GaugeChart(QWidget* parent) : ChartWidget(parent), m_tooltip(new ChartTooltip(this)) {
    setMouseTracking(true);
}

const GaugeInfo& GaugeChart::info() const {
    return static_cast<const GaugeView&>(*view()).info();
}

void GaugeChart::draw() {
    m_shot = static_cast<const GaugeView&>(*view()).snapshot();
    if (m_tooltip->isVisible()) tell(m_told);
    update();
}

QString GaugeChart::withUnit(double value) const {
    const QString unit = QString::fromStdString(info().unit);
    return unit.isEmpty() ? shownNumber(value) : shownNumber(value) + QChar(0x2009) + unit;
}

QString GaugeChart::words() const {
    QStringList said;
    if (!m_shot.value) return {};
    if (*m_shot.value < info().min) said << tr("below the scale from %1 on").arg(shownNumber(info().min));
    if (*m_shot.value > info().max) said << tr("beyond the scale to %1").arg(shownNumber(info().max));
    if (isAbove(info(), m_shot.value))
        said << tr("above the threshold %1").arg(shownNumber(*info().threshold));
    return said.join(QStringLiteral(" · "));
}

void GaugeChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintPicture(painter, rect());
}

void GaugeChart::paintPicture(QPainter& painter, const QRectF& rect) {
    if (!view()) return;
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF inside =
        rect.adjusted(metrics::kListPadding, 0, -metrics::kListPadding, -metrics::kListPadding);
    const Theme& theme = Theme::of(this);
    const bool large = inside.width() >= theme.scaled(kLeastLarge.width()) &&
                       inside.height() >= theme.scaled(kLeastLarge.height());
    large ? paintLarge(painter, inside) : paintSmall(painter, inside);
}

void GaugeChart::paintWords(QPainter& painter, const QRectF& place, Qt::AlignmentFlag align) const {
    const Theme& theme = Theme::of(this);
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(isAbove(info(), m_shot.value) ? theme.tokens().error.text : theme.tokens().dim);
    painter.drawText(
        place, static_cast<int>(Qt::Alignment(align) | Qt::AlignVCenter),
        painter.fontMetrics().elidedText(words(), Qt::ElideRight, static_cast<int>(place.width())));
}

// The words below the half circle, the figures within it, the numbers of the scale around it.
void GaugeChart::paintLarge(QPainter& painter, const QRectF& inside) const {
    const Theme& theme = Theme::of(this);
    const int line = theme.lineHeight(TextStyle::NumberCard), caption = theme.lineHeight(TextStyle::Caption);
    const QFont font = theme.font(TextStyle::Caption);
    const QFontMetricsF sizes(font);
    std::vector<CircleWords> ends = scaleWords(info(), 1);
    double aside = 0;
    for (std::size_t i = 0; i < 2; ++i)
        aside = std::max(aside, sizes.horizontalAdvance(ends[i].words) + metrics::kGrid + kZoneRoom);
    const double ground = inside.bottom() - caption - metrics::kGrid;
    Dial dial{{inside.center().x(), ground}, 0};
    dial.radius = std::max(0.0, std::min(inside.width() / 2 - aside,
                                         ground - inside.top() - caption - metrics::kGrid - kZoneRoom));
    paintDial(painter, dial, info(), m_shot.value, theme.tokens());
    painter.setFont(font);
    painter.setPen(theme.tokens().dim);
    const int marks = std::clamp(static_cast<int>(dial.radius) / theme.scaled(kPixelsPerMark), 1, 10);
    for (const PlacedWords& each :
         placeAround(inside, dial.center, dial.radius + kZoneRoom, scaleWords(info(), marks), sizes))
        painter.drawText(each.place, Qt::AlignCenter, each.words);
    paintFigure(painter, QRectF(inside.left(), ground - line, inside.width(), line),
                {figureOf(m_shot.value), QString::fromStdString(info().unit), isAbove(info(), m_shot.value)},
                theme, Qt::AlignHCenter);
    paintWords(painter, QRectF(inside.left(), inside.bottom() - caption, inside.width(), caption),
               Qt::AlignHCenter);
}

// As a number card: the figures at the left, the half circle beside them.
void GaugeChart::paintSmall(QPainter& painter, const QRectF& inside) const {
    const Theme& theme = Theme::of(this);
    const int line = theme.lineHeight(TextStyle::NumberCard), caption = theme.lineHeight(TextStyle::Caption);
    const double width = inside.width() * 0.6;
    paintFigure(painter, QRectF(inside.left(), inside.top(), width, line),
                {figureOf(m_shot.value), QString::fromStdString(info().unit), isAbove(info(), m_shot.value)},
                theme);
    paintWords(painter, QRectF(inside.left(), inside.top() + line + 2, width, caption), Qt::AlignLeft);
    const double room = inside.width() * 0.38;
    Dial dial{{inside.right() - room / 2, inside.bottom() - metrics::kGrid}, 0};
    dial.radius = std::max(0.0, std::min(room / 2 - kZoneRoom, dial.center.y() - inside.top() - kZoneRoom));
    paintDial(painter, dial, info(), m_shot.value, theme.tokens());
}

void GaugeChart::tell(const QPoint& at) {
    if (!view() || !m_shot.value) return m_tooltip->hide();
    m_told = at;
    const Tokens& tokens = Theme::of(this).tokens();
    std::vector<ChartTooltip::Row> rows{{tokens.line2, tr("From"), withUnit(info().min)},
                                        {tokens.line2, tr("To"), withUnit(info().max)}};
    if (info().threshold) rows.push_back({tokens.error.line, tr("Threshold"), withUnit(*info().threshold)});
    m_tooltip->showAt(at, withUnit(*m_shot.value), words(), std::move(rows));
}

void GaugeChart::mouseMoveEvent(QMouseEvent* event) {
    tell(event->position().toPoint());
}

void GaugeChart::leaveEvent(QEvent*) {
    m_tooltip->hide();
}

void GaugeChart::keyPressEvent(QKeyEvent* event) {
    const bool arrow = event->key() >= Qt::Key_Left && event->key() <= Qt::Key_Down;
    if (event->key() == Qt::Key_Escape && m_tooltip->isVisible()) return m_tooltip->hide();
    if (!arrow) return ChartWidget::keyPressEvent(event);
    tell(rect().center());
}

ChartTable GaugeChart::table() const {
    ChartTable table{
        {{QStringLiteral("value"), true}, {QStringLiteral("min"), true}, {QStringLiteral("max"), true}}};
    table.rows.push_back(
        {m_shot.value ? csvNumber(*m_shot.value) : QString(), csvNumber(info().min), csvNumber(info().max)});
    return table;
}

QString GaugeChart::summary() const {
    if (!m_shot.value) return tr("No value yet");
    const QString place = tr("%1 on a scale from %2 to %3")
                              .arg(withUnit(*m_shot.value), shownNumber(info().min), shownNumber(info().max));
    return words().isEmpty() ? place : place + QStringLiteral(", ") + words();
}

// The figures within the half circle.
bool GaugeChart::paintThumbnail(QPainter& painter, const QRectF& rect, const GaugeView& view) {
    const Tokens& tokens = Theme::of().tokens();
    const GaugeSnapshot shot = view.snapshot();
    if (shot.totals.rows == 0) return false;
    Dial dial{{rect.center().x(), rect.bottom() - kBelowThumbnail}, 0};
    dial.radius = std::min(rect.width() / 2 - kZoneRoom, dial.center.y() - rect.top() - kZoneRoom - 1);
    paintDial(painter, dial, view.info(), shot.value, tokens);
    QString figure = figureOf(shot.value);
    if (!view.info().unit.empty()) figure += QChar(0x2009) + QString::fromStdString(view.info().unit);
    const double half = dial.radius - dial.band() - 2;
    paintThumbnailText(painter, {dial.center.x() - half, dial.center.y() - 20, 2 * half, 20}, figure,
                       isAbove(view.info(), shot.value) ? tokens.error.text : tokens.text, Qt::AlignHCenter,
                       TextStyle::Strong);
    return true;
}

}  // namespace rw::ui
