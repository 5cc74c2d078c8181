#include "core/stream/lookups/lookup_moments.h"

#include <iterator>

namespace rw {

LookupBy lookupBy(const StreamType& input) {
    const bool asRead = !input.made && !input.held && !input.rejected && input.leftBy == PortRole::Rows;
    if (asRead) return LookupBy::Arrival;
    return input.eventTime >= 0 ? LookupBy::EventTime : LookupBy::Nothing;
}

void LookupMoments::from(Instant moment, std::uint64_t table) {
    m_points.erase(m_points.lower_bound(moment), m_points.end());
    m_points.emplace(moment, table);
}

void LookupMoments::only(Instant moment, std::uint64_t table) {
    if (moment < kMaxTimestamp) {
        const std::uint64_t behind = at(moment + 1);
        m_points[moment + 1] = behind;
    }
    const auto point = m_points.insert_or_assign(moment, table).first;
    // Consecutive moments that are recorded like this are one point.
    if (point != m_points.begin() && std::prev(point)->second == table) m_points.erase(point);
}

std::uint64_t LookupMoments::at(Instant moment) const {
    const auto behind = m_points.upper_bound(moment);
    return (behind == m_points.begin() ? behind : std::prev(behind))->second;
}

}  // namespace rw
