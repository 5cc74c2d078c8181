#include "core/stream/waiting/progress_board.h"

#include <algorithm>

namespace rw {

void ProgressBoard::place(const std::string& partition, std::int64_t next) {
    const std::lock_guard lock(m_mutex);
    m_places[partition].next = next;
}

void ProgressBoard::end(const std::string& partition, std::int64_t end) {
    const std::lock_guard lock(m_mutex);
    m_places[partition].end = end;
}

void ProgressBoard::retryAt(Instant next) {
    const std::lock_guard lock(m_mutex);
    m_retryAt = next;
}

std::vector<PartitionProgress> ProgressBoard::all() const {
    const std::lock_guard lock(m_mutex);
    std::vector<PartitionProgress> out;
    for (const auto& [name, place] : m_places) {
        PartitionProgress& progress = out.emplace_back();
        progress.name = name;
        progress.unit = m_unit;
        progress.nextTry = m_retryAt;
        if (!place.next) continue;
        progress.position = m_words != nullptr ? m_words(*place.next) : std::to_string(*place.next);
        // What was given since the end was told is behind it.
        if (place.end)
            progress.lag = static_cast<std::uint64_t>(std::max<std::int64_t>(*place.end - *place.next, 0));
    }
    // Before any partition is known.
    if (out.empty() && m_retryAt != 0) out.emplace_back().nextTry = m_retryAt;
    return out;
}

}  // namespace rw
