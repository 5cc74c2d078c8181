#include "core/stream/keys/ttl_index.h"

#include <algorithm>

namespace rw {

void TtlIndex::came(std::uint32_t key, std::uint32_t row, bool begins) {
    if (!m_ttl->on()) return;
    const Instant time = m_ttl->timeOf(row);
    add(key, begins ? time : std::max(m_lives[key].newest, time));
}

void TtlIndex::add(std::uint32_t key, Instant newest) {
    if (!m_ttl->on()) return;
    Life& life = m_lives[key];
    life.newest = newest;
    // A key that started again may be over sooner than it was to be looked at.
    if (newest < life.queued) queue(key);
}

void TtlIndex::queue(std::uint32_t key) {
    Life& life = m_lives[key];
    life.queued = life.newest;
    m_queue.push_back({life.newest, key});
    std::push_heap(m_queue.begin(), m_queue.end());
}

std::optional<std::uint32_t> TtlIndex::takeOver() {
    std::pop_heap(m_queue.begin(), m_queue.end());
    const Look look = m_queue.back();
    m_queue.pop_back();
    Life& life = m_lives[look.key];
    if (look.at != life.queued) return std::nullopt;  // another look counts
    life.queued = kMaxTimestamp;
    if (life.newest == kNone) return std::nullopt;
    if (m_ttl->over(life.newest)) return look.key;
    queue(look.key);
    return std::nullopt;
}

}  // namespace rw
