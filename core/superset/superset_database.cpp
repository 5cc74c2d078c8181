#include "core/superset/superset_database.h"

#include <fmt/format.h>

#include <filesystem>

#include "core/base/ascii.h"
#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/host_port.h"
#include "core/connect/connections/usable_connection.h"
#include "core/net/http_error.h"
#include "core/superset/uuid5.h"

namespace rw {

namespace {

constexpr int kPostgresqlPort = 5432;
constexpr std::size_t kLongestDatabaseName = 240, kHashDigits = 8;

/// As a part of a URL before the host: that alone is read with % and digits for other characters.
std::string inUrl(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain =
            isAsciiLetter(c) || isAsciiDigit(c) || std::string_view("-._~").find(c) != std::string_view::npos;
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string inUrlHost(const HostPort& at) {
    const bool six = at.host.find(':') != std::string::npos;
    return (six ? "[" + at.host + "]" : at.host) + ":" + std::to_string(at.port);
}

bool refersToPassword(const Connection& connection) {
    const auto password = connection.secrets.find("password");
    return password != connection.secrets.end() && password->second.kind != SecretRef::Kind::None;
}

SupersetDatabase namedDatabase(std::string uri, const std::string& name) {
    SupersetDatabase database;
    database.uuid = uuid5(supersetNamespace(), Json::array({"database", uri}).dump());
    database.name = shortName("Rillwright: " + name, kLongestDatabaseName);
    database.file = "databases/rillwright_" + database.uuid.substr(0, kHashDigits) + ".yaml";
    database.uri = std::move(uri);
    return database;
}

}  // namespace

const std::string& supersetNamespace() {
    static const std::string kNamespace = uuid5(kUrlNamespace, "urn:rillwright:superset");
    return kNamespace;
}

std::string shortName(const std::string& text, std::size_t most) {
    if (text.size() <= most) return text;
    const std::string hash = " " + uuid5(supersetNamespace(), text).substr(0, kHashDigits);
    std::size_t end = most - hash.size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end) + hash;
}

Result<SupersetDatabase> supersetDatabase(const StoredTable& store, const Connections* connections) {
    if (!store.file.empty()) {
        // One name for one file: “/data/./x.sqlite” would be another database.
        const std::string file = std::filesystem::path(store.file).lexically_normal().string();
        return namedDatabase("sqlite:///" + file, file);
    }
    if (connections == nullptr)
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("params", "The connection “%1” is not known on this computer.").with(store.connection),
            RW_TEXT("params", "Add the connection on this computer, or choose another one."));
    RW_TRY_ASSIGN(const Connection connection, connections->named(store.connection));
    if (connection.kind != "postgresql")
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("superset", "The table “%1” is neither in SQLite nor in PostgreSQL.").with(store.table),
            RW_TEXT("superset", "Write the rows to SQLite or PostgreSQL, too."));
    RW_TRY(usableChoices(connection));
    RW_TRY_ASSIGN(const HostPort at, parseHostPort(fieldOf(connection, "address"), kPostgresqlPort));
    const std::string user = fieldOf(connection, "user"), name = fieldOf(connection, "database");
    // SQLAlchemy takes the rest of the address for the name as it is, but for a question mark, which ends it.
    if (name.find('?') != std::string::npos)
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("superset", "Superset can't read a database with “?” in its name: “%1”.").with(name),
            RW_TEXT("superset", "Store the rows in a database with another name."));
    std::string uri = fmt::format("postgresql+psycopg2://{}@{}/{}", inUrl(user), inUrlHost(at), name);
    if (usesTls(connection)) uri += "?sslmode=require";
    SupersetDatabase database =
        namedDatabase(std::move(uri), fmt::format("{}/{} ({})", inUrlHost(at), name, user));
    database.connection = connection.name;
    database.hasPassword = refersToPassword(connection);
    return database;
}

std::vector<Text> supersetNeeds(const SupersetDatabase& database, const StoredTable& store,
                                const Connections* connections) {
    if (database.connection.empty())
        return {RW_TEXT("superset",
                        "Superset must find the file “%1” under this name, and its settings must have "
                        "PREVENT_UNSAFE_DB_CONNECTIONS = False, which SQLite needs.")
                    .with(store.file)};
    std::vector<Text> needs;
    const Result<Connection> connection = connections->named(database.connection);
    if (!connection.ok()) return needs;
    const std::string address = fieldOf(*connection, "address");
    if (isLoopback("tcp://" + address))
        needs.push_back(
            RW_TEXT("superset", "“%1” is the computer itself: Superset looks for the database on its own.")
                .with(address));
    if (usesTls(*connection))
        needs.push_back(
            RW_TEXT("superset",
                    "Superset connects to “%1” with TLS, but verifies the certificate only if that "
                    "is set up there.")
                .with(address));
    return needs;
}

}  // namespace rw
