#include "core/launch/connection_testers.h"

#include "core/connect/kafka/kafka_topics.h"

namespace rw {

ConnectionTesters connectionTesters() {
    ConnectionTesters testers = reachTesters();
    testers["kafka"] = kafkaTester();
    return testers;
}

}  // namespace rw
