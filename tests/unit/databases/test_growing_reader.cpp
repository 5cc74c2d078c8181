// The reader of a table that grows against a PostgreSQL in memory, in which each row has a transaction of its
// own. That rows that commit late are not missed is tried with a real one (tests/servers).
#include <QtTest/QtTest>

#include "core/connect/tables/growing_reader.h"
#include "tests/support/databases/postgresql_world.h"
#include "tests/unit/databases/table_reading.h"

using namespace rw;
using namespace rw::test;

class TestGrowingReader : public QObject {
    Q_OBJECT

    PostgresqlWorld m_world{};

    GrowingReader::About about(SqlPosition from = {}) const {
        GrowingReader::About about;
        about.reading.table.table = "grown";
        about.reading.schema = idsAndNames();
        about.reading.cursor = {"id"};
        about.reading.every = 20;
        about.from = std::move(from);
        about.clock = systemClock();
        return about;
    }
    void put(int from, int until) {
        std::vector<std::vector<WorldCell>> rows;
        for (int id = from; id < until; ++id) rows.push_back({std::to_string(id), "n" + std::to_string(id)});
        m_world.put("grown", std::move(rows));
    }

 private Q_SLOTS:
    void init() {
        m_world.dropTable("grown");
        m_world.createTable("\"grown\" (\"id\" bigint NOT NULL, \"name\" text, PRIMARY KEY (\"id\"))");
    }

    void rowsThatAreAddedFollow() {
        put(0, 3);
        GrowingReader reader(m_world.connection(), about());
        GivenRows given(idsAndNames());
        TableReading reading{reader, given};
        QVERIFY(reading.until([&] { return given.rows.size() == 3 && reading.nothing; }));
        QCOMPARE(given.states.back(), PartitionState::Drained);
        put(3, 7);
        QVERIFY(reading.until([&] { return given.rows.size() == 7; }));
        QVERIFY(given.rows == expectedRows(0, 7));
        // The cursor is not the best one, which is said once.
        QCOMPARE(given.notes.size(), std::size_t{1});
    }

    void moreThanOneAnswer() {
        put(0, 50000);
        GrowingReader reader(m_world.connection(), about());
        GivenRows given(idsAndNames());
        TableReading reading{reader, given};
        QVERIFY(reading.until([&] { return given.rows.size() >= 50000; }));
        QVERIFY(given.rows == expectedRows(0, 50000));
    }

    void oneThatResumesGoesOnBehindItsRow() {
        put(0, 10);
        GivenRows given(idsAndNames());
        {
            GrowingReader reader(m_world.connection(), about());
            TableReading reading{reader, given};
            QVERIFY(reading.until([&] { return given.rows.size() == 10; }));
        }
        put(10, 12);
        GrowingReader reader(m_world.connection(), about(given.at));
        TableReading reading{reader, given};
        QVERIFY(reading.until([&] { return given.rows.size() == 12; }));
        QVERIFY(given.rows == expectedRows(0, 12));
    }

    void sessionsThatAreKilledLoseNothing() {
        put(0, 5);
        GrowingReader reader(m_world.connection(), about());
        GivenRows given(idsAndNames());
        TableReading reading{reader, given};
        QVERIFY(reading.until([&] { return given.rows.size() == 5; }));
        m_world.killSessions();
        put(5, 8);
        QVERIFY(reading.until([&] { return given.rows.size() == 8; }));
        QVERIFY(given.rows == expectedRows(0, 8));
        QVERIFY(std::count(given.states.begin(), given.states.end(), PartitionState::Disconnected) > 0);
    }

    void anotherCursorIsRefused() {
        SqlPosition from;
        from.row = {"1", "2", "3"};
        GrowingReader reader(m_world.connection(), about(from));
        GivenRows given(idsAndNames());
        TableReading reading{reader, given};
        QVERIFY(reading.toEnd().find("cursor") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestGrowingReader)
#include "test_growing_reader.moc"
