#include "core/connect/kafka/kafka_options.h"

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

bool failsToSignIn(int version, const std::string& mechanism) {
    constexpr int kMended = 0x020601;  // the last byte is that of a candidate
    return mechanism.starts_with("SCRAM") && (version >> 8) < kMended;
}

}  // namespace rw
