// The declarations, and what can be said of a connection by them.
#include <algorithm>
#include <utility>

#include "core/connect/connections/connection_kind.h"

namespace rw {

namespace {

using FieldType = ConnectionFieldSpec::Type;

// Values of fields that others depend on.
constexpr const char *kSwitchedOn = "on", *kSwitchedOff = "off";

AppliesWhen whereIs(const char* field, std::vector<std::string> values) {
    return {field, std::move(values), {}};
}

ConnectionFieldSpec makeField(const char* name, FieldType type, Text label, Text help,
                              std::string otherwise = {}) {
    ConnectionFieldSpec field;
    field.name = name;
    field.type = type;
    field.label = std::move(label);
    field.help = std::move(help);
    field.otherwise = std::move(otherwise);
    return field;
}

ConnectionFieldSpec addressField(FieldType type, Text label, Text help, int port, const char* example) {
    ConnectionFieldSpec field = makeField("address", type, std::move(label), std::move(help));
    field.required = true;
    field.port = port;
    field.example = example;
    return field;
}

ConnectionFieldSpec urlField(Text help, const char* example) {
    return addressField(FieldType::Url, RW_TEXT("connections", "Address"), std::move(help), 0, example);
}

ConnectionFieldSpec userField(Text help, bool required = false) {
    ConnectionFieldSpec field =
        makeField("user", FieldType::Line, RW_TEXT("connections", "User"), std::move(help));
    field.required = required;
    return field;
}

ConnectionFieldSpec tlsSwitch() {
    ConnectionFieldSpec field = makeField(
        "tls", FieldType::Choice, RW_TEXT("connections", "TLS"),
        RW_TEXT(
            "connections",
            "Without TLS everybody on the way can read and change what is sent, passwords included: leave it "
            "out for this computer or a network of your own alone."),
        kSwitchedOn);
    field.choices = {{kSwitchedOn, RW_TEXT("connections", "On")},
                     {kSwitchedOff, RW_TEXT("connections", "Off")}};
    return field;
}

/// The part that all kinds with TLS share. The certificate of the server is always verified.
void addTls(ConnectionKind& kind, const std::optional<AppliesWhen>& applies) {
    std::vector<ConnectionFieldSpec> fields{
        makeField(
            "ca_file", FieldType::File, RW_TEXT("connections", "CA file"),
            RW_TEXT("connections",
                    "Certificates (PEM) that are trusted when the server's is verified. Empty: those that "
                    "this computer trusts.")),
        makeField("client_certificate", FieldType::File, RW_TEXT("connections", "Client certificate"),
                  RW_TEXT("connections",
                          "A certificate (PEM) by which the server knows this client. Empty: none.")),
        makeField("client_key", FieldType::File, RW_TEXT("connections", "Key of the client certificate"),
                  RW_TEXT("connections", "Its private key (PEM)."))};
    for (ConnectionFieldSpec& field : fields) {
        field.appliesWhen = applies;
        kind.fields.push_back(std::move(field));
    }
    kind.secrets.push_back({"key_passphrase", RW_TEXT("connections", "Passphrase of the key"),
                            RW_TEXT("connections", "Needed where the private key is encrypted."), applies});
}

ConnectionSecretSpec passwordSecret(std::optional<AppliesWhen> applies = {}) {
    return {"password", RW_TEXT("connections", "Password"), {}, std::move(applies)};
}

ConnectionSecretSpec tokenSecret(Text help) {
    return {"token", RW_TEXT("connections", "Token"), std::move(help), {}};
}

ConnectionKind makeKind(const char* name, Text label, Text help, const char* icon) {
    ConnectionKind kind;
    kind.name = name;
    kind.label = std::move(label);
    kind.help = std::move(help);
    kind.icon = icon;
    return kind;
}

ConnectionKind kafkaKind() {
    ConnectionKind kind = makeKind(
        "kafka", RW_TEXT("connections", "Kafka"),
        RW_TEXT("connections", "Topics of a Kafka cluster, or of a system that speaks its protocol."),
        "network");
    kind.fields.push_back(
        addressField(FieldType::Addresses, RW_TEXT("connections", "Brokers"),
                     RW_TEXT("connections",
                             "One or several brokers, with commas between; the others are found "
                             "through them."),
                     9092, "broker-1:9092, broker-2:9092"));
    ConnectionFieldSpec security = makeField(
        "security", FieldType::Choice, RW_TEXT("connections", "Security"),
        RW_TEXT("connections",
                "How the brokers' port is protected, as their setting `listeners` says. Without TLS "
                "everybody on the way can read what is sent."),
        "ssl");
    security.choices = {{"ssl", RW_TEXT("connections", "TLS")},
                        {"sasl_ssl", RW_TEXT("connections", "SASL over TLS")},
                        {"sasl_plaintext", RW_TEXT("connections", "SASL without TLS")},
                        {"plaintext", RW_TEXT("connections", "None")}};
    kind.fields.push_back(std::move(security));
    const AppliesWhen sasl = whereIs("security", {"sasl_ssl", "sasl_plaintext"});
    ConnectionFieldSpec mechanism = makeField(
        "mechanism", FieldType::Choice, RW_TEXT("connections", "Mechanism"),
        RW_TEXT("connections", "How user and password are proven to the brokers."), "SCRAM-SHA-512");
    mechanism.choices = {{"SCRAM-SHA-512", RW_TEXT("connections", "SCRAM-SHA-512")},
                         {"SCRAM-SHA-256", RW_TEXT("connections", "SCRAM-SHA-256")},
                         {"PLAIN", RW_TEXT("connections", "PLAIN")}};
    mechanism.appliesWhen = sasl;
    kind.fields.push_back(std::move(mechanism));
    ConnectionFieldSpec user = userField({}, true);
    user.appliesWhen = sasl;
    kind.fields.push_back(std::move(user));
    kind.secrets.push_back(passwordSecret(sasl));
    kind.tls = whereIs("security", {"ssl", "sasl_ssl"});
    addTls(kind, kind.tls);
    return kind;
}

/// PostgreSQL and MariaDB speak TLS after a greeting.
ConnectionKind databaseKind(const char* name, Text label, Text help, int port, const char* example) {
    ConnectionKind kind = makeKind(name, std::move(label), std::move(help), "database");
    kind.fields.push_back(addressField(
        FieldType::Address, RW_TEXT("connections", "Address"),
        RW_TEXT("connections", "The computer on which the server runs, and its port."), port, example));
    ConnectionFieldSpec schema =
        makeField("database", FieldType::Line, RW_TEXT("connections", "Database"), {});
    schema.required = true;
    kind.fields.push_back(std::move(schema));
    kind.fields.push_back(userField({}, true));
    kind.fields.push_back(tlsSwitch());
    kind.secrets.push_back(passwordSecret());
    addTls(kind, whereIs("tls", {kSwitchedOn}));
    return kind;
}

ConnectionKind mqttKind() {
    ConnectionKind kind = makeKind("mqtt", RW_TEXT("connections", "MQTT"),
                                   RW_TEXT("connections", "Messages of a broker that speaks MQTT."), "rss");
    kind.fields.push_back(
        addressField(FieldType::Address, RW_TEXT("connections", "Broker"),
                     RW_TEXT("connections",
                             "The computer on which the broker runs, and its port; with TLS that "
                             "is usually 8883, without 1883."),
                     0, "broker:8883"));
    kind.fields.push_back(tlsSwitch());
    kind.fields.push_back(userField(RW_TEXT("connections", "Empty: the broker is not told one.")));
    kind.fields.push_back(makeField(
        "client_id", FieldType::Line, RW_TEXT("connections", "Client id"),
        RW_TEXT("connections",
                "How the broker knows this client when it comes back. Two that run at once must not "
                "share one. Empty: made from the pipeline and the node.")));
    kind.secrets.push_back(passwordSecret());
    kind.tls = whereIs("tls", {kSwitchedOn});
    addTls(kind, kind.tls);
    return kind;
}

ConnectionKind httpKind() {
    ConnectionKind kind =
        makeKind("http", RW_TEXT("connections", "HTTP"),
                 RW_TEXT("connections", "A service that is asked, or sent to, over HTTP."), "link");
    kind.fields.push_back(urlField(RW_TEXT("connections", "The base of all paths that nodes add to it."),
                                   "https://api.example/v1"));
    ConnectionFieldSpec headers = makeField(
        "headers", FieldType::Headers, RW_TEXT("connections", "Headers"),
        RW_TEXT("connections", "Sent with each request, one a line. Tokens have a field of their own."));
    headers.example = "X-Team: shop";
    kind.fields.push_back(std::move(headers));
    kind.fields.push_back(userField(
        RW_TEXT("connections", "For a service that asks for user and password, and for no token.")));
    kind.secrets.push_back(tokenSecret(
        RW_TEXT("connections", "Sent as `Authorization: Bearer …`, over TLS or to this computer only.")));
    kind.secrets.push_back(passwordSecret());
    addTls(kind, {});
    return kind;
}

ConnectionKind webhdfsKind() {
    ConnectionKind kind =
        makeKind("webhdfs", RW_TEXT("connections", "HDFS"),
                 RW_TEXT("connections", "Files of a Hadoop file system, over WebHDFS or HttpFS."), "disk");
    kind.fields.push_back(
        urlField(RW_TEXT("connections", "Of the NameNode, or of HttpFS, without /webhdfs/v1."),
                 "http://namenode:9870"));
    kind.fields.push_back(userField(
        RW_TEXT("connections", "Whose files are read and written, where the cluster takes a name for it.")));
    kind.secrets.push_back(tokenSecret(RW_TEXT("connections", "A delegation token of the cluster.")));
    addTls(kind, {});
    kind.probe = "/webhdfs/v1/?op=GETFILESTATUS";
    return kind;
}

ConnectionKind hbaseKind() {
    ConnectionKind kind = makeKind("hbase", RW_TEXT("connections", "HBase"),
                                   RW_TEXT("connections", "Tables of HBase, over its REST server."), "table");
    kind.fields.push_back(urlField(RW_TEXT("connections", "Of the REST server."), "http://hbase:8080"));
    kind.secrets.push_back(tokenSecret(RW_TEXT("connections", "For a gateway before the REST server.")));
    addTls(kind, {});
    kind.probe = "/version/cluster";
    return kind;
}

ConnectionKind smtpKind() {
    ConnectionKind kind =
        makeKind("smtp", RW_TEXT("connections", "Mail (SMTP)"),
                 RW_TEXT("connections", "A mail server that takes the mails of alerts."), "mail");
    kind.fields.push_back(addressField(
        FieldType::Address, RW_TEXT("connections", "Address"),
        RW_TEXT("connections",
                "The mail server and its port; with STARTTLS that is usually 587, with TLS 465."),
        0, "mail.example:587"));
    ConnectionFieldSpec security =
        makeField("security", FieldType::Choice, RW_TEXT("connections", "Security"),
                  RW_TEXT("connections",
                          "STARTTLS begins in the clear and goes on encrypted; a server that "
                          "does not offer it is not used."),
                  "starttls");
    security.choices = {{"starttls", RW_TEXT("connections", "STARTTLS")},
                        {"tls", RW_TEXT("connections", "TLS")},
                        {kSwitchedOff, RW_TEXT("connections", "None")}};
    kind.fields.push_back(std::move(security));
    ConnectionFieldSpec sender = makeField("sender", FieldType::Line, RW_TEXT("connections", "Sender"),
                                           RW_TEXT("connections", "The address from which the mails come."));
    sender.required = true;
    sender.example = "alerts@example.org";
    kind.fields.push_back(std::move(sender));
    ConnectionFieldSpec recipients =
        makeField("recipients", FieldType::Line, RW_TEXT("connections", "Recipients"),
                  RW_TEXT("connections", "Those who get the mails, with commas between. Empty: the sender."));
    recipients.example = "ops@example.org, anna@example.org";
    kind.fields.push_back(std::move(recipients));
    kind.fields.push_back(userField(RW_TEXT("connections", "Empty: the server takes mails without one.")));
    kind.secrets.push_back(passwordSecret());
    kind.tls = whereIs("security", {"tls"});
    addTls(kind, whereIs("security", {"tls", "starttls"}));
    return kind;
}

ConnectionKind supersetKind() {
    ConnectionKind kind = makeKind(
        "superset", RW_TEXT("connections", "Superset"),
        RW_TEXT("connections", "An Apache Superset to which dashboards are published."), "dashboard");
    kind.fields.push_back(urlField(RW_TEXT("connections", "As in the browser, without a page behind it."),
                                   "https://superset.example"));
    kind.fields.push_back(userField({}, true));
    ConnectionFieldSpec provider =
        makeField("provider", FieldType::Choice, RW_TEXT("connections", "Users are in"),
                  RW_TEXT("connections", "Where Superset looks the user up."), "db");
    provider.choices = {{"db", RW_TEXT("connections", "Superset's own database")},
                        {"ldap", RW_TEXT("connections", "LDAP")}};
    kind.fields.push_back(std::move(provider));
    kind.secrets.push_back(passwordSecret());
    addTls(kind, {});
    kind.probe = "/health";
    return kind;
}

}  // namespace

const std::vector<ConnectionKind>& connectionKinds() {
    static const std::vector<ConnectionKind> kKinds{
        kafkaKind(),
        databaseKind(
            "postgresql", RW_TEXT("connections", "PostgreSQL"),
            RW_TEXT("connections", "Tables of PostgreSQL, or of a database that speaks its protocol."), 5432,
            "db:5432"),
        databaseKind("mariadb", RW_TEXT("connections", "MariaDB"),
                     RW_TEXT("connections", "Tables of MariaDB or MySQL."), 3306, "db:3306"),
        mqttKind(),
        httpKind(),
        webhdfsKind(),
        hbaseKind(),
        smtpKind(),
        supersetKind()};
    return kKinds;
}

const ConnectionKind* connectionKind(std::string_view name) {
    const auto& all = connectionKinds();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [name](const ConnectionKind& each) { return each.name == name; });
    return found == all.end() ? nullptr : &*found;
}

const ConnectionFieldSpec* connectionField(const ConnectionKind& kind, std::string_view name) {
    const auto found = std::find_if(kind.fields.begin(), kind.fields.end(),
                                    [name](const ConnectionFieldSpec& each) { return each.name == name; });
    return found == kind.fields.end() ? nullptr : &*found;
}

const ConnectionSecretSpec* connectionSecret(const ConnectionKind& kind, std::string_view name) {
    const auto found = std::find_if(kind.secrets.begin(), kind.secrets.end(),
                                    [name](const ConnectionSecretSpec& each) { return each.name == name; });
    return found == kind.secrets.end() ? nullptr : &*found;
}

std::string fieldOf(const Connection& connection, const std::string& name) {
    const auto found = connection.fields.find(name);
    if (found != connection.fields.end() && !found->second.empty()) return found->second;
    const ConnectionKind* const kind = connectionKind(connection.kind);
    const ConnectionFieldSpec* const field = kind != nullptr ? connectionField(*kind, name) : nullptr;
    return field != nullptr ? field->otherwise : std::string();
}

bool appliesTo(const Connection& connection, const std::optional<AppliesWhen>& when) {
    if (!when) return true;
    const std::string value = fieldOf(connection, when->param);
    return std::find(when->values.begin(), when->values.end(), value) != when->values.end();
}

std::string addressOf(const Connection& connection) {
    const std::string address = fieldOf(connection, "address");
    const std::string database = fieldOf(connection, "database");
    return database.empty() ? address : address + "/" + database;
}

bool usesTls(const Connection& connection) {
    const ConnectionKind* const kind = connectionKind(connection.kind);
    const ConnectionFieldSpec* const file = kind != nullptr ? connectionField(*kind, "ca_file") : nullptr;
    if (file == nullptr) return false;
    if (file->appliesWhen) return appliesTo(connection, file->appliesWhen);
    return fieldOf(connection, "address").starts_with("https://");
}

}  // namespace rw
