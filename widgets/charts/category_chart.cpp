#include "widgets/charts/category_chart.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

CategoryChart::CategoryChart(QWidget* parent)
    : ChartWidget(parent), m_tooltip(new ChartTooltip(this)), m_words(new ElidedLabel({}, this)) {
    m_words->setProperty("role", "caption");
    m_words->setElideMode(Qt::ElideRight);
}

const CategoryInfo& CategoryChart::input() const {
    return static_cast<const CategoryView&>(*view()).input();
}

void CategoryChart::pointAt(int place) {
    if (place < 0 || place >= places()) return forgetPoint();
    m_pointed = place;
    tell(place);
}

void CategoryChart::forgetPoint() {
    if (!m_pointed) return;
    m_pointed.reset();
    m_tooltip->hide();
    update();
}

void CategoryChart::keyPressEvent(QKeyEvent* event) {
    const int direction = event->key() == Qt::Key_Up || event->key() == Qt::Key_Left      ? -1
                          : event->key() == Qt::Key_Down || event->key() == Qt::Key_Right ? 1
                                                                                          : 0;
    if (event->key() == Qt::Key_Escape && m_pointed) return forgetPoint();
    if (direction == 0 || places() == 0) return ChartWidget::keyPressEvent(event);
    const int by = direction * ((event->modifiers() & Qt::ShiftModifier) != 0 ? 10 : 1);
    pointAt(std::clamp(m_pointed ? *m_pointed + by : 0, 0, places() - 1));
}

void CategoryChart::refreshWords() {
    m_words->setText(wordsText());
    if (m_pointed) pointAt(*m_pointed);
}

QString CategoryChart::rangeText() const {
    if (shot().windowEnd == kMinTimestamp) return {};
    return spanText(shot().windowStart, shot().windowEnd, zoneOf(input().timeZone));
}

QString CategoryChart::wordsText() const {
    QStringList said;
    if (const QString range = rangeText(); !range.isEmpty()) said << range;
    if (shot().provisional) said << tr("provisional");
    said << notes();
    return said.join(QStringLiteral(" · "));
}

void CategoryChart::paintWords(QPainter& painter, const QPointF& topLeft) const {
    const Theme& theme = Theme::of(this);
    const QRectF place = QRectF(m_words->geometry().marginsRemoved(m_words->contentsMargins()));
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.tokens().dim);
    painter.drawText(
        place.translated(topLeft), Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_words->text(), Qt::ElideRight, static_cast<int>(place.width())));
}

}  // namespace rw::ui
