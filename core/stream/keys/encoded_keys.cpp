#include "core/stream/keys/encoded_keys.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/stream/keys/key_groups.h"

namespace rw {

void EncodedKeys::encode(const KeyTable& table, std::span<const std::uint32_t> groups) {
    const std::vector<ColumnRef> columns = table.columns(groups);
    m_encoded.clear();
    m_bytes.clear();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::size_t offset = m_bytes.size();
        m_coder.append(columns, i, m_bytes);
        m_encoded.push_back({table.hash(groups[i]), groups[i], offset, m_bytes.size() - offset});
    }
    const auto keyOf = [this](const Encoded& key) {
        return StoreKey{key.hash, std::string_view(m_bytes).substr(key.offset, key.size)};
    };
    std::sort(m_encoded.begin(), m_encoded.end(),
              [&keyOf](const Encoded& a, const Encoded& b) { return keyOf(a) < keyOf(b); });
    m_keys.clear();
    for (const Encoded& key : m_encoded) m_keys.push_back(keyOf(key));
}

KeyRows::KeyRows(const KeyBytes& coder, std::span<const StoreKey> keys) {
    std::vector<std::string_view> bytes;
    for (const StoreKey& key : keys) {
        all.push_back(static_cast<std::uint32_t>(all.size()));
        bytes.push_back(key.bytes);
        hashes.push_back(key.hash);
    }
    columns = coder.columns(bytes);
    for (const ColumnRef& column : columns) cells.push_back(column.get());
}

std::vector<std::uint32_t> inOrderOfKeyGroups(const KeyTable& table, std::span<const std::uint32_t> groups) {
    const auto keyGroup = [&table](std::uint32_t group) {
        return static_cast<std::size_t>(keyGroupOf(table.hash(group)));
    };
    std::array<std::size_t, kKeyGroups> next{};  // how many there are, then where the next one goes
    for (const std::uint32_t group : groups) ++next[keyGroup(group)];
    std::size_t begin = 0;
    for (std::size_t& each : next) begin += std::exchange(each, begin);
    std::vector<std::uint32_t> order(groups.size());
    for (const std::uint32_t group : groups) order[next[keyGroup(group)]++] = group;
    return order;
}

}  // namespace rw
