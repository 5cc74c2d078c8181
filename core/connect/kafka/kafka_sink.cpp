#include "core/connect/kafka/kafka_sink.h"

#include "core/data/state_reader.h"
#include "core/data/text.h"

namespace rw {

namespace {

constexpr const char* kEpoch = "epoch";
constexpr const char* kMarkerTopic = "marker_topic";

bool takesTransactions(const KafkaTarget& target, const MakeContext& context) {
    return target.exactlyOnce && !context.checkpoints.empty();
}

}  // namespace

KafkaSink::KafkaSink(const KafkaTarget& target, const MakeContext& context, NodeConnection connection,
                     std::optional<NodeConnection> registry)
    : m_target(target),
      m_inEpochs(!context.checkpoints.empty()),
      m_scopeName((takesTransactions(target, context) ? "kafka transactions of " : "kafka messages of ") +
                  target.connection),
      m_stopping(context.stopping),
      m_registry(std::move(registry)) {
    KafkaProducer::About about;
    about.longest = target.longest;
    about.clock = context.clock;
    about.stopping = context.stopping;
    const bool transactions = takesTransactions(target, context);
    // Of the lineage: a run that resumes has the same name, and shuts the one before out.
    if (transactions) about.transactionalId = "rillwright." + context.checkpoints + "." + target.connection;
    m_producer = context.scope->shared<KafkaProducer>(m_scopeName + ", producer", [&] {
        return std::make_shared<KafkaProducer>(std::move(connection), std::move(about));
    });
    m_producer->expect(target.topic);
    if (!transactions) return;
    m_transactions = context.scope->shared<KafkaTransactions>(
        m_scopeName, [this] { return std::make_shared<KafkaTransactions>(m_producer); });
    m_number = m_transactions->join(target.topic);
}

KafkaSink::~KafkaSink() = default;

Status KafkaSink::open() {
    RW_TRY_ASSIGN(m_partitions, m_producer->partitionsOf(m_target.topic, m_target.create));
    RW_TRY_ASSIGN(m_encoder, registeredEncoder(m_target.encoder, m_registry, m_target.subject, m_stopping));
    return m_transactions ? m_transactions->open() : Status();
}

Status KafkaSink::onBatch(const Batch& batch) {
    m_messages.clear();
    for (const sql::RowError& error : m_encoder->encode(batch, m_messages))
        leaveOut(batch, error.row, error.reason);
    for (std::size_t i = 0; i < m_messages.size(); ++i) {
        const std::size_t row = m_messages.row(i);
        KafkaRecord record;
        record.topic = &m_target.topic;
        record.key = m_messages.key(i);
        record.value = m_messages.value(i);
        record.partition = m_target.partitionBy.empty() ? -1 : partitionOf(batch, row);
        const Status status = m_transactions ? m_transactions->send(record) : m_producer->send(record);
        if (status.ok()) continue;
        if (status.error().code != ErrorCode::Row) return status;
        leaveOut(batch, row, status.error().message);
    }
    return {};
}

/// As the Java client would of the text of these columns, with a NUL between.
std::int32_t KafkaSink::partitionOf(const Batch& batch, std::size_t row) {
    m_text.clear();
    for (const int column : m_target.partitionBy) {
        if (column != m_target.partitionBy.front()) m_text += '\0';
        appendCell(m_text, *batch.columns[static_cast<std::size_t>(column)], row);
    }
    return rd_kafka_msg_partitioner_murmur2(nullptr, m_text.data(), m_text.size(), m_partitions, nullptr,
                                            nullptr);
}

void KafkaSink::leaveOut(const Batch& batch, std::size_t row, const Text& reason) {
    const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -1;
    m_unwritable.push_back({rowText(batch, row), position, reason});
}

Status KafkaSink::prepare(Epoch epoch) {
    m_prepared = epoch;
    return m_transactions ? m_transactions->prepare(m_number, epoch) : m_producer->flush();
}

Status KafkaSink::commit(Epoch epoch) {
    return m_transactions ? m_transactions->commit(epoch) : Status();
}

void KafkaSink::abort() {
    if (m_transactions) m_transactions->abort();
}

void KafkaSink::close() {
    m_encoder.reset();
}

Status KafkaSink::snapshot(StateWriter& out) const {
    if (!m_inEpochs) return {};
    out.u64(kEpoch, m_prepared);
    out.bytes(kMarkerTopic, m_transactions ? m_transactions->markerTopic() : m_markerTopic);
    return {};
}

Status KafkaSink::restore(const StateReader& state) {
    if (!m_inEpochs || !state.has(kEpoch)) return {};
    RW_TRY_ASSIGN(const Epoch epoch, state.u64(kEpoch));
    RW_TRY_ASSIGN(const std::string_view topic, state.bytes(kMarkerTopic));
    m_prepared = epoch;
    m_markerTopic = topic;
    if (m_transactions) m_transactions->resume(epoch, m_markerTopic);
    return {};
}

}  // namespace rw
