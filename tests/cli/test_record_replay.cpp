// Runs that are recorded, and their replays: of sources that can't be read twice, killed while they were
// recorded, failed, edited; and wrong arguments. $RILLWRIGHT_REPLAYS: how often; 4 without.
#include <signal.h>

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>
#include <QtTest/QtTest>
#include <algorithm>
#include <random>

#include "tests/cli/campaign.h"
#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"
#include "tests/support/random_cases.h"

using rw::testing::allowCode;
using rw::testing::csv;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::failsAt;
using rw::testing::numbers;
using rw::testing::SinkFixture;
using rw::testing::wire;

namespace {

const QStringList kDegrees{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("5")};

int roundsWanted() {
    const int given = qEnvironmentVariableIntValue("RILLWRIGHT_REPLAYS");
    return given > 0 ? given : 4;
}

QStringList words(const char* text) {
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

/// The rows of a file, in any order.
QByteArrayList rowsOf(const SinkFixture& fixture, const char* name = "out.csv") {
    QByteArrayList rows = fixture.read(QString::fromUtf8(name)).split('\n');
    std::sort(rows.begin(), rows.end());
    return rows;
}

QJsonObject tapeOf(const SinkFixture& fixture) {
    const Ended ended = fixture.run(words("tape t.tape --json"));
    return QJsonDocument::fromJson(ended.out).object();
}

/// Readings of this computer in windows by core, and all of them: they can't be read twice.
void writeReadings(const SinkFixture& fixture) {
    fixture.pipeline(
        {R"({ "id": "cpu", "type": "this_computer",
              "params": { "table": "cpu", "every": "10ms", "watermark_delay": "30ms" } })",
         R"({ "id": "windows", "type": "window_aggregate", "params": { "window": "tumble", "size": "100ms",
              "keys": ["core"], "aggregates": ["COUNT(*) AS n", "MAX(load) AS most"] } })",
         csv(), csv("all.csv", "all")},
        {wire("cpu", "windows"), wire("windows", "out"), wire("cpu", "all")});
}

/// What learns from readings of this computer, which can't be read twice: anomalies, kinds, and forecasts.
void writeLearning(const SinkFixture& fixture) {
    fixture.pipeline(
        {R"({ "id": "cpu", "type": "this_computer",
              "params": { "table": "cpu", "every": "10ms", "watermark_delay": "30ms" } })",
         R"({ "id": "odd", "type": "anomaly", "params": { "keys": ["core"], "features": ["load"], "method": "z",
              "warm_up": 5 } })",
         R"({ "id": "kind", "type": "classify", "params": { "label": "core", "features": ["load"],
              "method": "logistic" } })",
         R"({ "id": "next", "type": "forecast", "params": { "value": "load", "keys": ["core"], "method": "last",
              "step": "20ms", "horizon": 2 } })",
         csv(), csv("all.csv", "all")},
        {wire("cpu", "odd"), wire("odd", "kind"), wire("kind", "out"), wire("cpu", "next"),
         wire("next", "all")});
}

/// Patterns in readings of this computer, and a function that remembers them.
void writeMatching(const SinkFixture& fixture) {
    fixture.pipeline(
        {R"({ "id": "cpu", "type": "this_computer",
              "params": { "table": "cpu", "every": "10ms", "watermark_delay": "30ms" } })",
         R"rill({ "id": "dips", "type": "pattern", "params": { "partition_by": ["core"], "pattern": "A{2,4}? B?",
              "define": ["B: load > PREV(load)"], "within": "1s", "measures": ["COUNT(*) AS n", "MAX(load) AS most",
              "MATCH_NUMBER() AS number"], "after_match": "PAST LAST ROW" } })rill",
         R"rill({ "id": "sum", "type": "python", "params": { "stateful": true, "keys": ["core"],
              "columns": ["core INT", "ts TIMESTAMP(3)", "total DOUBLE"],
              "code": "def process(row, state):\n    state['total'] = state.get('total', 0.0) + row.load\n    return state" } })rill",
         csv(), csv("all.csv", "all")},
        {wire("cpu", "dips"), wire("dips", "out"), wire("cpu", "sum"), wire("sum", "all")});
    allowCode(fixture);
}

}  // namespace

class TestRecordReplay : public QObject {
    Q_OBJECT

    static void replaysToTheSameRows(void (*write)(const SinkFixture&), int rounds) {
        int same = 0;
        for (int round = 0; round < rounds; ++round) {
            const SinkFixture fixture;
            write(fixture);
            const Ended ended = fixture.runIt(words("--for 800ms --record t.tape"));
            QVERIFY2(ended.status == 0, describe(ended).constData());
            QVERIFY2(ended.err.contains("recorded: "), ended.err.constData());
            const QByteArrayList windows = rowsOf(fixture), all = rowsOf(fixture, "all.csv");
            QVERIFY2(windows.size() > 3 && all.size() > 20, windows.join('\n').constData());
            for (const QString& degree : kDegrees) {
                QVERIFY(QFile::remove(fixture.path(QStringLiteral("out.csv"))));
                QVERIFY(QFile::remove(fixture.path(QStringLiteral("all.csv"))));
                const Ended again =
                    fixture.runIt(words("--replay t.tape --parallelism") + QStringList{degree});
                QVERIFY2(again.status == 0, describe(again).constData());
                QCOMPARE(rowsOf(fixture), windows);
                QCOMPARE(rowsOf(fixture, "all.csv"), all);
                ++same;
            }
        }
        qInfo("%d of %d replays had the rows of the run", same, rounds * 3);
    }

 private Q_SLOTS:
    void realTimeSourcesReplayToTheSameRows() { replaysToTheSameRows(writeReadings, roundsWanted()); }
    void modelsReplayToTheSameRows() { replaysToTheSameRows(writeLearning, 1); }
    void patternsAndCodeReplayToTheSameRows() { replaysToTheSameRows(writeMatching, 1); }

    void aKilledRecordingReplaysWhatIsOnTheTape() {
        const rw::test::Suite& suite = rw::test::suites::KilledRecordings;
        std::mt19937 chance(rw::test::firstSeedOf(suite));
        for (std::uint32_t round = 0; round < rw::test::casesOf(suite); ++round) {
            const SinkFixture fixture;
            fixture.pipeline({numbers(0, 2'000), csv()}, {wire("numbers", "out")});
            const auto process = fixture.beginIt(words("--record t.tape"));
            QVERIFY(fixture.comes(QStringLiteral("t.tape"), 100));
            const auto size = [&fixture] { return QFileInfo(fixture.path(QStringLiteral("t.tape"))).size(); };
            const qint64 begun = size();
            QTest::qWait(1'800 + static_cast<int>(chance() % 1'500));
            QTRY_VERIFY_WITH_TIMEOUT(size() > begun, 60'000);
            ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
            (void)SinkFixture::ended(*process);
            if (round == 1) {  // and the last block was being written
                QFile tape(fixture.path(QStringLiteral("t.tape")));
                QVERIFY(tape.open(QIODevice::ReadWrite));
                QVERIFY(tape.resize(tape.size() - 5));
            }
            const QJsonObject about = tapeOf(fixture);
            QCOMPARE(about.value(QStringLiteral("whole")).toBool(true), false);
            const int rows = about.value(QStringLiteral("sources"))
                                 .toArray()
                                 .at(0)
                                 .toObject()
                                 .value(QStringLiteral("rows"))
                                 .toInt();
            QVERIFY(rows > (round == 1 ? -1 : 100));
            QByteArray expected = "n\n";
            for (int n = 0; n < rows; ++n) expected += QByteArray::number(n) + '\n';
            for (const QString& degree : kDegrees) {
                const Ended again =
                    fixture.runIt(words("--replay t.tape --parallelism") + QStringList{degree});
                if (rows == 0) {  // there was one block, which is cut now
                    QVERIFY2(again.status == 2 && again.err.contains("nothing can be replayed"),
                             describe(again).constData());
                    continue;
                }
                QVERIFY2(again.status == 0, describe(again).constData());
                QVERIFY2(again.err.contains("warning: The recording is cut off"), again.err.constData());
                QCOMPARE(fixture.read(QStringLiteral("out.csv")), expected);
            }
        }
    }

    /// Damage is no cut, and a tape without rows replaces no outputs.
    void aDamagedTapeIsToldOf() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(3'000, 1'000), csv()}, {wire("numbers", "out")});
        QVERIFY(fixture.runIt(words("--record t.tape")).status == 0);
        const QByteArray rows = fixture.read(QStringLiteral("out.csv"));
        QFile tape(fixture.path(QStringLiteral("t.tape")));
        QVERIFY(tape.open(QIODevice::ReadWrite));
        const QByteArray whole = tape.readAll();
        // The last byte is of the end's payload: all blocks before that are whole.
        QVERIFY(tape.seek(tape.size() - 1) && tape.putChar(static_cast<char>(whole.back() ^ 0x41)));
        tape.flush();
        const QJsonObject about = tapeOf(fixture);
        QVERIFY(!about.value(QStringLiteral("whole")).toBool(true));
        QVERIFY(about.value(QStringLiteral("damaged")).toBool());
        const Ended damaged = fixture.runIt(words("--replay t.tape"));
        QVERIFY2(damaged.status == 0, describe(damaged).constData());
        QVERIFY2(damaged.err.contains("warning: The recording is damaged"), damaged.err.constData());
        QCOMPARE(fixture.read(QStringLiteral("out.csv")), rows);
        // The header of the file has 16 bytes, that of a block 72, with the size of what follows at its
        // eighth.
        const auto head = qFromLittleEndian<quint32>(whole.constData() + 16 + 8);
        QVERIFY(tape.resize(16 + 72 + qint64{head} + 100));  // of the first block of rows only the beginning
        const Ended refused = fixture.runIt(words("--replay t.tape"));
        QVERIFY2(refused.status == 2, describe(refused).constData());
        QCOMPARE(fixture.read(QStringLiteral("out.csv")), rows);
    }

    void tapesSayOfWhichRunTheyAre() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(3), csv()}, {wire("numbers", "out")});
        QVERIFY(fixture.runIt(words("--record t.tape")).status == 0);
        const QString run = tapeOf(fixture).value(QStringLiteral("run")).toString();
        QVERIFY(!run.isEmpty());
        const QByteArray out = fixture.run(words("tape t.tape")).out;
        QVERIFY2(out.contains("\nrun " + run.toUtf8() + "\n"), out.constData());
        QVERIFY(QFile::remove(fixture.path(QStringLiteral("t.tape"))));
        QVERIFY(fixture.runIt(words("--record t.tape")).status == 0);
        QVERIFY(tapeOf(fixture).value(QStringLiteral("run")).toString() != run);
    }

    void aCutTapeIsDescribed() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(3'000), csv()}, {wire("numbers", "out")});
        const QString file = QStringLiteral("t.rill");
        fixture.write(file, fixture.read(file).replace(R"("name": "t",)", ""));
        QVERIFY(fixture.runIt(words("--record t.tape")).status == 0);
        QFile tape(fixture.path(QStringLiteral("t.tape")));
        QVERIFY(tape.resize(tape.size() - 1));
        const QJsonObject about = tapeOf(fixture);
        QVERIFY(about.value(QStringLiteral("pipeline")).toString().isEmpty());
        const auto left = static_cast<qint64>(about.value(QStringLiteral("bytes")).toDouble() -
                                              about.value(QStringLiteral("good_bytes")).toDouble());
        QVERIFY2(left > 1 && left < 1'000, QByteArray::number(left).constData());
        const QByteArray out = fixture.run(words("tape t.tape")).out;
        QVERIFY2(out.startsWith("recorded "), out.constData());  // it has no name
        const QByteArray incomplete = "The last " + QByteArray::number(left) + " bytes are not complete.";
        QVERIFY2(out.contains(", cut off: its end is missing. " + incomplete), out.constData());
        const Ended again = fixture.runIt(words("--replay t.tape"));
        QVERIFY2(again.err.contains("(3\u2009000 rows)"), again.err.constData());
    }

    void aRunThatFailsSaysHowToRepeatIt() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(1'000), failsAt(500), csv()},
                         {wire("numbers", "fails"), wire("fails", "out")});
        const Ended ended = fixture.runIt(words("--record t.tape --parallelism 2 --set a=it's"));
        QCOMPARE(ended.status, 1);
        const QByteArray words2 = "rillwright run t.rill --replay t.tape --set 'a=it'\\''s' --parallelism 2";
        QVERIFY2(ended.err.contains("repeat: " + words2), ended.err.constData());
        const Ended again = fixture.runIt(words("--replay t.tape --parallelism 2"));
        QCOMPARE(again.status, 1);
        const auto errorOf = [](const QByteArray& err) {
            for (const QByteArray& line : err.split('\n')) {
                if (line.startsWith("error: fails:")) return line;
            }
            return QByteArray("no line");
        };
        QCOMPARE(errorOf(again.err), errorOf(ended.err));
        QVERIFY(
            tapeOf(fixture).value(QStringLiteral("failed")).toString().startsWith(QStringLiteral("fails:")));
    }

    void aReplayTakesItsTime() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(600, 1'000), csv()}, {wire("numbers", "out")});
        QVERIFY(fixture.runIt(words("--record t.tape")).status == 0);
        const QByteArray rows = fixture.read(QStringLiteral("out.csv"));
        QElapsedTimer clock;
        clock.start();
        QVERIFY(fixture.runIt(words("--replay t.tape --speed 0.5")).status == 0);
        QVERIFY2(clock.elapsed() >= 1'000, QByteArray::number(clock.elapsed()).constData());
        QCOMPARE(fixture.read(QStringLiteral("out.csv")), rows);
    }

    void anEditIsToldOf() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(100), csv()}, {wire("numbers", "out")});
        QVERIFY(fixture.runIt(words("--record t.tape")).status == 0);
        fixture.pipeline({numbers(100), failsAt(1'000), csv()},
                         {wire("numbers", "fails"), wire("fails", "out")});
        const Ended edited = fixture.runIt(words("--replay t.tape"));
        QVERIFY2(edited.status == 0, describe(edited).constData());
        QVERIFY2(edited.err.contains("edited: The node “fails” is new."), edited.err.constData());
        QVERIFY2(edited.err.contains("edited: The wire numbers → out is gone."), edited.err.constData());
        fixture.pipeline({R"({ "id": "others", "type": "generator", "params": { "rows": 5,
                               "columns": ["n BIGINT = i"] } })",
                          csv()},
                         {wire("others", "out")});
        const Ended refused = fixture.runIt(words("--replay t.tape"));
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.err.contains("others: The tape has no source “others”"), refused.err.constData());
    }

    void wordsThatMakeNoSense() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(100), csv()}, {wire("numbers", "out")});
        QVERIFY(fixture.runIt(words("--record t.tape")).status == 0);
        for (const char* given :
             {"--speed 1", "--record u.tape --resume", "--replay t.tape --savepoint s",
              "--replay t.tape --record u.tape", "--replay t.tape --speed fast", "--replay t.tape --speed -1",
              "--replay t.tape --checkpoint-every 1s", "--replay t.tape --checkpoint-dir kept",
              "--replay t.tape --restart none", "--allow-lost-state", "--replay t.tape --allow-lost-state",
              "--replay out.csv", "--replay none"}) {
            const Ended ended = fixture.runIt(words(given));
            QVERIFY2(ended.status == 2, (given + (" " + describe(ended))).constData());
        }
        // Neither a tape nor anything else is written over.
        const QByteArray tape = fixture.read(QStringLiteral("t.tape"));
        const Ended again = fixture.runIt(words("--record t.tape"));
        QVERIFY2(again.status == 1 && again.err.contains("is there already"), describe(again).constData());
        QCOMPARE(fixture.read(QStringLiteral("t.tape")), tape);
        QVERIFY(fixture.runIt(words("--record out.csv")).status != 0);
        QCOMPARE(fixture.run(words("tape t.rill")).status, 2);
        QCOMPARE(fixture.run(words("tape none")).status, 2);
        const Ended listed = fixture.run(words("tape t.tape"));
        QVERIFY2(listed.status == 0 && listed.out.contains("100 rows") && listed.out.contains("numbers"),
                 describe(listed).constData());
    }
};

QTEST_GUILESS_MAIN(TestRecordReplay)
#include "test_record_replay.moc"
