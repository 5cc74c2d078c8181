// What is in a Kafka cluster, for people who choose a topic or test a connection.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/connect/connections/connection_tester.h"
#include "core/connect/kafka/kafka_client.h"

namespace rw {

struct KafkaTopicSize {
    std::string name{};
    int partitions = 0;
    /// Offsets from the first message to behind the last; of a compacted topic more than there are messages.
    std::int64_t messages = 0;
    bool operator==(const KafkaTopicSize&) const = default;
};

/// All topics that the user of the connection may see, but for the brokers' own, in the order of their names.
/// Waits, no longer than `within`; `cancelled` ends it soon. The sizes of topics for which there was no time
/// are -1.
Result<std::vector<KafkaTopicSize>> kafkaTopicSizes(const NodeConnection& connection, Millis within,
                                                    const std::atomic<bool>& cancelled);

/// Signs in and lists the topics.
std::shared_ptr<const ConnectionTester> kafkaTester();

}  // namespace rw
