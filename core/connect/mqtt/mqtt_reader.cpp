#include "core/connect/mqtt/mqtt_reader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rw {

namespace {

constexpr Millis kFirstPause = 250, kLongestPause = 10'000;
constexpr Millis kConnectWait = 5'000;
/// A connection that lasts so long is a good one. Two clients of one id drive each other out for ever.
constexpr Millis kSteady = 10'000;

MqttClientOptions clientOptions(const MqttReading& reading) {
    MqttClientOptions options;
    options.clientId = reading.clientId;
    options.keepsSession = reading.qos > 0;
    options.within = kConnectWait;
    return options;
}

}  // namespace

MqttReader::MqttReader(JournalReading journal, NodeConnection connection, MqttReading reading)
    : JournalReader(std::move(journal)),
      m_reading(std::move(reading)),
      m_client(std::move(connection), clientOptions(m_reading), *this),
      m_wasHere(this->journal().begin().next > 0) {}

MqttReader::~MqttReader() {
    m_client.leave();
}

Result<SourceReader::Read> MqttReader::receive(Millis within, ReadOutput& out) {
    if (journal().isFull()) {
        (void)journal().await(0);
        return Read::Some;
    }
    if (!m_live) {
        const std::int64_t now = m_reading.clock->steadyMillis();
        if (now < m_tryAt) {
            (void)journal().await(std::min(within, m_tryAt - now));
            return Read::Some;
        }
        if (const Status connected = connect(out); !connected.ok()) return cut(connected, out);
    }
    m_kept = false;
    // Those that came before the connection was lost are kept, too: the broker may send them again, if it
    // can.
    const Status received = m_client.receive(within);
    const Status sent = received.ok() ? m_client.send() : onSending();
    if (!received.ok()) return cut(received, out);
    if (!sent.ok()) return cut(sent, out);
    return m_kept ? Read::Some : Read::Nothing;
}

void MqttReader::onMessage(const MqttMessage& message) {
    // A session may have subscriptions from before the pipeline was edited.
    if (!matchesFilter(m_reading.filter, message.topic)) return;
    m_came.push_back(
        {std::string(message.topic), std::string(message.payload), message.qos, message.retained});
}

Status MqttReader::onSending() {
    if (m_came.empty()) return {};
    static constexpr std::array<std::string_view, 3> kLevels{"0", "1", "2"};
    std::vector<std::array<MessageHeader, 2>> headers;
    headers.reserve(m_came.size());
    std::vector<ReceivedMessage> messages;
    messages.reserve(m_came.size());
    for (const Came& came : m_came) {
        const auto level = static_cast<std::size_t>(std::clamp(came.qos, 0, 2));
        headers.push_back({MessageHeader{"retained", came.retained ? "true" : "false"},
                           MessageHeader{"qos", kLevels[level]}});
        ReceivedMessage& message = messages.emplace_back();
        message.value = came.payload;
        message.topic = came.topic;
        message.headers = headers.back();
    }
    RW_TRY(journal().append(messages, m_reading.clock->now()));
    m_came.clear();
    m_kept = true;
    return {};
}

Status MqttReader::connect(ReadOutput& out) {
    m_came.clear();
    RW_TRY_ASSIGN(const MqttGreeting greeting, m_client.connect());
    RW_TRY_ASSIGN(const int granted, m_client.subscribe(m_reading.filter, m_reading.qos));
    if (granted < m_reading.qos) {
        out.note(
            RW_TEXT("mqtt",
                    "The broker gives QoS %1 only: messages that are under way when the connection is lost "
                    "are lost.")
                .with(granted));
    }
    noteGreeting(greeting, out);
    if (m_cutSince >= 0) out.tell(PartitionState::Live);
    m_live = true;
    m_liveSince = m_reading.clock->steadyMillis();
    m_cutSince = -1;
    return {};
}

void MqttReader::noteGreeting(const MqttGreeting& greeting, ReadOutput& out) {
    if (m_reading.qos > 0 && m_wasHere && !greeting.sessionPresent) {
        out.note(
            RW_TEXT("mqtt",
                    "The broker %1 did not know this client any more: messages that came while it was away "
                    "are lost. A broker that is killed keeps only what it had written to disk.")
                .with(m_client.address()));
    }
    m_wasHere = true;
}

Result<SourceReader::Read> MqttReader::cut(const Status& why, ReadOutput& out) {
    const std::int64_t now = m_reading.clock->steadyMillis();
    if (std::exchange(m_live, false) && now - m_liveSince >= kSteady) {
        m_pause = 0;
        m_told.clear();
    }
    // Those of QoS 1 are not acknowledged, and come again.
    for (const Came& came : m_came) {
        if (came.qos == 0) ++journal().figures().lost;
    }
    m_came.clear();
    if (errorKindOf(why.error().code) != ErrorKind::Transient) return why;
    if (m_cutSince < 0) m_cutSince = now;
    if (m_reading.giveUpAfter && now - m_cutSince >= *m_reading.giveUpAfter) return why;
    m_pause = m_pause == 0 ? kFirstPause : std::min(2 * m_pause, kLongestPause);
    m_tryAt = now + m_pause;
    out.tell(PartitionState::Disconnected, why.error().message);
    if (m_told.insert(english(why.error())).second)
        out.note(
            RW_TEXT("mqtt", "Messages can't be taken now: %1 %2").with(why.error().message, why.error().fix));
    return Read::Some;
}

}  // namespace rw
