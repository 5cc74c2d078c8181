#include "core/connect/kafka/kafka_partition.h"

#include <cstdint>

namespace rw {

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
