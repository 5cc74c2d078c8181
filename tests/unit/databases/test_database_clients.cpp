// What people see of a database before they choose a table: its tables, and the columns, the key and some
// rows of one.
#include <QtTest/QtTest>

#include "core/connect/sql/database_clients.h"
#include "tests/support/databases/postgresql_world.h"

using namespace rw;
using namespace rw::test;

namespace {

ConnectionBrowsers databasesAlone() {
    return {{"postgresql", databaseBrowser()}};
}

std::string errorWords(const Status& status) {
    return status.ok() ? "none" : english(status.error());
}

}  // namespace

class TestDatabaseClients : public QObject {
    Q_OBJECT

    PostgresqlWorld m_world{};

 private Q_SLOTS:
    void initTestCase() {
        m_world.createTable("\"orders\" (\"id\" bigint NOT NULL, \"v\" text, PRIMARY KEY (\"id\"))");
        m_world.createTable("\"customers\" (\"name\" text)");
        std::vector<std::vector<WorldCell>> rows;
        for (int row = 0; row < 200; ++row) rows.push_back({std::to_string(row), {}});
        m_world.put("orders", rows);
    }

    void tablesAreListed() {
        const Result<ConnectionSubjects> tables = browseConnection(m_world.connection(), databasesAlone());
        QVERIFY2(tables.ok(), errorWords(tables.status()).c_str());
        QCOMPARE(tables->size(), std::size_t{2});
        for (const ConnectionSubject& table : *tables) {
            const Result<TableName> name = parseTableName(table.name);
            QVERIFY(name.ok() && (name->table == "orders" || name->table == "customers"));
        }
    }

    void aTableHasColumnsAKeyAndSomeRows() {
        const Result<SubjectContent> orders = browseSubject(m_world.connection(), "orders", databasesAlone());
        QVERIFY2(orders.ok(), errorWords(orders.status()).c_str());
        QVERIFY(orders->isTable && orders->messages.empty());
        QCOMPARE(orders->columns.fields.size(), std::size_t{2});
        QVERIFY(orders->columns.fields.front().type == Type::of(TypeId::Bigint));
        QVERIFY(orders->key == std::vector<std::string>{"id"});
        QCOMPARE(orders->rows.size(), kShownRows);
        QCOMPARE(orders->rows.front().front().value_or(""), std::string("0"));
        QVERIFY(!orders->rows.front().back());
    }

    void aTableThatIsNotThereIsSaid() {
        const Result<SubjectContent> none = browseSubject(m_world.connection(), "nothing", databasesAlone());
        QVERIFY(!none.ok() && none.status().error().code == ErrorCode::NotFound);
        QVERIFY(!none.status().error().fix.empty());
    }

    void aServerThatIsAwayIsAnError() {
        PostgresqlWorld away;
        const NodeConnection connection = away.connection();
        away.setDown(true);
        QVERIFY(!browseConnection(connection, databasesAlone(), nullptr, {}, 2000).ok());
    }
};

QTEST_APPLESS_MAIN(TestDatabaseClients)
#include "test_database_clients.moc"
