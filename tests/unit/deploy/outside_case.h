// Connections of a computer, and nodes that use them, for what other engines are told of both.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/connections/connections.h"
#include "tests/unit/deploy/flink_text.h"

namespace rw::test {

/// The brokers of “shop-kafka”, with TLS and a password where `secured`; the PostgreSQL “shop”; the MariaDB
/// “old”; the HDFS “lake”, and “gate” behind a path.
inline TranslateOptions outsideOptions(bool secured = false) {
    KnownConnectionList list;
    KnownConnection kafka{"shop-kafka", "kafka", "broker:9092", {}, {}};
    kafka.fields = {{"address", "broker, other:9093"}, {"security", "plaintext"}};
    if (secured) {
        kafka.fields["security"] = "sasl_ssl";
        kafka.fields["mechanism"] = "SCRAM-SHA-512";
        kafka.fields["user"] = "ann \"x\"";
        kafka.fields["ca_file"] = "/etc/shop.pem";
        kafka.secrets = {"password"};
    }
    KnownConnection shop{"shop", "postgresql", "db/shop", {}, {}};
    shop.fields = {{"address", "db"}, {"database", "shop"}, {"user", "ann"}, {"tls", secured ? "on" : "off"}};
    if (secured) shop.secrets = {"password"};
    KnownConnection lake{"lake", "webhdfs", "namenode:9870", {}, {}};
    lake.fields = {{"address", secured ? "https://namenode" : "http://namenode:9870"}, {"user", "ann"}};
    if (secured) lake.secrets = {"token"};
    KnownConnection gate{"gate", "webhdfs", "gate/hdfs", {}, {}};
    gate.fields = {{"address", "https://gate/hdfs"}};
    list.connections = {kafka, shop, {"old", "mariadb", "old:3306/shop", {}, {}}, lake, gate};
    TranslateOptions options;
    options.validate.connections = std::make_shared<const KnownConnectionList>(std::move(list));
    return options;
}

/// The PostgreSQL “shop” as a computer knows it whose file has this for TLS; null: nothing.
inline TranslateOptions shopWithTls(const char* tls, const char* caFile = "") {
    Connection shop{"shop", "postgresql", {{"address", "db"}, {"database", "shop"}, {"user", "ann"}}, {}};
    if (tls != nullptr) shop.fields["tls"] = tls;
    if (*caFile != '\0') shop.fields["ca_file"] = caFile;
    TranslateOptions options;
    options.validate.connections = Connections({std::move(shop)}, {}).known();
    return options;
}

inline Json ordersTopic(Json more = Json::object()) {
    Json params{{"connection", "shop-kafka"},
                {"topic", "orders"},
                {"columns",
                 {"id BIGINT", "city STRING FROM '$.address.city'", "k STRING FROM KEY", "ts TIMESTAMP(3)"}},
                {"event_time", "ts"},
                {"watermark_delay", "5s"}};
    params.update(more);
    return nodeOf("orders", "kafka_source", std::move(params));
}

inline Json ordersTable(Json more = Json::object()) {
    Json params{
        {"connection", "shop"}, {"table", "sales.Orders"}, {"columns", {"id BIGINT", "Total DOUBLE"}}};
    params.update(more);
    return nodeOf("orders", "sql_source", std::move(params));
}

inline Json ordersFiles(Json more = Json::object()) {
    Json params{{"connection", "lake"}, {"path", "/data/in"}, {"columns", {"id BIGINT", "item STRING"}}};
    params.update(more);
    return nodeOf("orders", "webhdfs_source", std::move(params));
}

inline Json totalsOf(const char* key = "k") {
    return nodeOf("totals", "group_aggregate", {{"keys", {key}}, {"aggregates", {"COUNT(*) AS n"}}});
}

inline Json topicSink(Json more = Json::object()) {
    Json params{{"connection", "shop-kafka"}, {"topic", "out"}};
    params.update(more);
    return nodeOf("out", "kafka_sink", std::move(params));
}

inline Json filesSink(Json more = Json::object()) {
    Json params{{"connection", "lake"}, {"path", "/out"}};
    params.update(more);
    return nodeOf("out", "webhdfs_sink", std::move(params));
}

inline Json tableSink(Json more = Json::object()) {
    Json params{{"connection", "shop"}, {"table", "totals"}};
    params.update(more);
    return nodeOf("out", "sql_sink", std::move(params));
}

/// The text of the first statement of that name.
inline std::string statementOf(const FlinkText& text, const std::string& name, Statement::Kind kind) {
    for (const Statement& statement : text.translation().statements) {
        if (statement.name == name && statement.kind == kind) return statement.text;
    }
    return "no statement " + name;
}

inline bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace rw::test

/// Shows the text that lacks a part.
#define VERIFY_HOLDS(text, part)                                               \
    do {                                                                       \
        const std::string rwText = (text), rwPart = (part);                    \
        const std::string rwShown = rwText + "\n--- does not hold\n" + rwPart; \
        QVERIFY2(rwText.find(rwPart) != std::string::npos, rwShown.c_str());   \
    } while (false)
