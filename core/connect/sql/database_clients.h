// The servers of databases that connections may lead to: the client of each kind, and what people see of it.
#pragma once
#include <atomic>
#include <memory>
#include <vector>

#include "core/connect/connections/connection_browser.h"
#include "core/connect/connections/connection_tester.h"
#include "core/connect/databases/database_client.h"

namespace rw {

/// Of a connection of kind “postgresql” or “mariadb”.
std::unique_ptr<DatabaseClient> makeDatabaseClient(NodeConnection connection, DatabaseClient::About about);

/// All tables that the user of the connection may read, in the order of their names. Waits, no longer than
/// `within`; `cancelled` ends it soon.
Result<std::vector<DatabaseTableSize>> databaseTables(const NodeConnection& connection, Millis within,
                                                      const std::atomic<bool>& cancelled);
/// The same of one table with its columns and keys.
Result<DatabaseTable> databaseTable(const NodeConnection& connection, const TableName& name, Millis within,
                                    const std::atomic<bool>& cancelled);

/// Signs in, asks for the version, counts tables, and says what the user may not do, or the server is not set
/// for.
std::shared_ptr<const ConnectionTester> databaseTester();

/// Lists tables, and shows the columns, the key and some rows of one.
std::shared_ptr<const ConnectionBrowser> databaseBrowser();

}  // namespace rw
