// Starts that go back to a savepoint and are stopped (Ctrl+C) or killed at random instants, or refused by one
// of their sinks: rows are taken back in all outputs or in none, and the run can be resumed each time, with
// any degree of parallelism. $RILLWRIGHT_KILLS: how often, over all rows.
#include <QDir>
#include <QtTest/QtTest>

#include <csignal>
#include <random>

#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"
#include "tests/support/random_cases.h"

using rw::testing::csv;
using rw::testing::Database;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::SinkFixture;
using rw::testing::table;
using rw::testing::wire;

namespace {

const QStringList kShort{"--checkpoint-every", "30ms", "--for", "250ms"};
const QStringList kBack = QStringList{"--savepoint", "base"} + kShort;
const QStringList kGoOn = QStringList{"--resume"} + kShort;

int stopsWanted() {
    const int given = qEnvironmentVariableIntValue("RILLWRIGHT_KILLS");
    return given > 0 ? given : static_cast<int>(rw::test::casesOf(rw::test::suites::StopsBeforeGoingBack));
}

/// A run without end into two databases and two files, with a savepoint near its beginning.
void writeStory(const SinkFixture& fixture, const QStringList& words) {
    fixture.pipeline({R"rill({ "id": "numbers", "type": "generator", "params": { "rows": 0, "rate": 20000,
              "columns": ["n BIGINT = i", "k INT = CAST(i % 7 AS INT)"] } })rill",
                      R"rill({ "id": "sums", "type": "group_aggregate",
              "params": { "keys": ["k"], "aggregates": ["COUNT(*) AS c"] } })rill",
                      table("first", "t", "append", "x.db"), table("second", "u", "upsert", "y.db"), csv(),
                      R"({ "id": "lines", "type": "ndjson_sink", "params": { "path": "out.ndjson" } })"},
                     {wire("numbers", "first"), wire("numbers", "sums"), wire("sums", "second"),
                      wire("numbers", "out"), wire("numbers", "lines")});
    Ended ended = fixture.runIt(kShort + words);
    QVERIFY2(ended.status == 0, describe(ended).constData());
    ended = fixture.run(QStringList{"checkpoints", "t.rill", "--save", "base"} + words);
    QVERIFY2(ended.status == 0, describe(ended).constData());
    ended = fixture.runIt(kGoOn + words);
    QVERIFY2(ended.status == 0, describe(ended).constData());
}

/// How many rows a file has that are 0, 1, 2 …; -1: other rows stand there.
int countOf(const QByteArray& text, const char* form) {
    int count = 0;
    for (qsizetype at = 0; at < text.size(); ++count) {
        const QByteArray row = QString::asprintf(form, count, count % 7).toUtf8();
        if (text.mid(at, row.size()) != row) return -1;
        at += row.size();
    }
    return count;
}

/// “120 120 120 120”: so many rows in each output.
QByteArray standing(const SinkFixture& fixture) {
    const QByteArray file = fixture.read("out.csv");
    return Database(fixture).query(
               "SELECT iif(count(*) = max(n) + 1 AND count(*) = count(DISTINCT n), count(*), -1) FROM t") +
           ' ' + Database(fixture, "y.db").query("SELECT sum(c) FROM u") + ' ' +
           QByteArray::number(file.startsWith("n,k\n") ? countOf(file.mid(4), "%d,%d\n") : -1) + ' ' +
           QByteArray::number(countOf(fixture.read("out.ndjson"), "{\"n\":%d,\"k\":%d}\n"));
}

bool isAlike(const QByteArray& standing) {
    const QByteArray first = standing.left(standing.indexOf(' '));
    return first.toInt() > 0 && standing == (first + ' ' + first + ' ' + first + ' ' + first);
}

}  // namespace

class TestGoingBack : public QObject {
    Q_OBJECT

    std::mt19937 m_chance{rw::test::firstSeedOf(rw::test::suites::StopsBeforeGoingBack)};
    int m_kills = 0;  ///< SIGKILLs that met a running program

    QStringList degree() { return {"--parallelism", QString::number(1 + m_chance() % 4)}; }

    void goesOn(const SinkFixture& fixture, const QStringList& words, const QByteArray& what) {
        const Ended ended = fixture.runIt(kGoOn + words + degree());
        QVERIFY2(ended.status == 0, (what + '\n' + describe(ended)).constData());
        const QByteArray now = standing(fixture);
        QVERIFY2(isAlike(now), (what + ": " + now).constData());
    }

 private Q_SLOTS:
    void stoppedAnywhereItCanBeResumed_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("signal");
        for (const auto& [name, words] :
             {std::pair("in a sink's file", QStringList()),
              std::pair("in a file of its own", QStringList{"--checkpoint-dir", "kept"})}) {
            QTest::newRow(qPrintable(QStringLiteral("%1, Ctrl+C").arg(name))) << words << SIGINT;
            QTest::newRow(qPrintable(QStringLiteral("%1, terminated").arg(name))) << words << SIGTERM;
            QTest::newRow(qPrintable(QStringLiteral("%1, killed").arg(name))) << words << SIGKILL;
        }
    }

    void stoppedAnywhereItCanBeResumed() {
        QFETCH(QStringList, words);
        QFETCH(int, signal);
        const SinkFixture fixture;
        writeStory(fixture, words);
        if (QTest::currentTestFailed()) return;
        const int stops = std::max(1, stopsWanted() / 6);
        for (int stop = 0; stop < stops; ++stop) {
            const auto process = fixture.beginIt(kBack + words + degree());
            // It has read the checkpoint, and opens its sources and sinks next.
            process->setReadChannel(QProcess::StandardError);
            QByteArray err;
            while (!err.contains("resuming: from savepoint") && process->waitForReadyRead(60'000))
                err += process->readAll();
            const auto patience = static_cast<int>(m_chance() % 60);
            // It says no where the end was noticed before.
            if (!process->waitForFinished(patience) && process->state() == QProcess::Running)
                ::kill(static_cast<pid_t>(process->processId()), signal);
            const Ended ended = SinkFixture::ended(*process);
            if (signal == SIGKILL && ended.status == -1) ++m_kills;
            goesOn(fixture, words,
                   "stopped after " + QByteArray::number(patience) + " ms: " + describe(ended));
            if (QTest::currentTestFailed()) return;
        }
    }

    /// Without kills that came before the end, the test above shows nothing.
    void killsMetRunningPrograms() {
        if (m_kills == 0 && stopsWanted() < 20) return;  // so few were asked for
        qInfo("%d kills", m_kills);
        QVERIFY(m_kills > 0);
    }

    void refusedByASinkNothingIsTakenBack_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"out.csv", "out.ndjson"}) QTest::newRow(file) << QString::fromLatin1(file);
    }

    void refusedByASinkNothingIsTakenBack() {
        QFETCH(QString, file);
        const SinkFixture fixture;
        writeStory(fixture, {});
        if (QTest::currentTestFailed()) return;
        const QByteArray before = standing(fixture), whole = fixture.read(file);
        QVERIFY2(isAlike(before), before.constData());
        fixture.write(file, whole + "mine\n");
        const Ended ended = fixture.runIt(kBack);
        QVERIFY2(ended.status == 1 && ended.err.contains("that are not known as the run's"),
                 describe(ended).constData());
        fixture.write(file, whole);
        QCOMPARE(standing(fixture), before);
        goesOn(fixture, {}, "refused");
    }
};

QTEST_GUILESS_MAIN(TestGoingBack)
#include "test_going_back.moc"
