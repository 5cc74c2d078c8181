#include "widgets/charts/chart_widget.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>

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
}

void ChartWidget::share(SharedTimes& times) {
    m_times = &times;
    if (isOverTime()) times.join(this);
    connect(m_times, &SharedTimes::timesChanged, this, &ChartWidget::timesChanged);
    connect(m_times, &SharedTimes::momentChanged, this, &ChartWidget::momentChanged);
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
