#include "widgets/charts/chart_scheduler.h"

#include <algorithm>

#include "widgets/charts/chart_widget.h"

namespace rw::ui {

ChartScheduler::ChartScheduler(QObject* parent) : QObject(parent), m_ticker(*this, kFrameMillis) {
    m_clock.start();
    connect(&m_ticker, &Ticker::ticked, this, &ChartScheduler::frame);
}

void ChartScheduler::add(ChartWidget* chart) {
    auto* sight = new Sight(*chart);
    m_charts.push_back({chart, sight});
    connect(sight, &Sight::changed, this, [this](bool seen) { seen ? look() : follow(); });
    connect(chart, &ChartWidget::wentStale, this, &ChartScheduler::look);
    look();
}

void ChartScheduler::look() {
    m_newsAt = m_clock.elapsed();
    m_looks = true;
    follow();
}

void ChartScheduler::follow() {
    const auto isSeen = [](const Entry& entry) { return entry.sight && entry.sight->isSeen(); };
    m_ticker.setNeeded(m_looks && std::any_of(m_charts.begin(), m_charts.end(), isSeen));
}

void ChartScheduler::frame() {
    std::erase_if(m_charts, [](const Entry& entry) { return entry.chart.isNull() || entry.sight.isNull(); });
    const qint64 now = m_clock.elapsed();
    if (std::any_of(m_charts.begin(), m_charts.end(),
                    [](const Entry& entry) { return entry.sight->isSeen() && entry.chart->isStale(); }))
        m_newsAt = now;
    m_looks = now - m_newsAt <= kQuietMillis;
    if (!m_looks) return follow();
    for (std::size_t i = 0; i < m_charts.size(); ++i) {
        Entry& entry = m_charts[(m_next + i) % m_charts.size()];
        if (!entry.sight->isSeen() || !entry.chart->isStale() || now - entry.drawnAt < kLeastMillisBetween)
            continue;
        entry.drawnAt = now;
        entry.chart->refresh();
        m_next = (m_next + i + 1) % m_charts.size();
        return;
    }
}

}  // namespace rw::ui
