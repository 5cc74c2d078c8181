// The connections of a person, in one file that the window and the command line share.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/connect/connections/connections.h"

namespace rw {

/// connections.json in the person's configFolder().
std::string connectionsPath();
/// No file: no connections. A file that can't be read, or is wrong, is an error that names the place. Members
/// that are not known are left alone. Reads a small file.
Result<std::vector<Connection>> readConnections(const std::string& path = connectionsPath());
/// The connections in a text of this kind. An error names the place: “connections[2].fields.address”.
Result<std::vector<Connection>> connectionsOfJson(const Json& root);
/// The whole file, with members that are not known here, as readConnections() takes it; without one an empty
/// list.
Result<Json> readConnectionJson(const std::string& path);
/// Sets the members of an entry of the list that are known here, and leaves the others.
void putInJson(const Connection& connection, Json& entry);
/// Those of the file for runs and validation, the trouble of reading it included. Never null.
std::shared_ptr<const Connections> connectionsIn(const std::string& path, SecretSource secrets);

}  // namespace rw
