#include "core/launch/connection_testers.h"

#include "core/connect/hadoop/hadoop_browsers.h"
#include "core/connect/kafka/kafka_topics.h"
#include "core/connect/mqtt/mqtt_tester.h"
#include "core/connect/sql/database_clients.h"

namespace rw {

/// A system with a tester of its own adds a line.
ConnectionTesters allConnectionTesters() {
    ConnectionTesters testers = reachTesters();
    testers["kafka"] = kafkaTester();
    testers["postgresql"] = testers["mariadb"] = databaseTester();
    testers["mqtt"] = mqttTester();
    testers["webhdfs"] = webhdfsTester();
    return testers;
}

}  // namespace rw
