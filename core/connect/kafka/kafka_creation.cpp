#include "core/connect/kafka/kafka_creation.h"

#include <array>

namespace rw {

namespace {

constexpr Millis kCreateWait = 100;  // of one call: between them the run may be stopped
constexpr int kBrokersChoice = -1;   // their `num.partitions`, their `default.replication.factor`

using KafkaCreateOptions = KafkaHandle<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy>;
using KafkaNewTopic = KafkaHandle<rd_kafka_NewTopic_t, rd_kafka_NewTopic_destroy>;

KafkaFault faultOf(rd_kafka_resp_err_t code, const char* said) {
    KafkaFault fault;
    fault.code = code;
    fault.said = said != nullptr ? said : rd_kafka_err2str(code);
    return fault;
}

Status createdBy(const KafkaClient& client, rd_kafka_event_t& event, const std::string& topic) {
    const rd_kafka_resp_err_t failed = rd_kafka_event_error(&event);
    if (failed != RD_KAFKA_RESP_ERR_NO_ERROR)
        return client.status(faultOf(failed, rd_kafka_event_error_string(&event)), topic);
    const rd_kafka_CreateTopics_result_t* const result = rd_kafka_event_CreateTopics_result(&event);
    if (result == nullptr) return {};
    std::size_t count = 0;
    const rd_kafka_topic_result_t** const topics = rd_kafka_CreateTopics_result_topics(result, &count);
    for (std::size_t i = 0; i < count; ++i) {
        const rd_kafka_resp_err_t code = rd_kafka_topic_result_error(topics[i]);
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;
        return client.status(faultOf(code, rd_kafka_topic_result_error_string(topics[i])), topic);
    }
    return {};
}

}  // namespace

Status createKafkaTopic(KafkaClient& client, const std::string& topic, Millis within,
                        const std::function<bool()>& stopping) {
    std::array<char, 256> said{};
    const KafkaNewTopic wanted(
        rd_kafka_NewTopic_new(topic.c_str(), kBrokersChoice, kBrokersChoice, said.data(), said.size()));
    if (!wanted) return client.status(RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, topic);
    const KafkaCreateOptions options(
        rd_kafka_AdminOptions_new(client.handle(), RD_KAFKA_ADMIN_OP_CREATETOPICS));
    (void)rd_kafka_AdminOptions_set_request_timeout(options.get(), static_cast<int>(within), said.data(),
                                                    said.size());
    const KafkaQueue answers(rd_kafka_queue_new(client.handle()));
    rd_kafka_NewTopic_t* one = wanted.get();
    rd_kafka_CreateTopics(client.handle(), &one, 1, options.get(), answers.get());
    for (Millis left = within; left > 0 && !(stopping && stopping()); left -= kCreateWait) {
        const KafkaEvent answer(rd_kafka_queue_poll(answers.get(), static_cast<int>(kCreateWait)));
        client.serve();
        if (answer) return createdBy(client, *answer, topic);
    }
    return client.status(RD_KAFKA_RESP_ERR__TIMED_OUT, topic);
}

}  // namespace rw
