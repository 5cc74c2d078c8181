// The errors of Kafka, in words that say what to do.
#pragma once
#include <librdkafka/rdkafka.h>

#include <string>

#include "core/base/status.h"

namespace rw {

/// What librdkafka says of a call, or of the connection.
struct KafkaFault {
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
    std::string said{};   ///< one line; holds no secret
    std::string topic{};  ///< empty: of none, or of the one that was asked for
};

/// Where it happened.
struct KafkaPlace {
    std::string brokers{};    ///< as the connection names them
    std::string mechanism{};  ///< of signing in; empty: none
    std::string topic{};      ///< empty: of no topic
};

/// Transient where the brokers may be back in a moment, or the topic be made; Denied where the user, a
/// password or a right is wrong; Refused where the same would fail again.
Status kafkaStatus(const KafkaFault& fault, const KafkaPlace& place);

/// The brokers can't be reached, or are about to change their roles.
bool isCutOff(const KafkaFault& fault);

/// A certificate that can't be verified, which time does not mend.
bool isUntrusted(const KafkaFault& fault);

}  // namespace rw
