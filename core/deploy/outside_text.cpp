#include "core/deploy/outside_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/connect/databases/table_name.h"
#include "core/connect/postgresql/postgresql_types.h"

namespace rw {

namespace {

/// Keywords of PostgreSQL 15 that no column is called without quotes (those that its documentation calls
/// reserved, also where functions and types may be called so).
constexpr std::string_view kReservedWords[] = {"all",
                                               "analyse",
                                               "analyze",
                                               "and",
                                               "any",
                                               "array",
                                               "as",
                                               "asc",
                                               "asymmetric",
                                               "authorization",
                                               "binary",
                                               "both",
                                               "case",
                                               "cast",
                                               "check",
                                               "collate",
                                               "collation",
                                               "column",
                                               "concurrently",
                                               "constraint",
                                               "create",
                                               "cross",
                                               "current_catalog",
                                               "current_date",
                                               "current_role",
                                               "current_schema",
                                               "current_time",
                                               "current_timestamp",
                                               "current_user",
                                               "default",
                                               "deferrable",
                                               "desc",
                                               "distinct",
                                               "do",
                                               "else",
                                               "end",
                                               "except",
                                               "false",
                                               "fetch",
                                               "for",
                                               "foreign",
                                               "freeze",
                                               "from",
                                               "full",
                                               "grant",
                                               "group",
                                               "having",
                                               "ilike",
                                               "in",
                                               "initially",
                                               "inner",
                                               "intersect",
                                               "into",
                                               "is",
                                               "isnull",
                                               "join",
                                               "lateral",
                                               "leading",
                                               "left",
                                               "like",
                                               "limit",
                                               "localtime",
                                               "localtimestamp",
                                               "natural",
                                               "not",
                                               "notnull",
                                               "null",
                                               "offset",
                                               "on",
                                               "only",
                                               "or",
                                               "order",
                                               "outer",
                                               "overlaps",
                                               "placing",
                                               "primary",
                                               "references",
                                               "returning",
                                               "right",
                                               "select",
                                               "session_user",
                                               "similar",
                                               "some",
                                               "symmetric",
                                               "table",
                                               "tablesample",
                                               "then",
                                               "to",
                                               "trailing",
                                               "true",
                                               "union",
                                               "unique",
                                               "user",
                                               "using",
                                               "variadic",
                                               "verbose",
                                               "when",
                                               "where",
                                               "window",
                                               "with"};

/// As in an address, without what has a meaning there.
std::string percentEncoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '_' || c == '-' || c == '.';
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

/// Without semicolons and blanks at its end, so that it can stand in another.
std::string innerQueryText(std::string query) {
    query.erase(query.find_last_not_of("; \t\r\n") + 1);
    return query;
}

/// A column of the database as a text, as cells of files have it: BYTES in Base64.
std::string cellOfDatabase(const std::string& name, Type type) {
    if (!type.is(TypeId::Bytes)) return "CAST(" + name + " AS text)";
    return "replace(encode(CAST(" + name + " AS bytea), 'base64'), chr(10), '')";
}

/// The way out for a node that an engine has nothing for.
Text runHereAndSendOn() {
    return RW_TEXT(
        "deploy",
        "Run this node here, write its rows to Kafka, and let the pipeline of the cluster read them "
        "there.");
}

}  // namespace

Text recordOnce() {
    return RW_TEXT("deploy", "Record its rows to a CSV file once, and read that.");
}

Text throughKafka() {
    return RW_TEXT(
        "deploy",
        "Let a pipeline that runs here send its rows to a topic of Kafka, and read that topic there.");
}

Text onFromKafka() {
    return RW_TEXT("deploy",
                   "Write to a topic of Kafka there, and let a pipeline that runs here take its rows on.");
}

NodeFormEntry noConnectorFrom(std::string_view type, Text why) {
    return {type, Verdict::Refused, std::move(why), throughKafka(), nullptr};
}

NodeFormEntry noConnectorTo(std::string_view type, Text why) {
    return {type, Verdict::Refused, std::move(why), onFromKafka(), nullptr};
}

NodeFormEntry systemLogForm() {
    return {"system_log", Verdict::Refused,
            RW_TEXT("deploy", "It reads the machine that it runs on; on a cluster that is another one."),
            throughKafka(), nullptr};
}

NodeFormEntry alertForm() {
    return {"alert", Verdict::Refused, RW_TEXT("deploy", "Alerts are judged and told by this program alone."),
            RW_TEXT("deploy",
                    "Write the rows to a sink there, and let a pipeline here read them and judge the rule."),
            nullptr};
}

NodeFormEntry scoreForm(void (*write)(NodeForm& form)) {
    return {"score",
            Verdict::Equivalent,
            RW_TEXT("deploy", "Linear models and trees, as SQL; last digits of probabilities may differ."),
            {},
            write};
}

std::vector<NodeFormEntry> learningForms() {
    std::vector<NodeFormEntry> out;
    for (const char* type : {"anomaly", "classify", "regress", "forecast", "cluster", "drift", "recommend"}) {
        out.push_back({type, Verdict::Refused,
                       RW_TEXT("deploy", "The engine has no model that learns from each row in this way."),
                       runHereAndSendOn(), nullptr});
    }
    return out;
}

void sayWaiting(NodeForm& form) {
    if (!form.params().has("give_up_after")) return;
    form.find(Verdict::Equivalent,
              RW_TEXT("deploy", "The engine decides how long a server that is away is waited for."),
              "give_up_after");
}

TopicText topicOf(NodeForm& form) {
    const auto slashed = [](const std::string& text) {
        return text.size() > 2 && text.front() == '/' && text.back() == '/';
    };
    std::string text = form.raw("topic"), value = form.params().text("topic");
    const bool isPattern = slashed(value);
    // A variable that has the slashes is put in.
    if (isPattern != slashed(text)) text = std::move(value);
    if (isPattern) text = text.substr(1, text.size() - 2);
    return {std::move(text), isPattern};
}

bool refuseFormatBut(NodeForm& form, std::initializer_list<std::string_view> taken) {
    const std::string format = form.params().text("format");
    if (std::find(taken.begin(), taken.end(), format) != taken.end()) return false;
    const Text name = form.params().choice("format");
    const bool sink = form.kind().outputs.empty();
    form.find(Verdict::Refused,
              sink ? RW_TEXT("deploy", "Messages in the format %1 are not written there.").with(name)
                   : RW_TEXT("deploy", "Messages in the format %1 are not read there.").with(name),
              "format")
        .fix = sink ? RW_TEXT("deploy", "Choose JSON.")
                    : RW_TEXT("deploy",
                              "Have the messages sent as JSON, or write them to a topic of their own in JSON "
                              "with a pipeline that runs here.");
    return true;
}

bool refuseBytesOfMessages(NodeForm& form, const MessageColumns& columns) {
    const bool text = form.params().text("format") == "text";
    for (std::size_t i = 0; i < columns.parts.size(); ++i) {
        if (!columns.schema.fields[i].type.is(TypeId::Bytes)) continue;
        if (columns.parts[i].kind == MessagePart::Kind::InValue && !text) continue;
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "Column “%1” has bytes of the message, which there are read as text.")
                      .with(columns.schema.fields[i].name),
                  "columns")
            .fix = RW_TEXT("deploy", "Declare it as STRING, or leave it out.");
        return true;
    }
    return false;
}

std::vector<std::size_t> messageKey(NodeForm& form) {
    std::vector<std::size_t> key;
    for (const std::string& name : form.params().list("key")) {
        if (const auto column = form.input().schema->find(name))
            key.push_back(static_cast<std::size_t>(*column));
    }
    if (!key.empty() || !form.input().updating) return key;
    for (const int column : form.input().key) key.push_back(static_cast<std::size_t>(column));
    return key;
}

bool refusePartitionBy(NodeForm& form) {
    const std::vector<std::string> by = form.params().list("partition_by");
    if (by.empty() || by == form.params().list("key")) return false;
    form.find(Verdict::Refused,
              RW_TEXT("deploy", "There the key of a message chooses its partition, and nothing else does."),
              "partition_by")
        .fix = RW_TEXT("deploy", "Leave it empty, or name the same columns as the key.");
    return true;
}

std::string postgresqlName(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) {
        out += c;
        if (c == '"') out += c;
    }
    return out + "\"";
}

std::string postgresqlTable(NodeForm& form) {
    Result<TableName> name = parseTableName(form.raw("table"));
    // A variable that has the name of the schema, too, is put in.
    const Result<TableName> value = parseTableName(form.params().text("table"));
    if (value.ok() && (!name.ok() || name->schema.empty() != value->schema.empty())) name = value;
    if (!name.ok()) return postgresqlName(form.raw("table"));
    if (name->schema.empty()) return postgresqlName(name->table);
    return postgresqlName(name->schema) + "." + postgresqlName(name->table);
}

bool isPlainPostgresqlName(std::string_view name) {
    if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    return plain &&
           std::find(std::begin(kReservedWords), std::end(kReservedWords), name) == std::end(kReservedWords);
}

std::string postgresqlRows(NodeForm& form, const Schema& columns, bool asText) {
    std::string items;
    for (const Field& field : columns.fields) {
        const std::string name = postgresqlName(field.name);
        if (!items.empty()) items += ", ";
        items += asText ? cellOfDatabase(name, field.type)
                        : "CAST(" + name + " AS " + postgresqlDeclaration(field.type) + ")";
        items += " AS " + name;
    }
    const bool query = form.params().text("read") == "query";
    // The line ends a comment.
    const std::string from =
        query ? "(" + innerQueryText(form.raw("query")) + "\n) AS \"rows\"" : postgresqlTable(form);
    return "SELECT " + items + " FROM " + from;
}

bool refuseOtherDatabase(NodeForm& form, const FormConnection& connection, Text why, Text fix) {
    const std::string kind = connection.kind();
    if (const Status usable = connection.usable(); !usable.ok()) {
        form.find(Verdict::Refused, usable.error().message, "connection").fix = usable.error().fix;
        return true;
    }
    if (kind == "postgresql") return false;
    if (kind.empty()) {
        form.when(RW_TEXT("deploy", "“%1” is PostgreSQL").with(connection.name()));
        return false;
    }
    form.find(Verdict::Refused, std::move(why), "connection").fix = std::move(fix);
    return true;
}

bool refuseClientCertificate(NodeForm& form, const FormConnection& connection) {
    if (connection.field("client_certificate").empty()) return false;
    form.find(Verdict::Refused,
              RW_TEXT("deploy",
                      "“%1” signs in with a client certificate, whose key Java takes in another form than "
                      "this computer.")
                  .with(connection.name()),
              "connection")
        .fix = RW_TEXT("deploy", "Use a connection that signs in with a password.");
    return true;
}

std::string postgresqlUrl(FormConnection& connection) {
    std::string url = "jdbc:postgresql://" + connection.address() + "/";
    // What is not known here is put in as it is.
    const std::string database = connection.text("database");
    url += connection.known() ? percentEncoded(database) : database;
    if (connection.field("tls") == "off") return url + "?sslmode=disable";
    url += "?sslmode=" + (connection.known() ? "verify-full" : connection.open("sslmode", {}));
    if (connection.field("ca_file").empty())
        return url +
               "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";  // whom the cluster's Java trusts
    return url + "&sslrootcert=" + connection.file("ca_file");
}

}  // namespace rw
