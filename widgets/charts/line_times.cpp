// The times that a line chart shows: the newest ones, those that the person chose, and those of its
// neighbours.
#include <QPushButton>
#include <algorithm>
#include <cmath>

#include "widgets/charts/line_chart.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr Millis kLeastSpan = 10;
}

Millis LineChart::span() const {
    const std::optional<Millis> shared = times() ? times()->newest() : std::nullopt;
    return shared.value_or(lines().info().span);
}

void LineChart::chooseTimes() {
    if (!m_following) return;
    m_x = liveTimes(lines().extent(), span());
    if (times() && lines().extent().any()) times()->sawNewest(m_x);
}

void LineChart::showRange(const Range& x, const Range& y) {
    if (!view() || x.length() < kLeastSpan || x.from < -kFarthestInstant || x.to > kFarthestInstant) return;
    m_ownY = m_ownY || !(y == m_y);
    m_y = y;
    times() ? times()->hold(x) : stay(x);
}

void LineChart::stay(const Range& x) {
    m_following = false;
    m_x = x;
    m_wayBack->show();
    m_wayBack->raise();
    refresh();
}

void LineChart::follow() {
    if (!view()) return;
    m_ownY = false;
    times() ? times()->follow() : goOn();
}

void LineChart::goOn() {
    m_following = true;
    m_wayBack->hide();
    refresh();
}

void LineChart::timesChanged() {
    if (!view()) return;
    times()->held() ? stay(*times()->held()) : goOn();
}

void LineChart::momentChanged() {
    if (!times() || times()->pointed() == this || m_crosshair) return;
    const std::optional<double> moment = times()->moment();
    if (!view() || !moment || *moment < m_x.from || *moment > m_x.to)
        return m_plot->setCrosshair(std::nullopt);
    const Crossed all = crossed(*moment);
    const bool there = all.point && std::fabs(all.place - *moment) <= static_cast<double>(m_shot.resolution);
    m_plot->setCrosshair(moment, there ? all.dots : std::vector<Plot::Dot>());
}

void LineChart::refreshWayBack() {
    if (!view()) return;
    m_wayBack->setText(lines().info().live && runGoesOn() ? tr("Back to live")
                       : span() == 0                      ? tr("Show the whole run")
                                                          : tr("Show the newest rows"));
    m_wayBack->adjustSize();
    m_wayBack->move(width() - m_wayBack->width() - metrics::kPanelPadding, metrics::kGrid);
}

/// At least to the next point in that direction: the crosshair is always at one, and may be back at the same.
void LineChart::stepBy(double times) {
    const std::optional<double> before = m_crosshair;
    pointAt(std::clamp(before.value_or(m_x.to) + times, m_x.from, m_x.to));
    if (!before || m_crosshair != before) return;
    std::optional<double> next;
    for (const Shown& shown : m_shown) {
        for (const Instant place : m_shot.series[shown.line].at) {
            const auto at = static_cast<double>(place);
            const bool ahead = times < 0 ? at < *before : at > *before;
            if (!ahead || at < m_x.from || at > m_x.to) continue;
            if (!next || std::fabs(at - *before) < std::fabs(*next - *before)) next = at;
        }
    }
    if (next) pointAt(*next);
}

void LineChart::resizeEvent(QResizeEvent* event) {
    ChartWidget::resizeEvent(event);
    refreshWayBack();
}

QString LineChart::rangeText() const {
    return clockText(static_cast<Instant>(m_x.from), m_zone) + QStringLiteral("–") +
           clockText(static_cast<Instant>(m_x.to), m_zone);
}

QString LineChart::shownSpan() const {
    return view() && m_following ? wordsOf(span()) : QString();
}

}  // namespace rw::ui
