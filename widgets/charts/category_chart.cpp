#include "widgets/charts/category_chart.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <algorithm>

#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/charts/questions/row_condition.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/shown_text.h"
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
    const bool chooses = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                         event->key() == Qt::Key_Space;
    if (chooses && filter() && m_pointed) return choose(*m_pointed);
    if (direction == 0 || places() == 0) return ChartWidget::keyPressEvent(event);
    const int by = direction * ((event->modifiers() & Qt::ShiftModifier) != 0 ? 10 : 1);
    pointAt(std::clamp(m_pointed ? *m_pointed + by : 0, 0, places() - 1));
}

std::vector<ChartColumn> CategoryChart::keptColumns() const {
    return view() ? std::vector{input().category} : std::vector<ChartColumn>();
}

bool CategoryChart::isFedEarly() const {
    return view() && input().updating && input().windowEnd.present();
}

CategoryQuery CategoryChart::query() const {
    CategoryQuery query;
    query.finalOnly = provisional() == Provisional::Hidden;
    if (const ColumnValue* kept = keptOf(input().category))
        query.keeps = [value = *kept](const std::string& category) { return value.keeps(category); };
    return query;
}

bool CategoryChart::isPale(const std::string& category) const {
    const ColumnValue* chosen = view() ? chosenOf(input().category) : nullptr;
    return chosen != nullptr && !chosen->keeps(category);
}

void CategoryChart::choose(int place) {
    if (!filter() || place < 0 || place >= places()) return;
    if (const std::string* category = categoryAt(place))
        filter()->choose({{input().category, *category}}, this);
}

void CategoryChart::fillMenu(QMenu& menu) {
    const std::string* category = filter() && m_pointed ? categoryAt(*m_pointed) : nullptr;
    if (category == nullptr) return;
    const ColumnValue value{input().category, *category};
    menu.addAction(labelText(tr("Filter by %1").arg(shownText(value.words(), 80))), this,
                   [this, value] { filter()->choose({value}, this); });
}

void CategoryChart::refreshWords() {
    m_words->setText(wordsText());
    if (m_pointed) pointAt(*m_pointed);
}

QString CategoryChart::rangeText() const {
    if (shot().windowEnd == kMinTimestamp) return {};
    return spanText(shot().windowStart, shot().windowEnd, zoneOf(input().timeZone));
}

RowCondition CategoryChart::rowOfWindow() const {
    RowCondition condition;
    if (shot().windowEnd == kMinTimestamp) return condition;
    if (shot().windowStart != kMinTimestamp) condition.time(input().windowStart, shot().windowStart);
    return condition.time(input().windowEnd, shot().windowEnd);
}

std::string CategoryChart::rowOf(const CategoryValue& shown) const {
    RowCondition condition = rowOfWindow();
    condition.label(input().category, shown.category);
    // Rows of a window or a table add up: their sum is the value of none.
    if (!input().updating && !input().windowEnd.present()) condition.number(input().value, shown.value);
    return condition.sql();
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
