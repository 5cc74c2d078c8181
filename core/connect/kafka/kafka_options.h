// The settings of librdkafka that lead to the brokers of a connection.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/time.h"
#include "core/connect/connections/connections.h"

namespace rw {

/// Names and values of librdkafka's configuration, none of them a secret.
using KafkaOptions = std::vector<std::pair<std::string, std::string>>;

/// Of a connection of kind “kafka”: fields `address` (brokers, with commas between), `security`,
/// `ca_file`, `client_certificate`, `client_key`, `mechanism`, `user`. Certificates are always verified.
KafkaOptions brokerOptions(const NodeConnection& connection);

/// The options whose values are secrets of the connection, and the names of those secrets there.
KafkaOptions secretOptions(const NodeConnection& connection);

/// How long a batch of messages may be, and a message; 0: as the client has it.
struct KafkaSizes {
    std::int64_t batch = 0, message = 0;
};
/// Of a producer: of transactions where it has a name for these, `longest` being the time that one may take.
KafkaOptions producerOptions(const std::string& transactionalId, Millis longest, KafkaSizes sizes = {});

/// Whether this version of librdkafka (rd_kafka_version()) fails to sign in with that mechanism, whatever the
/// password: SCRAM before 2.6.1.
bool failsToSignIn(int version, const std::string& mechanism);

}  // namespace rw
