// The keys of the rows that were given, so that a service that answers with the same rows again gives no row
// twice. The newest are remembered, and where there is no room those that were met longest ago are forgotten.
#pragma once
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/status.h"

namespace rw {

/// Single-threaded. 16 bytes a key in a checkpoint, and about 100 in memory.
class SeenRows {
 public:
    explicit SeenRows(std::size_t most) : m_most(most) {}

    /// Whether the row of that key is met for the first time, as far as is remembered. It is the newest then.
    bool meet(std::string_view key);
    std::size_t size() const { return m_order.size(); }
    std::size_t most() const { return m_most; }

    /// As a state: all of them, those met longest ago first.
    std::string bytes() const;
    /// Takes that over, the newest of it where there is no room for all.
    Status load(std::string_view bytes);

 private:
    struct Hash {
        std::uint64_t low = 0, high = 0;
        bool operator==(const Hash&) const = default;
    };
    struct HashOf {
        std::size_t operator()(const Hash& hash) const { return hash.low; }
    };
    bool meetHash(const Hash& hash);

    const std::size_t m_most;
    std::list<Hash> m_order{};  ///< the newest last
    std::unordered_map<Hash, std::list<Hash>::iterator, HashOf> m_places{};
};

}  // namespace rw
