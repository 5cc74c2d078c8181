// Takes the messages of a broker into the journal of a source.
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/journal/journal_reader.h"
#include "core/connect/mqtt/mqtt_client.h"

namespace rw {

struct MqttReading {
    std::string filter{};
    int qos = 1;
    std::string clientId{};
    std::optional<Millis> giveUpAfter{};  ///< of a broker that can't be reached
    std::shared_ptr<Clock> clock{};
};

/// With QoS 1 messages are acknowledged when the journal has them: those that come together share a sync. It
/// subscribes after each connection, for a broker that was killed may have forgotten it.
class MqttReader final : public JournalReader, private MqttListener {
 public:
    MqttReader(JournalReading journal, NodeConnection connection, MqttReading reading);
    ~MqttReader() override;

 private:
    /// A message as it came, until the journal has it.
    struct Came {
        std::string topic{}, payload{};
        int qos = 0;
        bool retained = false;
    };
    Result<Read> receive(Millis within, ReadOutput& out) override;
    void onMessage(const MqttMessage& message) override;
    /// The journal has all that came when it is a success.
    Status onSending() override;
    Status connect(ReadOutput& out);
    Result<Read> cut(const Status& why, ReadOutput& out);
    void noteGreeting(const MqttGreeting& greeting, ReadOutput& out);

    const MqttReading m_reading;
    MqttClient m_client;
    std::vector<Came> m_came{};
    bool m_kept = false;  ///< something was, in this call
    bool m_live = false;
    bool m_wasHere = false;        ///< the broker has known this client
    std::int64_t m_liveSince = 0;  ///< steady milliseconds
    std::int64_t m_tryAt = 0;      ///< steady milliseconds
    Millis m_pause = 0;            ///< before the next attempt
    std::int64_t m_cutSince = -1;  ///< steady milliseconds; less than 0: it is connected
    std::set<std::string> m_told{};  ///< why it was cut off, since it was connected for a while
};

}  // namespace rw
