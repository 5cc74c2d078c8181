#include "tests/simulate/network/outside.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tests/support/databases/postgresql_world.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/worlds/kafka_world.h"
#include "tests/support/worlds/mqtt_world.h"
#include "tests/support/worlds/web_world.h"

namespace rw::simulated {

namespace {

using Lines = std::vector<std::string>;

constexpr int kBrokers = 2, kPartitions = 3, kKeys = 5;
constexpr int kSecondsOfRows = 10;  // between the times of two rows
constexpr const char* kSubject = "rows";

/// 2024-01-01 and so many seconds.
std::string timeOf(int n) {
    const int seconds = n * kSecondsOfRows;
    return fmt::format("2024-01-{:02} {:02}:{:02}:{:02}", 1 + seconds / 86'400, seconds / 3'600 % 24,
                       seconds / 60 % 60, seconds % 60);
}

std::string jsonOf(int n) {
    return fmt::format("{{\"n\":{},\"k\":{},\"ts\":\"{}\"}}", n, n % kKeys, timeOf(n));
}

class BroughtByKafka final : public RowsBrought {
 public:
    BroughtByKafka() { m_world.createTopic(kSubject, kPartitions); }
    std::string addresses() const override { return m_world.address(); }
    void bring(int until) override {
        std::vector<test::KafkaWorld::Message> messages;
        for (; m_next < until; ++m_next) {
            test::KafkaWorld::Message& message = messages.emplace_back();
            message.value = jsonOf(m_next);
            message.partition = m_next % kPartitions;
        }
        if (!messages.empty()) m_world.put(kSubject, messages);
    }

 private:
    test::KafkaWorld m_world{kBrokers};
    int m_next = 0;
};

class BroughtByTable final : public RowsBrought {
 public:
    BroughtByTable() {
        m_world.createTable(
            R"("rows" ("n" bigint NOT NULL, "k" bigint, "ts" timestamp(3), PRIMARY KEY ("n")))");
    }
    std::string addresses() const override { return m_world.address(); }
    void bring(int until) override {
        std::vector<std::vector<test::WorldCell>> rows;
        for (; m_next < until; ++m_next)
            rows.push_back({std::to_string(m_next), std::to_string(m_next % kKeys), timeOf(m_next)});
        if (!rows.empty()) m_world.put(kSubject, std::move(rows));
    }

 private:
    test::PostgresqlWorld m_world{};
    int m_next = 0;
};

class BroughtByMqtt final : public RowsBrought {
 public:
    std::string addresses() const override { return m_world.address(); }
    void bring(int until) override {
        for (; m_next < until; ++m_next)
            m_world.publish(fmt::format("{}/{}", kSubject, m_next % kPartitions), jsonOf(m_next));
    }
    /// From when on a session has asked for them.
    bool keeps() const override { return !m_world.filters().empty(); }

 private:
    test::MqttWorld m_world{};
    int m_next = 0;
};

class BroughtByWeb final : public RowsBrought {
 public:
    explicit BroughtByWeb(int all)
        : m_world([all] {
              Lines rows;
              for (int n = 0; n < all; ++n) rows.push_back(jsonOf(n));
              return rows;
          }()) {}
    std::string addresses() const override { return m_world.address(); }
    void bring(int) override {}

 private:
    test::WebWorld m_world;
};

/// A table in a file; several connections read it at a time.
class TakenByFile final : public RowsTaken {
 public:
    explicit TakenByFile(std::string path) : m_path(std::move(path)) {}
    std::string addresses() const override { return {}; }
    Lines rows() const override {
        Lines all;
        try {
            const SQLite::Database database(m_path, SQLite::OPEN_READONLY, 1'000);
            if (!database.tableExists(kSubject)) return {};
            SQLite::Statement query(database, std::string("SELECT * FROM ") + kSubject);
            while (query.executeStep()) {
                std::string row;
                for (int i = 0; i < query.getColumnCount(); ++i)
                    row += (i > 0 ? "|" : "") + query.getColumn(i).getString();
                all.push_back(std::move(row));
            }
        } catch (const SQLite::Exception&) {
            return {};  // it is not there yet, or locked just now
        }
        return all;
    }

 private:
    const std::string m_path;
};

class TakenByTable final : public RowsTaken {
 public:
    std::string addresses() const override { return m_world.address(); }
    Lines rows() const override { return m_world.hasTable(kSubject) ? m_world.rows(kSubject) : Lines(); }

 private:
    const test::PostgresqlWorld m_world{};
};

class TakenByKafka final : public RowsTaken {
 public:
    TakenByKafka() { m_world.createTopic(kSubject); }
    std::string addresses() const override { return m_world.address(); }
    Lines rows() const override { return m_world.messages(kSubject); }

 private:
    test::KafkaWorld m_world{kBrokers};
};

class TakenByMqtt final : public RowsTaken {
 public:
    std::string addresses() const override { return m_world.address(); }
    Lines rows() const override { return m_world.taken(); }

 private:
    const test::MqttWorld m_world{};
};

class TakenByWeb final : public RowsTaken {
 public:
    std::string addresses() const override { return m_world.address(); }
    Lines rows() const override { return m_world.taken(); }

 private:
    const test::WebWorld m_world{Lines()};
};

std::string fileIn(const std::string& folder) {
    return folder + "/out.sqlite";
}

bool isFile(RowGoal goal) {
    return goal == RowGoal::AppendedFile || goal == RowGoal::KeyedFile;
}

Connection connectionOfKind(const char* name, const std::string& kind, const std::string& addresses) {
    Connection made{name, kind, {{"address", addresses}}, {}};
    if (kind == "kafka") made.fields["security"] = "plaintext";
    if (kind == "mqtt" || kind == "postgresql") made.fields["tls"] = "off";
    if (kind == "postgresql") {
        made.fields["database"] = "world";
        made.fields["user"] = "tester";
    }
    if (kind == "http") made.fields["address"] = "http://" + addresses;
    return made;
}

}  // namespace

const char* nameOf(RowOrigin origin) {
    switch (origin) {
        case RowOrigin::BoundedTopic:
            return "a topic to its end";
        case RowOrigin::LiveTopic:
            return "a topic";
        case RowOrigin::WholeTable:
            return "a table";
        case RowOrigin::GrowingTable:
            return "a table that grows";
        case RowOrigin::MqttTopic:
            return "MQTT";
        case RowOrigin::WebRows:
            return "HTTP";
    }
    return "";
}

const char* nameOf(RowGoal goal) {
    switch (goal) {
        case RowGoal::AppendedFile:
            return "a file";
        case RowGoal::KeyedFile:
            return "a file by key";
        case RowGoal::AppendedTable:
            return "a table";
        case RowGoal::KeyedTable:
            return "a table by key";
        case RowGoal::KafkaMessages:
            return "a topic";
        case RowGoal::MqttMessages:
            return "MQTT";
        case RowGoal::WebRequests:
            return "HTTP";
    }
    return "";
}

bool endsByItself(RowOrigin origin) {
    return origin == RowOrigin::BoundedTopic || origin == RowOrigin::WholeTable;
}

bool mayRepeat(RowOrigin origin) {
    return origin == RowOrigin::MqttTopic;
}

bool mayRepeat(RowGoal goal) {
    return goal == RowGoal::KafkaMessages || goal == RowGoal::MqttMessages || goal == RowGoal::WebRequests;
}

bool isByKey(RowGoal goal) {
    return goal == RowGoal::KeyedFile || goal == RowGoal::KeyedTable;
}

std::unique_ptr<RowsBrought> bringRows(RowOrigin origin, int all) {
    switch (origin) {
        case RowOrigin::BoundedTopic:
        case RowOrigin::LiveTopic:
            return std::make_unique<BroughtByKafka>();
        case RowOrigin::WholeTable:
        case RowOrigin::GrowingTable:
            return std::make_unique<BroughtByTable>();
        case RowOrigin::MqttTopic:
            return std::make_unique<BroughtByMqtt>();
        case RowOrigin::WebRows:
            break;
    }
    return std::make_unique<BroughtByWeb>(all);
}

std::unique_ptr<RowsTaken> takeRows(RowGoal goal, const std::string& folder) {
    switch (goal) {
        case RowGoal::AppendedFile:
        case RowGoal::KeyedFile:
            break;
        case RowGoal::AppendedTable:
        case RowGoal::KeyedTable:
            return std::make_unique<TakenByTable>();
        case RowGoal::KafkaMessages:
            return std::make_unique<TakenByKafka>();
        case RowGoal::MqttMessages:
            return std::make_unique<TakenByMqtt>();
        case RowGoal::WebRequests:
            return std::make_unique<TakenByWeb>();
    }
    return std::make_unique<TakenByFile>(fileIn(folder));
}

Node sourceNode(RowOrigin origin) {
    Json params{{"connection", "from"}, {"columns", {"n BIGINT", "k BIGINT", "ts TIMESTAMP(3)"}}};
    const bool ofKafka = origin == RowOrigin::BoundedTopic || origin == RowOrigin::LiveTopic;
    const bool ofTable = origin == RowOrigin::WholeTable || origin == RowOrigin::GrowingTable;
    if (ofKafka) params["topic"] = kSubject;
    if (origin == RowOrigin::BoundedTopic) params["end"] = "latest";
    if (ofTable) params["table"] = kSubject;
    if (origin == RowOrigin::GrowingTable)
        params.update(Json{{"mode", "growing"}, {"cursor", {"n"}}, {"every", "20ms"}});
    if (origin == RowOrigin::MqttTopic) params["topic"] = std::string(kSubject) + "/+";
    if (origin == RowOrigin::WebRows)
        params.update(Json{{"path", kSubject}, {"every", "100ms"}, {"key", {"n"}}});
    if (endsByItself(origin)) {
        params["event_time"] = "ts";
        params["watermark_delay"] = "0s";
    }
    const char* const type = ofKafka                          ? "kafka_source"
                             : ofTable                        ? "sql_source"
                             : origin == RowOrigin::MqttTopic ? "mqtt_source"
                                                              : "http_source";
    return test::node("in", type, std::move(params));
}

Node sinkNode(RowGoal goal, const std::string& folder, const std::vector<std::string>& key) {
    Json params = Json::object();
    if (isFile(goal)) {
        params["database"] = fileIn(folder);
    } else {
        params["connection"] = "to";
    }
    if (isByKey(goal)) params.update(Json{{"mode", "upsert"}, {"key", key}});
    switch (goal) {
        case RowGoal::AppendedFile:
        case RowGoal::AppendedTable:
            params["mode"] = "append";
            [[fallthrough]];
        case RowGoal::KeyedFile:
        case RowGoal::KeyedTable:
            params["table"] = kSubject;
            return test::node("out", isFile(goal) ? "sqlite_sink" : "sql_sink", std::move(params));
        case RowGoal::KafkaMessages:
            params.update(Json{{"topic", kSubject}, {"delivery", "at_least_once"}});
            return test::node("out", "kafka_sink", std::move(params));
        case RowGoal::MqttMessages:
            params["topic"] = kSubject;
            return test::node("out", "mqtt_sink", std::move(params));
        case RowGoal::WebRequests:
            break;
    }
    params.update(Json{{"path", kSubject}, {"batch", 16}});
    return test::node("out", "http_sink", std::move(params));
}

Connection connectionFrom(RowOrigin origin, const std::string& addresses) {
    switch (origin) {
        case RowOrigin::BoundedTopic:
        case RowOrigin::LiveTopic:
            return connectionOfKind("from", "kafka", addresses);
        case RowOrigin::WholeTable:
        case RowOrigin::GrowingTable:
            return connectionOfKind("from", "postgresql", addresses);
        case RowOrigin::MqttTopic:
            return connectionOfKind("from", "mqtt", addresses);
        case RowOrigin::WebRows:
            break;
    }
    return connectionOfKind("from", "http", addresses);
}

Connection connectionTo(RowGoal goal, const std::string& addresses) {
    switch (goal) {
        case RowGoal::AppendedTable:
        case RowGoal::KeyedTable:
            return connectionOfKind("to", "postgresql", addresses);
        case RowGoal::KafkaMessages:
            return connectionOfKind("to", "kafka", addresses);
        case RowGoal::MqttMessages:
            return connectionOfKind("to", "mqtt", addresses);
        case RowGoal::AppendedFile:
        case RowGoal::KeyedFile:
        case RowGoal::WebRequests:
            break;
    }
    return connectionOfKind("to", "http", addresses);
}

CheckpointLocation checkpointsOf(RowGoal goal, const std::string& folder) {
    const std::string pipeline = folder + "/p.rill";
    return isFile(goal) ? locationInDatabase(fileIn(folder), pipeline) : locationInFolder(folder, pipeline);
}

}  // namespace rw::simulated
