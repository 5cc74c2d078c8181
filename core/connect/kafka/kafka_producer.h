// Sends messages: in transactions, or each at least once.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/connect/kafka/kafka_client.h"
#include "core/connect/kafka/kafka_limits.h"
#include "core/connect/kafka/kafka_transactions.h"
#include "core/stream/partition_state.h"

namespace rw {

/// Messages of a key keep their order, and none of them is doubled while the producer lives. Sinks of a run
/// that write over one connection share it. It waits while its queue is full, and gives up soon when the run
/// is being stopped.
class KafkaProducer final : public TransactionalProducer {
 public:
    struct About {
        std::string transactionalId{};  ///< empty: no transactions
        /// Of a transaction, from its first row to its commit: the brokers abort a longer one.
        Millis longest = 0;
        std::shared_ptr<Clock> clock{};
        std::function<bool()> stopping{};  ///< MakeContext::stopping
        /// Asks how long messages of these topics may be: askForLimits().
        std::function<KafkaLimits(KafkaClient&, const std::set<std::string>&)> limits{};
        /// Makes a topic: createKafkaTopic().
        std::function<Status(KafkaClient&, const std::string&)> create{};
    };
    KafkaProducer(NodeConnection connection, About about);

    /// Before partitionsOf() of any topic: this one is written to.
    void expect(const std::string& topic);
    /// Connects, and gives the number of partitions of a topic, which must be there: messages for another one
    /// would fail only after half a minute. `create`: one that is missing is made.
    Result<std::int32_t> partitionsOf(const std::string& topic, bool create = false);
    /// Whether all is well with what was sent, as far as that is known by now. Does not wait.
    Status check();
    /// All that was sent is at the brokers, on all their disks that the topic wants.
    Status flush();
    std::vector<Text> takeNotes();
    /// As Sink::standing(). Any thread.
    SinkStanding standing() const;

    Status init() override;
    Result<Epoch> marker(const std::string& topic) override;
    Status begin() override;
    Status send(const KafkaRecord& record) override;
    Status prepare(const std::string& topic, Epoch marker) override;
    Status commit() override;
    void abort() override;

 private:
    /// Whether it is time to stop waiting.
    class Patience;

    Result<std::shared_ptr<KafkaClient>> client();
    /// Null: there is none yet.
    std::shared_ptr<KafkaClient> current() const;
    /// One that asks before that, for what the producer is told once; later the producer.
    Result<std::shared_ptr<KafkaClient>> asking();
    Status make(KafkaClient& with, const std::string& topic);
    Status tooLong(const KafkaRecord& record) const;
    Status broken(const KafkaClient& client) const;
    Status failed(const KafkaClient& client, const rd_kafka_error_t& error,
                  const std::string& topic = {}) const;
    Status fencedOff() const;
    Status stopped() const;
    /// Makes a call until it succeeds, or fails for good.
    template <class Call>
    Status retried(Call&& call, Millis longest, const std::string& topic = {});
    /// A call has reached the brokers, or waits for them.
    void reached();
    void waits(const KafkaClient& client);
    std::string group() const { return "rw." + m_about.transactionalId; }

    const NodeConnection m_connection;
    const About m_about;
    std::mutex m_making;         ///< held while the client is made, which may wait for the user
    mutable std::mutex m_mutex;  ///< guards the members below; nothing waits with it
    std::shared_ptr<KafkaClient> m_client{};
    std::set<std::string> m_topics{};
    bool m_asked = false;  ///< for the limits
    /// Written before a message is sent, and then left alone.
    KafkaLimits m_limits{};
    SinkStanding m_standing{PartitionState::Connecting};
    std::atomic<bool> m_reached{false};
    std::atomic<std::uint64_t> m_sent{0};
    std::atomic<std::int64_t> m_begunAt{0};  ///< steady milliseconds; 0: none is open
};

}  // namespace rw
