// Slots of a PostgreSQL in memory are listed, and those that nobody reads from are dropped.
#include <QtTest/QtTest>

#include "core/connect/postgresql/postgresql_client.h"
#include "core/connect/tables/replication_slots.h"
#include "tests/support/databases/postgresql_world.h"

using namespace rw;

class TestReplicationSlots : public QObject {
    Q_OBJECT

    test::PostgresqlWorld m_world{};

 private Q_SLOTS:
    void theyAreListedWithWhatIsKeptForThem() {
        m_world.addSlot("orders_live", 0, 1 << 20);
        m_world.addSlot("others", 77, 5);
        PostgresqlClient client(m_world.connection(), {});
        QVERIFY(client.connect().ok());
        const Result<std::vector<ReplicationSlot>> found = replicationSlots(client);
        QVERIFY(found.ok());
        QCOMPARE(found->size(), std::size_t{2});
        const ReplicationSlot& slot = found->front();
        QCOMPARE(slot.name, std::string("orders_live"));
        QCOMPARE(slot.kept, std::int64_t{1} << 20);
        QCOMPARE(lsnText(slot.confirmed), std::string("0/15815B0"));
        QVERIFY(slot.reader == 0 && !slot.isLost() && !slot.isTemporary);
        QCOMPARE(found->back().reader, 77);
    }

    void oneThatNobodyReadsFromIsDropped() {
        m_world.addSlot("old", 0, 9);
        m_world.addSlot("read", 78, 9);
        PostgresqlClient client(m_world.connection(), {});
        QVERIFY(client.connect().ok());
        QVERIFY(dropReplicationSlot(client, "old").ok());
        const Result<std::optional<ReplicationSlot>> gone = replicationSlot(client, "old");
        QVERIFY(gone.ok() && !gone->has_value());
        QCOMPARE(dropReplicationSlot(client, "old").error().code, ErrorCode::NotFound);
        QCOMPARE(dropReplicationSlot(client, "read").error().code, ErrorCode::Refused);
    }
};

QTEST_GUILESS_MAIN(TestReplicationSlots)
#include "test_replication_slots.moc"
