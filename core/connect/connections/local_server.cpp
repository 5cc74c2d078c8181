#include "core/connect/connections/local_server.h"

#include <algorithm>

#include "core/connect/connections/host_port.h"

namespace rw {

namespace {

constexpr std::string_view kAddressLine = "address ";
constexpr const char* kRole = "rill";  // app/server's, also its database

/// Empty: none of the lines says it.
std::string_view addressIn(std::string_view printed) {
    while (!printed.empty()) {
        const std::size_t end = std::min(printed.find('\n'), printed.size());
        const std::string_view line = printed.substr(0, end);
        if (line.starts_with(kAddressLine)) return line.substr(kAddressLine.size());
        printed.remove_prefix(std::min(end + 1, printed.size()));
    }
    return {};
}

/// Without a password, and without TLS: it listens on this computer alone.
std::map<std::string, std::string> fieldsOf(const LocalServer& server, std::string_view address) {
    std::map<std::string, std::string> fields{{"address", std::string(address)}};
    if (server.kind == "kafka") {
        fields["security"] = "plaintext";
        return fields;
    }
    fields["tls"] = "off";
    if (server.kind == "mqtt") return fields;
    fields["user"] = kRole;
    fields["database"] = kRole;
    return fields;
}

}  // namespace

const std::vector<LocalServer>& localServers() {
    static const std::vector<LocalServer> kServers{
        {"kafka", "local_kafka", "kafka", RW_TEXT("servers", "Kafka"),
         RW_TEXT("servers",
                 "The first start fetches 45 MB from Maven Central, and Java where it is missing.")},
        {"postgresql", "local_postgresql", "postgresql", RW_TEXT("servers", "PostgreSQL"),
         RW_TEXT("servers", "The first start installs the Debian package postgresql where it is missing.")},
        {"mosquitto", "local_mosquitto", "mqtt", RW_TEXT("servers", "MQTT broker"),
         RW_TEXT("servers", "The first start installs the Debian package mosquitto where it is missing.")},
        {"mariadb", "local_mariadb", "mariadb", RW_TEXT("servers", "MariaDB"),
         RW_TEXT("servers",
                 "The first start installs the Debian package mariadb-server-core where it is missing.")}};
    return kServers;
}

const LocalServer* localServer(std::string_view name) {
    const auto& all = localServers();
    const auto found =
        std::find_if(all.begin(), all.end(), [name](const LocalServer& each) { return each.name == name; });
    return found == all.end() ? nullptr : &*found;
}

const LocalServer* localServerBehind(std::string_view connection) {
    const auto& all = localServers();
    const auto found = std::find_if(all.begin(), all.end(), [connection](const LocalServer& each) {
        return each.connection == connection;
    });
    return found == all.end() ? nullptr : &*found;
}

Text namesOf(const std::vector<const LocalServer*>& servers) {
    Text names;
    for (const LocalServer* const each : servers)
        names = names.empty() ? each->label : RW_TEXT("servers", "%1, %2").with(names, each->label);
    return names;
}

Result<Connection> connectionToLocal(const LocalServer& server, std::string_view printed) {
    const std::string_view address = addressIn(printed);
    const Result<HostPort> at = parseHostPort(address, 0);
    if (address.empty() || !at.ok() || !isOfThisComputer(*at)) {
        return Status(ErrorCode::Io,
                      RW_TEXT("servers", "app/server did not say where %1 answers.").with(server.label),
                      RW_TEXT("servers", "Start it in a terminal, and read what it prints."));
    }
    return Connection{server.connection, server.kind, fieldsOf(server, address), {}};
}

bool mayLeadTo(const Connection& connection, const LocalServer& server) {
    if (connection.kind != server.kind) return false;
    const Result<std::vector<HostPort>> at = parseHostPorts(fieldOf(connection, "address"), 0);
    return at.ok() && at->size() == 1 && isOfThisComputer(at->front());
}

}  // namespace rw
