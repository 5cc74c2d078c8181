// The program is killed (SIGKILL) at random instants while it writes CSV and JSON files, which are read all
// the while. Every line with a line end is whole whenever it is seen; the very last row may be seen cut off
// for the moment in which it is written, and, where the program was killed just then, until the run resumes,
// each time with any degree of parallelism.
// At the end the files hold the rows of an undisturbed run. $RILLWRIGHT_KILLS: how
// often, in each way.
#include <signal.h>

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QtTest/QtTest>
#include <algorithm>
#include <random>

#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"
#include "tests/support/random_cases.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::SinkFixture;
using rw::testing::wire;
using namespace rw::test;

namespace {

constexpr int kRows = 30'000, kRate = 25'000;

int killsWanted() {
    const int given = qEnvironmentVariableIntValue("RILLWRIGHT_KILLS");
    return given > 0 ? given : static_cast<int>(casesOf(suites::KillsOfFiles));
}

void writeRows(const SinkFixture& fixture) {
    QByteArray rows = "n,k,ts\n";
    for (int n = 0; n < kRows; ++n) {
        const int millis = n * 10 + (n * 7919) % 400;  // not in order
        rows += QByteArray::number(n) + ',' + QByteArray::number((n * 31) % 11) +
                ",2024-03-01 00:" + QByteArray::number(millis / 60'000).rightJustified(2, '0') + ':' +
                QByteArray::number(millis / 1000 % 60).rightJustified(2, '0') + '.' +
                QByteArray::number(millis % 1000).rightJustified(3, '0') + '\n';
    }
    fixture.write(QStringLiteral("in.csv"), rows);
}

/// Rows of a file, so many a second: counted in windows, and the even ones passed on. `counted`, `passed`:
/// the sinks.
void writeStory(const SinkFixture& fixture, const QByteArray& counted, const QByteArray& passed,
                bool follows) {
    writeRows(fixture);
    const QByteArray source =
        R"rill({ "id": "src", "type": "csv_source", "params": { "path": "in.csv", "rate": )rill" +
        QByteArray::number(kRate) + (follows ? R"rill(, "follow": true)rill" : "") +
        R"rill(, "columns": ["n BIGINT", "k INT", "ts TIMESTAMP(3)"], "event_time": "ts",
                 "watermark_delay": "500ms" } })rill";
    const QByteArray windows = R"({ "id": "windows", "type": "window_aggregate", "params": {
        "window": "tumble", "size": "2s", "keys": ["k"],
        "aggregates": ["COUNT(*) AS rows_in", "SUM(n) AS total"] } })";
    const QByteArray even = R"({ "id": "even", "type": "filter", "params": { "condition": "n % 2 = 0" } })";
    fixture.pipeline(
        {source, windows, even, counted, passed},
        {wire("src", "windows"), wire("windows", "counted"), wire("src", "even"), wire("even", "passed")});
}

/// A sink of the format that the ending of `file` says.
QByteArray fileSink(const QByteArray& id, const QByteArray& file) {
    const QByteArray type = file.endsWith(".csv") ? "csv_sink" : "ndjson_sink";
    return R"({ "id": ")" + id + R"(", "type": ")" + type + R"(", "params": { "path": ")" + file + R"(" } })";
}

/// The lines in any order: which of several tasks is ahead differs from run to run.
QByteArrayList sortedLines(const SinkFixture& fixture, const QByteArray& file) {
    QByteArrayList lines = fixture.read(QString::fromUtf8(file)).split('\n');
    std::sort(lines.begin(), lines.end());
    return lines;
}

/// waitForFinished() says no where that was noticed before.
bool isOver(QProcess& process) {
    return process.state() == QProcess::NotRunning || process.waitForFinished(1);
}

/// Two files that the program writes, and their content as a reader sees it at any instant.
struct WrittenFiles {
    QByteArray counted, passed;
    bool live = false;
    int looks = 0, unfinished = 0;

    void write(const SinkFixture& fixture) const {
        writeStory(fixture, fileSink("counted", counted), fileSink("passed", passed), live);
    }
    QList<QByteArrayList> all(const SinkFixture& fixture) const {
        return {sortedLines(fixture, counted), sortedLines(fixture, passed)};
    }
    /// All rows were passed on.
    bool complete(const SinkFixture& fixture) const {
        const int head = passed.endsWith(".csv") ? 1 : 0;
        return fixture.read(QString::fromUtf8(passed)).count('\n') >= kRows / 2 + head;
    }
    /// The error in a file as it is now. A row may be seen while it is being written; the program
    /// finishes it.
    QByteArray look(const SinkFixture& fixture, QProcess& process) {
        for (const QByteArray& file : {counted, passed}) {
            ++looks;
            QByteArray text = fixture.read(QString::fromUtf8(file));
            if (!text.isEmpty() && !text.endsWith('\n')) ++unfinished;
            QElapsedTimer waited;
            waited.start();
            while (!text.isEmpty() && !text.endsWith('\n')) {
                if (waited.elapsed() > 10'000) return file + " ends in mid-row:\n" + text.right(200);
                if (isOver(process)) return {};
                text = fixture.read(QString::fromUtf8(file));
            }
            if (const QByteArray fault = faultOf(file, text); !fault.isEmpty())
                return file + " " + fault + ":\n" + text.left(100) + "\n...\n" + text.right(200);
        }
        return {};
    }

 private:
    static QByteArray faultOf(const QByteArray& file, const QByteArray& text) {
        static const QRegularExpression csvRow(QStringLiteral("^\\d[\\d :.,-]*$"));
        static const QRegularExpression jsonRow(QStringLiteral("^\\{\"[^{}]*\\}$"));
        if (text.isEmpty()) return {};
        const bool csv = file.endsWith(".csv");
        QByteArrayList lines = text.chopped(1).split('\n');
        if (csv && lines.takeFirst().count(',') < 2) return "begins without its header";
        if (csv && text.count("k,") > 1) return "has its header twice";
        if (lines.isEmpty()) return {};
        const auto& form = csv ? csvRow : jsonRow;
        for (const QByteArray& line : {lines.first(), lines.last()}) {
            if (!form.match(QString::fromUtf8(line)).hasMatch()) return "has a torn row";
        }
        return {};
    }
};

}  // namespace

class TestKillFiles : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void filesAreThoseOfAnUndisturbedRun_data() {
        QTest::addColumn<QByteArray>("counted");
        QTest::addColumn<QByteArray>("passed");
        QTest::addColumn<bool>("live");
        QTest::newRow("put in place at the end")
            << QByteArray("counted.csv") << QByteArray("passed.ndjson") << false;
        QTest::newRow("growing") << QByteArray("counted.ndjson") << QByteArray("passed.csv") << true;
    }

    void filesAreThoseOfAnUndisturbedRun() {
        WrittenFiles files;
        QFETCH(QByteArray, counted);
        QFETCH(QByteArray, passed);
        QFETCH(bool, live);
        files.counted = counted;
        files.passed = passed;
        files.live = live;
        const QStringList words{"--resume", "--checkpoint-every", "15ms", "--checkpoint-dir", "kept"};
        QList<QByteArrayList> expected;
        {
            const SinkFixture undisturbed;
            files.write(undisturbed);
            const auto process = undisturbed.beginIt(words);
            QVERIFY(comesToItsEnd(files, undisturbed, *process, 60'000));
            const Ended ended = SinkFixture::ended(*process);
            QVERIFY2(ended.status == 0, describe(ended).constData());
            expected = files.all(undisturbed);
            QVERIFY(expected[0].size() > 1'000 && expected[1].size() > kRows / 2);
        }
        std::mt19937 chance(firstSeedOf(suites::KillsOfFiles));
        const int wanted = killsWanted();
        int kills = 0, ends = 0;
        while (kills < wanted || ends == 0) {
            const SinkFixture fixture;
            files.write(fixture);
            bool over = false;
            for (int turn = 0; turn < 500 && !over; ++turn) {
                const QStringList degree{"--parallelism", QString::number(1 + chance() % 4)};
                const auto process = fixture.beginIt(words + degree);
                const int patience = kills < wanted ? static_cast<int>(chance() % 350) : 60'000;
                over = comesToItsEnd(files, fixture, *process, patience);
                QVERIFY2(m_fault.isEmpty(), m_fault.constData());
                if (!over && kills < wanted) {
                    ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
                    ++kills;
                }
                const Ended ended = SinkFixture::ended(*process);
                QVERIFY2(!over || ended.status == 0, describe(ended).constData());
            }
            QVERIFY(over);
            ++ends;
            QVERIFY2(files.all(fixture) == expected,
                     ("after " + QByteArray::number(kills) +
                      " kills the files differ: " + fixture.read(QString::fromUtf8(passed)).right(500))
                         .constData());
            // Nothing of the runs is left beside files that are whole.
            QVERIFY2(live || !fixture.files().join(' ').contains("rill-"),
                     qPrintable(fixture.files().join(' ')));
        }
        qInfo("%d kills, %d runs that came to their end, %d looks, %d at a row that was being written", kills,
              ends, files.looks, files.unfinished);
    }

 private:
    /// Reads the files all the while. One that goes on for ever is stopped when all rows were passed on, and
    /// nothing more is counted.
    bool comesToItsEnd(WrittenFiles& files, const SinkFixture& fixture, QProcess& process, int patience) {
        QElapsedTimer waited;
        waited.start();
        m_fault.clear();
        while (waited.elapsed() < patience) {
            if (isOver(process)) return true;
            m_fault = files.look(fixture, process);
            if (!m_fault.isEmpty()) return false;
            if (!files.live || !files.complete(fixture)) continue;
            // Its counter may be behind.
            const auto rests = [&] {
                const QByteArray before = fixture.read(QString::fromUtf8(files.counted));
                QTest::qWait(1'000);
                return fixture.read(QString::fromUtf8(files.counted)) == before;
            };
            while (!rests()) continue;
            if (isOver(process)) return true;
            ::kill(static_cast<pid_t>(process.processId()), SIGINT);
            return process.waitForFinished(60'000) || isOver(process);
        }
        return process.state() == QProcess::NotRunning;
    }
    QByteArray m_fault;
};

QTEST_GUILESS_MAIN(TestKillFiles)
#include "test_kill_files.moc"
