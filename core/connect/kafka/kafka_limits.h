// How long messages of topics may be.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "core/connect/kafka/kafka_client.h"

namespace rw {

/// Bytes of one batch of messages, by topic (`max.message.bytes`). Topics whose settings the user may not see
/// are left out, and all are where the brokers do not answer.
using KafkaLimits = std::map<std::string, std::int64_t>;
KafkaLimits askForLimits(KafkaClient& client, const std::set<std::string>& topics, Millis within,
                         const std::function<bool()>& stopping);

/// What a batch has besides the key and the value of a message that is alone in it, at most.
inline constexpr std::int64_t kBatchOverhead = 81;

}  // namespace rw
