// Kafka brokers in memory: librdkafka's mock cluster, which clients reach over loopback as real ones. It
// keeps messages and committed offsets. It does not keep transactions: their rows are seen at once, their
// offsets are lost, and no producer is fenced off (fake_transactions.h has those).
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/connect/kafka/kafka_handles.h"

struct rd_kafka_mock_cluster_s;

namespace rw::test {

class KafkaWorld {
 public:
    explicit KafkaWorld(int brokers = 1);
    ~KafkaWorld();
    KafkaWorld(const KafkaWorld&) = delete;
    KafkaWorld& operator=(const KafkaWorld&) = delete;

    std::string address() const;
    /// A connection to it, of that name.
    std::shared_ptr<const Connections> connections(const std::string& name) const;
    NodeConnection connection() const;

    void createTopic(const std::string& topic, int partitions = 1);
    /// These brokers make a topic that they are asked for; this one they refuse.
    void refuseTopic(const std::string& topic);
    /// The brokers do not know it any more, and know it again, with its messages.
    void dropTopic(const std::string& topic);
    void giveBackTopic(const std::string& topic);
    struct Message {
        std::optional<std::string> value{};  ///< nothing: a tombstone
        std::optional<std::string> key{};
        int partition = 0;
        std::int64_t timestamp = 0;  ///< 0: now
        std::string header{};        ///< of the name “trace”; empty: none
    };
    void put(const std::string& topic, const std::vector<Message>& messages);
    /// Values alone, into partition 0.
    void putValues(const std::string& topic, const std::vector<std::string>& values);
    /// Behind the last message.
    std::int64_t end(const std::string& topic, int partition = 0) const;
    /// The messages of a partition from there on, each as “key=value”; NULL where one is null.
    std::vector<std::string> messages(const std::string& topic, int partition = 0,
                                      std::int64_t from = 0) const;
    /// What a group has committed; less than 0: nothing.
    std::int64_t committed(const std::string& group, const std::string& topic, int partition = 0) const;

    /// The next requests of this kind (Kafka's number of it) fail so, one after the other.
    void fail(std::int16_t request, const std::vector<rd_kafka_resp_err_t>& errors);
    void setDown(bool down);
    /// A partition without a leader, and with one again.
    void setLeader(const std::string& topic, int partition, bool has);

 private:
    rd_kafka_t* const m_host;
    rd_kafka_mock_cluster_s* const m_cluster;
    rd_kafka_t* m_producer = nullptr;
};

}  // namespace rw::test
