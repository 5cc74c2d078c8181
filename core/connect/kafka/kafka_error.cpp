#include "core/connect/kafka/kafka_error.h"

#include <utility>

#include "core/connect/kafka/kafka_options.h"

namespace rw {

namespace {

Status signInFailed(const KafkaFault& fault, const KafkaPlace& place) {
    if (failsToSignIn(rd_kafka_version(), place.mechanism)) {
        return {
            ErrorCode::Denied,
            RW_TEXT("kafka",
                    "The brokers at %1 did not accept the user. librdkafka %2 of this computer fails with "
                    "%3 even when the password is right.")
                .with(place.brokers, rd_kafka_version_str(), place.mechanism),
            RW_TEXT("kafka",
                    "Install librdkafka 2.6.1 or newer, or sign in with PLAIN over TLS. Otherwise check "
                    "user and password of the connection.")};
    }
    return {ErrorCode::Denied,
            RW_TEXT("kafka", "The brokers at %1 did not accept the user: %2").with(place.brokers, fault.said),
            RW_TEXT("kafka", "Check mechanism, user and password of the connection.")};
}

Status topicMissing(const KafkaPlace& place) {
    Error error{ErrorCode::NotFound,
                RW_TEXT("kafka", "There is no topic “%1” at %2, or the user may not see it.")
                    .with(place.topic, place.brokers),
                RW_TEXT("kafka", "Check the name, or have the topic created.")};
    error.lasts = true;
    return Status(std::move(error));
}

/// Signing in was broken off by the network: the library tells that as a refusal.
bool endedSigningIn(const KafkaFault& fault) {
    for (const rd_kafka_resp_err_t cause : {RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__TIMED_OUT}) {
        if (fault.said.find(rd_kafka_err2str(cause)) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

bool isCutOff(const KafkaFault& fault) {
    switch (fault.code) {
        case RD_KAFKA_RESP_ERR__TRANSPORT:
        case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
        case RD_KAFKA_RESP_ERR__RESOLVE:
        case RD_KAFKA_RESP_ERR__TIMED_OUT:
        case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
        case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
        case RD_KAFKA_RESP_ERR__WAIT_COORD:
        case RD_KAFKA_RESP_ERR__WAIT_CACHE:
        case RD_KAFKA_RESP_ERR__DESTROY:
        case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
        case RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION:
        case RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
        case RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS:
        case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND:
        case RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
        case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
        case RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS:
        case RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT:
        case RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR:
        case RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH:
        case RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH:
            return true;
        case RD_KAFKA_RESP_ERR__AUTHENTICATION:
            return endedSigningIn(fault);
        case RD_KAFKA_RESP_ERR__SSL:
            return !isUntrusted(fault);
        default:
            return false;
    }
}

bool isUntrusted(const KafkaFault& fault) {
    return fault.code == RD_KAFKA_RESP_ERR__SSL && fault.said.find("verif") != std::string::npos;
}

Status kafkaStatus(const KafkaFault& fault, const KafkaPlace& place) {
    if (isUntrusted(fault)) {
        return {
            ErrorCode::Refused,
            RW_TEXT("kafka", "The certificate of the brokers at %1 can't be verified: %2")
                .with(place.brokers, fault.said),
            RW_TEXT("kafka",
                    "Choose in the connection the CA file that signed it. The address must be a name that "
                    "the certificate has, and the certificate must not have expired.")};
    }
    if (isCutOff(fault)) {
        return {ErrorCode::Io,
                RW_TEXT("kafka", "The brokers at %1 can't be reached: %2.").with(place.brokers, fault.said),
                RW_TEXT("kafka", "See whether they run, and check address and security of the connection.")};
    }
    switch (fault.code) {
        case RD_KAFKA_RESP_ERR__AUTHENTICATION:
        case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
            return signInFailed(fault, place);
        case RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM:
        case RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE:
            return {ErrorCode::Refused,
                    RW_TEXT("kafka", "The brokers at %1 don't take the mechanism %2.")
                        .with(place.brokers, place.mechanism),
                    RW_TEXT("kafka", "Choose one in the connection that the brokers offer.")};
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
        case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
        case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
            return topicMissing(place);
        case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
            return {ErrorCode::Refused,
                    RW_TEXT("kafka", "“%1” can't be the name of a topic.").with(place.topic),
                    RW_TEXT("kafka", "Names have letters, digits, dots, hyphens and underscores.")};
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
            return {
                ErrorCode::Denied,
                RW_TEXT("kafka", "The brokers at %1 don't allow that: %2").with(place.brokers, fault.said),
                RW_TEXT("kafka",
                        "Have the right given to the user of the connection; the help of this node lists "
                        "those that it needs.")};
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
            return {ErrorCode::Refused,
                    RW_TEXT("kafka", "The topic “%1” at %2 takes no messages as long as a row of this run.")
                        .with(place.topic, place.brokers),
                    RW_TEXT("kafka",
                            "Have `max.message.bytes` of the topic raised, or give the user the right "
                            "DescribeConfigs on the topic: rows that are too long are then rejected.")};
        case RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT:
            return {
                ErrorCode::Refused,
                RW_TEXT("kafka", "The brokers at %1 allow no transaction of that length.")
                    .with(place.brokers),
                RW_TEXT("kafka",
                        "Make the longest transaction shorter, or have `transaction.max.timeout.ms` of the "
                        "brokers raised.")};
        default:
            return {fault.code <= RD_KAFKA_RESP_ERR_UNKNOWN ? ErrorCode::Io : ErrorCode::Refused,
                    RW_TEXT("kafka", "Kafka at %1 reports an error: %2 (%3)")
                        .with(place.brokers, fault.said, rd_kafka_err2name(fault.code))};
    }
}

}  // namespace rw
