#include "core/connect/mqtt/mqtt_sink.h"

#include <algorithm>

#include "core/base/figures.h"
#include "core/data/text.h"

namespace rw {

namespace {

constexpr std::size_t kMostUntaken = 1'000;  ///< messages that may be on their way
constexpr std::size_t kMostUnsent = std::size_t{1} << 20;  ///< bytes that wait in the library
constexpr Millis kSinkSteady = 10'000;                     ///< a connection that lasts so long is a good one
constexpr Millis kSinkStep = 50, kSinkPause = 250, kSinkLongestPause = 5'000;
constexpr Millis kSinkPatience = 60'000;  ///< with a broker that is away; then the run decides
constexpr Millis kSinkConnectWait = 3'000;
constexpr Millis kLeavePatience = 500;

MqttClientOptions sinkOptions(const NodeConnection& connection, const MakeContext& context) {
    MqttClientOptions options;
    const std::string& pipeline = context.journals.empty() ? context.folder : context.journals;
    options.clientId = clientIdOf(connection, pipeline, context.node);
    options.within = kSinkConnectWait;
    options.stopping = context.stopping;
    return options;
}

}  // namespace

MqttSink::MqttSink(const MqttTarget& target, const MakeContext& context, NodeConnection connection,
                   std::optional<NodeConnection> registry)
    : m_target(target),
      m_inEpochs(!context.checkpoints.empty()),
      m_clock(context.clock),
      m_stopping(context.stopping),
      m_registry(std::move(registry)),
      m_client(connection, sinkOptions(connection, context), *this) {}

MqttSink::~MqttSink() = default;

Status MqttSink::open() {
    RW_TRY(m_client.connect().status());
    m_connectedAt = m_clock->steadyMillis();
    m_board.reached();
    RW_TRY_ASSIGN(m_encoder, registeredEncoder(m_target.encoder, m_registry, m_target.subject, m_stopping));
    return {};
}

Status MqttSink::onBatch(const Batch& batch) {
    m_messages.clear();
    for (const sql::RowError& error : m_encoder->encode(batch, m_messages))
        leaveOut(batch, error.row, error.reason);
    for (std::size_t i = 0; i < m_messages.size(); ++i) {
        RW_TRY(serveWhile([this] {
            if (!m_client.wantsToSend()) m_unsent = 0;
            return m_untaken.size() >= kMostUntaken || m_unsent >= kMostUnsent;
        }));
        Status status;
        // A row that is gone: with retained messages, an empty one ends that of its topic.
        while (!sendRow(batch, m_messages.row(i), m_messages.value(i).value_or(std::string_view()), status)) {
            if (status.error().code != ErrorCode::Row) {
                RW_TRY(connectAgain(status));
                continue;
            }
            leaveOut(batch, m_messages.row(i), status.error().message);
            break;
        }
    }
    return serve(0);
}

/// Whether it is on its way.
bool MqttSink::sendRow(const Batch& batch, std::size_t row, std::string_view payload, Status& status) {
    std::string topic = m_target.topic;
    if (m_target.topicColumn >= 0) {
        const Column& column = *batch.columns[static_cast<std::size_t>(m_target.topicColumn)];
        topic.clear();
        appendCell(topic, column, row);
        status = usableTopic(topic);
        if (!status.ok()) {
            status = Status(ErrorCode::Row, status.error().message, status.error().fix);
            return false;
        }
    }
    Result<int> id = m_client.publish(topic, payload, m_target.qos, m_target.retained);
    status = id.status();
    if (!id.ok()) return false;
    if (m_target.qos > 0) m_untaken.insert(*id);
    m_unsent += payload.size() + topic.size();
    return true;
}

void MqttSink::onTaken(int id) {
    m_untaken.erase(id);
}

/// What the broker has taken is heard before anything is sent: a connection that turns out to be lost when it
/// is written to is closed, with all that had come, and messages that were taken would be sent again.
Status MqttSink::serve(Millis within) {
    Status status = m_client.receive(0);
    if (status.ok()) status = m_client.send();
    if (status.ok() && within > 0) status = m_client.receive(within);
    return status.ok() ? Status() : connectAgain(status);
}

Status MqttSink::onIdle() {
    return serve(0);
}

/// The broker has all that was given.
Status MqttSink::flush() {
    return serveWhile([this] { return !m_untaken.empty() || m_client.wantsToSend(); });
}

template <class Holds>
Status MqttSink::serveWhile(Holds holds) {
    std::int64_t leaveAt = -1;  // once the run is being stopped
    while (holds()) {
        if (leaveAt < 0 && m_stopping()) leaveAt = m_clock->steadyMillis() + kLeavePatience / 2;
        if (leaveAt >= 0 && m_clock->steadyMillis() >= leaveAt) {
            return {ErrorCode::Io,
                    RW_TEXT("mqtt", "The broker %1 has not taken all messages.").with(m_client.address()),
                    RW_TEXT("mqtt", "See whether the broker runs.")};
        }
        RW_TRY(serve(kSinkStep));
    }
    return {};
}

/// The library sends again what the broker has not taken.
Status MqttSink::connectAgain(const Status& why) {
    if (m_clock->steadyMillis() - m_connectedAt >= kSinkSteady) {
        m_pause = 0;
        m_told.clear();
    }
    if (m_told.insert(english(why.error())).second)
        m_notes.push_back(
            RW_TEXT("mqtt", "Messages can't be sent now: %1 %2").with(why.error().message, why.error().fix));
    const std::int64_t until = m_clock->steadyMillis() + kSinkPatience;
    Status failed = why;
    m_board.away(why.error().message, m_pause);
    while (!m_stopping() && m_clock->steadyMillis() < until) {
        // A broker that lets this client in and drops it at once is not asked without a pause, either.
        for (const std::int64_t again = m_clock->steadyMillis() + m_pause;
             m_clock->steadyMillis() < again && !m_stopping();)
            m_clock->sleep(kSinkStep);
        m_pause = std::clamp(2 * m_pause, kSinkPause, kSinkLongestPause);
        const Result<MqttGreeting> greeting = m_client.connect();
        if (greeting.ok()) {
            m_connectedAt = m_clock->steadyMillis();
            m_board.reached();
            return {};
        }
        // The run is being stopped: why it has no connection is known already.
        if (greeting.error().code == ErrorCode::Cancelled) return failed;
        failed = greeting.status();
        m_board.away(failed.error().message, m_pause);
        if (errorKindOf(failed.error().code) != ErrorKind::Transient) return failed;
    }
    return failed;
}

void MqttSink::leaveOut(const Batch& batch, std::size_t row, const Text& reason) {
    const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -1;
    m_unwritable.push_back({rowText(batch, row), position, reason});
}

void MqttSink::abort() {
    // What the broker takes soon is not worth a note.
    const std::int64_t until = m_clock->steadyMillis() + kLeavePatience;
    while (m_client.isConnected() && !m_untaken.empty() && m_clock->steadyMillis() < until) {
        if (!m_client.send().ok() || !m_client.receive(kSinkStep).ok()) break;
    }
    if (m_untaken.empty()) return;
    m_notes.push_back(figures::counted(
        m_untaken.size(), RW_TEXT("mqtt", "It is not known of 1 message whether the broker has it."),
        RW_TEXT("mqtt", "It is not known of %1 messages whether the broker has them.")));
}

void MqttSink::close() {
    m_client.leave();
    m_encoder.reset();
}

}  // namespace rw
