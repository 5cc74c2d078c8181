// Keys of a table as a store has them, and back.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/store/keyed_store.h"
#include "core/stream/keys/key_bytes.h"
#include "core/stream/keys/key_table.h"

namespace rw {

/// Some groups of a table, in the order of a store. Single-threaded.
class EncodedKeys {
 public:
    explicit EncodedKeys(std::vector<Type> types) : m_coder(std::move(types)) {}

    /// Takes these groups in the place of those before. Each is there once.
    void encode(const KeyTable& table, std::span<const std::uint32_t> groups);
    std::size_t size() const { return m_keys.size(); }
    // Valid until the next encode().
    std::span<const StoreKey> keys() const { return m_keys; }
    const StoreKey& key(std::size_t i) const { return m_keys[i]; }
    std::uint32_t group(std::size_t i) const { return m_encoded[i].group; }
    std::size_t bytes() const { return m_bytes.size(); }  ///< of all of them
    std::size_t memoryBytes() const { return m_bytes.capacity(); }
    const KeyBytes& coder() const { return m_coder; }

 private:
    struct Encoded {
        std::uint64_t hash;
        std::uint32_t group;
        std::size_t offset, size;
    };
    const KeyBytes m_coder;
    std::vector<Encoded> m_encoded{};
    std::string m_bytes{};
    std::vector<StoreKey> m_keys{};
};

/// Keys of a store as a table takes them.
struct KeyRows {
    KeyRows(const KeyBytes& coder, std::span<const StoreKey> keys);

    std::vector<ColumnRef> columns{};
    std::vector<const Column*> cells{};
    std::vector<std::uint64_t> hashes{};
    std::vector<std::uint32_t> all{};  ///< 0, 1, 2 …
};

/// The groups by the key groups of their keys, those of one in their order.
std::vector<std::uint32_t> inOrderOfKeyGroups(const KeyTable& table, std::span<const std::uint32_t> groups);

}  // namespace rw
