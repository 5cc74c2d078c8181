// Connections as they go to another computer: without their secrets, and without where these lie.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/connect/connections/connection.h"

namespace rw {

struct ExportedConnection {
    Connection connection{};           ///< without secrets
    std::vector<std::string> needs{};  ///< the secrets that it had: to be given where it is imported
};

/// {"rillwright_connections": 1, "connections": [{"name": …, "kind": …, "fields": {…}, "needs":
/// ["password"]}]}, with a final newline.
std::string exportConnections(const std::vector<Connection>& connections);
/// Reads such a text from anywhere. An error names the place. Secrets that it refers to are not taken: they
/// would be this user's, for an address that somebody else wrote.
Result<std::vector<ExportedConnection>> readExportedConnections(std::string_view text);
/// The same of a file.
Result<std::vector<ExportedConnection>> readExportedFile(const std::string& path);

}  // namespace rw
