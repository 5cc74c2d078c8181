#include "widgets/charts/chart_scheduler.h"

#include <QEvent>
#include <algorithm>

#include "widgets/charts/chart_widget.h"

namespace rw::ui {

ChartScheduler::ChartScheduler(QObject* parent) : QObject(parent) {
    m_clock.start();
    m_timer.setInterval(kFrameMillis);
    connect(&m_timer, &QTimer::timeout, this, &ChartScheduler::frame);
}

void ChartScheduler::add(ChartWidget* chart) {
    m_charts.push_back({chart});
    chart->installEventFilter(this);
    connect(chart, &ChartWidget::wentStale, this, &ChartScheduler::look);
    look();
}

void ChartScheduler::look() {
    m_newsAt = m_clock.elapsed();
    if (!m_timer.isActive()) m_timer.start();
}

bool ChartScheduler::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Show) look();
    return QObject::eventFilter(watched, event);
}

void ChartScheduler::frame() {
    std::erase_if(m_charts, [](const Entry& entry) { return entry.chart.isNull(); });
    const qint64 now = m_clock.elapsed();
    if (std::any_of(m_charts.begin(), m_charts.end(),
                    [](const Entry& entry) { return entry.chart->isVisible() && entry.chart->isStale(); }))
        m_newsAt = now;
    if (now - m_newsAt > kQuietMillis) return m_timer.stop();
    for (std::size_t i = 0; i < m_charts.size(); ++i) {
        Entry& entry = m_charts[(m_next + i) % m_charts.size()];
        if (!entry.chart->isVisible() || !entry.chart->isStale() || now - entry.drawnAt < kLeastMillisBetween)
            continue;
        entry.drawnAt = now;
        entry.chart->refresh();
        m_next = (m_next + i + 1) % m_charts.size();
        return;
    }
}

}  // namespace rw::ui
