// Owners of what librdkafka hands out.
#pragma once
#include <librdkafka/rdkafka.h>

#include <memory>

namespace rw {

template <auto kDestroy>
struct KafkaDestroyer {
    template <class T>
    void operator()(T* handle) const {
        kDestroy(handle);
    }
};
template <class T, auto kDestroy>
using KafkaHandle = std::unique_ptr<T, KafkaDestroyer<kDestroy>>;

using KafkaConf = KafkaHandle<rd_kafka_conf_t, rd_kafka_conf_destroy>;
using KafkaPartitionList =
    KafkaHandle<rd_kafka_topic_partition_list_t, rd_kafka_topic_partition_list_destroy>;
using KafkaTopicHandle = KafkaHandle<rd_kafka_topic_t, rd_kafka_topic_destroy>;
using KafkaMetadata = KafkaHandle<const rd_kafka_metadata_t, rd_kafka_metadata_destroy>;
using KafkaError = KafkaHandle<rd_kafka_error_t, rd_kafka_error_destroy>;
using KafkaQueue = KafkaHandle<rd_kafka_queue_t, rd_kafka_queue_destroy>;
using KafkaEvent = KafkaHandle<rd_kafka_event_t, rd_kafka_event_destroy>;
using KafkaMessage = KafkaHandle<rd_kafka_message_t, rd_kafka_message_destroy>;
using KafkaGroup = KafkaHandle<rd_kafka_consumer_group_metadata_t, rd_kafka_consumer_group_metadata_destroy>;

}  // namespace rw
