// A source whose partitions are those of topics.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rw {

/// One of the parts of a topic, each of which counts its messages.
struct TopicPartition {
    std::string topic{};
    std::int32_t number = 0;
    bool operator==(const TopicPartition&) const = default;
};

/// A bound source that can tell which partition of which topic it means by a name, as the names of its
/// partitions are on a tape. Its rows have offsets there. Any thread.
class TellsPartitions {
 public:
    virtual ~TellsPartitions() = default;
    /// Nothing: no partition has such a name.
    virtual std::optional<TopicPartition> partitionOf(std::string_view name) const = 0;
};

}  // namespace rw
