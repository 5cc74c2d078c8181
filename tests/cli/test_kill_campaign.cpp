// The program is killed (SIGKILL) at random instants, and goes on each time: at its end the tables hold the
// rows of a run that nobody disturbed. $RILLWRIGHT_KILLS: how often, in each way; 25 without.
#include <signal.h>

#include <QtTest/QtTest>
#include <random>

#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"

using rw::testing::Database;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::SinkFixture;
using rw::testing::table;
using rw::testing::wire;

namespace {

constexpr int kRows = 30'000, kRate = 25'000;

int killsWanted() {
    const int given = qEnvironmentVariableIntValue("RILLWRIGHT_KILLS");
    return given > 0 ? given : 25;
}

/// Rows of a file, so many a second: counted in windows, and the even ones added to a table.
void writeInput(const SinkFixture& fixture, const QByteArray& second) {
    QByteArray rows = "n,k,ts\n";
    for (int n = 0; n < kRows; ++n) {
        const int millis = n * 10 + (n * 7919) % 400;  // not in order
        rows += QByteArray::number(n) + ',' + QByteArray::number((n * 31) % 11) +
                ",2024-03-01 00:" + QByteArray::number(millis / 60'000).rightJustified(2, '0') + ':' +
                QByteArray::number(millis / 1000 % 60).rightJustified(2, '0') + '.' +
                QByteArray::number(millis % 1000).rightJustified(3, '0') + '\n';
    }
    fixture.write(QStringLiteral("in.csv"), rows);
    const QByteArray source =
        R"rill({ "id": "src", "type": "csv_source", "params": { "path": "in.csv", "rate": )rill" +
        QByteArray::number(kRate) +
        R"rill(, "columns": ["n BIGINT", "k INT", "ts TIMESTAMP(3)"], "event_time": "ts",
                 "watermark_delay": "500ms" } })rill";
    const QByteArray windows = R"({ "id": "windows", "type": "window_aggregate", "params": {
        "window": "tumble", "size": "2s", "keys": ["k"],
        "aggregates": ["COUNT(*) AS rows_in", "SUM(n) AS total"] } })";
    const QByteArray even = R"({ "id": "even", "type": "filter", "params": { "condition": "n % 2 = 0" } })";
    fixture.pipeline(
        {source, windows, even, table("counted", "counted", "replace", "x.db"),
         table("passed", "passed", "append", second)},
        {wire("src", "windows"), wire("windows", "counted"), wire("src", "even"), wire("even", "passed")});
}

QByteArray allRows(const SinkFixture& fixture, const QByteArray& second) {
    const QByteArray counted = Database(fixture).query(
        "SELECT group_concat(r, char(10)) FROM (SELECT window_start || ' ' || k || ' ' || rows_in || ' ' || "
        "total AS r FROM counted ORDER BY r)");
    const QByteArray passed =
        Database(fixture, QString::fromUtf8(second))
            .query(
                "SELECT count(*) || ' ' || count(DISTINCT n) || ' ' || sum(n) || ' ' || max(ts) FROM passed");
    return counted + "\n" + passed;
}

}  // namespace

class TestKillCampaign : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsAreThoseOfAnUndisturbedRun_data() {
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<bool>("ownFile");
        QTest::newRow("in the file of the sinks") << QByteArray("x.db") << false;
        QTest::newRow("in one of two files") << QByteArray("y.db") << false;
        QTest::newRow("in a file of its own") << QByteArray("x.db") << true;
    }

    void rowsAreThoseOfAnUndisturbedRun() {
        QFETCH(QByteArray, second);
        QFETCH(bool, ownFile);
        QByteArray expected;
        {
            const SinkFixture undisturbed;
            writeInput(undisturbed, second);
            const Ended ended = undisturbed.runIt();
            QVERIFY2(ended.status == 0, describe(ended).constData());
            expected = allRows(undisturbed, second);
            QVERIFY2(expected.size() > 10'000 && expected.contains("15000 15000"),
                     expected.right(200).constData());
        }
        QStringList words{"--resume", "--checkpoint-every", "15ms"};
        if (ownFile) words += {"--checkpoint-dir", "kept"};
        std::mt19937 chance(20'261'122);
        const int wanted = killsWanted();
        int kills = 0, ends = 0;
        while (kills < wanted || ends == 0) {
            const SinkFixture fixture;
            writeInput(fixture, second);
            bool over = false;
            for (int turn = 0; turn < 500 && !over; ++turn) {
                const auto process = fixture.beginIt(words);
                // What is given up last runs to its end.
                const int patience = kills < wanted ? static_cast<int>(chance() % 350) : 60'000;
                over = process->waitForFinished(patience);
                if (!over && kills < wanted) {
                    ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
                    ++kills;
                }
                const Ended ended = SinkFixture::ended(*process);
                QVERIFY2(!over || ended.status == 0, describe(ended).constData());
            }
            QVERIFY(over);
            ++ends;
            const QByteArray rows = allRows(fixture, second);
            QVERIFY2(rows == expected, ("after " + QByteArray::number(kills) + " kills:\n" +
                                        rows.right(2'000) + "\n\nexpected:\n" + expected.right(2'000))
                                           .constData());
            const Ended again = fixture.runIt(words);
            QVERIFY2(again.status == 0 && again.err.contains("there is nothing to go on from"),
                     describe(again).constData());
            QCOMPARE(allRows(fixture, second), expected);
        }
        qInfo("%d kills, %d runs that came to their end", kills, ends);
    }
};

QTEST_GUILESS_MAIN(TestKillCampaign)
#include "test_kill_campaign.moc"
