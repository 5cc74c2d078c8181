#include "widgets/charts/number_card.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/base/readable.h"
#include "widgets/charts/data_table.h"
#include "widgets/charts/drawing/figure.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/charts/thumbnail.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/sparkline.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kLeastTrendBelow = 32;

// What large and small have in common.
bool isOver(const NumberInfo& info, const NumberSnapshot& number) {
    return number.value && info.threshold && *number.value > *info.threshold;
}

QString figureText(const NumberSnapshot& number) {
    return number.value ? roundedText(*number.value) : QStringLiteral("–");
}

void paintTrend(QPainter& painter, const QRectF& rect, const NumberSnapshot& number, bool over,
                const Tokens& tokens) {
    if (number.sparkline.empty()) return;
    paintSparkline(painter, rect, bridged(number.sparkline), over ? tokens.error.line : tokens.series[0]);
}

}  // namespace

NumberCard::NumberCard(QWidget* parent) : ChartWidget(parent) {}

const NumberView& NumberCard::number() const {
    return static_cast<const NumberView&>(*view());
}

void NumberCard::draw() {
    m_shot = number().snapshot();
    update();
}

QString NumberCard::trendText() const {
    if (isBeyond()) return tr("above the threshold %1").arg(shownNumber(*number().info().threshold));
    if (m_shot.value && number().info().span == 0) return tr("over the whole run");
    if (!m_shot.value || !m_shot.before) return {};
    const double change = *m_shot.value - *m_shot.before;
    const QString sign = change < 0 ? QStringLiteral("−") : QStringLiteral("+");
    return tr("%1 against %2 ago")
        .arg(sign + roundedText(std::fabs(change)), translated(durationText(number().info().span)));
}

void NumberCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintPicture(painter, rect());
}

bool NumberCard::isBeyond() const {
    return view() && isOver(number().info(), m_shot);
}

// The figure with its unit, below it the earlier one, or behind it where a card is too low for both; the
// trend right of them, or below where there is room.
void NumberCard::paintPicture(QPainter& painter, const QRectF& rect) {
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF inside =
        rect.adjusted(metrics::kListPadding, 0, -metrics::kListPadding, -metrics::kListPadding);
    const int line = theme.lineHeight(TextStyle::NumberCard), caption = theme.lineHeight(TextStyle::Caption);
    const bool below = inside.height() >= line + caption + theme.scaled(kLeastTrendBelow);
    const double width = below ? inside.width() : inside.width() * 0.6;
    const Figure figure{figureText(m_shot), view() ? QString::fromStdString(number().info().unit) : QString(),
                        isBeyond()};
    const double taken =
        paintFigure(painter, QRectF(inside.left(), inside.top(), width, line), figure, theme);
    QRectF words(inside.left(), inside.top() + line + 2, width, caption);
    if (words.bottom() > rect.bottom())
        words.setRect(inside.left() + taken + metrics::kListPadding, inside.top(),
                      std::max(0.0, width - taken - metrics::kListPadding), line);
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(isBeyond() ? tokens.error.text : tokens.dim);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(painter.font())
                         .elidedText(trendText(), Qt::ElideRight, static_cast<int>(words.width())));
    const QRectF beside(inside.left() + inside.width() * 0.62, inside.top() + 2, inside.width() * 0.38,
                        inside.height() - 2);
    const QRectF under(QPointF(inside.left(), words.bottom() + metrics::kGrid), inside.bottomRight());
    paintTrend(painter, below ? under : beside, m_shot, isBeyond(), tokens);
}

ChartTable NumberCard::table() const {
    return {{{QStringLiteral("value"), true}}, {{m_shot.value ? csvNumber(*m_shot.value) : QString()}}};
}

QString NumberCard::summary() const {
    return m_shot.value ? tr("%1, %2").arg(shownNumber(*m_shot.value), trendText()) : tr("No value yet");
}

// A number of all rows that there are now counts no span of them.
QString NumberCard::shownSpan() const {
    return view() && !number().info().ofAllRows() ? wordsOf(number().info().span) : QString();
}

// The figure and its unit above the trend.
bool NumberCard::paintThumbnail(QPainter& painter, const QRectF& rect, const NumberView& view) {
    const Tokens& tokens = Theme::of().tokens();
    const NumberSnapshot number = view.snapshot();
    if (number.totals.rows == 0) return false;
    const QString value = figureText(number);
    const bool over = isOver(view.info(), number);
    const QFont font = sceneFont(TextStyle::NumberCard);
    const QRectF upper = rect.adjusted(7, 2, -7, -24);
    painter.setFont(font);
    painter.setPen(over ? tokens.error.text : tokens.text);
    painter.drawText(upper, Qt::AlignLeft | Qt::AlignVCenter, value);
    const double units = upper.left() + textWidth(value, font) + 5;
    paintThumbnailText(painter, QRectF(QPointF(units, upper.top() + 7), upper.bottomRight()),
                       QString::fromStdString(view.info().unit), tokens.dim, Qt::AlignLeft,
                       TextStyle::Caption);
    paintTrend(painter, QRectF(rect.left() + 6, rect.bottom() - 24, rect.width() - 12, 20), number, over,
               tokens);
    return true;
}

}  // namespace rw::ui
