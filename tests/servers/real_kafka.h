// A real Kafka, as a program beside ours uses it: topics, messages, transactions and groups.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/kafka/kafka_handles.h"

namespace rw::servers {

using KafkaClientHandle = KafkaHandle<rd_kafka_t, rd_kafka_destroy>;

struct KafkaRow {
    std::optional<std::string> value{};  ///< nothing: null
    std::optional<std::string> key{};
    std::int32_t partition = 0;
    std::int64_t timestamp = 0;  ///< 0: now
    std::string trace{};         ///< the header of that name; empty: none
};

/// Every call waits for the brokers, and throws what they say against it.
class RealKafka {
 public:
    using Settings = std::vector<std::pair<std::string, std::string>>;

    explicit RealKafka(std::string address);

    const std::string& address() const { return m_address; }

    /// Until it can be written to.
    void createTopic(const std::string& topic, int partitions = 1, const Settings& settings = {}) const;
    void deleteTopic(const std::string& topic) const;
    void addPartitions(const std::string& topic, int all) const;
    /// As retention does it.
    void deleteBefore(const std::string& topic, std::int32_t partition, std::int64_t offset) const;

    void put(const std::string& topic, const std::vector<KafkaRow>& rows) const;
    void putValues(const std::string& topic, const std::vector<std::string>& values) const;
    /// Those of all partitions that `read_committed` shows, each partition in its order.
    std::vector<KafkaRow> rows(const std::string& topic) const;
    /// Their values, sorted; NULL where one is null.
    std::vector<std::string> values(const std::string& topic) const;
    /// What a group has committed for partition 0; less than 0: nothing.
    std::int64_t committed(const std::string& group, const std::string& topic) const;

 private:
    /// A call of the library for topics, and its one answer.
    template <class Call>
    void administer(int event, const std::string& topic, Call&& call) const;
    std::int32_t partitionsOf(rd_kafka_t* client, const std::string& topic) const;

    const std::string m_address;
};

/// A transaction of another program.
class ForeignTransaction {
 public:
    ForeignTransaction(const RealKafka& kafka, const std::string& id);

    void begin();
    void put(const std::string& topic, const std::string& value);
    void commit();
    void abort();

 private:
    KafkaClientHandle m_producer;
};

/// A member of a consumer group, which has joined it.
class GroupMember {
 public:
    GroupMember(const RealKafka& kafka, const std::string& group, const std::string& topic);

    /// It stays a member only as long as it is asked.
    void poll();

 private:
    KafkaClientHandle m_consumer;
};

}  // namespace rw::servers
