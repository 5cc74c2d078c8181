#include "tests/support/worlds/kafka_world.h"

#include <librdkafka/rdkafka_mock.h>

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace rw::test {

namespace {

constexpr int kPatience = 10'000;  // milliseconds

using Options = std::vector<std::pair<const char*, std::string>>;

void sayNothing(const rd_kafka_t*, int, const char*, const char*) {}

rd_kafka_t* makeClient(rd_kafka_type_t type, const Options& options) {
    std::array<char, 512> said{};
    rd_kafka_conf_t* const conf = rd_kafka_conf_new();
    rd_kafka_conf_set_log_cb(conf, sayNothing);
    for (const auto& [name, value] : options) {
        if (rd_kafka_conf_set(conf, name, value.c_str(), said.data(), said.size()) != RD_KAFKA_CONF_OK)
            throw std::runtime_error(said.data());
    }
    rd_kafka_t* const made = rd_kafka_new(type, conf, said.data(), said.size());
    if (made == nullptr) throw std::runtime_error(said.data());
    return made;
}

rd_kafka_t* makeConsumer(const std::string& address, const std::string& group) {
    return makeClient(RD_KAFKA_CONSUMER, {{"bootstrap.servers", address},
                                          {"group.id", group},
                                          {"enable.auto.commit", "false"},
                                          {"enable.partition.eof", "true"},
                                          {"fetch.wait.max.ms", "10"}});
}

void need(rd_kafka_resp_err_t error) {
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw std::runtime_error(rd_kafka_err2str(error));
}

rd_kafka_vu_t part(rd_kafka_vtype_t type) {
    rd_kafka_vu_t made{};
    made.vtype = type;
    return made;
}

rd_kafka_vu_t bytesPart(rd_kafka_vtype_t type, const std::optional<std::string>& text) {
    rd_kafka_vu_t made = part(type);
    made.u.mem.ptr = text ? const_cast<char*>(text->c_str()) : nullptr;
    made.u.mem.size = text ? text->size() : 0;
    return made;
}

std::string textOf(const void* bytes, std::size_t size) {
    return bytes == nullptr ? "NULL" : std::string(static_cast<const char*>(bytes), size);
}

}  // namespace

KafkaWorld::KafkaWorld(int brokers)
    : m_host(makeClient(RD_KAFKA_PRODUCER, {{"client.id", "mock"}})),
      m_cluster(rd_kafka_mock_cluster_new(m_host, brokers)) {
    m_producer = makeClient(RD_KAFKA_PRODUCER, {{"bootstrap.servers", address()}, {"linger.ms", "5"}});
}

KafkaWorld::~KafkaWorld() {
    rd_kafka_destroy(m_producer);
    rd_kafka_mock_cluster_destroy(m_cluster);
    rd_kafka_destroy(m_host);
}

std::string KafkaWorld::address() const {
    return rd_kafka_mock_cluster_bootstraps(m_cluster);
}

std::shared_ptr<const Connections> KafkaWorld::connections(const std::string& name) const {
    Connection made{name, "kafka", {{"address", address()}, {"security", "plaintext"}}, {}};
    return std::make_shared<const Connections>(std::vector<Connection>{std::move(made)}, environmentSecret);
}

NodeConnection KafkaWorld::connection() const {
    const std::shared_ptr<const Connections> all = connections("world");
    return NodeConnection(*all->named("world"), all);
}

void KafkaWorld::createTopic(const std::string& topic, int partitions) {
    need(rd_kafka_mock_topic_create(m_cluster, topic.c_str(), partitions, 1));
}

void KafkaWorld::refuseTopic(const std::string& topic) {
    rd_kafka_mock_topic_set_error(m_cluster, topic.c_str(), RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
}

void KafkaWorld::dropTopic(const std::string& topic) {
    refuseTopic(topic);
}

void KafkaWorld::giveBackTopic(const std::string& topic) {
    rd_kafka_mock_topic_set_error(m_cluster, topic.c_str(), RD_KAFKA_RESP_ERR_NO_ERROR);
}

void KafkaWorld::put(const std::string& topic, const std::vector<Message>& messages) {
    for (const Message& message : messages) {
        std::vector<rd_kafka_vu_t> parts{
            part(RD_KAFKA_VTYPE_TOPIC), part(RD_KAFKA_VTYPE_PARTITION), part(RD_KAFKA_VTYPE_MSGFLAGS),
            bytesPart(RD_KAFKA_VTYPE_KEY, message.key), bytesPart(RD_KAFKA_VTYPE_VALUE, message.value)};
        parts[0].u.cstr = topic.c_str();
        parts[1].u.i32 = message.partition;
        parts[2].u.i = RD_KAFKA_MSG_F_COPY;
        if (message.timestamp != 0) {
            parts.push_back(part(RD_KAFKA_VTYPE_TIMESTAMP));
            parts.back().u.i64 = message.timestamp;
        }
        if (!message.header.empty()) {
            parts.push_back(part(RD_KAFKA_VTYPE_HEADER));
            parts.back().u.header.name = "trace";
            parts.back().u.header.val = message.header.data();
            parts.back().u.header.size = static_cast<ssize_t>(message.header.size());
        }
        const KafkaError error(rd_kafka_produceva(m_producer, parts.data(), parts.size()));
        if (error) throw std::runtime_error(rd_kafka_error_string(error.get()));
    }
    need(rd_kafka_flush(m_producer, kPatience));
}

void KafkaWorld::putValues(const std::string& topic, const std::vector<std::string>& values) {
    std::vector<Message> messages;
    for (const std::string& value : values) messages.emplace_back().value = value;
    put(topic, messages);
}

std::int64_t KafkaWorld::end(const std::string& topic, int partition) const {
    rd_kafka_t* const reader = makeConsumer(address(), "reader");
    std::int64_t low = 0, high = 0;
    const rd_kafka_resp_err_t error =
        rd_kafka_query_watermark_offsets(reader, topic.c_str(), partition, &low, &high, kPatience);
    rd_kafka_destroy_flags(reader, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    need(error);
    return high;
}

std::vector<std::string> KafkaWorld::messages(const std::string& topic, int partition,
                                              std::int64_t from) const {
    rd_kafka_t* const reader = makeConsumer(address(), "reader");
    rd_kafka_poll_set_consumer(reader);
    const KafkaPartitionList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = from;
    need(rd_kafka_assign(reader, list.get()));
    std::vector<std::string> found;
    for (;;) {
        const KafkaMessage message(rd_kafka_consumer_poll(reader, kPatience));
        if (!message || message->err != RD_KAFKA_RESP_ERR_NO_ERROR) break;
        found.push_back(textOf(message->key, message->key_len) + "=" +
                        textOf(message->payload, message->len));
    }
    rd_kafka_destroy_flags(reader, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    return found;
}

std::int64_t KafkaWorld::committed(const std::string& group, const std::string& topic, int partition) const {
    rd_kafka_t* const reader = makeConsumer(address(), group);
    const KafkaPartitionList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
    const rd_kafka_resp_err_t error = rd_kafka_committed(reader, list.get(), kPatience);
    const std::int64_t offset = list->elems[0].offset;
    rd_kafka_destroy_flags(reader, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    need(error);
    return offset;
}

void KafkaWorld::fail(std::int16_t request, const std::vector<rd_kafka_resp_err_t>& errors) {
    rd_kafka_mock_push_request_errors_array(m_cluster, request, errors.size(), errors.data());
}

void KafkaWorld::setDown(bool down) {
    need(down ? rd_kafka_mock_broker_set_down(m_cluster, -1) : rd_kafka_mock_broker_set_up(m_cluster, -1));
}

void KafkaWorld::setLeader(const std::string& topic, int partition, bool has) {
    need(rd_kafka_mock_partition_set_leader(m_cluster, topic.c_str(), partition, has ? 1 : -1));
}

}  // namespace rw::test
