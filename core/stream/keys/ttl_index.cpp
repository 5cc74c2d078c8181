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

void TtlIndex::keep(std::span<const std::uint32_t> keys) {
    if (!m_ttl->on()) return;
    for (std::size_t i = 0; i < keys.size(); ++i) m_lives[i] = {m_lives[keys[i]].newest};
    m_lives.resize(keys.size());
    m_queue.clear();
    for (std::uint32_t key = 0; key < keys.size(); ++key) {
        Life& life = m_lives[key];
        if (life.newest == kNone) continue;
        life.queued = life.newest;
        m_queue.push_back({life.newest, key});
    }
    std::make_heap(m_queue.begin(), m_queue.end());
}

void TtlIndex::shrink() {
    m_lives.shrink_to_fit();
    m_queue.shrink_to_fit();
}

std::size_t TtlIndex::growth(std::size_t keys) const {
    if (!m_ttl->on()) return 0;
    const auto more = [keys](const auto& entries) {
        const std::size_t after = entries.size() + keys, room = entries.capacity();
        return after > room ? std::max(after, 2 * room) - room : 0;
    };
    return more(m_lives) * sizeof(Life) + more(m_queue) * sizeof(Look);
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
