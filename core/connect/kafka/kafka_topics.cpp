#include "core/connect/kafka/kafka_topics.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {

constexpr Millis kAskWait = 300;        // of one call: between them it may be cancelled
/// So long brokers that are all away are tried again, also at further addresses of a name: then whoever looks
/// is told.
constexpr Millis kDownPatience = 700;
constexpr Millis kMeasureWait = 2'000;  // of one that asks for many partitions
constexpr std::size_t kPartitionsAtOnce = 1'000;

Result<std::shared_ptr<KafkaClient>> lookingClient(const NodeConnection& connection) {
    return KafkaClient::make(KafkaClient::Role::Consumer, connection,
                             {{"group.id", "rillwright-unused"}, {"enable.auto.commit", "false"}});
}

Status cancelledLook() {
    return {ErrorCode::Cancelled, RW_TEXT("kafka", "It was cancelled.")};
}

/// “4 topics can be seen: orders, payments, users …”
Text whatIsSeen(const std::vector<KafkaTopic>& topics) {
    constexpr std::size_t kMostNamed = 3;
    std::string names;
    std::size_t count = 0;
    for (const KafkaTopic& topic : topics) {
        if (isBrokersOwn(topic.name) || ++count > kMostNamed) continue;
        names += (count > 1 ? ", " : "") + topic.name;
    }
    if (count == 0) return RW_TEXT("kafka", "No topic can be seen.");
    if (count == 1) return RW_TEXT("kafka", "1 topic can be seen: %1").with(names);
    return count > kMostNamed ? RW_TEXT("kafka", "%1 topics can be seen: %2 …").with(count, names)
                              : RW_TEXT("kafka", "%1 topics can be seen: %2").with(count, names);
}

class KafkaTester final : public ConnectionTester {
 public:
    void test(TestedConnection& tested) const override {
        if (!reachSystem(tested)) return;
        std::shared_ptr<KafkaClient> client;
        const bool signsIn = tested.field("security").starts_with("sasl");
        // Brokers say nothing of a client before it has signed in.
        const Text name = signsIn ? RW_TEXT("connections", "Sign in") : RW_TEXT("connections", "Answer");
        const bool answers = tested.step(name, [&]() -> Result<Text> {
            RW_TRY_ASSIGN(client, lookingClient(tested.node()));
            Status answer = askForTopics(*client, tested.left(), *tested.cancelled()).status();
            if (!answer.ok() && signsIn && answer.error().code == ErrorCode::Denied) {
                Error error = answer.error();
                error.param = "password";
                answer = Status(std::move(error));
            }
            RW_TRY(answer);
            return signsIn
                       ? RW_TEXT("kafka", "%1 as %2").with(tested.field("mechanism"), tested.field("user"))
                       : RW_TEXT("kafka", "The brokers answer.");
        });
        if (!answers) return;
        tested.step(RW_TEXT("kafka", "Topics"), [&]() -> Result<Text> {
            const std::shared_ptr<Clock> clock = systemClock();
            const std::int64_t asked = clock->steadyMillis();
            RW_TRY_ASSIGN(const std::vector<KafkaTopic> topics,
                          askForTopics(*client, tested.left(), *tested.cancelled()));
            tested.report().latency = clock->steadyMillis() - asked;
            return whatIsSeen(topics);
        });
    }
};

/// Of `count` partitions from there on; -1: it is not known of one.
std::int64_t messagesIn(const std::vector<std::optional<KafkaRange>>& ranges, std::size_t from,
                        std::size_t count) {
    std::int64_t messages = 0;
    for (std::size_t i = from; i < from + count; ++i) {
        if (!ranges[i]) return -1;
        messages += ranges[i]->high - ranges[i]->low;
    }
    return messages;
}

/// Fills in the sizes of as many as there is time for.
Status measureTopics(KafkaClient& client, const std::vector<KafkaTopic>& topics, std::int64_t until,
                     const std::atomic<bool>& cancelled, std::vector<KafkaTopicSize>& sizes) {
    const std::shared_ptr<Clock> clock = systemClock();
    for (std::size_t from = 0; from < topics.size();) {
        std::vector<KafkaClient::PartitionName> asked;
        std::size_t to = from;
        for (; to < topics.size() && (to == from || asked.size() < kPartitionsAtOnce); ++to) {
            // One would be an error for all.
            if (!topics[to].leaderless.empty()) continue;
            for (const std::int32_t partition : topics[to].partitions)
                asked.push_back({topics[to].name, partition});
        }
        if (cancelled) return cancelledLook();
        if (clock->steadyMillis() >= until) return {};
        if (asked.empty()) break;
        const auto ranges = client.ranges(asked, kMeasureWait);
        for (std::size_t at = 0; from < to; ++from) {
            if (!topics[from].leaderless.empty()) continue;
            if (ranges.ok()) sizes[from].messages = messagesIn(*ranges, at, topics[from].partitions.size());
            at += topics[from].partitions.size();
        }
    }
    return {};
}

}  // namespace

bool isBrokersOwn(const std::string& topic) {
    return topic.starts_with("__");
}

Result<std::vector<KafkaTopic>> askForTopics(KafkaClient& client, Millis within,
                                             const std::atomic<bool>& cancelled, const std::string& only) {
    const std::shared_ptr<Clock> clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + within;
    std::int64_t downSince = -1;
    for (;;) {
        Result<std::vector<KafkaTopic>> topics = client.topics(kAskWait, only);
        if (topics.ok() || topics.error().code != ErrorCode::Io) return topics;
        if (cancelled) return cancelledLook();
        const std::int64_t now = clock->steadyMillis();
        if (downSince < 0 && client.events().allWereDown()) downSince = now;
        if (now >= until || (downSince >= 0 && now - downSince >= kDownPatience)) return topics;
    }
}

Result<std::vector<KafkaTopicSize>> kafkaTopicSizes(
    const NodeConnection& connection, Millis within, const std::atomic<bool>& cancelled,
    const std::function<void(const std::vector<KafkaTopicSize>&)>& early) {
    RW_TRY_ASSIGN(const std::shared_ptr<KafkaClient> client, lookingClient(connection));
    const std::int64_t until = systemClock()->steadyMillis() + within;
    RW_TRY_ASSIGN(std::vector<KafkaTopic> topics, askForTopics(*client, within, cancelled));
    topics.erase(std::remove_if(topics.begin(), topics.end(),
                                [](const KafkaTopic& topic) { return isBrokersOwn(topic.name); }),
                 topics.end());
    std::vector<KafkaTopicSize> sizes;
    for (const KafkaTopic& topic : topics)
        sizes.push_back({topic.name, static_cast<int>(topic.partitions.size()), -1});
    if (early) early(sizes);
    RW_TRY(measureTopics(*client, topics, until, cancelled, sizes));
    return sizes;
}

std::shared_ptr<const ConnectionTester> kafkaTester() {
    return std::make_shared<KafkaTester>();
}

}  // namespace rw
