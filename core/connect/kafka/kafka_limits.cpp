#include "core/connect/kafka/kafka_limits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <vector>

namespace rw {

namespace {

constexpr Millis kLimitsWait = 100;  // of one call: between them the run may be stopped
constexpr const char* kLimitSetting = "max.message.bytes";

using KafkaAdminOptions = KafkaHandle<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy>;

/// 0: it does not say.
std::int64_t limitOf(const rd_kafka_ConfigResource_t& topic) {
    if (rd_kafka_ConfigResource_error(&topic) != RD_KAFKA_RESP_ERR_NO_ERROR) return 0;
    std::size_t count = 0;
    const rd_kafka_ConfigEntry_t** const entries = rd_kafka_ConfigResource_configs(&topic, &count);
    for (std::size_t i = 0; i < count; ++i) {
        if (std::string_view(rd_kafka_ConfigEntry_name(entries[i])) != kLimitSetting) continue;
        const char* const value = rd_kafka_ConfigEntry_value(entries[i]);
        const std::string_view text = value != nullptr ? value : "";
        std::int64_t bytes = 0;
        (void)std::from_chars(text.data(), text.data() + text.size(), bytes);
        return std::max<std::int64_t>(bytes, 0);
    }
    return 0;
}

KafkaLimits limitsIn(rd_kafka_event_t& event) {
    KafkaLimits limits;
    const rd_kafka_DescribeConfigs_result_t* const result = rd_kafka_event_DescribeConfigs_result(&event);
    if (result == nullptr) return limits;
    std::size_t count = 0;
    const rd_kafka_ConfigResource_t** const topics =
        rd_kafka_DescribeConfigs_result_resources(result, &count);
    for (std::size_t i = 0; i < count; ++i) {
        if (const std::int64_t bytes = limitOf(*topics[i]); bytes > 0)
            limits[rd_kafka_ConfigResource_name(topics[i])] = bytes;
    }
    return limits;
}

}  // namespace

KafkaLimits askForLimits(KafkaClient& client, const std::set<std::string>& topics, Millis within,
                         const std::function<bool()>& stopping) {
    if (topics.empty()) return {};
    const KafkaAdminOptions options(
        rd_kafka_AdminOptions_new(client.handle(), RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS));
    std::array<char, 256> said{};
    (void)rd_kafka_AdminOptions_set_request_timeout(options.get(), static_cast<int>(within), said.data(),
                                                    said.size());
    std::vector<rd_kafka_ConfigResource_t*> asked;
    for (const std::string& topic : topics)
        asked.push_back(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
    const KafkaQueue answers(rd_kafka_queue_new(client.handle()));
    rd_kafka_DescribeConfigs(client.handle(), asked.data(), asked.size(), options.get(), answers.get());
    rd_kafka_ConfigResource_destroy_array(asked.data(), asked.size());
    for (Millis left = within; left > 0 && !(stopping && stopping()); left -= kLimitsWait) {
        const KafkaEvent answer(rd_kafka_queue_poll(answers.get(), static_cast<int>(kLimitsWait)));
        if (answer) return limitsIn(*answer);
    }
    return {};
}

}  // namespace rw
