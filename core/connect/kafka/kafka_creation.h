// Makes topics that are not there yet.
#pragma once
#include <functional>
#include <string>

#include "core/connect/kafka/kafka_client.h"

namespace rw {

/// With as many partitions and copies as the brokers give a topic by default. Success as well where another
/// program was quicker. It waits no longer than `within`, and gives up soon when the run is being stopped.
Status createKafkaTopic(KafkaClient& client, const std::string& topic, Millis within,
                        const std::function<bool()>& stopping);

}  // namespace rw
