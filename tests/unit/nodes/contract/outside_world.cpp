#include "tests/unit/nodes/contract/outside_world.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/connect/connections/connections.h"
#include "tests/support/connected_node.h"
#include "tests/support/databases/postgresql_world.h"
#include "tests/support/worlds/hbase_world.h"
#include "tests/support/worlds/hdfs_world.h"
#include "tests/support/worlds/kafka_world.h"
#include "tests/support/worlds/mqtt_world.h"
#include "tests/support/worlds/socket_world.h"
#include "tests/support/worlds/web_world.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/contract/sample_rows.h"

namespace rw::test {

namespace {

constexpr const char* kTopic = "name";  // as contract_params.cpp calls what has no other name

std::vector<std::string> rows(int first, int count) {
    std::vector<std::string> rows;
    for (int row = first; row < first + count; ++row) {
        const bool wrong = row % 10 == 3, null = row % 10 == 4;
        const std::string number = wrong ? "\"no number\"" : null ? "null" : std::to_string(row);
        rows.push_back(fmt::format("{{\"ts\":\"2024-01-01 00:00:{:02}\",\"a\":{}}}", row % 60, number));
    }
    return rows;
}

/// Of the program: clients of nodes may outlive a test.
KafkaWorld& kafka() {
    static KafkaWorld* const world = [] {
        auto* const made = new KafkaWorld();
        made->createTopic(kTopic);
        return made;
    }();
    return *world;
}

bool leadsTo(const NodeKind& kind, const std::string& system) {
    return std::any_of(kind.params.begin(), kind.params.end(), [&](const ParamSpec& spec) {
        return spec.kind == ParamKind::Connection &&
               std::any_of(spec.choices.begin(), spec.choices.end(),
                           [&](const Choice& choice) { return choice.value == system; });
    });
}

bool isOfKafka(const NodeKind& kind) {
    return leadsTo(kind, "kafka");
}

/// Of the program, too.
PostgresqlWorld& tables() {
    static PostgresqlWorld* const world = new PostgresqlWorld();
    return *world;
}

bool writesTables(const NodeKind& kind) {
    return kind.group == NodeGroup::Sink && leadsTo(kind, "postgresql");
}

bool readsTables(const NodeKind& kind) {
    return kind.group != NodeGroup::Sink && leadsTo(kind, "postgresql");
}

std::vector<std::vector<WorldCell>> tableRows(int first, int count) {
    std::vector<std::vector<WorldCell>> rows;
    for (int row = first; row < first + count; ++row) {
        const bool wrong = row % 10 == 3, null = row % 10 == 4;
        const WorldCell number = null    ? WorldCell()
                                 : wrong ? WorldCell("no number")
                                         : WorldCell(std::to_string(row));
        rows.push_back({number, fmt::format("2024-01-01 00:00:{:02}", row % 60), std::to_string(row)});
    }
    return rows;
}

/// The table that is read by sources, and, with the rows of the file that contract_params.cpp makes, the one
/// in which rows are looked up. Of the program.
PostgresqlWorld& readTables(const NodeKind& kind) {
    static PostgresqlWorld* const rows = [] {
        auto* const world = new PostgresqlWorld();
        world->createTable(R"("name" ("a" text, "ts" timestamp(3), "k" bigint NOT NULL, PRIMARY KEY ("k")))");
        world->put(kTopic, tableRows(0, kRowsOutside));
        return world;
    }();
    static PostgresqlWorld* const keys = [] {
        auto* const world = new PostgresqlWorld();
        world->createTable(R"("name" ("k" text, "v" integer))");
        world->put(kTopic, {{"", "3"}, {longKey(0), "5"}, {longKey(1), "0"}, {longKey(2), {}}, {{}, "1"}});
        return world;
    }();
    return kind.inputs.empty() ? *rows : *keys;
}

bool isOfMqtt(const NodeKind& kind) {
    return leadsTo(kind, "mqtt");
}

bool isOfSockets(const NodeKind& kind) {
    return kind.type == "tcp_source" || kind.type == "udp_source";
}

MqttWorld& mqtt() {
    static MqttWorld* const world = new MqttWorld();
    return *world;
}

SocketWorld& sockets() {
    static SocketWorld* const world = new SocketWorld();
    return *world;
}

WebWorld& web() {
    constexpr int kRowsAnswered = 400;
    static auto* const world = new WebWorld(rows(0, kRowsAnswered));
    return *world;
}

bool isOfFiles(const NodeKind& kind) {
    return leadsTo(kind, "webhdfs");
}

bool isOfCells(const NodeKind& kind) {
    return leadsTo(kind, "hbase");
}

void putFile(HdfsWorld& world, const std::string& name, int first, int count) {
    std::string lines;
    for (const std::string& row : rows(first, count)) lines += row + '\n';
    world.put(fmt::format("/{}/{}", kTopic, name), lines);
}

/// The files that are read, and those that are written. Of the program.
HdfsWorld& readFiles() {
    static HdfsWorld* const world = [] {
        auto* const made = new HdfsWorld();
        // Small ones, so that a source can be left between two, and then large ones.
        constexpr int kSmallRows = 50, kSmallFiles = 6, kLargeFrom = kSmallRows * kSmallFiles;
        for (int file = 0; file < kSmallFiles; ++file)
            putFile(*made, fmt::format("a{}.json", file), file * kSmallRows, kSmallRows);
        putFile(*made, "b.json", kLargeFrom, kRowsOutside / 2);
        putFile(*made, "c.json", kLargeFrom + kRowsOutside / 2, kRowsOutside / 2 - kLargeFrom);
        return made;
    }();
    return *world;
}

HdfsWorld& writtenFiles() {
    static HdfsWorld* const world = new HdfsWorld();
    return *world;
}

HbaseWorld& cells() {
    static HbaseWorld* const world = new HbaseWorld(kTopic, {"cf", kTopic});
    return *world;
}

/// It asks, or is sent to, over HTTP or by WebSockets. A registry of schemas is no world of its own.
bool isOfWeb(const NodeKind& kind) {
    const ParamSpec* const connection = kind.param("connection");
    const bool leadsThere =
        connection != nullptr && std::any_of(connection->choices.begin(), connection->choices.end(),
                                             [](const Choice& choice) { return choice.value == "http"; });
    return leadsThere || kind.param("split") != nullptr;
}

/// Rows that are read, once a node type reads them.
void fillKafka() {
    static const bool filled = [] {
        kafka().putValues(kTopic, rows(0, kRowsOutside));
        return true;
    }();
    (void)filled;
}

}  // namespace

void forgetOutside(const NodeKind& kind) {
    if (writesTables(kind)) tables().clear();
    if (isOfCells(kind)) cells().clear();
}

std::shared_ptr<const Connections> outsideConnections(const NodeKind& kind) {
    if (writesTables(kind)) return tables().connections(kConnection);
    if (readsTables(kind)) return readTables(kind).connections(kConnection);
    if (isOfMqtt(kind)) return mqtt().connections(kConnection);
    if (isOfWeb(kind)) return web().connections(kConnection);
    if (isOfCells(kind)) return cells().connections(kConnection);
    if (isOfFiles(kind)) return (kind.inputs.empty() ? readFiles() : writtenFiles()).connections(kConnection);
    if (!isOfKafka(kind)) return greeterConnections(kConnection);
    if (kind.inputs.empty()) fillKafka();
    return kafka().connections(kConnection);
}

constexpr int kSome = 400;

void bringRowsOutside(const NodeKind& kind) {
    if (isOfKafka(kind)) kafka().putValues(kTopic, rows(0, kSome));
    if (readsTables(kind)) {
        static int next = kRowsOutside;
        readTables(kind).put(kTopic, tableRows(next, kSome));
        next += kSome;
    }
    if (isOfMqtt(kind)) {
        for (const std::string& row : rows(0, kSome)) mqtt().publish(kTopic, row);
    }
    if (isOfFiles(kind)) {
        static int next = 0;
        putFile(readFiles(), fmt::format("d{:06}.json", next++), 0, kSome);
    }
    if (kind.type == "tcp_source") sockets().sendLines(rows(0, kSome));
    if (kind.type == "udp_source") sockets().sendDatagrams(rows(0, kSome));
    if (kind.param("listen") != nullptr) WebWorld::sendTo(WebWorld::listenAt(), rows(0, 1).front());
}

void bringRowsIfHeard() {
    (void)sockets().sendIfHeard(rows(0, kSome));
}

void bringNoRows() {
    sockets().giveUp();
}

std::string outsideAddress() {
    return sockets().address();
}

bool decidesOutside(const NodeKind& kind) {
    return !isOfKafka(kind);
}

bool isServedOutside(const NodeKind& kind) {
    return isOfKafka(kind) || writesTables(kind) || isOfMqtt(kind) || isOfSockets(kind) || isOfWeb(kind) ||
           isOfFiles(kind) || isOfCells(kind);
}

bool readsThisMachine(const NodeKind& kind) {
    return kind.inputs.empty() && kind.param("unit") != nullptr;
}

WrittenOutside::WrittenOutside(const NodeKind& kind)
    : m_inTopic(isOfKafka(kind) && !kind.inputs.empty()),
      m_inTable(writesTables(kind)),
      m_toBroker(isOfMqtt(kind) && !kind.inputs.empty()),
      m_inService(isOfWeb(kind) && !kind.inputs.empty()),
      m_inFiles(isOfFiles(kind) && !kind.inputs.empty()),
      m_inCells(isOfCells(kind)),
      m_from(m_inTopic     ? kafka().end(kTopic)
             : m_toBroker  ? static_cast<std::int64_t>(mqtt().taken().size())
             : m_inService ? static_cast<std::int64_t>(web().taken().size())
                           : 0),
      m_before(m_inFiles ? writtenFiles().files() : std::vector<std::string>()) {
    forgetOutside(kind);
}

std::vector<std::string> WrittenOutside::lines() const {
    if (m_inTable) {
        std::vector<std::string> lines{kTopic};
        for (const std::string& row : tables().rows(kTopic)) lines.push_back(row);
        return lines;
    }
    if (m_inFiles || m_inCells) {
        std::vector<std::string> lines = m_inFiles ? writtenFiles().rows(m_before) : cells().rows();
        lines.insert(lines.begin(), kTopic);
        return lines;
    }
    if (m_inService) {
        std::vector<std::string> lines = web().taken();
        lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(m_from));
        lines.insert(lines.begin(), web().address());
        return lines;
    }
    if (m_toBroker) {
        mqtt().awaitClients(0);
        std::vector<std::string> lines = mqtt().taken();
        lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(m_from));
        lines.insert(lines.begin(), kTopic);
        return lines;
    }
    if (!m_inTopic) return {};
    std::vector<std::string> lines{kTopic};
    const std::vector<std::string> messages = kafka().messages(kTopic, 0, m_from);
    lines.insert(lines.end(), messages.begin(), messages.end());
    return lines;
}

}  // namespace rw::test
