// export: where the text goes, remarks on nodes, and refusals.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

const QByteArray kSource = R"({ "id": "numbers", "type": "csv_source", "params": { "path": "in.csv",
    "columns": ["n INT", "name STRING"] } })";
const QByteArray kFilter = R"({ "id": "big", "type": "filter", "params": { "condition": "n > ${least}" } })";
const QByteArray kSink = R"({ "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } })";
const QByteArray kMade = R"({ "id": "made", "type": "generator", "params": { "rows": 5,
    "columns": ["n BIGINT = i"] } })";

/// Numbers over a limit, in job.rill; made.rill can't be on Flink.
void writePipelines(const ProgramFixture& fixture) {
    const QByteArray head = R"({ "rill": 1, "name": "Numbers", "variables": { "least": "1" }, "nodes": [)";
    fixture.write("job.rill", head + kSource + "," + kFilter + "," + kSink +
                                  R"(], "wires": [{ "from": "numbers", "to": "big" },
                                     { "from": "big", "to": "out" }] })");
    fixture.write("made.rill",
                  head + kMade + "," + kSink + R"(], "wires": [{ "from": "made", "to": "out" }] })");
    fixture.write("in.csv", "n,name\n1,a\n2,b\n");
}

QStringList exported(const QString& file, const QString& target, const QStringList& more = {}) {
    return QStringList{"export", file, "--to", target} + more;
}

}  // namespace

class TestExport : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aScriptGoesToStandardOutput() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        const Ended ended = fixture.run(exported("job.rill", "flink-sql"));
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY2(ended.out.startsWith("-- Rillwright "), ended.out.constData());
        QVERIFY(ended.out.contains("'${folder}/in.csv'"));
        QVERIFY(ended.out.contains(
            "EXECUTE STATEMENT SET BEGIN\nINSERT INTO `out` SELECT `n`, `name` FROM `big`;"));
        QVERIFY(!ended.out.contains(fixture.path(QString()).toUtf8()));
        QVERIFY2(ended.err.contains("numbers: approximated."), ended.err.constData());
        QVERIFY2(ended.err.contains("big: exact."), ended.err.constData());
    }

    void columnsHaveTheirTypesWhereTheFilesAllowIt() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        const QStringList asked = exported("job.rill", "flink-sql");
        const Ended any = fixture.run(exported("job.rill", "flink-sql", {"--any-files"}));
        QVERIFY2(any.status == 0, describe(any).constData());
        QVERIFY(any.out.contains("CREATE TEMPORARY VIEW `numbers$read` AS"));
        QVERIFY(any.out.contains("What lies in the CSV files was not looked at"));
        const Ended typed = fixture.run(asked);
        QVERIFY2(typed.status == 0, describe(typed).constData());
        QVERIFY2(typed.out.contains("SELECT TRY_CAST(`n` AS INT) AS `n`, `name`\n"), typed.out.constData());
        QVERIFY(typed.out.contains("-- The CSV files were read when this was written."));
        fixture.write("in.csv", "n,name\n+1,a\n");
        const Ended careful = fixture.run(asked);
        QVERIFY2(careful.status == 0, describe(careful).constData());
        QVERIFY2(careful.err.contains("has a cell in column “n” (INT) that Flink may read as another value"),
                 careful.err.constData());
        QVERIFY(careful.out.contains("CREATE TEMPORARY VIEW `numbers$read` AS"));
        QVERIFY(QFile::remove(fixture.path("in.csv")));
        const Ended gone = fixture.run(asked);
        QVERIFY(gone.out.contains("What lies in the CSV files was not looked at"));
        QVERIFY2(gone.out.contains("Its cells are read as text: There is no file “in.csv”."),
                 gone.out.constData());
        QVERIFY(!gone.out.contains(fixture.path(QString()).toUtf8()));
        const Ended spark = fixture.run(exported("job.rill", "pyspark"));
        QVERIFY2(spark.status == 0, describe(spark).constData());
    }

    /// Nobody agreed to the pipeline: what lies elsewhere is read where a person says so.
    void filesElsewhereAreReadWhereTrusted() {
        const ProgramFixture fixture, elsewhere;
        writePipelines(fixture);
        QVERIFY(QFile::rename(fixture.path("in.csv"), elsewhere.path("in.csv")));
        QVERIFY(QFile::link(elsewhere.path("in.csv"), fixture.path("in.csv")));
        const Ended shut = fixture.run(exported("job.rill", "flink-sql"));
        QVERIFY2(shut.status == 0, describe(shut).constData());
        QVERIFY2(shut.out.contains("it lies outside the folder of the pipeline"), shut.out.constData());
        QVERIFY(shut.out.contains("CREATE TEMPORARY VIEW `numbers$read` AS"));
        const Ended open = fixture.run(exported("job.rill", "flink-sql", {"--trusted"}));
        QVERIFY2(open.out.contains("SELECT TRY_CAST(`n` AS INT) AS `n`, `name`\n"), open.out.constData());
    }

    void variablesStayUnlessTheyAreSet() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        QVERIFY(fixture.run(exported("job.rill", "flink-sql")).out.contains("${least}"));
        const Ended set = fixture.run(exported("job.rill", "flink-sql", {"--set", "least=7"}));
        QVERIFY(set.out.contains("`n` > 7"));
        QVERIFY(!set.out.contains("${least}"));
    }

    void theSameBytesEveryTime() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        for (const char* target : {"flink-sql", "pyflink", "pyspark"}) {
            const Ended first = fixture.run(exported("job.rill", target));
            QVERIFY2(first.status == 0 && !first.out.isEmpty(), describe(first).constData());
            QCOMPARE(fixture.run(exported("job.rill", target)).out, first.out);
        }
    }

    void programsAreGoodPython() {
        const QString python = QStandardPaths::findExecutable("python3");
        if (python.isEmpty()) QSKIP("there is no python3");
        const ProgramFixture fixture;
        writePipelines(fixture);
        for (const char* target : {"pyflink", "pyspark"}) {
            QCOMPARE(fixture.run(exported("job.rill", target, {"-o", "job.py"})).status, 0);
            const Ended compiled =
                fixture.runProgram(python, {"-c", "import ast,sys; ast.parse(open('job.py').read())"});
            QVERIFY2(compiled.status == 0, describe(compiled).constData());
        }
    }

    void aFileIsWrittenAndWrittenAnew() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        const Ended ended = fixture.run(exported("job.rill", "flink-sql", {"-o", "job.flink.sql"}));
        QVERIFY2(ended.status == 0 && ended.out.isEmpty(), describe(ended).constData());
        const QByteArray text = fixture.read("job.flink.sql");
        QVERIFY(text.startsWith("-- Rillwright "));
        QCOMPARE(fixture.run(exported("job.rill", "flink-sql", {"-o", "job.flink.sql"})).status, 0);
        QCOMPARE(fixture.read("job.flink.sql"), text);
        fixture.write("job.flink.sql", "-- Rillwright 0.9: orders in the words of Flink SQL 2.2\n");
        for (const char* target : {"pyflink", "pyspark", "flink-sql"})
            QCOMPARE(fixture.run(exported("job.rill", target, {"-o", "job.flink.sql"})).status, 0);
        QCOMPARE(fixture.read("job.flink.sql"), text);
    }

    void aFullDiskIsToldOf() {
        if (!QFile::exists("/dev/full")) QSKIP("there is no /dev/full");
        const ProgramFixture fixture;
        writePipelines(fixture);
        for (const char* more : {"", " --json"}) {
            const QString words = QStringLiteral("export job.rill --to flink-sql") + more;
            const Ended ended =
                fixture.runProgram("/bin/sh", {"-c", "\"$RILLWRIGHT_PROGRAM\" " + words + " > /dev/full"});
            QVERIFY2(ended.status == 1 && ended.err.contains("error: Standard output could not be written"),
                     describe(ended).constData());
        }
    }

    void whatIsNotOursStays() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        fixture.write("notes.txt", "mine\n");
        fixture.write("shop.rill", R"({ "rill": 1, "name": "Rillwright shop", "nodes": [], "wires": [] })");
        fixture.write("notes.sql", "-- Rillwright 1.0.0 can do that\nSELECT 1;\n");
        fixture.write("late.sql", "SELECT 1;\n-- Rillwright 1.0.0: orders in the words of Flink SQL 2.3\n");
        fixture.write("head.rill", "-- Rillwright 1.0.0: orders in the words of Flink SQL 2.3\n");
        fixture.write("empty.rill", "");
        for (const char* file : {"in.csv", "job.rill", "out.csv", "notes.txt", "shop.rill", "notes.sql",
                                 "late.sql", "head.rill", "empty.rill"}) {
            const QByteArray before = fixture.read(file);
            const Ended ended = fixture.run(exported("job.rill", "flink-sql", {"-o", file}));
            QVERIFY2(ended.status == 2 && ended.err.contains(file), describe(ended).constData());
            QCOMPARE(fixture.read(file), before);
        }
    }

    void whatIsRefusedIsNotWritten() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        const Ended ended = fixture.run(exported("made.rill", "flink-sql", {"-o", "made.flink.sql"}));
        QVERIFY2(ended.status == 2 && ended.out.isEmpty(), describe(ended).constData());
        QVERIFY2(ended.err.contains("refused: made: ") && ended.err.contains("CSV file once"),
                 ended.err.constData());
        QVERIFY(fixture.read("made.flink.sql").isEmpty());
    }

    void verdictsAsJson() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        const Ended ended = fixture.run(exported("job.rill", "flink-sql", {"--json"}));
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QJsonObject all = QJsonDocument::fromJson(ended.out).object();
        QCOMPARE(all["target"].toString(), QString("flink-sql"));
        QCOMPARE(all["verdict"].toString(), QString("approximated"));
        QCOMPARE(all["nodes"].toArray().size(), 3);
        const Ended refused = fixture.run(exported("made.rill", "flink-sql", {"--json"}));
        QCOMPARE(refused.status, 2);
        QCOMPARE(QJsonDocument::fromJson(refused.out).object()["verdict"].toString(), QString("refused"));
    }

    void wrongUsage() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        QCOMPARE(fixture.run(exported("job.rill", "beam")).status, 2);
        QCOMPARE(fixture.run({"export", "job.rill"}).status, 2);
        QCOMPARE(fixture.run(exported("nothing.rill", "flink-sql")).status, 2);
    }
};

QTEST_APPLESS_MAIN(TestExport)
#include "test_export.moc"
