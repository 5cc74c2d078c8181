// Topics of Kafka, read and written.
#include <algorithm>

#include "core/data/text.h"
#include "core/deploy/outside_text.h"
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/json_place.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/source_rows.h"
#include "core/deploy/spark/words.h"

namespace rw {

namespace {

/// There is none of Spark 4.3.
constexpr const char* kSparkKafkaPackage = "org.apache.spark:spark-sql-kafka-0-10_2.13:4.2.0";

std::string inCapitals(std::string text) {
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

/// The name of a blank out of “${name}”, as the program looks its secrets up.
std::string nameInBlank(const std::string& blank) {
    return pyText(std::string_view(blank).substr(2, blank.size() - 3));
}

/// “kafka_options(…)”.
std::string brokersCall(NodeForm& form) {
    FormConnection connection(form);
    form.needs(kSparkKafkaPackage);
    form.needsCheckpoints();
    std::vector<std::string> arguments{pyText(connection.address())};
    if (!connection.known()) {
        form.when(RW_TEXT("deploy", "“%1” asks for neither TLS nor a password").with(connection.name()));
        return pyCall("kafka_options", arguments);
    }
    const std::string security = connection.field("security");
    if (security != "plaintext") arguments.push_back("security=" + pyText(inCapitals(security)));
    if (security.starts_with("sasl")) {
        arguments.push_back("mechanism=" + pyText(connection.field("mechanism")));
        arguments.push_back("user=" + pyText(connection.field("user")));
        arguments.push_back("password=" + nameInBlank(connection.secret("password")));
    }
    if (!security.ends_with("ssl")) return pyCall("kafka_options", arguments);
    if (!connection.field("ca_file").empty()) arguments.push_back("ca=" + pyText(connection.file("ca_file")));
    if (!connection.field("client_certificate").empty()) {
        arguments.push_back("keystore=" + pyText(connection.unknownFile("keystore")));
        if (connection.hasSecret("key_passphrase"))
            arguments.push_back("passphrase=" + nameInBlank(connection.secret("key_passphrase")));
    }
    return pyCall("kafka_options", arguments);
}

// ── Source ──

std::string textOfSql(const NodeForm& form, const std::string& text) {
    return form.dialect().words().literal(Value{text}, Type::of(TypeId::String));
}

std::string besideSql(const NodeForm& form, const MessagePart& part) {
    switch (part.kind) {
        case MessagePart::Kind::Key: {
            const std::string key = "CAST(key AS STRING)";
            if (!part.path) return key;
            return "get_json_object(" + key + ", " + textOfSql(form, sparkJsonPlace(*part.path)) + ")";
        }
        case MessagePart::Kind::Header:
            return "CAST(try_element_at(filter(headers, h -> h.key = " + textOfSql(form, part.header) +
                   "), -1).value AS STRING)";
        case MessagePart::Kind::Timestamp:
            return "date_format(timestamp, 'yyyy-MM-dd HH:mm:ss.SSS')";
        case MessagePart::Kind::Partition:
            return "CAST(partition AS STRING)";
        case MessagePart::Kind::Offset:
            return "CAST(offset AS STRING)";
        case MessagePart::Kind::Topic:
            return "topic";
        case MessagePart::Kind::InValue:
            break;
    }
    return {};
}

bool refuseStart(NodeForm& form) {
    BindContext& params = form.params();
    if (params.text("start") == "group") {
        sparkRefuse(form, RW_TEXT("deploy", "Spark does not go on where a group is."),
                    RW_TEXT("deploy", "Start elsewhere; its own checkpoint says where it goes on."), "start");
        return true;
    }
    if (params.text("lost_position") == "latest") {
        sparkRefuse(form,
                    RW_TEXT("deploy", "Where a position is gone Spark ends, or goes on with the earliest."),
                    RW_TEXT("deploy", "Choose one of these."), "lost_position");
        return true;
    }
    if (!params.text("group").empty())
        form.find(Verdict::Equivalent, RW_TEXT("deploy", "Spark commits its offsets in no group."), "group");
    return false;
}

std::string readingEntries(NodeForm& form, const MessageColumns& columns) {
    BindContext& params = form.params();
    const TopicText topic = topicOf(form);
    if (topic.isPattern)
        form.when(RW_TEXT("deploy", "the expression means the same to Java, and no topic begins with “__”"));
    const std::string start = params.text("start");
    std::vector<std::string> entries{pyText(topic.isPattern ? "subscribePattern" : "subscribe") +
                                     ": put_in(" + pyText(topic.text) + ")"};
    if (start == "time") {
        const Instant from = parseTimestamp(params.text("start_time")).value_or(0);
        entries.push_back("\"startingTimestamp\": \"" + std::to_string(from) + "\"");
        entries.emplace_back("\"startingOffsetsByTimestampStrategy\": \"latest\"");
    } else {
        entries.push_back("\"startingOffsets\": " + pyText(start));
    }
    entries.push_back("\"failOnDataLoss\": " +
                      pyText(params.text("lost_position") == "fail" ? "true" : "false"));
    entries.emplace_back("\"kafka.isolation.level\": \"read_committed\"");
    const bool headers = std::any_of(columns.parts.begin(), columns.parts.end(), [](const MessagePart& part) {
        return part.kind == MessagePart::Kind::Header;
    });
    if (headers) entries.emplace_back("\"includeHeaders\": \"true\"");
    return pyDict(entries);
}

// ── Sink ──

const char* const kTimesAsHere = "yyyy-MM-dd HH:mm:ss.SSS";

std::string columnsOfRow(const NodeForm& form, const std::vector<std::size_t>& columns) {
    std::string names;
    for (const std::size_t column : columns)
        names += (names.empty() ? "" : ", ") + form.quoted(form.input().schema->fields[column].name);
    return names;
}

std::string objectOf(const NodeForm& form, const std::vector<std::size_t>& columns) {
    return "to_json(struct(" + columnsOfRow(form, columns) +
           "), map('ignoreNullFields', 'false', 'timestampFormat', '" + kTimesAsHere + "'))";
}

std::string keySql(const NodeForm& form, const std::vector<std::size_t>& key) {
    if (key.size() > 1) return objectOf(form, key);
    const Field& field = form.input().schema->fields[key.front()];
    const std::string name = form.quoted(field.name);
    if (field.type.is(TypeId::Bytes)) return name;
    if (field.type.is(TypeId::Timestamp)) return "date_format(" + name + ", '" + kTimesAsHere + "')";
    return "CAST(" + name + " AS STRING)";
}

std::string valueSql(NodeForm& form, const std::vector<std::size_t>& key) {
    const Schema& schema = *form.input().schema;
    std::vector<std::size_t> all, others;
    for (std::size_t i = 0; i < schema.size(); ++i) {
        all.push_back(i);
        if (std::find(key.begin(), key.end(), i) == key.end()) others.push_back(i);
    }
    if (form.params().text("format") == "text")
        return columnsOfRow(form, schema.size() == 1 || others.empty() ? all : others);
    form.find(Verdict::Equivalent, RW_TEXT("deploy", "Spark writes numbers in its own way."));
    return objectOf(form, all);
}

}  // namespace

void sparkKafkaSource(NodeForm& form) {
    if (sparkAddStaged(form)) return;
    const bool text = form.params().text("format") == "text";
    const std::optional<MessageColumns> columns = bindMessageColumns(form.params(), !text);
    if (!columns || refuseFormatBut(form, {"json", "text"}) || refuseBytesOfMessages(form, *columns) ||
        refuseStart(form) || sparkRefusePlaces(form, columns->paths))
        return;
    sparkSayRows(form);
    sayWaiting(form);
    std::vector<std::string> places, beside;
    auto path = columns->paths.begin();
    for (std::size_t i = 0; i < columns->parts.size(); ++i) {
        const std::string name = pyText(columns->schema.fields[i].name) + ": ";
        if (columns->parts[i].kind != MessagePart::Kind::InValue) {
            beside.push_back(name + pyText(besideSql(form, columns->parts[i])));
        } else if (text) {
            places.push_back(name + "None");
        } else {
            places.push_back(name + pyText(sparkJsonPlace(*path++)));
        }
    }
    if (!text) {
        form.when(RW_TEXT("deploy", "every value is of the type of its column"), Verdict::Equivalent);
        form.when(RW_TEXT("deploy", "no object has a name twice"), Verdict::Equivalent);
    }
    std::string options = brokersCall(form);
    options += " | " + readingEntries(form, *columns);
    std::vector<std::string> arguments{std::move(options), pyDict(places)};
    if (!beside.empty()) arguments.push_back("beside=" + pyDict(beside));
    if (text) arguments.push_back("whole=True");
    sparkAddTyped(form, pyCall("kafka_cells", arguments));
}

void sparkKafkaSink(NodeForm& form) {
    if (sparkOnlyFetched(form)) return;
    if (refuseFormatBut(form, {"json", "text"}) || refusePartitionBy(form)) return;
    const std::vector<std::size_t> key = messageKey(form);
    if (form.input().updating) {
        sparkSayChanging(form);
        form.when(RW_TEXT("deploy", "no key is NULL"), Verdict::Equivalent);
    }
    if (form.params().text("delivery") == "exactly_once")
        form.when(RW_TEXT("deploy", "no micro-batch fails, for its messages would come twice"),
                  Verdict::Equivalent);
    if (form.params().flag("create"))
        form.find(Verdict::Equivalent,
                  RW_TEXT("deploy", "The job makes no topic: it must be there before the job starts."));
    std::vector<std::string> arguments{pyText(form.id()), sparkRows(form), brokersCall(form),
                                       "put_in(" + pyText(form.raw("topic")) + ")",
                                       pyText(valueSql(form, key))};
    if (!key.empty()) arguments.push_back("key=" + pyText(keySql(form, key)));
    form.statement(Statement::Kind::Insert, form.id(), pyCall("kafka_topic", arguments));
}

}  // namespace rw
