// The places of a source's partitions: numbers in the order of their names, for the numbers of wires.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "core/base/status.h"

namespace rw {

/// A place never changes, for the state of operators knows it; so partitions that are found later get places
/// between those that are there. The order of two places depends on their names alone, never on which was
/// found first. There is room for those that go on at an end by the ten thousand, for those that count up or
/// down between two others by the hundred, and in the worst order between two for a few at least.
class PartitionOrdinals {
 public:
    /// The place of a partition; a new one where it is not known. An error where there is no room.
    Result<std::int64_t> of(const std::string& name);
    /// A place that a snapshot tells.
    void put(const std::string& name, std::int64_t place) { m_places[name] = place; }

 private:
    std::map<std::string, std::int64_t> m_places;
    std::int64_t m_last = 0;  ///< the place that was given last
};

}  // namespace rw
