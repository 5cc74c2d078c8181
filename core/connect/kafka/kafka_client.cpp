#include "core/connect/kafka/kafka_client.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "core/connect/connections/usable_connection.h"

namespace rw {

namespace {

constexpr std::size_t kMostError = 512;  // bytes

void onError(rd_kafka_t*, int code, const char* said, void* events) {
    static_cast<KafkaEvents*>(events)->fail(static_cast<rd_kafka_resp_err_t>(code), said);
}

void onLog(const rd_kafka_t* client, int level, const char* facility, const char* line) {
    static_cast<KafkaEvents*>(rd_kafka_opaque(client))->log(level, facility, line);
}

void onDelivery(rd_kafka_t*, const rd_kafka_message_t* message, void* events) {
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        static_cast<KafkaEvents*>(events)->loseMessage(
            message->err, message->rkt != nullptr ? rd_kafka_topic_name(message->rkt) : "");
}

/// Clients that are being ended, each in a thread that nobody waits for. Their threads use OpenSSL, which the
/// end of the program takes away: it waits for them, unless a broker keeps one. Made behind the first client,
/// this is gone before what OpenSSL cleans up.
class EndingClients {
 public:
    /// Kept until the client has ended.
    static std::shared_ptr<void> one() {
        static const EndingClients all;
        const std::shared_ptr<Count> count = all.m_count;
        const std::lock_guard lock(count->mutex);
        ++count->clients;
        return {nullptr, [count](void*) {
                    const std::lock_guard guard(count->mutex);
                    --count->clients;
                    count->fewer.notify_all();
                }};
    }
    EndingClients() = default;
    EndingClients(const EndingClients&) = delete;
    EndingClients& operator=(const EndingClients&) = delete;
    ~EndingClients() {
        std::unique_lock lock(m_count->mutex);
        m_count->fewer.wait_for(lock, std::chrono::seconds(1), [this] { return m_count->clients == 0; });
    }

 private:
    struct Count {
        std::mutex mutex{};
        std::condition_variable fewer{};
        int clients = 0;
    };
    const std::shared_ptr<Count> m_count = std::make_shared<Count>();
};

/// One without a word of the value: that may be a secret.
Status wrongOption(const std::string& name, const std::string& said) {
    return {ErrorCode::Invalid,
            RW_TEXT("kafka", "The Kafka client does not take “%1” of the connection: %2").with(name, said),
            RW_TEXT("kafka", "Change that in the connection.")};
}

Status setOptions(rd_kafka_conf_t& conf, const KafkaOptions& options) {
    char said[kMostError] = "";
    for (const auto& [name, value] : options) {
        if (rd_kafka_conf_set(&conf, name.c_str(), value.c_str(), said, sizeof said) != RD_KAFKA_CONF_OK)
            return wrongOption(name, said);
    }
    return {};
}

Status setSecrets(rd_kafka_conf_t& conf, const NodeConnection& connection) {
    for (const auto& [option, name] : secretOptions(connection)) {
        RW_TRY_ASSIGN(const Secret secret, connection.secret(name));
        if (secret.empty()) continue;
        const bool taken = secret.reveal([&conf, of = option.c_str()](std::string_view text) {
            char said[kMostError] = "";
            return rd_kafka_conf_set(&conf, of, text.data(), said, sizeof said) == RD_KAFKA_CONF_OK;
        });
        if (!taken)
            return {ErrorCode::Denied,
                    RW_TEXT("kafka", "The Kafka client does not take the %1 of the connection.").with(name),
                    RW_TEXT("kafka", "Enter it again in the connection.")};
    }
    return {};
}

}  // namespace

Result<std::shared_ptr<KafkaClient>> KafkaClient::make(Role role, const NodeConnection& connection,
                                                       const KafkaOptions& more) {
    RW_TRY(secretsStaySecret(connection.connection()));
    const KafkaOptions own = brokerOptions(connection);
    KafkaPlace place{connection.field("address"), {}, {}};
    for (const auto& [name, value] : own) {
        if (name == "sasl.mechanisms") place.mechanism = value;
    }
    const auto events = std::make_shared<KafkaEvents>();
    KafkaConf conf(rd_kafka_conf_new());
    RW_TRY(setOptions(*conf, own));
    RW_TRY(setOptions(*conf, more));
    RW_TRY(setSecrets(*conf, connection));
    rd_kafka_conf_set_opaque(conf.get(), events.get());
    rd_kafka_conf_set_error_cb(conf.get(), onError);
    rd_kafka_conf_set_log_cb(conf.get(), onLog);
    if (role == Role::Producer) rd_kafka_conf_set_dr_msg_cb(conf.get(), onDelivery);
    const std::shared_ptr<KafkaClient> client(new KafkaClient(std::move(place), events));
    char said[kMostError] = "";
    const rd_kafka_type_t type = role == Role::Consumer ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER;
    client->m_handle = rd_kafka_new(type, conf.get(), said, sizeof said);
    if (client->m_handle == nullptr) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("kafka", "The Kafka client can't be started: %1").with(std::string(said)),
                      RW_TEXT("kafka", "Check the connection: files of certificates must be readable."));
    }
    (void)conf.release();  // the client's own now
    return client;
}

KafkaClient::~KafkaClient() {
    if (m_handle == nullptr) return;
    m_messages.reset();
    const auto end = [handle = m_handle, events = m_events, mark = EndingClients::one()] {
        rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    };
    try {
        std::thread(end).detach();
    } catch (const std::system_error&) {
        end();  // there can be no more threads
    }
}

rd_kafka_queue_t* KafkaClient::messages() {
    if (!m_messages) {
        rd_kafka_poll_set_consumer(m_handle);
        m_messages.reset(rd_kafka_queue_get_consumer(m_handle));
    }
    return m_messages.get();
}

void KafkaClient::serve() {
    // Behind messages() it would end the program; reading from those serves events.
    if (!m_messages) (void)rd_kafka_poll(m_handle, 0);
}

Result<std::vector<KafkaTopic>> KafkaClient::topics(Millis within, const std::string& only) {
    KafkaTopicHandle topic;
    if (!only.empty()) {
        topic.reset(rd_kafka_topic_new(m_handle, only.c_str(), nullptr));
        if (!topic) return status(RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, only);
    }
    const rd_kafka_metadata_t* got = nullptr;
    const rd_kafka_resp_err_t failed =
        rd_kafka_metadata(m_handle, topic ? 0 : 1, topic.get(), &got, static_cast<int>(within));
    const KafkaMetadata metadata(got);
    serve();
    if (failed != RD_KAFKA_RESP_ERR_NO_ERROR) return status(failed, only);
    std::vector<KafkaTopic> topics;
    for (int i = 0; i < metadata->topic_cnt; ++i) {
        const rd_kafka_metadata_topic_t& each = metadata->topics[i];
        if (each.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
            if (!only.empty()) return status(each.err, only);
            continue;
        }
        KafkaTopic& found = topics.emplace_back();
        found.name = each.topic;
        for (int p = 0; p < each.partition_cnt; ++p) {
            found.partitions.push_back(each.partitions[p].id);
            if (each.partitions[p].leader < 0) found.leaderless.push_back(each.partitions[p].id);
        }
        std::sort(found.partitions.begin(), found.partitions.end());
    }
    std::sort(topics.begin(), topics.end(),
              [](const KafkaTopic& a, const KafkaTopic& b) { return a.name < b.name; });
    if (!only.empty() && topics.empty()) return status(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, only);
    return topics;
}

Result<std::int64_t> KafkaClient::offsetAt(const std::string& topic, std::int32_t partition,
                                           std::int64_t time, Millis within) {
    const KafkaPartitionList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = time;
    const rd_kafka_resp_err_t failed =
        rd_kafka_offsets_for_times(m_handle, list.get(), static_cast<int>(within));
    serve();
    const rd_kafka_topic_partition_t& answer = list->elems[0];
    // That of all calls for partitions without a leader, whatever the reason.
    const bool said =
        failed == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION && answer.err != RD_KAFKA_RESP_ERR_NO_ERROR;
    if (failed != RD_KAFKA_RESP_ERR_NO_ERROR) return status(said ? answer.err : failed, topic);
    if (answer.err != RD_KAFKA_RESP_ERR_NO_ERROR) return status(answer.err, topic);
    return answer.offset;
}

/// rd_kafka_query_watermark_offsets() asks both at once, and waits for as long as a broker is away, whatever
/// its time-out.
Result<KafkaRange> KafkaClient::range(const std::string& topic, std::int32_t partition, Millis within) {
    KafkaRange range;
    RW_TRY_ASSIGN(range.high, offsetAt(topic, partition, RD_KAFKA_OFFSET_END, within));
    RW_TRY_ASSIGN(range.low, offsetAt(topic, partition, RD_KAFKA_OFFSET_BEGINNING, within));
    return range;
}

Result<std::vector<std::optional<KafkaRange>>> KafkaClient::ranges(
    const std::vector<PartitionName>& partitions, Millis within) {
    std::vector<std::optional<KafkaRange>> ranges(partitions.size());
    // The protocol has these two times for the first offset and the one behind the last.
    for (const std::int64_t time : {RD_KAFKA_OFFSET_BEGINNING, RD_KAFKA_OFFSET_END}) {
        KafkaPartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(partitions.size())));
        for (const PartitionName& each : partitions)
            rd_kafka_topic_partition_list_add(list.get(), each.topic.c_str(), each.partition)->offset = time;
        const rd_kafka_resp_err_t failed =
            rd_kafka_offsets_for_times(m_handle, list.get(), static_cast<int>(within));
        serve();
        if (failed != RD_KAFKA_RESP_ERR_NO_ERROR) return status(failed);
        for (std::size_t i = 0; i < partitions.size(); ++i) {
            const rd_kafka_topic_partition_t& found = list->elems[i];
            const bool known = found.err == RD_KAFKA_RESP_ERR_NO_ERROR && found.offset >= 0;
            if (time == RD_KAFKA_OFFSET_BEGINNING) {
                if (known) ranges[i] = KafkaRange{found.offset, found.offset};
            } else if (known && ranges[i]) {
                ranges[i]->high = found.offset;
            } else {
                ranges[i].reset();
            }
        }
    }
    return ranges;
}

Status KafkaClient::status(rd_kafka_resp_err_t code, const std::string& topic) const {
    KafkaFault fault{code, rd_kafka_err2str(code)};
    if (isCutOff(fault)) {
        RW_TRY(lasting());
        if (const auto trouble = m_events->trouble(); trouble && isCutOff(*trouble)) fault = *trouble;
    }
    return status(fault, topic);
}

Status KafkaClient::status(const rd_kafka_error_t& error, const std::string& topic) const {
    const KafkaFault fault{rd_kafka_error_code(&error), rd_kafka_error_string(&error)};
    return isCutOff(fault) ? status(fault.code, topic) : status(fault, topic);
}

Status KafkaClient::status(const KafkaFault& fault, const std::string& topic) const {
    KafkaPlace place = m_place;
    place.topic = topic.empty() ? fault.topic : topic;
    return kafkaStatus(fault, place);
}

Status KafkaClient::lasting() const {
    const std::optional<KafkaFault> fault = m_events->lasting();
    return fault ? status(*fault) : Status();
}

}  // namespace rw
