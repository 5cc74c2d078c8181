// Windows with early results: the table that takes them ends as one that only got final rows.
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"

using rw::testing::csv;
using rw::testing::Database;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::SinkFixture;
using rw::testing::table;
using rw::testing::wire;

namespace {

/// 5 000 rows of 20 keys, a second apart and out of order, some of them late.
const QByteArray kRows = R"rill({ "id": "numbers", "type": "generator", "params": { "rows": 5000, "rate": 0,
    "disorder": "6s", "event_time": "ts", "watermark_delay": "4s",
    "columns": ["ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')",
                "k BIGINT = MOD(i * 31, 20)", "v BIGINT = i"] } })rill";

QByteArray window(const QByteArray& id, const QByteArray& early) {
    return R"({ "id": ")" + id + R"(", "type": "window_aggregate", "params": { "size": "1min", "keys": ["k"],
        "aggregates": ["COUNT(*) AS n", "SUM(v) AS total", "MAX(v) AS best"], "early": ")" +
           early + R"(" } })";
}

}  // namespace

class TestEarlyResults : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theTableEndsAsOneOfFinalRows_data() {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("one task") << QStringList{"--parallelism", "1", "--batch-rows", "16"};
        QTest::newRow("four tasks") << QStringList{"--parallelism", "4", "--batch-rows", "7"};
    }

    void theTableEndsAsOneOfFinalRows() {
        QFETCH(QStringList, words);
        const SinkFixture fixture;
        fixture.pipeline({kRows, window("soon", "5s"), window("final", "0s"),
                          table("shown", "shown", "upsert"), table("plain", "plain"), csv()},
                         {wire("numbers", "soon"), wire("numbers", "final"), wire("soon", "shown"),
                          wire("final", "plain"), wire("soon", "out")});
        const Ended ended = fixture.runIt(words);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY2(fixture.read("out.csv").count("\n-U,") > 100, "hardly anything came early");
        Database database(fixture);
        QVERIFY(database.query("SELECT COUNT(*) FROM plain").toInt() > 1'000);
        QCOMPARE(database.query("SELECT COUNT(*) FROM (SELECT * FROM plain EXCEPT SELECT * FROM shown)"),
                 QByteArray("0"));
        QCOMPARE(database.query("SELECT COUNT(*) FROM (SELECT * FROM shown EXCEPT SELECT * FROM plain)"),
                 QByteArray("0"));
        QCOMPARE(database.query("SELECT COUNT(*) FROM shown"), database.query("SELECT COUNT(*) FROM plain"));
    }
};

QTEST_GUILESS_MAIN(TestEarlyResults)
#include "test_early_results.moc"
