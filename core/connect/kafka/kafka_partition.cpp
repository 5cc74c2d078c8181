#include "core/connect/kafka/kafka_partition.h"

#include <charconv>
#include <cstdint>

namespace rw {

std::optional<TopicPartition> topicPartitionOf(std::string_view name) {
    const std::size_t slash = name.rfind('/');
    if (slash == std::string_view::npos || slash == 0) return std::nullopt;
    const std::string_view digits = name.substr(slash + 1);
    TopicPartition partition{std::string(name.substr(0, slash))};
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), partition.number);
    const bool whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
    return whole && partition.number >= 0 ? std::optional(std::move(partition)) : std::nullopt;
}

void writePartitions(StateWriter& out, const std::vector<KafkaPartition>& partitions) {
    for (const KafkaPartition& partition : partitions) {
        out.record("partition", 1, [&partition](StateWriter& record) {
            record.bytes("topic", partition.topic);
            record.i64("number", partition.number);
            record.i64("next", partition.next);
            record.i64("end", partition.end);
            if (partition.gone) record.u64("gone", 1);
        });
    }
}

Result<std::vector<KafkaPartition>> readPartitions(const StateReader& state) {
    RW_TRY_ASSIGN(const std::vector<StateReader> records, state.records("partition"));
    std::vector<KafkaPartition> partitions;
    for (const StateReader& record : records) {
        KafkaPartition& partition = partitions.emplace_back();
        RW_TRY_ASSIGN(partition.topic, record.bytes("topic"));
        RW_TRY_ASSIGN(const std::int64_t number, record.i64("number"));
        RW_TRY_ASSIGN(partition.next, record.i64("next"));
        RW_TRY_ASSIGN(partition.end, record.i64("end"));
        partition.gone = record.has("gone");
        if (number < 0 || number > INT32_MAX || partition.next < -1)
            return brokenState("partitions of a topic");
        partition.number = static_cast<std::int32_t>(number);
    }
    return partitions;
}

}  // namespace rw
