#include "core/runtime/metrics/state_growth.h"

#include <algorithm>

namespace rw {

namespace {

constexpr std::int64_t kApart = 10'000, kLeastSpan = 120'000, kHour = 3'600'000;

}  // namespace

void StateGrowth::add(std::int64_t millis, std::uint64_t bytes) {
    while (!m_seen.empty() && m_seen.front().at < millis - kHour) m_seen.pop_front();
    if (m_seen.empty() || millis - m_seen.back().at >= kApart) {
        m_seen.push_back({millis, bytes});
    } else {
        m_seen.back().most = std::max(m_seen.back().most, bytes);
    }
}

double StateGrowth::perHour() const {
    if (m_seen.empty() || m_seen.back().at - m_seen.front().at < kLeastSpan) return 0;
    const auto middle = m_seen.begin() + static_cast<std::ptrdiff_t>(m_seen.size() / 2);
    const auto most = [](auto from, auto to) {
        return std::max_element(from, to, [](const Seen& a, const Seen& b) { return a.most < b.most; });
    };
    const auto before = most(m_seen.begin(), middle), after = most(middle, m_seen.end());
    if (after->most <= before->most) return 0;
    return static_cast<double>(after->most - before->most) * static_cast<double>(kHour) /
           static_cast<double>(after->at - before->at);
}

}  // namespace rw
