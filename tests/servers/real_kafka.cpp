#include "tests/servers/real_kafka.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace rw::servers {

namespace {

constexpr int kPatience = 60'000;  // milliseconds; only a hang takes so long

void sayNothing(const rd_kafka_t*, int, const char*, const char*) {}

KafkaClientHandle makeRealClient(rd_kafka_type_t type, const std::string& address,
                                 const RealKafka::Settings& settings) {
    std::array<char, 512> said{};
    KafkaConf conf(rd_kafka_conf_new());
    rd_kafka_conf_set_log_cb(conf.get(), sayNothing);
    RealKafka::Settings all = settings;
    all.emplace_back("bootstrap.servers", address);
    all.emplace_back("reconnect.backoff.max.ms", "500");
    for (const auto& [name, value] : all) {
        if (rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), said.data(), said.size()) !=
            RD_KAFKA_CONF_OK)
            throw std::runtime_error(said.data());
    }
    KafkaClientHandle made(rd_kafka_new(type, conf.get(), said.data(), said.size()));
    if (!made) throw std::runtime_error(said.data());
    (void)conf.release();  // the client's own now
    return made;
}

KafkaClientHandle makeRealConsumer(const std::string& address, const std::string& group) {
    return makeRealClient(RD_KAFKA_CONSUMER, address,
                          {{"group.id", group},
                           {"enable.auto.commit", "false"},
                           {"enable.partition.eof", "true"},
                           {"isolation.level", "read_committed"},
                           {"receive.message.max.bytes", "1000000000"},
                           {"fetch.wait.max.ms", "10"}});
}

void needKafka(rd_kafka_resp_err_t error) {
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw std::runtime_error(rd_kafka_err2str(error));
}

void needKafka(rd_kafka_error_t* error) {
    const KafkaError owned(error);
    if (owned) throw std::runtime_error(rd_kafka_error_string(owned.get()));
}

rd_kafka_vu_t partOf(rd_kafka_vtype_t type) {
    rd_kafka_vu_t made{};
    made.vtype = type;
    return made;
}

rd_kafka_vu_t textPart(rd_kafka_vtype_t type, const std::optional<std::string>& text) {
    rd_kafka_vu_t made = partOf(type);
    made.u.mem.ptr = text ? const_cast<char*>(text->c_str()) : nullptr;
    made.u.mem.size = text ? text->size() : 0;
    return made;
}

void produceRow(rd_kafka_t* producer, const std::string& topic, const KafkaRow& row) {
    std::vector<rd_kafka_vu_t> parts{partOf(RD_KAFKA_VTYPE_TOPIC), partOf(RD_KAFKA_VTYPE_PARTITION),
                                     partOf(RD_KAFKA_VTYPE_MSGFLAGS), textPart(RD_KAFKA_VTYPE_KEY, row.key),
                                     textPart(RD_KAFKA_VTYPE_VALUE, row.value)};
    parts[0].u.cstr = topic.c_str();
    parts[1].u.i32 = row.partition;
    parts[2].u.i = RD_KAFKA_MSG_F_COPY;
    if (row.timestamp != 0) {
        parts.push_back(partOf(RD_KAFKA_VTYPE_TIMESTAMP));
        parts.back().u.i64 = row.timestamp;
    }
    if (!row.trace.empty()) {
        parts.push_back(partOf(RD_KAFKA_VTYPE_HEADER));
        parts.back().u.header.name = "trace";
        parts.back().u.header.val = row.trace.data();
        parts.back().u.header.size = static_cast<ssize_t>(row.trace.size());
    }
    for (;;) {
        const KafkaError error(rd_kafka_produceva(producer, parts.data(), parts.size()));
        if (!error) return;
        if (rd_kafka_error_code(error.get()) != RD_KAFKA_RESP_ERR__QUEUE_FULL)
            throw std::runtime_error(rd_kafka_error_string(error.get()));
        (void)rd_kafka_poll(producer, 10);
    }
}

std::optional<std::string> bytesFound(const void* bytes, std::size_t size) {
    if (bytes == nullptr) return std::nullopt;
    return std::string(static_cast<const char*>(bytes), size);
}

/// What the answer says of its one topic.
rd_kafka_resp_err_t answered(rd_kafka_event_t* event) {
    if (const rd_kafka_resp_err_t error = rd_kafka_event_error(event); error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return error;
    std::size_t count = 0;
    const rd_kafka_topic_result_t** topics = nullptr;
    switch (rd_kafka_event_type(event)) {
        case RD_KAFKA_EVENT_CREATETOPICS_RESULT:
            topics = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
            break;
        case RD_KAFKA_EVENT_DELETETOPICS_RESULT:
            topics = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count);
            break;
        case RD_KAFKA_EVENT_CREATEPARTITIONS_RESULT:
            topics = rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result(event),
                                                             &count);
            break;
        default: {
            const rd_kafka_topic_partition_list_t* const offsets =
                rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event));
            return offsets->elems[0].err;
        }
    }
    return count == 1 ? rd_kafka_topic_result_error(topics[0]) : RD_KAFKA_RESP_ERR_UNKNOWN;
}

}  // namespace

RealKafka::RealKafka(std::string address) : m_address(std::move(address)) {}

template <class Call>
void RealKafka::administer(int event, const std::string& topic, Call&& call) const {
    const KafkaClientHandle client = makeRealClient(RD_KAFKA_PRODUCER, m_address, {});
    const KafkaQueue queue(rd_kafka_queue_new(client.get()));
    call(client.get(), queue.get());
    const KafkaEvent answer(rd_kafka_queue_poll(queue.get(), kPatience));
    if (!answer || rd_kafka_event_type(answer.get()) != event)
        throw std::runtime_error("the brokers do not answer for " + topic);
    needKafka(answered(answer.get()));
}

void RealKafka::createTopic(const std::string& topic, int partitions, const Settings& settings) const {
    std::array<char, 512> said{};
    using NewTopic = KafkaHandle<rd_kafka_NewTopic_t, rd_kafka_NewTopic_destroy>;
    const NewTopic wanted(rd_kafka_NewTopic_new(topic.c_str(), partitions, 1, said.data(), said.size()));
    if (!wanted) throw std::runtime_error(said.data());
    for (const auto& [name, value] : settings)
        needKafka(rd_kafka_NewTopic_set_config(wanted.get(), name.c_str(), value.c_str()));
    administer(RD_KAFKA_EVENT_CREATETOPICS_RESULT, topic, [&wanted](rd_kafka_t* client, auto* queue) {
        rd_kafka_NewTopic_t* one = wanted.get();
        rd_kafka_CreateTopics(client, &one, 1, nullptr, queue);
    });
    const KafkaClientHandle client = makeRealClient(RD_KAFKA_PRODUCER, m_address, {});
    for (int tried = 0; partitionsOf(client.get(), topic) != partitions; ++tried) {
        if (tried > kPatience / 50) throw std::runtime_error(topic + " does not come");
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

void RealKafka::deleteTopic(const std::string& topic) const {
    using DeleteTopic = KafkaHandle<rd_kafka_DeleteTopic_t, rd_kafka_DeleteTopic_destroy>;
    const DeleteTopic unwanted(rd_kafka_DeleteTopic_new(topic.c_str()));
    administer(RD_KAFKA_EVENT_DELETETOPICS_RESULT, topic, [&unwanted](rd_kafka_t* client, auto* queue) {
        rd_kafka_DeleteTopic_t* one = unwanted.get();
        rd_kafka_DeleteTopics(client, &one, 1, nullptr, queue);
    });
}

void RealKafka::addPartitions(const std::string& topic, int all) const {
    std::array<char, 512> said{};
    using NewPartitions = KafkaHandle<rd_kafka_NewPartitions_t, rd_kafka_NewPartitions_destroy>;
    const NewPartitions wanted(
        rd_kafka_NewPartitions_new(topic.c_str(), static_cast<std::size_t>(all), said.data(), said.size()));
    if (!wanted) throw std::runtime_error(said.data());
    administer(RD_KAFKA_EVENT_CREATEPARTITIONS_RESULT, topic, [&wanted](rd_kafka_t* client, auto* queue) {
        rd_kafka_NewPartitions_t* one = wanted.get();
        rd_kafka_CreatePartitions(client, &one, 1, nullptr, queue);
    });
}

void RealKafka::deleteBefore(const std::string& topic, std::int32_t partition, std::int64_t offset) const {
    const KafkaPartitionList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = offset;
    using DeleteRecords = KafkaHandle<rd_kafka_DeleteRecords_t, rd_kafka_DeleteRecords_destroy>;
    const DeleteRecords unwanted(rd_kafka_DeleteRecords_new(list.get()));
    administer(RD_KAFKA_EVENT_DELETERECORDS_RESULT, topic, [&unwanted](rd_kafka_t* client, auto* queue) {
        rd_kafka_DeleteRecords_t* one = unwanted.get();
        rd_kafka_DeleteRecords(client, &one, 1, nullptr, queue);
    });
}

void RealKafka::put(const std::string& topic, const std::vector<KafkaRow>& rows) const {
    const KafkaClientHandle producer = makeRealClient(
        RD_KAFKA_PRODUCER, m_address,
        {{"linger.ms", "5"}, {"enable.idempotence", "true"}, {"message.max.bytes", "110000000"}});
    for (const KafkaRow& row : rows) produceRow(producer.get(), topic, row);
    needKafka(rd_kafka_flush(producer.get(), kPatience));
}

void RealKafka::putValues(const std::string& topic, const std::vector<std::string>& values) const {
    std::vector<KafkaRow> rows;
    for (const std::string& value : values) rows.emplace_back().value = value;
    put(topic, rows);
}

std::int32_t RealKafka::partitionsOf(rd_kafka_t* client, const std::string& topic) const {
    const KafkaTopicHandle handle(rd_kafka_topic_new(client, topic.c_str(), nullptr));
    const rd_kafka_metadata_t* got = nullptr;
    needKafka(rd_kafka_metadata(client, 0, handle.get(), &got, kPatience));
    const KafkaMetadata metadata(got);
    if (metadata->topic_cnt != 1 || metadata->topics[0].err != RD_KAFKA_RESP_ERR_NO_ERROR) return 0;
    for (int i = 0; i < metadata->topics[0].partition_cnt; ++i) {
        if (metadata->topics[0].partitions[i].leader < 0) return 0;
    }
    return metadata->topics[0].partition_cnt;
}

std::vector<KafkaRow> RealKafka::rows(const std::string& topic) const {
    const KafkaClientHandle reader = makeRealConsumer(m_address, "rows");
    const std::int32_t partitions = partitionsOf(reader.get(), topic);
    rd_kafka_poll_set_consumer(reader.get());
    const KafkaPartitionList list(rd_kafka_topic_partition_list_new(partitions));
    for (std::int32_t i = 0; i < partitions; ++i)
        rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), i)->offset = RD_KAFKA_OFFSET_BEGINNING;
    needKafka(rd_kafka_assign(reader.get(), list.get()));
    std::vector<KafkaRow> rows;
    for (std::int32_t ended = 0; ended < partitions;) {
        const KafkaMessage message(rd_kafka_consumer_poll(reader.get(), kPatience));
        if (!message) throw std::runtime_error(topic + " can't be read");
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) ++ended;
        if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
        KafkaRow& row = rows.emplace_back();
        row.value = bytesFound(message->payload, message->len);
        row.key = bytesFound(message->key, message->key_len);
        row.partition = message->partition;
    }
    (void)rd_kafka_consumer_close(reader.get());
    return rows;
}

std::vector<std::string> RealKafka::values(const std::string& topic) const {
    std::vector<std::string> values;
    for (const KafkaRow& row : rows(topic)) values.push_back(row.value.value_or("NULL"));
    std::sort(values.begin(), values.end());
    return values;
}

std::int64_t RealKafka::committed(const std::string& group, const std::string& topic) const {
    const KafkaClientHandle reader = makeRealConsumer(m_address, group);
    const KafkaPartitionList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), 0);
    needKafka(rd_kafka_committed(reader.get(), list.get(), kPatience));
    return list->elems[0].offset;
}

ForeignTransaction::ForeignTransaction(const RealKafka& kafka, const std::string& id)
    : m_producer(makeRealClient(RD_KAFKA_PRODUCER, kafka.address(), {{"transactional.id", id}})) {
    needKafka(rd_kafka_init_transactions(m_producer.get(), kPatience));
}

void ForeignTransaction::begin() {
    needKafka(rd_kafka_begin_transaction(m_producer.get()));
}

void ForeignTransaction::put(const std::string& topic, const std::string& value) {
    KafkaRow row;
    row.value = value;
    produceRow(m_producer.get(), topic, row);
    needKafka(rd_kafka_flush(m_producer.get(), kPatience));
}

void ForeignTransaction::commit() {
    needKafka(rd_kafka_commit_transaction(m_producer.get(), kPatience));
}

void ForeignTransaction::abort() {
    needKafka(rd_kafka_abort_transaction(m_producer.get(), kPatience));
}

GroupMember::GroupMember(const RealKafka& kafka, const std::string& group, const std::string& topic)
    : m_consumer(makeRealClient(RD_KAFKA_CONSUMER, kafka.address(),
                                {{"group.id", group}, {"auto.offset.reset", "earliest"}})) {
    rd_kafka_poll_set_consumer(m_consumer.get());
    const KafkaPartitionList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
    needKafka(rd_kafka_subscribe(m_consumer.get(), list.get()));
    // With the first message it has joined.
    const KafkaMessage first(rd_kafka_consumer_poll(m_consumer.get(), kPatience));
    if (!first) throw std::runtime_error("nobody could join the group " + group);
}

void GroupMember::poll() {
    const KafkaMessage message(rd_kafka_consumer_poll(m_consumer.get(), 50));
}

}  // namespace rw::servers
