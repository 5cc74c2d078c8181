// Bad rows, files, disks and databases: nothing vanishes, nothing crashes, the message names the fault and
// its place.
#include <sqlite3.h>

#include <QDir>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

/// in.csv with n INT and s STRING into out.csv; rejected rows into bad.csv.
const QByteArray kSource = R"({ "id": "src", "type": "csv_source", "params": { "path": "in.csv",
    "columns": ["n INT", "s STRING"] } })";
const QByteArray kSinks = R"({ "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } },
    { "id": "bad", "type": "csv_sink", "params": { "path": "bad.csv" } })";
const QByteArray kWires = R"({ "from": "src", "to": "out" }, { "from": "src.rejected", "to": "bad" })";

QByteArray sqliteSink(const QByteArray& more) {
    return R"({ "id": "db", "type": "sqlite_sink", "params": { "database": "out.sqlite", "table": "t")" +
           more + "} }";
}

/// The rows of out.sqlite's table as “a|b” lines.
QByteArray tableRows(const QString& database, const char* query) {
    QByteArray rows;
    sqlite3* connection = nullptr;
    sqlite3_open(database.toUtf8().constData(), &connection);
    const auto addRow = [](void* into, int count, char** values, char**) {
        for (int i = 0; i < count; ++i)
            static_cast<QByteArray*>(into)->append(i > 0 ? "|" : "").append(values[i] ? values[i] : "NULL");
        static_cast<QByteArray*>(into)->append('\n');
        return 0;
    };
    sqlite3_exec(connection, query, addRow, &rows, nullptr);
    sqlite3_close(connection);
    return rows;
}

}  // namespace

class TestBadInput : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aBadRowLeavesByRejected_data() {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<int>("rejected");
        QTest::newRow("too few fields") << QByteArray("2") << 1;
        QTest::newRow("too many fields") << QByteArray("2,b,c") << 1;
        QTest::newRow("no number") << QByteArray("two,b") << 1;
        QTest::newRow("number too large") << QByteArray("99999999999,b") << 1;
        QTest::newRow("text after a quote") << QByteArray("2,\"b\"c") << 1;
        QTest::newRow("invalid UTF-8") << QByteArray("2,\xff\xfe") << 1;
        QTest::newRow("NUL byte") << QByteArray("2,a\0b", 5) << 1;
        QTest::newRow("two of them") << QByteArray("x,b\ny,b") << 2;
    }

    void aBadRowLeavesByRejected() {
        QFETCH(QByteArray, row);
        QFETCH(int, rejected);
        const ProgramFixture fixture;
        fixture.write("in.csv", "n,s\n1,a\n" + row + "\n3,c\n");
        const Ended ended = fixture.runPipeline(kSource + "," + kSinks, kWires);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.read("out.csv"), QByteArray("n,s\n1,a\n3,c\n"));
        const QByteArray bad = fixture.read("bad.csv");
        QVERIFY2(bad.startsWith("node,error,row,position\nsrc,"), bad.constData());
        QCOMPARE(bad.count("\nsrc,"), rejected);
        QVERIFY2(ended.err.contains("rejected " + QByteArray::number(rejected)), describe(ended).constData());
    }

    /// Neither wired nor silent: counted, and the run goes on.
    void anUnwiredBadRowIsCounted() {
        const ProgramFixture fixture;
        fixture.write("in.csv", "n,s\n1,a\nx,b\n");
        const Ended ended = fixture.runPipeline(kSource + "," + kSinks.left(kSinks.indexOf("},") + 1),
                                                R"({ "from": "src", "to": "out" })");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.read("out.csv"), QByteArray("n,s\n1,a\n"));
        QVERIFY2(ended.err.contains("rejected 1"), describe(ended).constData());
    }

    /// A sink that can't write a row as CSV leaves it out and counts it, with checkpoints and without.
    void aRowThatCantBeWrittenIsCounted_data() {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("column");
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QStringList>("words");
        const QByteArray zero =
            "{\"n\":1,\"s\":\"a\"}\n{\"n\":2,\"s\":\"a\\u0000b\"}\n{\"n\":3,\"s\":\"c\"}\n";
        const QByteArray years = "{\"n\":1,\"s\":\"2024-03-01\"}\n{\"n\":2,\"s\":\"9999-12-31\"}\n";
        const QByteArray nextDay = "TIMESTAMPADD(DAY, 1, CAST(s AS TIMESTAMP)) AS s";
        const QByteArray days = "n,s\n1,2024-03-02 00:00:00.000\n", letters = "n,s\n1,a\n3,c\n";
        const QStringList often{"--checkpoint-every", "1s", "--checkpoint-dir", "kept"};
        QTest::newRow("NUL byte") << zero << QByteArray("s") << letters << QStringList();
        QTest::newRow("NUL byte, with checkpoints") << zero << QByteArray("s") << letters << often;
        QTest::newRow("year 10000") << years << nextDay << days << QStringList();
        QTest::newRow("year 10000, with checkpoints") << years << nextDay << days << often;
    }

    void aRowThatCantBeWrittenIsCounted() {
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, column);
        QFETCH(QByteArray, written);
        QFETCH(QStringList, words);
        const ProgramFixture fixture;
        fixture.write("in.ndjson", input);
        const QByteArray source = R"({ "id": "src", "type": "ndjson_source", "params": { "path": "in.ndjson",
            "columns": ["n INT", "s STRING"] } })";
        const QByteArray select =
            QByteArray(R"({ "id": "all", "type": "select", "params": { "columns": [ "n", "COLUMN" ] } })")
                .replace("COLUMN", column);
        const Ended ended = fixture.runPipeline(
            source + "," + select + "," + kSinks.left(kSinks.indexOf("},") + 1),
            R"({ "from": "src", "to": "all" }, { "from": "all", "to": "out" })", words);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.read("out.csv"), written);
        QVERIFY2(ended.err.contains("rejected 1"), describe(ended).constData());
    }

    void aBadRowCanStopTheRun() {
        const ProgramFixture fixture;
        fixture.write("in.csv", "n,s\n1,a\nx,b\n");
        QByteArray source = kSource;
        source.replace("\"columns\"", "\"on_error\": \"fail\", \"columns\"");
        const Ended ended = fixture.runPipeline(source + "," + kSinks, kWires);
        QVERIFY2(ended.status == 1, describe(ended).constData());
        QVERIFY2(ended.err.contains("error: src: Row 2 failed: Column “n”: “x” is not of type INT."),
                 describe(ended).constData());
    }

    /// The rows behind it are read again, line by line: one stray quote does not swallow the file.
    void aQuoteThatNeverEndsIsOneBadRow() {
        const ProgramFixture fixture;
        fixture.write("in.csv", "n,s\n1,a\n2,\"b\n3,c\n");
        const Ended ended = fixture.runPipeline(kSource + "," + kSinks, kWires);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.read("out.csv"), QByteArray("n,s\n1,a\n3,c\n"));
        QCOMPARE(fixture.read("bad.csv").count("\nsrc,"), 1);
    }

    void aLineOfAHundredMegabytesIsOneRow() {
        const ProgramFixture fixture;
        fixture.write("in.csv", "n,s\n1,a\n2," + QByteArray(100 << 20, 'x') + "\n3,c\n");
        const Ended ended = fixture.runPipeline(kSource + "," + kSinks, kWires);
        QVERIFY2(ended.status == 0, describe(ended).left(2000).constData());
        const qsizetype good = fixture.read("out.csv").count('\n') - 1;
        const qsizetype bad = fixture.read("bad.csv").count("\nsrc,");
        QCOMPARE(good + bad, qsizetype{3});
        QVERIFY(good >= 2);
    }

    void inputThatCantBeReadIsNamed_data() {
        QTest::addColumn<QString>("make");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("missing") << QString() << QByteArray("error: src: There is no file “");
        QTest::newRow("an empty folder") << "in.csv" << QByteArray("in.csv” holds no files");
    }

    void inputThatCantBeReadIsNamed() {
        QFETCH(QString, make);
        QFETCH(QByteArray, says);
        const ProgramFixture fixture;
        if (!make.isEmpty()) QVERIFY(QDir(fixture.path("")).mkdir(make));
        const Ended ended = fixture.runPipeline(kSource + "," + kSinks, kWires);
        QVERIFY2(ended.status == 1, describe(ended).constData());
        QVERIFY2(ended.err.contains(says) && ended.err.contains("in.csv”"), describe(ended).constData());
    }

    /// Paths and values are bytes; invalid UTF-8 is shown as such and breaks no message.
    void invalidUtf8InTheWords() {
        const ProgramFixture fixture;
        fixture.write("t.rill", R"({ "rill": 1, "variables": { "p": "" }, "nodes": [)" +
                                    QByteArray(kSource).replace("in.csv", "${p}") + "," + kSinks +
                                    R"(], "wires": [)" + kWires + "] }");
        // The shell gives the byte as it is; QProcess would write it in UTF-8.
        const auto run = [&](const QByteArray& words) {
            fixture.write("try.sh", "exec \"$RILLWRIGHT_PROGRAM\" " + words + "\n");
            return fixture.runProgram("/bin/sh", {"try.sh"});
        };
        const Ended absent = run("validate $(printf '\\377').rill --json");
        QVERIFY2(absent.status == 2 && absent.out.contains("\"severity\""), describe(absent).constData());
        const Ended value = run("validate t.rill --json --set p=$(printf '\\377')");
        QVERIFY2(value.status == 0 && value.out.contains("\"param\": \"path\""), describe(value).constData());
        const Ended failed = run("run t.rill --set p=$(printf '\\377')");
        QVERIFY2(failed.status == 1 && failed.err.contains("error: src: "), describe(failed).constData());
    }

    /// The content of a file must not move the cursor or change colours on the terminal.
    void controlCharactersStayOutOfMessages() {
        const ProgramFixture fixture;
        fixture.write("in.csv", "\x1b[31mred,\x07\n1,2\n");
        const Ended ended = fixture.runPipeline(kSource + "," + kSinks, kWires);
        QVERIFY2(ended.status == 1 && ended.err.contains("[31mred"), describe(ended).constData());
        QVERIFY(!ended.err.contains('\x1b') && !ended.err.contains('\x07'));
    }

    void outputThatCantBeWrittenIsNamed_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("says");
        QTest::addColumn<int>("status");
        QTest::newRow("a full disk") << QByteArray("/dev/full")
                                     << QByteArray("error: out: “/dev/full” can't be written") << 1;
        QTest::newRow("a folder") << QByteArray(".") << QByteArray("” is a folder.") << 1;
        QTest::newRow("in no folder")
            << QByteArray("absent/out.csv") << QByteArray("error: out.path: There is no folder “") << 2;
    }

    void outputThatCantBeWrittenIsNamed() {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, says);
        QFETCH(int, status);
        const ProgramFixture fixture;
        fixture.write("in.csv", "n,s\n1,a\n");
        QByteArray sinks = kSinks;
        const Ended ended = fixture.runPipeline(kSource + "," + sinks.replace("out.csv", path), kWires);
        QCOMPARE(ended.status, status);
        QVERIFY2(ended.err.contains(says), describe(ended).constData());
    }

    void aFullDiskIsNamed_data() {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("csv_sink") << QByteArray("run csv.rill")
                                  << QByteArray("/big.csv” can't be written: File too large. Make room");
        QTest::newRow("sqlite_sink") << QByteArray("run db.rill")
                                     << QByteArray("/big.sqlite” can't be read or written: disk I/O error.");
        QTest::newRow("--metrics") << QByteArray("run small.rill --metrics full.json")
                                   << QByteArray("error: “full.json” can't be written: File too large.");
        QTest::newRow("--charts") << QByteArray("run small.rill --charts .")
                                  << QByteArray("/end.png” can't be written: File too large.");
        QTest::newRow("render") << QByteArray("render small.rill --node end --out full.svg")
                                << QByteArray("error: “full.svg” can't be written: File too large.");
    }

    /// A limit on the size of files stands for a disk that is full.
    void aFullDiskIsNamed() {
        QFETCH(QByteArray, words);
        QFETCH(QByteArray, says);
        const ProgramFixture fixture;
        const auto write = [&](const char* name, int rows, const QByteArray& sink) {
            fixture.write(
                name,
                R"rill({ "rill": 1, "wires": [ { "from": "src", "to": "end" } ], "nodes": [
                            { "id": "src", "type": "generator", "params": { "rate": 0, "rows": )rill" +
                    QByteArray::number(rows) +
                    R"rill(, "columns": ["i INT = CAST(i AS INT)", "s STRING = REPEAT('x', 40)"] } },
                            { "id": "end", )rill" +
                    sink + "} ] }");
        };
        write("csv.rill", 100'000, R"("type": "csv_sink", "params": { "path": "big.csv" })");
        write("db.rill", 100'000,
              R"("type": "sqlite_sink", "params": { "database": "big.sqlite", "table": "t" })");
        write("small.rill", 10, R"("type": "histogram", "params": { "value": "i" })");
        const QByteArray blocks = words.contains("small") ? "0" : "1024";
        fixture.write("try.sh", "ulimit -f " + blocks + "\nexec \"$RILLWRIGHT_PROGRAM\" " + words + "\n");
        const Ended ended = fixture.runProgram("/bin/sh", {"try.sh"});
        QVERIFY2(ended.status == 1, describe(ended).constData());
        QVERIFY2(ended.err.contains(says), describe(ended).constData());
    }

    void aFullDiskLeavesTheMetricsThatWereThere() {
        for (const bool before : {false, true}) {
            const ProgramFixture fixture;
            fixture.write("t.rill",
                          R"rill({ "rill": 1, "wires": [ { "from": "src", "to": "end" } ], "nodes": [
                { "id": "src", "type": "generator", "params": { "rows": 3, "rate": 0, "columns": ["i INT = 1"] } },
                { "id": "end", "type": "histogram", "params": { "value": "i" } } ] })rill");
            if (before) fixture.write("m.json", "old");
            fixture.write("try.sh",
                          "ulimit -f 0\nexec \"$RILLWRIGHT_PROGRAM\" run t.rill --metrics m.json\n");
            const Ended ended = fixture.runProgram("/bin/sh", {"try.sh"});
            QVERIFY2(ended.status == 1 && ended.err.contains("“m.json” can't be written"),
                     describe(ended).constData());
            QCOMPARE(QFileInfo::exists(fixture.path("m.json")), before);
            QCOMPARE(fixture.read("m.json"), QByteArray(before ? "old" : ""));
            QVERIFY(!QFileInfo::exists(fixture.path(".m.json.rill-new")));
        }
    }

    /// A reader of our output may go away; the run's other outputs are closed in order.
    void aReaderThatGoesAwayEndsTheRun() {
        const ProgramFixture fixture;
        fixture.write("t.rill", R"rill({ "rill": 1, "wires": [ { "from": "src", "to": "out" } ], "nodes": [
            { "id": "src", "type": "generator", "params": { "rate": 0, "columns": ["n BIGINT = i"] } },
            { "id": "out", "type": "csv_sink", "params": { "path": "-" } } ] })rill");
        fixture.write("try.sh", "(\"$RILLWRIGHT_PROGRAM\" run t.rill; echo $? >status) | head -n 2\n");
        const Ended ended = fixture.runProgram("/bin/sh", {"try.sh"});
        QCOMPARE(ended.out, QByteArray("n\n0\n"));
        QVERIFY2(fixture.read("status") == "1\n" && ended.err.contains("Standard output"),
                 describe(ended).constData());
    }

    void aLockedDatabaseIsNamed() {
        const ProgramFixture fixture;
        fixture.write("in.csv", "n,s\n1,a\n");
        sqlite3* other = nullptr;
        sqlite3_open(fixture.path("out.sqlite").toUtf8().constData(), &other);
        sqlite3_exec(other, "CREATE TABLE mine (x); BEGIN EXCLUSIVE; INSERT INTO mine VALUES (1)", nullptr,
                     nullptr, nullptr);
        const Ended ended =
            fixture.runPipeline(kSource + "," + sqliteSink(""), R"({ "from": "src", "to": "db" })");
        sqlite3_close(other);
        QVERIFY2(ended.status == 1 && ended.err.contains("error: db: Another program keeps “") &&
                     ended.err.contains("out.sqlite” locked; waited 5\u2009s."),
                 describe(ended).constData());
    }

    void aFileThatIsNoDatabaseIsNamed() {
        const ProgramFixture fixture;
        fixture.write("in.csv", "n,s\n1,a\n");
        fixture.write("out.sqlite", QByteArray("This is a letter, not a database. ").repeated(40));
        const Ended ended =
            fixture.runPipeline(kSource + "," + sqliteSink(""), R"({ "from": "src", "to": "db" })");
        QVERIFY2(ended.status == 2 && ended.err.contains("error: db.database: “") &&
                     ended.err.contains("out.sqlite” is not an SQLite database."),
                 describe(ended).constData());
        QVERIFY(fixture.read("out.sqlite").startsWith("This is a letter"));
    }

    void columnsMayBeNamedLikeKeywords() {
        const ProgramFixture fixture;
        fixture.write("in.csv", "select,order\n1,a\n2,b\n");
        const Ended ended = fixture.runPipeline(
            R"({ "id": "src", "type": "csv_source", "params": { "path": "in.csv",
                 "columns": ["`select` INT", "`order` STRING"] } },
               { "id": "keep", "type": "filter", "params": { "condition": "`select` > 1" } },)" +
                sqliteSink(""),
            R"({ "from": "src", "to": "keep" }, { "from": "keep", "to": "db" })");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(tableRows(fixture.path("out.sqlite"), "SELECT \"select\", \"order\" FROM t"),
                 QByteArray("2|b\n"));
    }

    void anExistingTableOfOtherColumnsIsRefused() {
        const ProgramFixture fixture;
        fixture.write("in.csv", "n,s\n1,a\n");
        tableRows(fixture.path("out.sqlite"),
                  "CREATE TABLE t (other TEXT); INSERT INTO t VALUES ('precious')");
        const Ended ended = fixture.runPipeline(kSource + "," + sqliteSink(R"(, "mode": "append")"),
                                                R"({ "from": "src", "to": "db" })");
        QVERIFY2(ended.status == 2, describe(ended).constData());
        QVERIFY2(ended.err.contains("error: db.table: Table “t” lacks columns: n, s."),
                 describe(ended).constData());
        QCOMPARE(tableRows(fixture.path("out.sqlite"), "SELECT * FROM t"), QByteArray("precious\n"));
    }
};

QTEST_APPLESS_MAIN(TestBadInput)
#include "test_bad_input.moc"
