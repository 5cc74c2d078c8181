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
/// Those of the file for runs and validation, the trouble of reading it included. Never null.
std::shared_ptr<const Connections> connectionsIn(const std::string& path, SecretSource secrets);

}  // namespace rw
