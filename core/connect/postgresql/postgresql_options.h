// The settings of libpq that lead to the server of a connection.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/connect/connections/connections.h"

namespace rw {

/// Names and values of libpq's parameters, none of them a secret.
using PostgresqlOptions = std::vector<std::pair<std::string, std::string>>;

/// Of a connection of kind “postgresql”. The certificate of the server is always verified, against its name,
/// too.
Result<PostgresqlOptions> postgresqlOptions(const NodeConnection& connection, const std::string& name);

}  // namespace rw
