// How far a partition of a topic was read.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/lineage/tells_partitions.h"

namespace rw {

struct KafkaPartition {
    std::string topic{};
    std::int32_t number = 0;
    /// The offset of the next row; less than 0: it is where the reading begins, and no broker could be asked
    /// for that yet.
    std::int64_t next = 0;
    /// Rows from here on are not read; less than 0: there is no such limit.
    std::int64_t end = -1;
    bool gone = false;  ///< its topic is not there any more: nothing will come

    bool ended() const { return gone || (end >= 0 && next >= end); }
    /// Unique among topics, for neither a slash nor a space is in the name of one.
    std::string name() const { return topic + "/" + std::to_string(number); }
    bool operator==(const KafkaPartition&) const = default;
};

/// Of a name as KafkaPartition::name() gives it; nothing: it is none.
std::optional<TopicPartition> topicPartitionOf(std::string_view name);

/// In the order in which they were found.
void writePartitions(StateWriter& out, const std::vector<KafkaPartition>& partitions);
Result<std::vector<KafkaPartition>> readPartitions(const StateReader& state);

}  // namespace rw
