#include "core/learn/recent_quality.h"

#include <numeric>

namespace rw::learn {

void RecentQuality::add(Quality::Kind kind, double value) {
    m_kind = kind;
    if (m_values.size() < kRows) {
        m_values.push_back(value);
        return;
    }
    m_values[m_next] = value;
    m_next = (m_next + 1) % kRows;
}

Quality RecentQuality::quality() const {
    if (m_values.empty()) return {};
    const double sum = std::accumulate(m_values.begin(), m_values.end(), 0.0);
    return {m_kind, sum / static_cast<double>(m_values.size()), m_values.size()};
}

}  // namespace rw::learn
