// The ordinals of a source's partitions: numbers in the order of their names, for the numbers of wires.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "core/base/status.h"

namespace rw {

/// An ordinal never changes, for the state of operators knows it; so partitions that are found later get
/// ordinals between those that are there. The order of two ordinals depends on their names alone, never on
/// which was found first. There is room for those that go on at an end by the ten thousand, for those that
/// count up or down between two others by the hundred, and in the worst order between two for a few at least.
class PartitionOrdinals {
 public:
    /// The ordinal of a partition; a new one where it is not known. An error where there is no room.
    Result<std::int64_t> of(const std::string& name);
    /// An ordinal that a snapshot tells.
    void put(const std::string& name, std::int64_t ordinal) { m_ordinals[name] = ordinal; }

 private:
    std::map<std::string, std::int64_t> m_ordinals;
    std::int64_t m_last = 0;  ///< the ordinal that was given last
};

}  // namespace rw
