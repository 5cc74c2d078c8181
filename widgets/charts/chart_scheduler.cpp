#include "widgets/charts/chart_scheduler.h"

#include "widgets/charts/chart_widget.h"

namespace rw::ui {

ChartScheduler::ChartScheduler(QObject* parent) : QObject(parent) {
    m_clock.start();
    m_timer.setInterval(kFrameMillis);
    connect(&m_timer, &QTimer::timeout, this, &ChartScheduler::frame);
    m_timer.start();
}

void ChartScheduler::add(ChartWidget* chart) {
    m_charts.push_back({chart});
}

void ChartScheduler::frame() {
    std::erase_if(m_charts, [](const Entry& entry) { return entry.chart.isNull(); });
    const qint64 now = m_clock.elapsed();
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
