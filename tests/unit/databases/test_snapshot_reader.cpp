// The reader of a table's rows of one moment against a PostgreSQL in memory: resuming by key and without one,
// and servers that go away.
#include <QtTest/QtTest>
#include <algorithm>
#include <thread>

#include "core/connect/tables/snapshot_reader.h"
#include "tests/support/databases/postgresql_world.h"
#include "tests/unit/databases/table_reading.h"

using namespace rw;
using namespace rw::test;

namespace {

std::vector<std::vector<WorldCell>> numbered(int from, int until) {
    std::vector<std::vector<WorldCell>> rows;
    for (int id = from; id < until; ++id) rows.push_back({std::to_string(id), "n" + std::to_string(id)});
    return rows;
}

}  // namespace

class TestSnapshotReader : public QObject {
    Q_OBJECT

    PostgresqlWorld m_world{};

    SnapshotReader::About about(const std::string& table, SqlPosition from = {}) const {
        SnapshotReader::About about;
        about.reading.table.table = table;
        about.reading.schema = idsAndNames();
        about.from = std::move(from);
        about.clock = systemClock();
        return about;
    }
    void makeTable(const std::string& name, bool keyed, int rows) {
        m_world.dropTable(name);
        m_world.createTable('"' + name + "\" (\"id\" bigint NOT NULL, \"name\" text" +
                            (keyed ? ", PRIMARY KEY (\"id\"))" : ")"));
        m_world.put(name, numbered(0, rows));
    }

 private Q_SLOTS:
    void allRowsAreGivenOnce() {
        makeTable("all", true, 20000);
        SnapshotReader reader(m_world.connection(), about("all"));
        GivenRows given(idsAndNames());
        TableReading reading{reader, given};
        QCOMPARE(reading.toEnd(), std::string());
        QVERIFY(reading.ended && given.rows == expectedRows(0, 20000));
        QVERIFY(given.at.whole);
        // A run that resumes behind the end reads nothing more.
        m_world.put("all", numbered(20000, 20001));
        SnapshotReader again(m_world.connection(), about("all", given.at));
        TableReading rest{again, given};
        QCOMPARE(rest.toEnd(), std::string());
        QCOMPARE(given.rows.size(), std::size_t{20000});
    }

    /// Neither is read as if it had what was asked for.
    void rowsOfOtherNumbersOfValuesAreAnError() {
        for (const int more : {-2, -1, 1}) {
            makeTable("strange", true, 3);
            m_world.addValues(more);
            SnapshotReader reader(m_world.connection(), about("strange"));
            GivenRows given(idsAndNames());
            TableReading reading{reader, given};
            const std::string trouble = reading.toEnd();
            m_world.addValues(0);
            QVERIFY2(trouble.find("rows that can't be read") != std::string::npos, trouble.c_str());
            QVERIFY(given.rows.empty());
        }
    }

    void anEmptyTableEnds() {
        makeTable("empty", true, 0);
        SnapshotReader reader(m_world.connection(), about("empty"));
        GivenRows given(idsAndNames());
        TableReading reading{reader, given};
        QCOMPARE(reading.toEnd(), std::string());
        QVERIFY(reading.ended && given.at.whole);
    }

    void oneThatResumesGoesOnBehindItsKey() {
        makeTable("keyed", true, 100);
        SqlPosition from;
        from.row = {"41"};
        SnapshotReader reader(m_world.connection(), about("keyed", from));
        GivenRows given(idsAndNames());
        TableReading reading{reader, given};
        QCOMPARE(reading.toEnd(), std::string());
        QVERIFY(given.rows == expectedRows(42, 100));
        QCOMPARE(given.notes.size(), std::size_t{1});
    }

    void withoutAKeyTheSameRowsAreLeftOut() {
        makeTable("plain", false, 50);
        GivenRows first(idsAndNames());
        {
            SnapshotReader reader(m_world.connection(), about("plain"));
            TableReading reading{reader, first};
            QCOMPARE(reading.toEnd(), std::string());
        }
        QCOMPARE(first.at.rows, std::uint64_t{50});
        m_world.put("plain", numbered(50, 60));
        SqlPosition from = first.at;
        from.whole = false;
        SnapshotReader reader(m_world.connection(), about("plain", from));
        GivenRows given(idsAndNames());
        TableReading reading{reader, given};
        QCOMPARE(reading.toEnd(), std::string());
        QVERIFY(given.rows == expectedRows(50, 60));
        // Others than before: it can't be known which are left.
        makeTable("plain", false, 0);
        m_world.put("plain", numbered(1, 60));
        SnapshotReader changed(m_world.connection(), about("plain", from));
        TableReading refused{changed, given};
        QVERIFY(refused.toEnd().find("was changed") != std::string::npos);
        QCOMPARE(refused.status.error().code, ErrorCode::Refused);
    }

    void tablesAndColumnsThatAreMissing() {
        makeTable("few", true, 1);
        SnapshotReader::About wrong = about("few");
        wrong.reading.schema = std::make_shared<const Schema>(Schema{{{"nope", Type::of(TypeId::Int)}}});
        SnapshotReader reader(m_world.connection(), wrong);
        GivenRows given(wrong.reading.schema);
        TableReading reading{reader, given};
        QVERIFY(reading.toEnd().find("lacks columns: nope") != std::string::npos);
        SnapshotReader none(m_world.connection(), about("nothing"));
        TableReading missing{none, given};
        (void)missing.toEnd();
        QCOMPARE(missing.status.error().code, ErrorCode::NotFound);
    }

    void whoHoldsTheTableIsTold() {
        makeTable("locked", true, 10);
        SnapshotReader reader(m_world.connection(), about("locked"));
        GivenRows given(idsAndNames());
        TableReading reading{reader, given};
        m_world.hold("COPY (SELECT", {"4711", "anna", "psql", ""});
        std::thread later([this] {
            for (int tries = 0; tries < 1'000 && !m_world.wasAskedForLocks(); ++tries) QTest::qSleep(20);
            QTest::qSleep(4'000);  // until the answer is there
            m_world.release();
        });
        const std::string failed = reading.toEnd();
        later.join();
        QCOMPARE(failed, std::string());
        QVERIFY(given.rows == expectedRows(0, 10));
        const auto blocked = std::find(given.states.begin(), given.states.end(), PartitionState::Blocked);
        QVERIFY(blocked != given.states.end());
        QVERIFY(given.states.back() == PartitionState::Live);
        QVERIFY2(given.reasons.front().find("of session 4711 of “anna” (psql)") != std::string::npos,
                 given.reasons.front().c_str());
    }

    void aServerThatIsAwayIsWaitedFor() {
        makeTable("away", true, 10);
        m_world.setDown(true);
        SnapshotReader reader(m_world.connection(), about("away"));
        GivenRows given(idsAndNames());
        TableReading reading{reader, given};
        QVERIFY(reading.until(
            [&] { return !given.states.empty() && given.states.back() == PartitionState::Disconnected; }));
        QVERIFY(!given.why.empty());
        m_world.setDown(false);
        QCOMPARE(reading.toEnd(), std::string());
        QVERIFY(given.rows == expectedRows(0, 10));
        SnapshotReader::About impatient = about("away");
        impatient.reading.giveUpAfter = 300;
        m_world.setDown(true);
        SnapshotReader gives(m_world.connection(), impatient);
        TableReading givenUp{gives, given};
        QVERIFY(!givenUp.toEnd().empty());
        m_world.setDown(false);
    }
};

QTEST_GUILESS_MAIN(TestSnapshotReader)
#include "test_snapshot_reader.moc"
