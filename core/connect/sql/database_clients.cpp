#include "core/connect/sql/database_clients.h"

#include <utility>

#include "core/connect/mariadb/mariadb_client.h"
#include "core/connect/postgresql/postgresql_client.h"

namespace rw {

namespace {

std::unique_ptr<DatabaseClient> lookingDatabaseClient(const NodeConnection& connection, Millis within,
                                                      const std::atomic<bool>& cancelled) {
    DatabaseClient::About about;
    about.connectWithin = about.answerWithin = within;
    about.givesUp = [&cancelled] { return cancelled.load(); };
    return makeDatabaseClient(connection, std::move(about));
}

}  // namespace

std::unique_ptr<DatabaseClient> makeDatabaseClient(NodeConnection connection, DatabaseClient::About about) {
    if (connection.kind() == "mariadb")
        return std::make_unique<MariadbClient>(std::move(connection), std::move(about));
    return std::make_unique<PostgresqlClient>(std::move(connection), std::move(about));
}

Result<std::vector<DatabaseTableSize>> databaseTables(const NodeConnection& connection, Millis within,
                                                      const std::atomic<bool>& cancelled) {
    const std::unique_ptr<DatabaseClient> client = lookingDatabaseClient(connection, within, cancelled);
    RW_TRY(client->connect());
    return client->tables();
}

Result<DatabaseTable> databaseTable(const NodeConnection& connection, const TableName& name, Millis within,
                                    const std::atomic<bool>& cancelled) {
    const std::unique_ptr<DatabaseClient> client = lookingDatabaseClient(connection, within, cancelled);
    RW_TRY(client->connect());
    return client->describe(name);
}

}  // namespace rw
