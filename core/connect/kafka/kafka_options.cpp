#include "core/connect/kafka/kafka_options.h"

#include <algorithm>

namespace rw {

namespace {

bool usesSasl(const std::string& security) {
    return security.starts_with("sasl");
}

bool usesTls(const std::string& security) {
    return security.ends_with("ssl");
}

}  // namespace

KafkaOptions brokerOptions(const NodeConnection& connection) {
    const std::string security = connection.field("security");
    KafkaOptions options{{"bootstrap.servers", connection.field("address")},
                         {"security.protocol", security},
                         {"client.id", "rillwright"},
                         // A broker that returns is found within a second.
                         {"reconnect.backoff.ms", "100"},
                         {"reconnect.backoff.max.ms", "1000"}};
    if (usesTls(security)) {
        options.emplace_back("enable.ssl.certificate.verification", "true");
        options.emplace_back("ssl.endpoint.identification.algorithm", "https");
        for (const auto& [option, field] : KafkaOptions{{"ssl.ca.location", "ca_file"},
                                                        {"ssl.certificate.location", "client_certificate"},
                                                        {"ssl.key.location", "client_key"}}) {
            if (std::string value = connection.field(field); !value.empty())
                options.emplace_back(option, std::move(value));
        }
    }
    if (usesSasl(security)) {
        options.emplace_back("sasl.mechanisms", connection.field("mechanism"));
        options.emplace_back("sasl.username", connection.field("user"));
    }
    return options;
}

KafkaOptions secretOptions(const NodeConnection& connection) {
    const std::string security = connection.field("security");
    KafkaOptions options;
    if (usesSasl(security)) options.emplace_back("sasl.password", "password");
    if (usesTls(security) && !connection.field("client_key").empty())
        options.emplace_back("ssl.key.password", "key_passphrase");
    return options;
}

KafkaOptions producerOptions(const std::string& transactionalId, Millis longest, KafkaSizes sizes) {
    constexpr std::int64_t kBatch = 262'144;
    constexpr std::int64_t kUsualMessage = 1'000'000, kLongestMessage = std::int64_t{32} << 20;
    const std::int64_t batch = sizes.batch > 0 ? std::min(sizes.batch, kBatch) : kBatch;
    KafkaOptions options{
        {"enable.idempotence", "true"},
        {"linger.ms", "20"},
        {"batch.size", std::to_string(batch)},
        {"message.max.bytes", std::to_string(std::clamp(sizes.message, kUsualMessage, kLongestMessage))},
        {"queue.buffering.max.messages", "200000"},
        {"queue.buffering.max.kbytes", "65536"},
        // A key gets the partition that the Java client gives it.
        {"partitioner", "murmur2_random"}};
    if (transactionalId.empty()) {
        options.emplace_back("message.timeout.ms", "0");  // brokers that are away are waited for
    } else {
        options.emplace_back("transactional.id", transactionalId);
        options.emplace_back("transaction.timeout.ms", std::to_string(longest));
        // Else it would be as long as the transaction: of a broker that falls silent nothing would be noticed
        // until the transaction is lost.
        constexpr Millis kShortest = 900, kLongest = 30'000;
        options.emplace_back("socket.timeout.ms",
                             std::to_string(std::clamp(longest / 3, kShortest, kLongest)));
    }
    return options;
}

bool failsToSignIn(int version, const std::string& mechanism) {
    constexpr int kMended = 0x020601;  // the last byte is that of a candidate
    return mechanism.starts_with("SCRAM") && (version >> 8) < kMended;
}

}  // namespace rw
