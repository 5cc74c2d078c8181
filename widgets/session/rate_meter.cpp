#include "widgets/session/rate_meter.h"

#include <algorithm>

namespace rw::ui {

namespace {

constexpr std::int64_t kStep = 200;  // milliseconds between samples
constexpr std::int64_t kWindows[] = {1000, 2000, 5000, 10'000};
constexpr double kEnoughRows = 20;  // in a window, for a rate that does not jump about
constexpr std::size_t kHistory = 60;

}  // namespace

void RateMeter::add(std::int64_t millis, std::uint64_t rows) {
    if (!m_samples.empty() && millis - m_samples.back().millis < kStep) return;
    if (m_samples.empty()) m_nextSecond = millis + 1000;
    m_samples.push_back({millis, rows});
    // One sample older than the longest window stays: differences are taken from it.
    while (m_samples.size() > 2 && millis - m_samples[1].millis >= kWindows[3]) m_samples.pop_front();
    for (const std::int64_t window : kWindows) {
        m_rate = rateOver(window);
        if (m_rate * static_cast<double>(window) / 1000 >= kEnoughRows) break;
    }
    if (millis < m_nextSecond) return;
    m_nextSecond = std::max(m_nextSecond + 1000, millis);
    m_history.push_back(static_cast<float>(rateOver(1000)));
    if (m_history.size() > kHistory) m_history.erase(m_history.begin());
}

double RateMeter::rateOver(std::int64_t window) const {
    const Sample& last = m_samples.back();
    const Sample* first = &m_samples.front();
    for (auto sample = m_samples.rbegin(); sample != m_samples.rend(); ++sample) {
        first = &*sample;
        if (last.millis - sample->millis >= window) break;
    }
    const std::int64_t millis = last.millis - first->millis;
    if (millis <= 0 || last.rows < first->rows) return 0;
    return static_cast<double>(last.rows - first->rows) * 1000.0 / static_cast<double>(millis);
}

}  // namespace rw::ui
