// Topics of Kafka: messages as they are, whose text is taken apart by SQL, so that bad ones can be told.
#include <algorithm>

#include "core/data/text.h"
#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/outside.h"
#include "core/deploy/flink/source_rows.h"
#include "core/deploy/flink/sql_text.h"
#include "core/deploy/outside_text.h"
#include "core/nodes/csv_params.h"

namespace rw {

namespace {

constexpr std::string_view kFlinkKafkaPackage = "org.apache.flink:flink-sql-connector-kafka:5.0.0-2.2";
/// Where that jar has Kafka's own classes.
constexpr std::string_view kShadedSecurity =
    "org.apache.flink.kafka.shaded.org.apache.kafka.common.security.";

std::string kafkaOption(std::string_view name, std::string_view value) {
    return ", '" + std::string(name) + "' = " + flinkText(value);
}

/// Text between double quotes in the configuration of JAAS.
std::string jaasText(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string protocolName(std::string security) {
    std::transform(security.begin(), security.end(), security.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return security;
}

std::string tlsOptions(FormConnection& connection) {
    std::string out;
    if (!connection.field("ca_file").empty()) {
        out += kafkaOption("properties.ssl.truststore.type", "PEM") +
               kafkaOption("properties.ssl.truststore.location", connection.file("ca_file"));
    }
    if (connection.field("client_certificate").empty()) return out;
    out += kafkaOption("properties.ssl.keystore.type", "PEM") +
           kafkaOption("properties.ssl.keystore.location", connection.unknownFile("keystore"));
    if (connection.hasSecret("key_passphrase"))
        out += kafkaOption("properties.ssl.key.password", connection.secret("key_passphrase"));
    return out;
}

/// “'properties.bootstrap.servers' = '…'” and how one signs in there.
std::string brokersText(NodeForm& form) {
    FormConnection connection(form);
    form.needs(std::string(kFlinkKafkaPackage));
    form.needsCheckpoints();
    std::string out = "'properties.bootstrap.servers' = " + flinkText(connection.address());
    if (!connection.known()) {
        form.when(RW_TEXT("deploy", "“%1” asks for neither TLS nor a password").with(connection.name()));
        return out;
    }
    const std::string security = connection.field("security");
    if (security != "plaintext") out += kafkaOption("properties.security.protocol", protocolName(security));
    if (security.ends_with("ssl")) out += tlsOptions(connection);
    if (!security.starts_with("sasl")) return out;
    const std::string mechanism = connection.field("mechanism");
    const char* const module = mechanism == "PLAIN" ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    out += kafkaOption("properties.sasl.mechanism", mechanism);
    return out + kafkaOption("properties.sasl.jaas.config",
                             std::string(kShadedSecurity) + module +
                                 " required username=" + jaasText(connection.field("user")) + " password=\"" +
                                 connection.secret("password", true) + "\";");
}

// ── Source ──

/// What a table of messages has besides the nodes' columns.
class MessageTable {
 public:
    explicit MessageTable(NodeForm& form) : m_form(form) {}

    /// The message, as text.
    std::string line() { return physical("$line"); }
    std::string key() {
        m_hasKey = true;
        return physical("$key");
    }
    std::string metadata(const char* name, const char* type) {
        const std::string column = freeName(std::string("$") + name);
        add(column + " " + type + " METADATA FROM '" + name + "' VIRTUAL");
        return column;
    }
    std::string formats() const {
        if (!m_hasKey) return ", 'format' = 'raw'";
        return ", 'key.format' = 'raw', 'key.fields' = " + flinkText(flinkFreeName(schema(), "$key")) +
               ", 'value.format' = 'raw', 'value.fields-include' = 'EXCEPT_KEY'";
    }
    std::vector<std::string> takeColumns() { return std::move(m_columns); }

 private:
    const Schema& schema() const { return *m_form.output().schema; }
    std::string freeName(std::string name) const {
        return m_form.quoted(flinkFreeName(schema(), std::move(name)));
    }
    std::string physical(const char* name) {
        const std::string column = freeName(name);
        add(column + " STRING");
        return column;
    }
    void add(std::string column) {
        if (std::find(m_columns.begin(), m_columns.end(), column) == m_columns.end())
            m_columns.push_back(std::move(column));
    }

    NodeForm& m_form;
    std::vector<std::string> m_columns{};
    bool m_hasKey = false;
};

/// What a column takes from beside the message, as text.
std::string besideMessage(MessageTable& table, const MessagePart& part) {
    switch (part.kind) {
        case MessagePart::Kind::Key: {
            const std::string key = table.key();
            return part.path ? "JSON_VALUE(" + key + ", " + flinkText(flinkJsonPath(*part.path)) + ")" : key;
        }
        case MessagePart::Kind::Header:
            return "CAST(" + table.metadata("headers", "MAP<STRING, BYTES>") + "[" + flinkText(part.header) +
                   "] AS STRING)";
        case MessagePart::Kind::Timestamp:
            return "DATE_FORMAT(" + table.metadata("timestamp", "TIMESTAMP_LTZ(3)") +
                   ", 'yyyy-MM-dd HH:mm:ss.SSS')";
        case MessagePart::Kind::Partition:
            return "CAST(" + table.metadata("partition", "INT") + " AS STRING)";
        case MessagePart::Kind::Offset:
            return "CAST(" + table.metadata("offset", "BIGINT") + " AS STRING)";
        case MessagePart::Kind::Topic:
            return table.metadata("topic", "STRING");
        case MessagePart::Kind::InValue:
            break;
    }
    return {};
}

bool refuseReading(NodeForm& form, const MessageColumns& columns) {
    bool refused = refuseFormatBut(form, {"json", "text"}) || refuseBytesOfMessages(form, columns);
    if (!form.params().text("arrival_time").empty()) {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "The time of arrival there is another one, in every run."),
                  "arrival_time")
            .fix = RW_TEXT("deploy", "Take the column away, or record the rows with it once and read those.");
        refused = true;
    }
    const bool ofMessages =
        std::any_of(columns.parts.begin(), columns.parts.end(),
                    [](const MessagePart& part) { return part.kind == MessagePart::Kind::Timestamp; });
    if (ofMessages && form.params().settings().timeZone != "UTC") {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "Flink has the times of messages in the time zone of the pipeline."),
                  "columns")
            .fix = RW_TEXT("deploy", "Set the time zone of the pipeline to UTC, or leave the column out.");
        refused = true;
    }
    return refused;
}

/// Where reading begins.
std::string startText(NodeForm& form) {
    BindContext& params = form.params();
    const std::string start = params.text("start"), lost = params.text("lost_position");
    if (start == "group") {
        return kafkaOption("scan.startup.mode", "group-offsets") +
               kafkaOption("properties.auto.offset.reset", lost == "fail" ? "none" : lost);
    }
    // Flink goes on where the mode says, whatever it is told.
    const char* const reset = start == "latest" ? "latest" : "earliest";
    if (lost != reset)
        form.when(RW_TEXT("deploy", "no message is removed from the topic before it was read"));
    if (start == "latest") return kafkaOption("scan.startup.mode", "latest-offset");
    if (start != "time") return kafkaOption("scan.startup.mode", "earliest-offset");
    const Instant from = parseTimestamp(params.text("start_time")).value_or(0);
    return kafkaOption("scan.startup.mode", "timestamp") +
           kafkaOption("scan.startup.timestamp-millis", std::to_string(from));
}

std::string readingOptions(NodeForm& form) {
    BindContext& params = form.params();
    const TopicText topic = topicOf(form);
    if (topic.isPattern)
        form.when(RW_TEXT("deploy", "the expression means the same to Java, and no topic begins with “__”"));
    std::string out = kafkaOption(topic.isPattern ? "topic-pattern" : "topic", topic.text) + startText(form);
    if (params.text("end") == "latest") {
        out += kafkaOption("scan.bounded.mode", "latest-offset");
    } else {
        out += kafkaOption("scan.topic-partition-discovery.interval", "30 s");
    }
    if (!params.text("group").empty()) out += kafkaOption("properties.group.id", form.raw("group"));
    out += kafkaOption("properties.isolation.level", "read_committed");
    if (flinkTimeColumn(form) < 0) return out;
    // The source marks the time itself, for each partition; by the clock it would never do so here.
    out += kafkaOption("scan.watermark.emit.strategy", "on-event");
    if (params.has("idle_timeout")) {
        form.when(RW_TEXT(
            "deploy", "the brokers can be reached all the time, for Flink takes their silence for idleness"));
        out +=
            kafkaOption("scan.watermark.idle-timeout", fmt::format("{} ms", params.duration("idle_timeout")));
    } else if (params.settings().parallelism != 1) {
        form.when(RW_TEXT("deploy", "there are no fewer partitions than parallel tasks"));
    }
    return out;
}

// ── Sink ──

bool writesText(NodeForm& form) {
    return form.params().text("format") == "text";
}

/// The text of a value as the key of a message has it.
std::string keyText(NodeForm& form, const Field& field) {
    const std::string name = form.quoted(field.name);
    if (field.type.is(TypeId::String) || field.type.is(TypeId::Bytes)) return name;
    const std::string text = "CAST(" + name + " AS STRING)";
    if (field.type.is(TypeId::Double))
        form.find(Verdict::Equivalent, RW_TEXT("deploy", "Numbers in keys are written in Flink's way."),
                  "key");
    return field.type.is(TypeId::Boolean) ? "LOWER(" + text + ")" : text;
}

struct KeyOfMessages {
    std::string column{};   ///< of the table: “`$key` STRING”; empty: the columns of the rows are it
    std::string item{};     ///< of the query: its value
    std::string options{};  ///< of the table
    std::string names{};    ///< of its columns, quoted
};

KeyOfMessages keyOfMessages(NodeForm& form) {
    const std::vector<std::size_t> key = messageKey(form);
    KeyOfMessages out;
    if (key.empty()) return out;
    const Schema& schema = *form.input().schema;
    if (key.size() == 1) {
        const Field& field = schema.fields[key.front()];
        const std::string name = flinkFreeName(schema, "$key");
        out.names = form.quoted(name);
        out.column = out.names + (field.type.is(TypeId::Bytes) ? " BYTES" : " STRING");
        out.item = keyText(form, field) + " AS " + out.names;
        out.options = kafkaOption("key.format", "raw") + kafkaOption("key.fields", name) +
                      kafkaOption("value.fields-include", "EXCEPT_KEY");
        return out;
    }
    std::string fields;
    for (const std::size_t column : key) {
        const std::string& name = schema.fields[column].name;
        if (name.find(';') != std::string::npos) {
            form.find(Verdict::Refused,
                      RW_TEXT("deploy", "Flink takes no column with a semicolon in its name for a key: “%1”.")
                          .with(name),
                      "key")
                .fix = RW_TEXT("deploy", "Rename the column.");
        }
        fields += (fields.empty() ? "" : ";") + name;
        out.names += (out.names.empty() ? "" : ", ") + form.quoted(name);
    }
    out.options = kafkaOption("key.format", "json") + kafkaOption("key.fields", fields) +
                  kafkaOption("value.fields-include", writesText(form) ? "EXCEPT_KEY" : "ALL");
    return out;
}

/// The format of the values, and what is to be said of them.
std::string valueFormat(NodeForm& form) {
    const std::string format = form.params().text("format");
    if (format == "text") return kafkaOption("value.format", "raw");
    if (format == "csv") {
        form.find(
            Verdict::Equivalent,
            RW_TEXT("deploy",
                    "Flink writes NULL and an empty text alike, and numbers and times in its own way."));
        const char delimiter = bindCsvFormat(form.params()).delimiter;
        const std::string written = delimiter == '\t' ? "\\t" : std::string(1, delimiter);
        return kafkaOption("value.format", "csv") + kafkaOption("value.csv.field-delimiter", written);
    }
    form.find(Verdict::Equivalent, RW_TEXT("deploy", "Flink writes numbers and times in its own way."));
    return kafkaOption("value.format", format == "debezium" ? "debezium-json" : "json");
}

std::string deliveryText(NodeForm& form) {
    if (form.params().text("delivery") != "exactly_once") return {};
    std::string prefix = "rillwright";
    for (const std::string& word : {form.pipeline(), form.id()}) {
        if (!word.empty()) prefix += "-" + word;
    }
    return kafkaOption("sink.delivery-guarantee", "exactly-once") +
           kafkaOption("sink.transactional-id-prefix", prefix) +
           kafkaOption("properties.transaction.timeout.ms",
                       std::to_string(form.params().duration("transaction_timeout")));
}

/// The columns of the rows that the table has besides “$key”. Text is one column alone, besides those that
/// the connector takes for the key.
std::vector<std::size_t> valueColumns(NodeForm& form) {
    const Schema& schema = *form.input().schema;
    std::vector<std::size_t> all;
    const std::vector<std::size_t> key = messageKey(form);
    const bool whole = !writesText(form) || schema.size() == 1 || key.size() > 1;
    for (std::size_t i = 0; i < schema.size(); ++i) {
        if (whole || std::find(key.begin(), key.end(), i) == key.end()) all.push_back(i);
    }
    return all;
}

}  // namespace

void flinkKafkaSource(NodeForm& form) {
    if (flinkReadCopy(form)) return;
    const std::optional<MessageColumns> declared =
        bindMessageColumns(form.params(), form.params().text("format") != "text");
    if (!declared || refuseReading(form, *declared)) return;
    const bool json = form.params().text("format") == "json";
    sayWaiting(form);
    MessageTable table(form);
    FlinkCells cells;
    const std::string line = table.line();
    auto path = declared->paths.begin();
    for (std::size_t i = 0; i < declared->parts.size(); ++i) {
        if (declared->parts[i].kind != MessagePart::Kind::InValue) {
            cells.texts.push_back(besideMessage(table, declared->parts[i]));
        } else {
            if (json) {
                flinkJsonCell(form, cells, i, line, *path++);
            } else {
                cells.texts.push_back(line);
            }
        }
    }
    std::vector<std::string> columns = table.takeColumns();
    cells.columns.insert(cells.columns.begin(), columns.begin(), columns.end());
    cells.connector = "kafka";
    cells.options = brokersText(form);
    cells.options += readingOptions(form);
    cells.options += table.formats();
    cells.row = "COALESCE(" + line + ", '')";
    cells.broken = json ? line + " IS NULL OR " + line + " IS NOT JSON OBJECT" : line + " IS NULL";
    cells.what = json ? "not a JSON object" : "no value";
    flinkWriteCells(form, cells);
}

void flinkKafkaSink(NodeForm& form) {
    if (flinkWriteSelect(form)) return;
    const bool debezium = form.params().text("format") == "debezium";
    const bool upserts = form.input().updating && !debezium;
    if (refuseFormatBut(form, {"json", "csv", "text", "debezium"}) || refusePartitionBy(form)) return;
    const Schema& schema = *form.input().schema;
    const KeyOfMessages key = keyOfMessages(form);
    std::vector<std::string> columns, items;
    if (!key.column.empty()) {
        columns.push_back(key.column);
        items.push_back(key.item);
    }
    for (const std::size_t column : valueColumns(form)) {
        const Field& field = schema.fields[column];
        columns.push_back(form.quoted(field.name) + " " + form.dialect().words().type(field.type));
        items.push_back(form.quoted(field.name));
    }
    if (upserts) {
        form.find(Verdict::Equivalent,
                  RW_TEXT("deploy", "Between two values of a key there may be a tombstone more."))
            .condition = RW_TEXT("deploy", "no key is NULL");
        columns.push_back("PRIMARY KEY (" + key.names + ") NOT ENFORCED");
    }
    if (form.params().flag("create"))
        form.find(Verdict::Equivalent,
                  RW_TEXT("deploy", "The job makes no topic: it must be there before the job starts."));
    std::string options = brokersText(form) + kafkaOption("topic", form.raw("topic"));
    std::string keyOptions = key.options;
    // One that takes values by key is told its key by the table's.
    if (upserts) {
        const std::size_t fields = keyOptions.find(", 'key.fields'");
        keyOptions.erase(fields, keyOptions.find(", 'value.fields-include'") - fields);
    }
    options += keyOptions + valueFormat(form) + deliveryText(form);
    form.statement(Statement::Kind::Table, form.id(),
                   flinkTable(form, form.id(), columns, upserts ? "upsert-kafka" : "kafka", options));
    form.statement(Statement::Kind::Insert, form.id(),
                   "INSERT INTO " + form.quoted(form.id()) + " SELECT " + flinkLine(items) + " FROM " +
                       flinkOneTime(form));
}

}  // namespace rw
