// Rows as messages to a broker.
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/formats/message_encoder.h"
#include "core/connect/formats/schema_registry.h"
#include "core/connect/mqtt/mqtt_client.h"
#include "core/stream/sink.h"
#include "core/stream/waiting/standing_board.h"

namespace rw {

/// Where and how a sink writes; shared by its instances.
struct MqttTarget {
    std::string connection{};
    std::string topic{};   ///< empty: by the column
    int topicColumn = -1;  ///< of STRING; less than 0: none
    int qos = 1;
    bool retained = false;
    EncoderOptions encoder{};
    std::string subject{};  ///< Avro with a registry: under which the schema is there
};

/// Each row at least once: a checkpoint counts when the broker has taken all messages before it (QoS 1) or
/// they were sent (QoS 0, which may lose them). What was sent stays sent: rows behind a checkpoint are sent
/// again.
class MqttSink final : public Sink, private MqttListener {
 public:
    /// `registry`: of a target that has one. The context is that of the call that makes the sink.
    MqttSink(const MqttTarget& target, const MakeContext& context, NodeConnection connection,
             std::optional<NodeConnection> registry);
    ~MqttSink() override;

    bool blocking() const override { return true; }
    bool isTransactional() const override { return m_inEpochs; }
    Status open() override;
    Status onBatch(const Batch& batch) override;
    std::vector<Unwritable> takeUnwritable() override { return std::exchange(m_unwritable, {}); }
    Status onIdle() override;
    Status onEnd() override { return flush(); }
    Status prepare(Epoch) override { return flush(); }
    void abort() override;
    void close() override;
    std::optional<SinkStanding> standing() const override { return m_board.now(); }
    std::vector<Text> takeNotes() override { return std::exchange(m_notes, {}); }

 private:
    void onTaken(int id) override;
    Status flush();
    /// Serves the broker while that holds; a run that is being stopped waits a moment longer alone.
    template <class Holds>
    Status serveWhile(Holds holds);
    Status serve(Millis within);
    Status connectAgain(const Status& why);
    bool sendRow(const Batch& batch, std::size_t row, std::string_view payload, Status& status);
    void leaveOut(const Batch& batch, std::size_t row, const Text& reason);

    const MqttTarget& m_target;
    const bool m_inEpochs;
    const std::shared_ptr<Clock> m_clock;
    const std::function<bool()> m_stopping;
    const std::optional<NodeConnection> m_registry;
    MqttClient m_client;
    StandingBoard m_board{};
    std::unique_ptr<const MessageEncoder> m_encoder{};
    EncodedMessages m_messages{};
    std::set<int> m_untaken{};  ///< ids of messages that the broker has not taken yet
    std::size_t m_unsent = 0;   ///< bytes that were given to the library since it had sent all
    std::int64_t m_connectedAt = 0;  ///< steady milliseconds
    Millis m_pause = 0;              ///< before it is connected again
    std::set<std::string> m_told{};  ///< why it was cut off, since it was connected for a while
    std::vector<Unwritable> m_unwritable{};
    std::vector<Text> m_notes{};
};

}  // namespace rw
