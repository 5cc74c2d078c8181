// Key groups: the units in which keyed state moves between instances.
//
// A key belongs to one of 256 groups by the high bits of its hash, and a group to one instance of a keyed
// node. State is written by group, so that a run with another number of instances can restore it (as Flink's
// key groups; https://nightlies.apache.org/flink/flink-docs-stable/docs/ops/state/savepoints/).
#pragma once
#include <cstdint>

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

}  // namespace rw
