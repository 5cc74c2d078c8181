// What people see of a database before they choose a table.
#include <utility>

#include "core/connect/sql/database_clients.h"

namespace rw {

namespace {

constexpr const char* kShownCharacters = "1000";  // of a value

std::unique_ptr<DatabaseClient> browsingClient(BrowsedConnection& browsed) {
    DatabaseClient::About about;
    about.connectWithin = about.answerWithin = browsed.left();
    about.givesUp = [&cancelled = browsed.cancelled()] { return cancelled.load(); };
    return makeDatabaseClient(browsed.node(), std::move(about));
}

/// A few rows of all its columns, as text.
std::string someRowsOf(const DatabaseClient& client, const DatabaseTable& table) {
    const bool mariadb = client.connection().kind() == "mariadb";
    std::string select;
    for (const DatabaseColumn& column : table.columns) {
        const std::string name = client.quoted(column.name);
        select += select.empty() ? "SELECT " : ", ";
        select += mariadb ? "left(CAST(" + name + " AS CHAR), " : "pg_catalog.left(" + name + "::text, ";
        select += std::string(kShownCharacters) + ")";
    }
    return select + " FROM " + client.quoted(table.name) + " LIMIT " + std::to_string(kShownRows);
}

class DatabaseBrowser final : public ConnectionBrowser {
 public:
    Result<ConnectionSubjects> subjects(
        BrowsedConnection& browsed,
        const std::function<void(const ConnectionSubjects&)>& /*early*/) const override {
        RW_TRY_ASSIGN(const std::vector<DatabaseTableSize> tables,
                      databaseTables(browsed.node(), browsed.left(), browsed.cancelled()));
        ConnectionSubjects all;
        for (const DatabaseTableSize& table : tables) {
            ConnectionSubject& subject = all.emplace_back();
            subject.name = toString(table.name);
            subject.rows = table.rows;
            subject.bytes = table.bytes;
        }
        return all;
    }

    Result<SubjectContent> content(BrowsedConnection& browsed, const std::string& subject) const override {
        RW_TRY_ASSIGN(const TableName name, parseTableName(subject));
        const std::unique_ptr<DatabaseClient> client = browsingClient(browsed);
        RW_TRY(client->connect());
        RW_TRY_ASSIGN(const DatabaseTable table, client->describe(name));
        SubjectContent seen;
        seen.isTable = true;
        seen.columns = streamSchemaOf(table.columns);
        seen.key = table.primaryKey;
        if (table.columns.empty()) return seen;
        RW_TRY_ASSIGN(DatabaseRows rows, client->query(someRowsOf(*client, table)));
        seen.rows = std::move(rows.rows);
        return seen;
    }
};

}  // namespace

std::shared_ptr<const ConnectionBrowser> databaseBrowser() {
    return std::make_shared<DatabaseBrowser>();
}

}  // namespace rw
