#include "core/connect/web/seen_rows.h"

#include <xxhash.h>

#include <cstring>

#include "core/data/state_reader.h"

namespace rw {

bool SeenRows::meet(std::string_view key) {
    const XXH128_hash_t hash = XXH3_128bits(key.data(), key.size());
    return meetHash({hash.low64, hash.high64});
}

bool SeenRows::meetHash(const Hash& hash) {
    if (const auto known = m_places.find(hash); known != m_places.end()) {
        m_order.splice(m_order.end(), m_order, known->second);
        return false;
    }
    if (m_most == 0) return true;
    if (m_order.size() >= m_most) {
        m_places.erase(m_order.front());
        m_order.pop_front();
    }
    m_order.push_back(hash);
    m_places.emplace(hash, std::prev(m_order.end()));
    return true;
}

std::string SeenRows::bytes() const {
    std::string out;
    out.reserve(m_order.size() * sizeof(Hash));
    for (const Hash& hash : m_order) {
        for (const std::uint64_t half : {hash.low, hash.high})
            out.append(reinterpret_cast<const char*>(&half), sizeof half);
    }
    return out;
}

Status SeenRows::load(std::string_view bytes) {
    if (bytes.size() % sizeof(Hash) != 0) return brokenState("keys of rows that were met");
    m_order.clear();
    m_places.clear();
    for (; !bytes.empty(); bytes.remove_prefix(sizeof(Hash))) {
        Hash hash;
        std::memcpy(&hash.low, bytes.data(), sizeof hash.low);
        std::memcpy(&hash.high, bytes.data() + sizeof hash.low, sizeof hash.high);
        (void)meetHash(hash);
    }
    return {};
}

}  // namespace rw
