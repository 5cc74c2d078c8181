// The files that commands look at which run nothing: the folder of the pipeline, and with --trusted all.
#include <QDir>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"
#include "tests/cli/small_server.h"

using rw::testing::deadAddress;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

/// Reads a file in ${folder}.
const QByteArray kFiltered = R"({ "id": "numbers", "type": "csv_source",
        "params": { "path": "${folder}/in.csv", "columns": ["n INT", "name STRING"] } },
    { "id": "big", "type": "filter", "params": { "condition": "n > 1" } },
    { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } })";
const QByteArray kFilteredWires = R"({ "from": "numbers", "to": "big" }, { "from": "big", "to": "out" })";

QByteArray pipeline(const QByteArray& nodes, const QByteArray& wires) {
    return R"({ "rill": 1, "name": "t", "variables": { "folder": "nowhere" }, "nodes": [)" + nodes +
           R"(], "wires": [)" + wires + "] }";
}

/// A Flink that does not answer.
void writeTarget(const ProgramFixture& fixture) {
    QDir(fixture.path(".config")).mkpath("rillwright");
    const QByteArray address = deadAddress().toUtf8();
    fixture.write(".config/rillwright/targets.json",
                  R"({ "targets": [{ "name": "prod", "engine": "flink", "flink": { "gateway": ")" +
                      address + R"(", "job_manager": ")" + address + R"(" } }] })");
}

}  // namespace

class TestTrusted : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void validateStaysInTheFolder() {
        const ProgramFixture fixture;
        fixture.write("t.rill", pipeline(kFiltered, kFilteredWires));
        const QStringList words{"validate", "t.rill", "--set", "folder=/nowhere"};
        const Ended limited = fixture.run(words);
        QVERIFY2(limited.status == 0 && limited.err.contains("was not looked at"),
                 describe(limited).constData());
        const Ended trusted = fixture.run(words + QStringList{"--trusted"});
        QVERIFY2(trusted.status == 0 && trusted.err.contains("There is no file"),
                 describe(trusted).constData());
    }

    void whatRunsNothingStaysInTheFolder_data() {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("explain") << QStringList{"explain", "t.rill"};
        QTest::newRow("export") << QStringList{"export", "t.rill", "--to", "flink-sql"};
        QTest::newRow("checkpoints") << QStringList{"checkpoints", "t.rill"};
    }

    /// Nor does the question whether the pipeline reads the file that is written.
    void whereItIsExportedToIsAQuestionInTheFolder() {
        const ProgramFixture fixture;
        QDir().mkpath(fixture.path("elsewhere"));
        QDir().mkpath(fixture.path("project"));
        QVERIFY(QFile::link(fixture.path("out.sql"), fixture.path("elsewhere/in.csv")));
        fixture.write("project/t.rill", pipeline(kFiltered, kFilteredWires));
        const QStringList words{"export",  "project/t.rill", "--to", "flink-sql", "--out", fixture.path("out.sql"),
                                "--set",   "folder=" + fixture.path("elsewhere")};
        const Ended trusted = fixture.run(words + QStringList{"--trusted"});
        QVERIFY2(trusted.status != 0, describe(trusted).constData());
        const Ended limited = fixture.run(words);
        QVERIFY2(limited.status == 0, describe(limited).constData());
        QVERIFY(QFile::exists(fixture.path("out.sql")));
    }

    /// They do what they can do without a look at what lies elsewhere.
    void whatRunsNothingStaysInTheFolder() {
        QFETCH(QStringList, words);
        const ProgramFixture fixture;
        fixture.write("t.rill", pipeline(kFiltered, kFilteredWires));
        words << "--set"
              << "folder=/nowhere";
        const Ended limited = fixture.run(words);
        QVERIFY2(limited.status == 0 && limited.err.contains("was not looked at") &&
                     limited.err.contains("--trusted") && !limited.err.contains("There is no file"),
                 describe(limited).constData());
        const Ended trusted = fixture.run(words + QStringList{"--trusted"});
        QVERIFY2(trusted.status == 0 && trusted.err.contains("There is no file"),
                 describe(trusted).constData());
        // An export says of each source why its cells are texts: the reasons are two.
        const auto others = [](QByteArray out) {
            return out.replace("There is no file “/nowhere/in.csv”.", "…")
                .replace("“/nowhere/in.csv” was not read: it lies outside the folder of the pipeline.", "…");
        };
        QCOMPARE(others(trusted.out), others(limited.out));
    }

    /// Flink would misread the file elsewhere: who may read it is told so.
    void aDryRunStaysInTheFolder() {
        const ProgramFixture fixture;
        QVERIFY(QDir().mkpath(fixture.path("elsewhere")) && QDir().mkpath(fixture.path("project")));
        fixture.write("elsewhere/in.csv", "\xEF\xBB\xBFn,name\n1,a\n");
        fixture.write("project/t.rill", pipeline(kFiltered, kFilteredWires));
        writeTarget(fixture);
        const QStringList words{"deploy",    "project/t.rill", "--target", "prod",
                                "--dry-run", "--set",          "folder=" + fixture.path("elsewhere")};
        const Ended limited = fixture.run(words);
        QVERIFY2(limited.status == 1 && limited.err.contains("was not looked at") &&
                     limited.err.contains("--trusted") && !limited.err.contains("byte order mark"),
                 describe(limited).constData());
        const Ended trusted = fixture.run(words + QStringList{"--trusted"});
        QVERIFY2(trusted.status == 2 && trusted.err.contains("byte order mark"), describe(trusted).constData());
        // To deploy it is to agree to it.
        QStringList deployed = words;
        deployed.removeAll("--dry-run");
        const Ended given = fixture.run(deployed);
        QVERIFY2(given.status == 2 && given.err.contains("byte order mark"), describe(given).constData());
    }

    /// Nor are results of others elsewhere counted.
    void aDryRunLooksForResultsInTheFolder() {
        const ProgramFixture fixture;
        QVERIFY(QDir().mkpath(fixture.path("elsewhere/out.csv.parts")) && QDir().mkpath(fixture.path("project")));
        fixture.write("elsewhere/out.csv.parts/part-0", "1\n");
        fixture.write("project/in.csv", "n,name\n1,a\n");
        fixture.write("project/t.rill",
                      pipeline(R"({ "id": "numbers", "type": "csv_source",
                                   "params": { "path": "in.csv", "columns": ["n INT", "name STRING"] } },
                                   { "id": "out", "type": "csv_sink", "params": { "path": "${folder}/out.csv" } })",
                               R"({ "from": "numbers", "to": "out" })"));
        writeTarget(fixture);
        const QStringList words{"deploy",    "project/t.rill", "--target", "prod",
                                "--dry-run", "--set",          "folder=" + fixture.path("elsewhere")};
        const Ended limited = fixture.run(words);
        QVERIFY2(limited.status == 1 && !limited.err.contains("out.csv.parts"), describe(limited).constData());
        const Ended trusted = fixture.run(words + QStringList{"--trusted"});
        QVERIFY2(trusted.status == 1 && trusted.err.contains("out.csv.parts"), describe(trusted).constData());
    }

    void aDryRunReadsNoSubflowElsewhere() {
        const ProgramFixture fixture;
        fixture.write("t.rill",
                      pipeline(R"({ "id": "sub", "type": "subflow", "params": { "file": "/etc/passwd" } })", ""));
        writeTarget(fixture);
        const QStringList words{"deploy", "t.rill", "--target", "prod", "--dry-run"};
        const Ended limited = fixture.run(words);
        QVERIFY2(limited.status == 2 && !limited.err.contains("JSON"), describe(limited).constData());
        const Ended trusted = fixture.run(words + QStringList{"--trusted"});
        QVERIFY2(trusted.status == 2 && trusted.err.contains("JSON"), describe(trusted).constData());
    }

    /// A file of a stranger may name any file as that of a subflow.
    void filesOfSubflowsElsewhereAreNotRead() {
        const ProgramFixture fixture;
        fixture.write(
            "t.rill",
            pipeline(R"({ "id": "sub", "type": "subflow", "params": { "file": "/etc/passwd" } })", ""));
        for (const QStringList& words :
             {QStringList{"explain", "t.rill"}, QStringList{"export", "t.rill", "--to", "pyspark"},
              QStringList{"checkpoints", "t.rill"}}) {
            const Ended limited = fixture.run(words);
            QVERIFY2(limited.status == 2 && limited.err.contains("was not looked at") &&
                         !limited.err.contains("JSON"),
                     describe(limited).constData());
            const Ended trusted = fixture.run(words + QStringList{"--trusted"});
            QVERIFY2(trusted.status == 2 && trusted.err.contains("JSON"), describe(trusted).constData());
        }
    }

    /// Of a stranger's pipeline even whether there are any would tell whether there is such a file.
    void checkpointsElsewhereAreNotListed() {
        const ProgramFixture fixture;
        const QString elsewhere = fixture.path("elsewhere");
        QVERIFY(QDir().mkpath(elsewhere) && QDir().mkpath(fixture.path("project")));
        const QByteArray sink = R"({ "id": "out", "type": "sqlite_sink",
            "params": { "database": "${folder}/out.sqlite", "table": "t" } })";
        fixture.write("project/in.csv", "id\n1\n");
        fixture.write("project/t.rill", pipeline(R"({ "id": "in", "type": "csv_source",
            "params": { "path": "in.csv", "columns": ["id BIGINT"] } },)" +
                                                     sink,
                                                 R"({ "from": "in", "to": "out" })"));
        const QStringList set{"--set", "folder=" + elsewhere};
        const Ended ran = fixture.run(QStringList{"run", "project/t.rill", "--checkpoint-every", "1s"} + set);
        QVERIFY2(ran.status == 0, describe(ran).constData());
        const QStringList words = QStringList{"checkpoints", "project/t.rill"} + set;
        const Ended limited = fixture.run(words);
        QVERIFY2(limited.status == 0 && limited.out.contains("no checkpoint") &&
                     limited.err.contains("was not looked at"),
                 describe(limited).constData());
        const Ended trusted = fixture.run(words + QStringList{"--trusted"});
        QVERIFY2(trusted.status == 0 && trusted.out.contains("ended-well"), describe(trusted).constData());
    }
};

QTEST_APPLESS_MAIN(TestTrusted)
#include "test_trusted.moc"
