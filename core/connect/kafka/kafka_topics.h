// What is in a Kafka cluster, for people who choose a topic or test a connection.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
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
/// Waits, no longer than `within` once the client has its secrets; `cancelled` ends it soon. The sizes of
/// topics for which there was no time are -1. `early`: is told the topics before their sizes are known, which
/// are -1 then.
Result<std::vector<KafkaTopicSize>> kafkaTopicSizes(
    const NodeConnection& connection, Millis within, const std::atomic<bool>& cancelled,
    const std::function<void(const std::vector<KafkaTopicSize>&)>& early = {});

/// Asks for the topics, or that one, until there is an answer, the time is over, or it is cancelled; brokers
/// that can't be reached at all are told at once, for a person waits.
Result<std::vector<KafkaTopic>> askForTopics(KafkaClient& client, Millis within,
                                             const std::atomic<bool>& cancelled,
                                             const std::string& only = {});
/// Whether the brokers keep it for themselves.
bool isBrokersOwn(const std::string& topic);

/// Signs in and lists the topics.
std::shared_ptr<const ConnectionTester> kafkaTester();

}  // namespace rw
