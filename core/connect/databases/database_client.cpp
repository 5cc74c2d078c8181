#include "core/connect/databases/database_client.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/base/ascii.h"
#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/host_port.h"
#include "core/net/tcp_stream.h"

namespace rw {

const DatabaseColumn* DatabaseTable::find(std::string_view column) const {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [column](const DatabaseColumn& each) { return each.name == column; });
    return found == columns.end() ? nullptr : &*found;
}

bool DatabaseTable::isUnique(const std::vector<std::string>& those) const {
    return std::any_of(uniqueKeys.begin(), uniqueKeys.end(), [&those](const std::vector<std::string>& key) {
        return std::is_permutation(key.begin(), key.end(), those.begin(), those.end());
    });
}

std::string DatabaseRows::first() const {
    if (rows.empty() || rows.front().empty()) return {};
    return rows.front().front().value_or("");
}

std::string DatabaseClient::address() const {
    return addressOf(m_connection.connection());
}

Status DatabaseClient::execute(const std::string& statement) {
    return query(statement).status();
}

std::string DatabaseClient::quoted(const TableName& name) const {
    return name.schema.empty() ? quoted(name.table) : quoted(name.schema) + '.' + quoted(name.table);
}

Status DatabaseClient::cancelled() const {
    return {ErrorCode::Cancelled,
            RW_TEXT("databases", "What was asked of the database at %1 was cancelled.").with(address())};
}

Status DatabaseClient::notConnected() const {
    return {ErrorCode::Io,
            RW_TEXT("databases", "There is no connection to the database at %1.").with(address()),
            RW_TEXT("databases", "See whether the server still runs, and try again.")};
}

Status DatabaseClient::reach(int port) const {
    RW_TRY_ASSIGN(const HostPort at, parseHostPort(m_connection.field("address"), port));
    TcpServer server;
    server.host = at.host;
    server.port = at.port;
    server.connectWithin = m_about.connectWithin;
    TcpStream stream(std::move(server));
    stream.cancelWhen([this] { return givesUp(); });
    return stream.connect();
}

bool isTlsCutOff(const std::string& said) {
    if (holdsAsciiWord(said, "certificate") || holdsAsciiWord(said, "alert")) return false;
    constexpr std::array<std::string_view, 7> kEnds{"unexpected eof",       "EOF detected", "reset by peer",
                                                    "broken pipe",          "timed out",    "SYSCALL",
                                                    "closed the connection"};
    return std::any_of(kEnds.begin(), kEnds.end(),
                       [&said](std::string_view end) { return holdsAsciiWord(said, end); });
}

Schema streamSchemaOf(const std::vector<DatabaseColumn>& columns) {
    Schema schema;
    for (const DatabaseColumn& column : columns) schema.fields.push_back({column.name, column.type});
    return schema;
}

}  // namespace rw
