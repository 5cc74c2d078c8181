#include "core/connect/kafka/kafka_topics.h"

#include <algorithm>
#include <utility>

#include "core/base/figures.h"

namespace rw {

namespace {

constexpr Millis kAskWait = 300;  // of one call: between them it may be cancelled

Result<std::shared_ptr<KafkaClient>> lookingClient(const NodeConnection& connection) {
    return KafkaClient::make(KafkaClient::Role::Consumer, connection,
                             {{"group.id", "rillwright-unused"}, {"enable.auto.commit", "false"}});
}

Status cancelledLook() {
    return {ErrorCode::Cancelled, RW_TEXT("kafka", "It was cancelled.")};
}

/// Asks until there is an answer, the time is over, or somebody cancels it.
Result<std::vector<KafkaTopic>> topicsOf(KafkaClient& client, Millis within,
                                         const std::atomic<bool>& cancelled) {
    const std::shared_ptr<Clock> clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + within;
    for (;;) {
        Result<std::vector<KafkaTopic>> topics = client.topics(kAskWait);
        if (topics.ok() || topics.error().code != ErrorCode::Io) return topics;
        if (cancelled) return cancelledLook();
        if (clock->steadyMillis() >= until) return topics;
    }
}

bool isOwn(const KafkaTopic& topic) {
    return topic.name.starts_with("__");
}

class KafkaTester final : public ConnectionTester {
 public:
    void test(TestedConnection& tested) const override {
        std::shared_ptr<KafkaClient> client;
        const bool signsIn = tested.field("security").starts_with("sasl");
        const Text name = signsIn ? RW_TEXT("connections", "Sign in") : RW_TEXT("connections", "Reach");
        tested.step(name, [&]() -> Result<Text> {
            RW_TRY_ASSIGN(client, lookingClient(tested.node()));
            RW_TRY(topicsOf(*client, tested.left(), *tested.cancelled()).status());
            const std::shared_ptr<Clock> clock = systemClock();
            const std::int64_t asked = clock->steadyMillis();
            RW_TRY_ASSIGN(const std::vector<KafkaTopic> topics,
                          topicsOf(*client, tested.left(), *tested.cancelled()));
            tested.report().latency = clock->steadyMillis() - asked;
            const auto own = std::count_if(topics.begin(), topics.end(), isOwn);
            return figures::counted(topics.size() - static_cast<std::size_t>(own),
                                    RW_TEXT("kafka", "1 topic can be seen."),
                                    RW_TEXT("kafka", "%1 topics can be seen."));
        });
    }
};

}  // namespace

Result<std::vector<KafkaTopicSize>> kafkaTopicSizes(const NodeConnection& connection, Millis within,
                                                    const std::atomic<bool>& cancelled) {
    const std::shared_ptr<Clock> clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + within;
    RW_TRY_ASSIGN(const std::shared_ptr<KafkaClient> client, lookingClient(connection));
    RW_TRY_ASSIGN(const std::vector<KafkaTopic> topics, topicsOf(*client, within, cancelled));
    std::vector<KafkaTopicSize> sizes;
    for (const KafkaTopic& topic : topics) {
        if (isOwn(topic)) continue;
        KafkaTopicSize& size = sizes.emplace_back();
        size.name = topic.name;
        size.partitions = static_cast<int>(topic.partitions.size());
        for (const std::int32_t partition : topic.partitions) {
            if (cancelled) return cancelledLook();
            const bool late = clock->steadyMillis() >= until;
            const Result<KafkaRange> range =
                late ? Result<KafkaRange>(cancelledLook()) : client->range(topic.name, partition, kAskWait);
            if (!range.ok()) size.messages = -1;
            if (size.messages < 0) break;
            size.messages += range->high - range->low;
        }
    }
    return sizes;
}

std::shared_ptr<const ConnectionTester> kafkaTester() {
    return std::make_shared<KafkaTester>();
}

}  // namespace rw
