// What a test of a connection to a database tries.
#include <utility>

#include "core/base/figures.h"
#include "core/connect/sql/database_clients.h"

namespace rw {

namespace {

constexpr const char* kRightsOfPostgresql =
    "SELECT pg_catalog.current_schema() IS NOT NULL AND "
    "pg_catalog.has_schema_privilege(pg_catalog.current_schema(), 'CREATE'), "
    "pg_catalog.current_setting('wal_level'), "
    "(SELECT rolreplication OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)";

/// Of the database of the connection, or of all of them.
constexpr const char* kRightsOfMariadb =
    "SELECT count(*) > 0 FROM (SELECT grantee, privilege_type FROM information_schema.schema_privileges "
    "WHERE ? LIKE table_schema UNION ALL SELECT grantee, privilege_type FROM "
    "information_schema.user_privileges) AS p WHERE privilege_type = 'CREATE' AND "
    "replace(grantee, '''', '') = current_user()";

class DatabaseTester final : public ConnectionTester {
 public:
    void test(TestedConnection& tested) const override {
        std::unique_ptr<DatabaseClient> client;
        const bool in = tested.step(RW_TEXT("connections", "Sign in"), [&]() -> Result<Text> {
            DatabaseClient::About about;
            about.connectWithin = about.answerWithin = tested.left();
            about.givesUp = [flag = tested.cancelled()] { return flag->load(); };
            client = makeDatabaseClient(tested.node(), std::move(about));
            RW_TRY(client->connect());
            tested.report().version = client->version();
            return RW_TEXT("databases", "%1 as “%2”").with(client->version(), tested.field("user"));
        });
        if (!in) return;
        const bool answered =
            tested.step(RW_TEXT("connections", "Answer"), [&] { return ask(tested, *client); });
        if (!answered) return;
        tested.step(RW_TEXT("databases", "Tables"), [&] { return count(*client); });
        if (tested.report().failure() != nullptr || tested.report().cancelled) return;
        if (tested.connection().kind == "postgresql") {
            rightsOfPostgresql(tested, *client);
        } else {
            rightsOfMariadb(tested, *client);
        }
    }

 private:
    static Result<Text> ask(TestedConnection& tested, DatabaseClient& client) {
        const std::shared_ptr<Clock> clock = systemClock();
        const std::int64_t asked = clock->steadyMillis();
        RW_TRY(client.execute("SELECT 1"));
        tested.report().latency = clock->steadyMillis() - asked;
        return RW_TEXT("databases", "It answers.");
    }

    static Result<Text> count(DatabaseClient& client) {
        RW_TRY_ASSIGN(const std::vector<DatabaseTableSize> tables, client.tables());
        return figures::counted(tables.size(), RW_TEXT("databases", "1 table can be read."),
                                RW_TEXT("databases", "%1 tables can be read."));
    }

    static void warnOfCreate(TestedConnection& tested) {
        tested.warn(
            RW_TEXT("databases", "Rights"), RW_TEXT("databases", "The user may make no tables."),
            RW_TEXT("databases",
                    "Sinks can write only into tables that are there, and need one for “exactly once”; the "
                    "help of the node sql_sink has its statement."));
    }

    static void rightsOfPostgresql(TestedConnection& tested, DatabaseClient& client) {
        const Result<DatabaseRows> rights = client.query(kRightsOfPostgresql);
        // Servers that speak the protocol may lack what is asked for.
        if (!rights.ok() || rights->rows.empty() || rights->rows.front().size() < 3) return;
        const std::vector<DatabaseValue>& row = rights->rows.front();
        if (row[0] != "t") warnOfCreate(tested);
        if (row[1] != "logical") {
            tested.warn(
                RW_TEXT("databases", "Changes"),
                RW_TEXT("databases", "wal_level is “%1”: changes of tables can't be read.")
                    .with(row[1].value_or("")),
                RW_TEXT("databases",
                        "Have wal_level set to logical, and the server started again. Reading and writing "
                        "tables does not need that."));
        } else if (row[2] != "t") {
            tested.warn(
                RW_TEXT("databases", "Changes"),
                RW_TEXT("databases", "The user may not replicate: changes of tables can't be read."),
                RW_TEXT("databases", "Have ALTER ROLE … REPLICATION done for the user if you need that."));
        }
    }

    static void rightsOfMariadb(TestedConnection& tested, DatabaseClient& client) {
        const Result<DatabaseRows> rights = client.query(kRightsOfMariadb, {tested.field("database")});
        if (rights.ok() && rights->first() == "0") warnOfCreate(tested);
    }
};

}  // namespace

std::shared_ptr<const ConnectionTester> databaseTester() {
    return std::make_shared<DatabaseTester>();
}

}  // namespace rw
