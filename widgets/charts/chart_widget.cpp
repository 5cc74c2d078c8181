#include "widgets/charts/chart_widget.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <algorithm>

#include "core/base/readable.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

ChartWidget::ChartWidget(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        if (m_view) refresh();
    });
}

void ChartWidget::setView(std::shared_ptr<LiveView> view) {
    if (m_view == view) return;
    m_view = std::move(view);
    m_everDrawn = false;
    m_frozen = false;
    reset();
    if (m_view) refresh();
    Q_EMIT frozenChanged();
}

ChartWidget::~ChartWidget() {
    if (m_times) m_times->leave(this);
    if (m_filter) m_filter->leave(this);
}

void ChartWidget::share(SharedTimes& times) {
    m_times = &times;
    if (isOverTime()) times.join(this);
    connect(m_times, &SharedTimes::timesChanged, this, &ChartWidget::timesChanged);
    connect(m_times, &SharedTimes::momentChanged, this, &ChartWidget::momentChanged);
}

void ChartWidget::share(SharedFilter& filter) {
    m_filter = &filter;
    connect(m_filter, &SharedFilter::changed, this, &ChartWidget::drawAnew);
}

const FilterCondition* ChartWidget::conditionOn(const ChartColumn& column) const {
    if (!m_filter) return nullptr;
    for (const FilterCondition& each : m_filter->conditions())
        if (each.value.isOf(column)) return &each;
    return nullptr;
}

const ColumnValue* ChartWidget::keptOf(const ChartColumn& column) const {
    const FilterCondition* found = conditionOn(column);
    return found != nullptr && found->chosenIn != this ? &found->value : nullptr;
}

const ColumnValue* ChartWidget::chosenOf(const ChartColumn& column) const {
    const FilterCondition* found = conditionOn(column);
    return found != nullptr && found->chosenIn == this ? &found->value : nullptr;
}

std::optional<Range> ChartWidget::keptTimes() const {
    return m_filter ? m_filter->times() : std::nullopt;
}

QString ChartWidget::outsideFilter() const {
    if (!m_filter || !m_view || !m_filter->any()) return {};
    QStringList why;
    if (m_frozen) why << tr("The picture is held: the filter is applied when it goes on.");
    const std::vector<ChartColumn> columns = keptColumns();
    for (const FilterCondition& each : m_filter->conditions()) {
        const QString name = shownText(QString::fromStdString(each.value.column.name));
        const auto same = [&](const ChartColumn& column) { return each.value.isOf(column); };
        if (std::any_of(columns.begin(), columns.end(), same)) continue;
        const auto named = std::find_if(columns.begin(), columns.end(), [&](const ChartColumn& column) {
            return column.name == each.value.column.name;
        });
        if (named == columns.end()) {
            why << tr("Not filtered: this chart does not keep its rows by “%1”.").arg(name);
        } else {
            why << tr("Not filtered: “%1” is of type %2 here, and of type %3 in the chart where the value was "
                      "chosen.")
                       .arg(name, QString::fromStdString(toString(named->type)),
                            QString::fromStdString(toString(each.value.column.type)));
        }
    }
    if (m_filter->times() && !keepsTimes())
        why << tr("Not filtered: this chart does not keep its rows by event time.");
    return why.join(QLatin1Char('\n'));
}

QString ChartWidget::whyBlank() const {
    if (!hasRows() || !m_everDrawn || !isBlank()) return {};
    if (m_filter && m_filter->any()) return tr("The filter keeps none of the rows that this chart holds.");
    if (provisional() == Provisional::Hidden)
        return tr("All results are provisional so far, and those are hidden.");
    return {};
}

void ChartWidget::setProvisional(Provisional how) {
    if (std::exchange(m_provisional, how) != how) drawAnew();
}

// When the scheduler comes to it: several charts are not drawn in one turn.
void ChartWidget::drawAnew() {
    m_everDrawn = false;
    Q_EMIT wentStale();
}

void ChartWidget::setRunGoesOn(bool goesOn) {
    if (std::exchange(m_goesOn, goesOn) != goesOn) runGoesOnChanged();
}

QString ChartWidget::wordsOf(Millis span) {
    return span == 0 ? tr("Whole run") : tr("Last %1").arg(translated(durationText(span)));
}

bool ChartWidget::isStale() const {
    return m_view && !m_frozen && (!m_everDrawn || m_view->version() != m_drawnVersion);
}

void ChartWidget::refresh() {
    if (!m_view) return;
    m_drawnVersion = m_view->version();
    m_everDrawn = true;
    draw();
    describe();
    Q_EMIT drawn();
}

void ChartWidget::describe() {
    const QString summary = shownText(this->summary());
    setAccessibleDescription(m_rowWords.isEmpty() ? summary : summary + QStringLiteral(" · ") + m_rowWords);
}

void ChartWidget::setRowWords(const QString& words) {
    if (std::exchange(m_rowWords, words) != words && m_everDrawn) describe();
}

void ChartWidget::setFrozen(bool frozen) {
    if (m_frozen == frozen) return;
    m_frozen = frozen;
    if (!frozen && m_view) refresh();
    Q_EMIT frozenChanged();
}

void ChartWidget::paintCaption(QPainter& painter, const QLabel& caption, const QPointF& origin) {
    if (caption.isHidden()) return;
    const Theme& theme = Theme::of(&caption);
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.tokens().dim);
    painter.drawText(QRectF(caption.geometry()).translated(origin).adjusted(caption.indent(), 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, caption.text());
}

void ChartWidget::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange && m_view) refresh();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
