// Windows with early results: the table that takes them ends as one that only got final rows.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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

QJsonObject why(const SinkFixture& fixture, const QString& node, const QString& where) {
    const Ended ended =
        fixture.run({"why", "t.rill", "--json", "--replay", "t.tape", "--node", node, "--where", where});
    if (ended.status != 0) qWarning("%s", describe(ended).constData());
    return QJsonDocument::fromJson(ended.out).object();
}

QString notesOf(const QJsonObject& answer) {
    QStringList notes;
    for (const QJsonValue& note : answer.value("notes").toArray()) notes << note.toString();
    return notes.join(u'|');
}

/// A row of several orders that was taken back when a later one came: its columns by name.
QHash<QByteArray, QByteArray> takenBack(const QByteArray& changes) {
    const QList<QByteArray> lines = changes.split('\n');
    const QList<QByteArray> names = lines.front().split(',');
    for (const QByteArray& line : lines) {
        if (!line.startsWith("-U,") && !line.startsWith("-D,")) continue;
        const QList<QByteArray> cells = line.split(',');
        QHash<QByteArray, QByteArray> row;
        for (qsizetype i = 0; i < qMin(cells.size(), names.size()); ++i) row.insert(names[i], cells[i]);
        if (row.value("n").toInt() > 1) return row;
    }
    return {};
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

    /// Its rows are those that had come by then, also for who asks about it behind another node.
    void whyTellsWhatAnEarlyResultWasMadeOf() {
        const SinkFixture fixture;
        fixture.pipeline(
            {kRows, window("soon", "5s"),
             R"({ "id": "some", "type": "filter", "params": { "condition": "n < 1000" } })", csv()},
            {wire("numbers", "soon"), wire("soon", "some"), wire("some", "out")});
        const Ended ended = fixture.runIt({"--parallelism", "1", "--batch-rows", "4", "--record", "t.tape"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const auto row = takenBack(fixture.read("out.csv"));
        QVERIFY(!row.isEmpty());
        const QString place = QStringLiteral("k = %1 AND window_end = '%2'")
                                  .arg(QString::fromUtf8(row["k"]), QString::fromUtf8(row["window_end"]));
        const QString values = QStringLiteral(" AND n = %1 AND total = %2")
                                   .arg(QString::fromUtf8(row["n"]), QString::fromUtf8(row["total"]));
        const int rows = row["n"].toInt();
        for (const char* node : {"soon", "some"}) {
            const QJsonObject early = why(fixture, node, place + values);
            const QJsonObject step = early.value("steps").toArray().last().toObject();
            QCOMPARE(step.value("node").toString(), QStringLiteral("numbers"));
            QCOMPARE(step.value("count").toInt(), rows);
            QCOMPARE(step.value("together").toObject().value("n").toInt(), rows);
            QCOMPARE(step.value("together").toObject().value("total").toInt(), row["total"].toInt());
            QVERIFY(early.contains("fired_at"));
            QVERIFY2(notesOf(early).contains("took this row back when later rows came"),
                     qPrintable(notesOf(early)));
        }
        const QJsonObject atEnd = why(fixture, "soon", place);
        const QJsonObject step = atEnd.value("steps").toArray().last().toObject();
        QVERIFY(step.value("count").toInt() > rows);
        QCOMPARE(step.value("count").toInt(), atEnd.value("row").toObject().value("n").toInt());
        QCOMPARE(notesOf(atEnd), QString());
    }

    /// The run was stopped: rows came behind the last early result of the window, and have no part in it.
    void whyOfAWindowThatIsOpen() {
        const SinkFixture fixture;
        fixture.pipeline(
            {R"rill({ "id": "numbers", "type": "generator", "params": { "rate": 500, "event_time": "ts",
    "columns": ["ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"] } })rill",
             R"rill({ "id": "soon", "type": "window_aggregate", "params": { "size": "1d",
    "aggregates": ["COUNT(*) AS n"], "early": "1min" } })rill",
             csv()},
            {wire("numbers", "soon"), wire("soon", "out")});
        const Ended ended = fixture.runIt({"--for", "1s", "--batch-rows", "8", "--record", "t.tape"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QJsonObject open = why(fixture, "soon", "window_end = '2024-03-02 00:00:00'");
        const int n = open.value("row").toObject().value("n").toInt();
        QVERIFY(n > 0);
        QCOMPARE(open.value("steps").toArray().last().toObject().value("count").toInt(), n);
        QVERIFY2(notesOf(open).contains("still takes rows"), qPrintable(notesOf(open)));
        QVERIFY(why(fixture, "numbers", "ts IS NOT NULL").value("matched").toInt() >= n);
    }
};

QTEST_GUILESS_MAIN(TestEarlyResults)
#include "test_early_results.moc"
