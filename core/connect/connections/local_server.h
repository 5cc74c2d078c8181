// The servers that app/server starts on this computer, for people who have none to try a pipeline with.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/connections/connection_kind.h"

namespace rw {

struct LocalServer {
    std::string name;        ///< app/server's word for it: “kafka”
    std::string connection;  ///< the connection of that name leads to it: “local_kafka”
    std::string kind;        ///< of that connection
    Text label{};            ///< “Kafka”
    Text fetched{};          ///< the download and the packages of its first start, as a sentence
};

/// In the order in which they are offered.
const std::vector<LocalServer>& localServers();
/// Null: app/server knows none of that name.
const LocalServer* localServer(std::string_view name);
/// The one that a pipeline means by a connection of that name; null: none.
const LocalServer* localServerBehind(std::string_view connection);

/// “Kafka, PostgreSQL”.
Text namesOf(const std::vector<const LocalServer*>& servers);

/// The connection to one that was started, of the output of `app/server NAME up`: a line “address HOST:PORT”
/// and others. An error: there is no such line, or it leads to another computer.
Result<Connection> connectionToLocal(const LocalServer& server, std::string_view printed);
/// Whether a connection leads to this computer, and is of the server's kind: the server may be behind it.
bool mayLeadTo(const Connection& connection, const LocalServer& server);

}  // namespace rw
