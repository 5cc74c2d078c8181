// sql_sink into a real PostgreSQL, and into a real MariaDB: what is in the table, which rows are left out,
// and that each is there once while the program, or its sessions, are killed. $RILLWRIGHT_KILLS: how often,
// of each.
#include <QtTest/QtTest>
#include <random>

#include "tests/servers/kills.h"
#include "tests/servers/sql_fixture.h"

using rw::servers::killsOfEach;
using rw::servers::SqlFixture;
using rw::testing::describe;
using rw::testing::Ended;

namespace {

constexpr int kSunk = 60'000, kSunkRate = 30'000;
const QStringList kKeptHere{"--checkpoint-every", "100ms", "--checkpoint-dir", "kept"};

QByteArray countAndSum(const SqlFixture& fixture, const QByteArray& table) {
    return fixture.ask("SELECT count(*), sum(id) FROM " + table).replace('\t', ' ');
}

QByteArray expectedOf(int rows) {
    return QByteArray::number(rows) + ' ' + QByteArray::number(qint64{rows} * (rows - 1) / 2);
}

}  // namespace

class TestSqlSinkOnServers : public QObject {
    Q_OBJECT

    std::mt19937 m_chance{7};

    void kinds() {
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("postgresql") << QByteArray("postgresql");
        QTest::newRow("mariadb") << QByteArray("mariadb");
    }

    /// Resumes until a run ends by itself.
    void campaign(const SqlFixture& fixture, const std::function<void(QProcess&)>& disturb) {
        int killed = 0;
        for (QStringList words = kKeptHere;; words = QStringList(kKeptHere) << "--resume") {
            const std::unique_ptr<QProcess> run = fixture.beginIt("sink", words);
            if (killed < killsOfEach() && !run->waitForFinished(100 + static_cast<int>(m_chance() % 500))) {
                disturb(*run);
                ++killed;
            }
            const Ended ended = fixture.ended(*run);
            if (ended.status == 0) return;
            QVERIFY2(ended.status == -1, describe(ended).constData());
        }
    }

    /// A session that is just writing into that table: MariaDB does not list what sessions call themselves.
    static void killOneAt(const SqlFixture& fixture, const QByteArray& table, const QProcess& run) {
        for (int tries = 0; tries < 200 && run.state() != QProcess::NotRunning; ++tries) {
            const QByteArray session = fixture.ask(
                "SELECT id FROM information_schema.PROCESSLIST WHERE id <> connection_id() AND info LIKE "
                "'INSERT INTO%" +
                table + "%' LIMIT 1");
            if (session.isEmpty()) continue;
            fixture.ask("KILL " + session);
            return;
        }
    }

 private Q_SLOTS:
    void initTestCase() {
        for (const char* server : {"RILLWRIGHT_POSTGRESQL", "RILLWRIGHT_MARIADB"})
            QVERIFY2(qEnvironmentVariableIsSet(server), "run it by tests/run --servers");
    }

    void rowsArriveAsTheyAre_data() { kinds(); }
    void rowsArriveAsTheyAre() {
        QFETCH(const QByteArray, kind);
        const SqlFixture fixture(kind);
        const QByteArray table = fixture.table("plain");
        fixture.pipeline("sink", table, {}, 5'000);
        const Ended ended = fixture.runIt("sink");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(countAndSum(fixture, table), expectedOf(5'000));
        QCOMPARE(fixture.ask("SELECT name, price, at FROM " + table + " WHERE id = 4321").replace(".000", ""),
                 QByteArray("n321\t43.21\t2026-01-01 00:00:00"));
    }

    void upsertsKeepOneRowOfAKey_data() { kinds(); }
    void upsertsKeepOneRowOfAKey() {
        QFETCH(const QByteArray, kind);
        const SqlFixture fixture(kind);
        const QByteArray table = fixture.table("keyed");
        fixture.pipeline("sink", table, {"\"mode\": \"upsert\"", "\"key\": [\"name\"]"}, 20'000);
        const Ended ended = fixture.runIt("sink");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(countAndSum(fixture, table), QByteArray("1000 19499500"));
    }

    void rowsThatBreakAConstraintAreLeftOut_data() { kinds(); }
    void rowsThatBreakAConstraintAreLeftOut() {
        QFETCH(const QByteArray, kind);
        const SqlFixture fixture(kind);
        const QByteArray table = fixture.table("checked");
        fixture.ask(
            "CREATE TABLE " + table +
            " (id bigint PRIMARY KEY, name varchar(4), price decimal(10,2), at timestamp(3) NULL, CHECK "
            "(price <> 43.21))");
        fixture.pipeline("sink", table, {}, 5'000);
        const Ended ended = fixture.runIt("sink");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.ask("SELECT count(*) FROM " + table), QByteArray("4999"));
    }

    /// Constraints that wait for the commit, which then names no row.
    void rowsThatBreakAConstraintAtTheCommitAreLeftOut_data() {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("with checkpoints") << kKeptHere;
        QTest::newRow("without") << QStringList();
    }
    void rowsThatBreakAConstraintAtTheCommitAreLeftOut() {
        QFETCH(const QStringList, words);
        const SqlFixture fixture;
        const QByteArray table = fixture.table("referring"), others = fixture.table("referred");
        fixture.ask("CREATE TABLE " + others + " AS SELECT i::bigint AS id FROM generate_series(0, 4999) i");
        fixture.ask("DELETE FROM " + others + " WHERE id IN (77, 4711)");
        fixture.ask("ALTER TABLE " + others + " ADD PRIMARY KEY (id)");
        fixture.ask("CREATE TABLE " + table + " (id bigint REFERENCES " + others +
                    " DEFERRABLE INITIALLY DEFERRED, name text, price numeric(10,2), at timestamp(3))");
        fixture.pipeline("sink", table, {}, 5'000);
        const Ended ended = fixture.runIt("sink", words);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(countAndSum(fixture, table), "4998 " + QByteArray::number(4'999 * 2'500 - 77 - 4'711));
    }

    void theProgramIsKilled_data() { kinds(); }
    void theProgramIsKilled() {
        QFETCH(const QByteArray, kind);
        const SqlFixture fixture(kind);
        const QByteArray table = fixture.table("killed");
        fixture.pipeline("sink", table, {}, kSunk, kSunkRate);
        campaign(fixture, [](QProcess& run) { run.kill(); });
        QCOMPARE(countAndSum(fixture, table), expectedOf(kSunk));
    }

    /// As a server that dies ends them; this one has other users.
    void itsSessionsAreKilled_data() { kinds(); }
    void itsSessionsAreKilled() {
        QFETCH(const QByteArray, kind);
        const SqlFixture fixture(kind);
        const QByteArray table = fixture.table("cut");
        fixture.pipeline("sink", table, {}, kSunk, kSunkRate);
        campaign(fixture, [&](QProcess& run) {
            if (kind == "mariadb") return killOneAt(fixture, table, run);
            fixture.ask(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE "
                "'rillwright %'");
        });
        QCOMPARE(countAndSum(fixture, table), expectedOf(kSunk));
    }

    void replacementsComeAtTheEnd() {
        const SqlFixture fixture;
        const QByteArray table = fixture.table("replaced");
        fixture.ask("CREATE TABLE " + table +
                    " AS SELECT 7::bigint AS id, 'old'::text AS name, 1::numeric(10,2) AS "
                    "price, now()::timestamp AS at");
        fixture.pipeline("sink", table, {"\"mode\": \"replace\""}, kSunk, kSunkRate);
        const std::unique_ptr<QProcess> run = fixture.beginIt("sink", kKeptHere);
        (void)run->waitForFinished(800);
        run->kill();
        (void)fixture.ended(*run);
        QCOMPARE(countAndSum(fixture, table), QByteArray("1 7"));
        const Ended ended = fixture.runIt("sink", QStringList(kKeptHere) << "--resume");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(countAndSum(fixture, table), expectedOf(kSunk));
        const QByteArray stages =
            fixture.ask("SELECT count(*) FROM pg_class WHERE relname LIKE '\\_rill\\_stage\\_%'");
        QVERIFY2(stages == "0", describe(ended).constData());
    }

    void wrongTablesAndUsersAreNamed() {
        const SqlFixture fixture;
        const QByteArray table = fixture.table("none");
        fixture.pipeline("sink", table, {"\"create\": false"}, 10);
        const Ended ended = fixture.runIt("sink");
        QVERIFY(ended.status != 0);
        QVERIFY2(ended.err.contains("There is no table"), describe(ended).constData());
    }
};

QTEST_GUILESS_MAIN(TestSqlSinkOnServers)
#include "test_sql_sink.moc"
