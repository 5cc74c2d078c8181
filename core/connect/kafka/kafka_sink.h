// Rows as messages of a topic.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/formats/message_encoder.h"
#include "core/connect/formats/schema_registry.h"
#include "core/connect/kafka/kafka_producer.h"
#include "core/stream/sink.h"

namespace rw {

/// Where and how a sink writes; shared by its instances.
struct KafkaTarget {
    std::string connection{};  ///< its name: sinks of one share producer and transaction
    std::string topic{};
    bool create = false;             ///< the topic, where it is missing
    bool exactlyOnce = true;         ///< where the run takes checkpoints; else each row at least once
    Millis longest = 0;              ///< KafkaProducer::About
    std::vector<int> partitionBy{};  ///< columns; none: rows of a key are together
    EncoderOptions encoder{};
    std::string subject{};  ///< Avro with a registry: under which the schema is there
};

class KafkaSink final : public Sink {
 public:
    /// `registry`: of a target that has one. The context is that of the call that makes the sink.
    KafkaSink(const KafkaTarget& target, const MakeContext& context, NodeConnection connection,
              std::optional<NodeConnection> registry);
    ~KafkaSink() override;

    bool blocking() const override { return true; }
    bool isTransactional() const override { return m_inEpochs; }
    bool decides() const override { return m_transactions != nullptr; }
    std::string decidesWith() const override { return m_scopeName; }
    Result<bool> isCommitted(Epoch epoch) override { return m_transactions->isCommitted(epoch); }
    Status open() override;
    Status onBatch(const Batch& batch) override;
    /// Messages that were given up are noticed, though few are sent and no checkpoint is taken.
    Status onIdle() override { return m_producer->check(); }
    std::vector<Unwritable> takeUnwritable() override { return std::exchange(m_unwritable, {}); }
    Status prepare(Epoch epoch) override;
    Status commit(Epoch epoch) override;
    void abort() override;
    bool hasVisibleOutput() const override { return m_transactions == nullptr; }
    void close() override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;
    std::optional<SinkStanding> standing() const override {
        return m_producer ? m_producer->standing() : SinkStanding{PartitionState::Connecting};
    }
    std::vector<Text> takeNotes() override { return m_producer->takeNotes(); }

 private:
    std::int32_t partitionOf(const Batch& batch, std::size_t row);
    void leaveOut(const Batch& batch, std::size_t row, const Text& reason);

    const KafkaTarget& m_target;
    const bool m_inEpochs;
    const std::string m_scopeName;
    const std::function<bool()> m_stopping;
    const std::optional<NodeConnection> m_registry;
    std::shared_ptr<KafkaProducer> m_producer{};
    std::shared_ptr<KafkaTransactions> m_transactions{};  ///< null: rows go at least once
    std::size_t m_number = 0;                             ///< among those that share the transactions
    std::unique_ptr<const MessageEncoder> m_encoder{};
    std::int32_t m_partitions = 1;
    EncodedMessages m_messages{};
    std::string m_text{};
    std::vector<Unwritable> m_unwritable{};
    Epoch m_prepared = 0;
    /// Where the marker is that an earlier run of the line has left. Kept while rows go at least once: by an
    /// edit they may go in transactions again.
    std::string m_markerTopic{};
};

}  // namespace rw
