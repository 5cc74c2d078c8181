#include "core/learn/recent_quality.h"

namespace rw::learn {

void RecentQuality::add(Quality::Kind kind, double value, double baseline) {
    m_kind = kind;
    if (m_rows.size() < kRows) {
        m_rows.push_back({value, baseline});
        return;
    }
    m_rows[m_next] = {value, baseline};
    m_next = (m_next + 1) % kRows;
}

Quality RecentQuality::quality() const {
    Quality quality;
    if (m_rows.empty()) return quality;
    for (const Judged& row : m_rows) {
        quality.value += row.value;
        quality.baseline += row.baseline;
    }
    const auto rows = static_cast<double>(m_rows.size());
    quality.kind = m_kind;
    quality.value /= rows;
    quality.baseline /= rows;
    quality.rows = m_rows.size();
    return quality;
}

}  // namespace rw::learn
