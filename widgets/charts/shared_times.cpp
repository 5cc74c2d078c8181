#include "widgets/charts/shared_times.h"

namespace rw::ui {

void SharedTimes::showNewest(std::optional<Millis> span) {
    m_newest = span;
    follow();
}

void SharedTimes::hold(const Range& times) {
    m_held = times;
    Q_EMIT timesChanged();
}

void SharedTimes::follow() {
    m_held.reset();
    m_seen.reset();
    Q_EMIT timesChanged();
}

void SharedTimes::step(bool back) {
    const std::optional<Range>& from = m_held ? m_held : m_seen;
    if (!from) return;
    const double by = back ? -from->length() : from->length();
    hold({from->from + by, from->to + by});
}

void SharedTimes::pointAt(std::optional<double> moment, const ChartWidget* chart) {
    if (m_moment == moment && m_pointed == chart) return;
    m_moment = moment;
    m_pointed = chart;
    Q_EMIT momentChanged();
}

void SharedTimes::sawNewest(const Range& times) {
    if (m_held || (m_seen && m_seen->to > times.to)) return;
    const bool first = !m_seen;
    m_seen = times;
    if (first) Q_EMIT countChanged();
}

void SharedTimes::join(const ChartWidget* chart) {
    m_charts.push_back(chart);
    Q_EMIT countChanged();
}

void SharedTimes::leave(const ChartWidget* chart) {
    if (m_pointed == chart) pointAt(std::nullopt, nullptr);
    if (std::erase(m_charts, chart) > 0) Q_EMIT countChanged();
}

}  // namespace rw::ui
