// Key groups: the units in which keyed state moves between instances.
//
// A key belongs to one of 256 groups by the high bits of its hash, and a group to one instance of a keyed
// node. State is written by group, so that a run with another number of instances can restore it (as Flink's
// key groups; https://nightlies.apache.org/flink/flink-docs-stable/docs/ops/state/savepoints/).
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/data/state_writer.h"

namespace rw {

inline constexpr int kKeyGroups = StateWriter::kKeyGroups;

/// `hash` as hashKeys() gives it. The high bits: tables use the low ones, and would find them all alike
/// behind an exchange.
inline int keyGroupOf(std::uint64_t hash) {
    return static_cast<int>(hash >> 56);
}

/// The groups first … end − 1 of one instance.
struct KeyGroups {
    int first = 0, end = kKeyGroups;
    bool contains(int group) const { return group >= first && group < end; }
};

/// The instance, of `instances` (at most kKeyGroups), that has a group. Neighbours go together.
inline int instanceOfGroup(int group, int instances) {
    return group * instances / kKeyGroups;
}

inline KeyGroups keyGroupsOf(int instance, int instances) {
    const auto firstOf = [&](int i) { return (i * kKeyGroups + instances - 1) / instances; };
    return {firstOf(instance), firstOf(instance + 1)};
}

/// In the order of their hashes, items of one hash in theirs. The hash of each is read once: it may be
/// anywhere in memory, and a checkpoint asks for those of millions.
template <class HashOf>
void sortByHash(std::vector<std::uint32_t>& items, HashOf hashOf) {
    struct Hashed {
        std::uint64_t hash;
        std::uint32_t item;
    };
    const auto smaller = [](const Hashed& a, const Hashed& b) { return a.hash < b.hash; };
    std::vector<Hashed> given;
    given.reserve(items.size());
    std::array<std::size_t, kKeyGroups> next{};  // how many there are, then where the next one goes
    for (const std::uint32_t item : items) {
        given.push_back({hashOf(item), item});
        ++next[static_cast<std::size_t>(keyGroupOf(given.back().hash))];
    }
    std::size_t begin = 0;
    for (std::size_t& each : next) begin += std::exchange(each, begin);
    std::vector<Hashed> grouped(given.size());
    for (const Hashed& each : given) grouped[next[static_cast<std::size_t>(keyGroupOf(each.hash))]++] = each;
    auto from = grouped.begin();
    for (const std::size_t end : next) {
        const auto to = grouped.begin() + static_cast<std::ptrdiff_t>(end);
        std::stable_sort(from, to, smaller);
        from = to;
    }
    std::transform(grouped.begin(), grouped.end(), items.begin(),
                   [](const Hashed& each) { return each.item; });
}

/// Calls body(group, some) for each key group that has any of `items`, hashOf(item) being the hash of one's
/// key. In the order of the hashes, so that the state written does not depend on the order of arrival; of one
/// hash in theirs.
template <class HashOf, class Body>
void forEachKeyGroup(std::vector<std::uint32_t> items, HashOf hashOf, Body body) {
    constexpr std::size_t kFew = 4'096;  // not worth a look at all groups: there may be a million slices
    if (items.size() > kFew) {
        sortByHash(items, hashOf);
    } else {
        std::stable_sort(items.begin(), items.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return hashOf(a) < hashOf(b); });
    }
    for (std::size_t from = 0, end = 0; from < items.size(); from = end) {
        const int group = keyGroupOf(hashOf(items[from]));
        while (end < items.size() && keyGroupOf(hashOf(items[end])) == group) ++end;
        body(group, std::span<const std::uint32_t>(items).subspan(from, end - from));
    }
}

}  // namespace rw
