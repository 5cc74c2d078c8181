// Rows on the program's standard input: from a pipe, a file, nothing, and from a writer that never ends.
#include <signal.h>

#include <QElapsedTimer>
#include <QFile>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

/// A pipeline from standard input to `sink`, a file or “-”.
void writePipeline(const ProgramFixture& fixture, const QByteArray& format, const QByteArray& sink) {
    fixture.write(QStringLiteral("in.rill"),
                  "{ \"rill\": 1, \"name\": \"in\", \"nodes\": ["
                  "{ \"id\": \"in\", \"type\": \"stdin\", \"params\": { \"format\": \"" +
                      format +
                      "\", \"columns\": [\"id INT\", \"name STRING\"] } },"
                      "{ \"id\": \"out\", \"type\": \"ndjson_sink\", \"params\": { \"path\": \"" +
                      sink + "\" } } ], \"wires\": [{ \"from\": \"in\", \"to\": \"out\" }] }");
}

}  // namespace

class TestStdin : public QObject {
    Q_OBJECT

    // Rows are to be seen at once, and not with the next checkpoint.
    const QStringList m_words{QStringLiteral("run"), QStringLiteral("in.rill"),
                              QStringLiteral("--checkpoint-every"), QStringLiteral("0s")};

 private Q_SLOTS:
    void aPipe() {
        const ProgramFixture fixture;
        writePipeline(fixture, "csv", "-");
        const auto process = fixture.begin(m_words);
        process->write("id,name\n1,a\n");
        QVERIFY(process->waitForBytesWritten());
        // Rows that have come are written while more may come.
        QByteArray out;
        QTRY_VERIFY_WITH_TIMEOUT((process->waitForReadyRead(10), out += process->readAllStandardOutput(),
                                  out == "{\"id\":1,\"name\":\"a\"}\n"),
                                 60'000);
        process->write("2,b");
        process->closeWriteChannel();
        const Ended ended = ProgramFixture::ended(*process);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(ended.out, QByteArray("{\"id\":2,\"name\":\"b\"}\n"));
    }

    void aFileOfManyRows() {
        const ProgramFixture fixture;
        writePipeline(fixture, "ndjson", "out.ndjson");
        QByteArray rows;
        for (int i = 0; i < 300'000; ++i) rows += "{\"id\":" + QByteArray::number(i) + ",\"name\":\"n\"}\n";
        fixture.write(QStringLiteral("in.ndjson"), rows);
        const Ended ended = fixture.runProgram(
            QStringLiteral("/bin/sh"),
            {QStringLiteral("-c"), QStringLiteral("cat in.ndjson | \"$RILLWRIGHT_PROGRAM\" run in.rill")});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY(fixture.read(QStringLiteral("out.ndjson")) == rows);
        QVERIFY(QFile::remove(fixture.path(QStringLiteral("out.ndjson"))));
        const Ended read = fixture.runProgram(
            QStringLiteral("/bin/sh"),
            {QStringLiteral("-c"), QStringLiteral("\"$RILLWRIGHT_PROGRAM\" run in.rill < in.ndjson")});
        QVERIFY2(read.status == 0, describe(read).constData());
        QVERIFY(fixture.read(QStringLiteral("out.ndjson")) == rows);
    }

    /// Said before the run, which has nothing to do.
    void noInput() {
        const ProgramFixture fixture;
        writePipeline(fixture, "csv", "out.ndjson");
        for (const char* words : {"validate in.rill < /dev/null", "run in.rill < /dev/null",
                                  "validate in.rill <&-", "run in.rill <&-"}) {
            const Ended ended = fixture.runProgram(
                QStringLiteral("/bin/sh"),
                {QStringLiteral("-c"), QStringLiteral("\"$RILLWRIGHT_PROGRAM\" ") + QLatin1String(words)});
            QVERIFY2(ended.status == 0, describe(ended).constData());
            QVERIFY2((ended.out + ended.err).contains("The program has no standard input"),
                     describe(ended).constData());
        }
        QCOMPARE(fixture.read(QStringLiteral("out.ndjson")), QByteArray());
    }

    /// The other sink's file must not replace an output that was closed.
    void closedOutput() {
        const ProgramFixture fixture;
        fixture.write(QStringLiteral("in.rill"), R"rill({ "rill": 1, "name": "in", "nodes": [
            { "id": "in", "type": "stdin", "params": { "columns": ["id INT"] } },
            { "id": "seen", "type": "csv_sink", "params": { "path": "seen.csv" } },
            { "id": "out", "type": "ndjson_sink", "params": { "path": "-" } } ],
            "wires": [{ "from": "in", "to": "seen" }, { "from": "in", "to": "out" }] })rill");
        const Ended ended = fixture.runProgram(
            QStringLiteral("/bin/sh"),
            {QStringLiteral("-c"),
             QStringLiteral("printf 'id\\n1\\n' | \"$RILLWRIGHT_PROGRAM\" run in.rill >&-")});
        QVERIFY2(ended.status == 1 && ended.err.contains("Standard output can't be written"),
                 describe(ended).constData());
        QVERIFY(!fixture.read(QStringLiteral("seen.csv")).contains('{'));
    }

    void aStopDoesNotWait_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("--for") << 0;
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }
    void aStopDoesNotWait() {
        QFETCH(int, signal);
        const ProgramFixture fixture;
        writePipeline(fixture, "csv", "out.ndjson");
        QElapsedTimer clock;
        clock.start();
        const auto process = fixture.begin(
            signal == 0 ? m_words + QStringList{QStringLiteral("--for"), QStringLiteral("2s")} : m_words);
        process->write("id,name\n1,a\n2,");
        QVERIFY(process->waitForBytesWritten());
        if (signal != 0) {
            QTRY_VERIFY_WITH_TIMEOUT(!fixture.read(QStringLiteral("out.ndjson")).isEmpty(), 60'000);
            clock.restart();
            kill(static_cast<pid_t>(process->processId()), signal);
        }
        const Ended ended = ProgramFixture::ended(*process);
        QVERIFY2(ended.status == 0 && clock.elapsed() < 30'000, describe(ended).constData());
        QCOMPARE(fixture.read(QStringLiteral("out.ndjson")), QByteArray("{\"id\":1,\"name\":\"a\"}\n"));
    }
};

QTEST_GUILESS_MAIN(TestStdin)
#include "test_stdin.moc"
