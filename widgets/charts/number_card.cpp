#include "widgets/charts/number_card.h"

#include <QPainter>
#include <cmath>

#include "widgets/charts/iso_time.h"
#include "widgets/charts/ticks.h"
#include "widgets/theme/sparkline.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

NumberCard::NumberCard(QWidget* parent) : ChartWidget(parent) {}

const NumberView& NumberCard::number() const {
    return static_cast<const NumberView&>(*view());
}

void NumberCard::draw() {
    m_shot = number().snapshot();
    update();
}

QString NumberCard::trendText() const {
    if (!m_shot.value || !m_shot.before) return {};
    const double change = *m_shot.value - *m_shot.before;
    const QString sign = change < 0 ? QStringLiteral("−") : QStringLiteral("+");
    return tr("%1 against %2 ago")
        .arg(sign + axisNumber(std::fabs(change)),
             QString::fromStdString(formatDuration(number().info().span)));
}

void NumberCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintPicture(painter, rect());
}

void NumberCard::paintPicture(QPainter& painter, const QRectF& rect) {
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF inside =
        rect.adjusted(metrics::kPanelPadding, metrics::kGrid, -metrics::kPanelPadding, -metrics::kGrid);
    const bool beyond =
        view() && m_shot.value && number().info().threshold && *m_shot.value > *number().info().threshold;
    const int line = theme.lineHeight(TextStyle::NumberCard);
    const QString figure = m_shot.value ? axisNumber(*m_shot.value) : QStringLiteral("–");
    painter.setFont(theme.font(TextStyle::NumberCard));
    painter.setPen(beyond ? tokens.error.text : tokens.text);
    const QRectF top(inside.left(), inside.top(), inside.width() * 0.6, line);
    painter.drawText(top, Qt::AlignLeft | Qt::AlignVCenter, figure);
    const int wide = QFontMetrics(painter.font()).horizontalAdvance(figure);
    painter.setFont(theme.font(TextStyle::Body));
    painter.setPen(tokens.dim);
    const QString unit = view() ? QString::fromStdString(number().info().unit) : QString();
    painter.drawText(top.adjusted(wide + metrics::kGrid, 0, 0, -3), Qt::AlignLeft | Qt::AlignBottom, unit);
    painter.setFont(theme.font(TextStyle::Caption));
    painter.drawText(
        QRectF(inside.left(), top.bottom() + 2, inside.width(), theme.lineHeight(TextStyle::Caption)),
        Qt::AlignLeft | Qt::AlignVCenter,
        beyond ? tr("above the threshold %1").arg(exactNumber(*number().info().threshold)) : trendText());
    std::vector<double> values;
    for (const auto& value : m_shot.sparkline) values.push_back(value.value_or(std::nan("")));
    const QRectF spark(inside.left() + inside.width() * 0.62, inside.top() + 2, inside.width() * 0.38, line);
    if (!values.empty()) paintSparkline(painter, spark, values, beyond ? tokens.error.line : tokens.accent);
}

std::uint64_t NumberCard::rowsSinceFreeze() const {
    return view() ? number().snapshot().totals.rows - m_shot.totals.rows : 0;
}

QString NumberCard::csv() const {
    return QStringLiteral("value\n") + (m_shot.value ? csvNumber(*m_shot.value) : QString()) +
           QLatin1Char('\n');
}

QString NumberCard::summary() const {
    return m_shot.value ? tr("%1, %2").arg(exactNumber(*m_shot.value), trendText()) : tr("No value yet");
}

}  // namespace rw::ui
