// `rillwright test`: passes, failures, updates, JUnit, filters, folders, and broken files.
#include <sys/stat.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QXmlStreamReader>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

const QByteArray kPipeline = R"json({ "rill": 1, "name": "t", "nodes": [
  { "id": "orders", "type": "csv_source", "params": { "path": "orders.csv",
    "columns": ["k STRING", "n INT", "ts TIMESTAMP(3)"], "event_time": "ts" } },
  { "id": "w", "type": "window_aggregate",
    "params": { "window": "tumble", "size": "10s", "keys": ["k"], "aggregates": ["SUM(n) AS total"] } },
  { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } } ],
  "wires": [ { "from": "orders", "to": "w" }, { "from": "w", "to": "out" } ] })json";

QByteArray testOf(const QByteArray& name, const QByteArray& total) {
    return R"json({ "name": ")json" + name + R"json(", "steps": [
      { "rows": "orders", "values": [["x", 1, "2024-03-01 12:00:00"], ["x", 2, "2024-03-01 12:00:01"]] },
      { "end": true },
      { "expect": "out", "rows": [["x", )json" +
           total + R"json(]], "columns": ["k", "total"] } ] })json";
}

QByteArray fileOf(const QByteArray& tests) {
    return R"json({ "rilltest": 1, "pipeline": "p.rill", "tests": [)json" + tests + "] }";
}

ProgramFixture& prepared(ProgramFixture& fixture) {
    fixture.write("p.rill", kPipeline);
    fixture.write("p.rilltest", fileOf(testOf("adds up", "3") + ", " + testOf("adds wrong", "4")));
    return fixture;
}

}  // namespace

class TestPipelineTests : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void saysWhatPassedAndFailed() {
        ProgramFixture fixture;
        const Ended ended = prepared(fixture).run({"test", "p.rill"});
        QVERIFY2(ended.status == 1, describe(ended).constData());
        const QByteArray expected =
            "p.rilltest\n"
            "  passed  adds up\n"
            "  failed  adds wrong\n"
            "    step 3, expect out: Other rows came than were expected.\n"
            "           k  total\n"
            "        ~  x  4 → 3\n"
            "        missing (-): 0, unexpected (+): 0, changed (~): 1\n"
            "passed: 1, failed: 1\n";
        QCOMPARE(ended.out, expected);
        const Ended one = fixture.run({"test", "p.rilltest", "--filter", "up"});
        QVERIFY2(one.status == 0 && one.out.endsWith("passed: 1, failed: 0\n"), describe(one).constData());
        // Neither its input was looked for nor an output written.
        QVERIFY(!QFile::exists(fixture.path("out.csv")));
        QCOMPARE(QDir(fixture.path(".")).entryList(QDir::Files | QDir::Hidden).size(), 2);
    }

    void takesOverWhatCame() {
        ProgramFixture fixture;
        const Ended ended = prepared(fixture).run({"test", "p.rilltest", "--update"});
        QVERIFY2(ended.status == 0 && ended.out.contains("  updated adds wrong\n"),
                 describe(ended).constData());
        const QByteArray updated = fixture.read("p.rilltest");
        QVERIFY2(updated.contains(
                     "{ \"expect\": \"out\", \"rows\": [[\"x\", 3]], \"columns\": [\"k\", \"total\"] }"),
                 updated.constData());
        const Ended again = fixture.run({"test", "p.rilltest", "--update"});
        QVERIFY2(again.status == 0 && again.out.endsWith("passed: 2, failed: 0\n"),
                 describe(again).constData());
        QCOMPARE(fixture.read("p.rilltest"), updated);
    }

    void aFileThatCannotBeWrittenStays() {
        ProgramFixture fixture;
        prepared(fixture);
        if (geteuid() == 0) return;  // who may write everything
        const QByteArray before = fixture.read("p.rilltest");
        QVERIFY(::chmod(fixture.path(".").toLocal8Bit().constData(), 0500) == 0);
        const Ended ended = fixture.run({"test", "p.rilltest", "--update"});
        QVERIFY(::chmod(fixture.path(".").toLocal8Bit().constData(), 0700) == 0);
        QVERIFY2(ended.status == 2, describe(ended).constData());
        QCOMPARE(fixture.read("p.rilltest"), before);
    }

    void writesJunitAndJson() {
        ProgramFixture fixture;
        prepared(fixture);
        fixture.write("p.rilltest",
                      fileOf(testOf("<&\\u001b[31m\\ufffe\\\"", "4") + ", " + testOf("good", "3")));
        const Ended ended = fixture.run({"test", "p.rilltest", "--json", "--junit", "out.xml"});
        QVERIFY2(ended.status == 1, describe(ended).constData());
        const QJsonObject all = QJsonDocument::fromJson(ended.out).object();
        QCOMPARE(all.value("passed").toInt(), 1);
        const QJsonObject failed = all.value("files").toArray().first()["tests"].toArray().first().toObject();
        QCOMPARE(failed.value("state").toString(), QStringLiteral("failed"));
        const QJsonValue failure = failed.value("failures").toArray().first();
        QCOMPARE(failure["step"].toInt(), 3);
        QCOMPARE(failure["rows"].toArray().first()["kind"].toString(), QStringLiteral("changed"));
        QXmlStreamReader xml(fixture.read("out.xml"));
        int cases = 0, failures = 0;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement) continue;
            cases += xml.name() == QLatin1String("testcase");
            failures += xml.name() == QLatin1String("failure");
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(cases, 2);
        QCOMPARE(failures, 1);
        const Ended nowhere = fixture.run({"test", "p.rilltest", "--junit", "no/where.xml"});
        QVERIFY2(nowhere.status == 2 && nowhere.err.contains("no/where.xml"), describe(nowhere).constData());
    }

    void searchesFolders() {
        ProgramFixture fixture;
        prepared(fixture);
        QVERIFY(QDir(fixture.path(".")).mkpath("a/b"));
        fixture.write("a/b/p.rill", kPipeline);
        fixture.write("a/b/q.rilltest", fileOf(testOf("deep", "3")));
        const Ended ended = fixture.run({"test", "a"});
        QVERIFY2(ended.status == 0 && ended.out.startsWith("a/b/q.rilltest\n"), describe(ended).constData());
        QVERIFY(QDir(fixture.path(".")).mkpath("empty"));
        const Ended none = fixture.run({"test", "empty"});
        QVERIFY2(none.status == 2 && none.err.contains("no tests in"), describe(none).constData());
    }

    void whatCannotBeRunIsTold() {
        ProgramFixture fixture;
        prepared(fixture);
        const auto tells = [&fixture](const QStringList& words, const QByteArray& part) {
            const Ended ended = fixture.run(QStringList{"test"} + words);
            QVERIFY2(ended.status == 2 && (ended.out + ended.err).contains(part),
                     describe(ended).constData());
        };
        tells({"nowhere.rilltest"}, "There is no file");
        tells({"p.rill", "--filter", "nothing like it"}, "No test has");
        tells({}, "FILE");
        fixture.write("broken.rilltest", "{ \"rilltest\": 1, ");
        tells({"broken.rilltest"}, "ends too early");
        // One that is broken keeps no other from being run.
        const Ended both = fixture.run({"test", "broken.rilltest", "p.rilltest"});
        QVERIFY2(both.status == 2 && both.out.contains("passed: 1, failed: 1, broken files: 1"),
                 describe(both).constData());
        fixture.write("elsewhere.rilltest",
                      QByteArray(fileOf(testOf("a", "3"))).replace("p.rill", "../p.rill"));
        tells({"elsewhere.rilltest"}, "outside the folder");
        fixture.write("none.rilltest", fileOf(testOf("a", "3")).replace("p.rill", "q.rill"));
        tells({"none.rilltest"}, "There is no file");
        fixture.write("renamed.rilltest", fileOf(testOf("a", "3")).replace("\"out\"", "\"gone\""));
        tells({"renamed.rilltest"}, "no node “gone”");
        fixture.write("nothing.rilltest", fileOf(R"json({ "name": "a", "steps": [{ "end": true }] })json"));
        tells({"nothing.rilltest"}, "expects nothing");
    }

    /// Where no Flink is, and what can't be asked of one; tests/cluster has a real one.
    void aFlinkThatIsNotThere() {
        ProgramFixture fixture;
        prepared(fixture);
        QVERIFY(QDir(fixture.path(".")).mkpath(".config/rillwright"));
        const QJsonObject nobody{{"gateway", "http://127.0.0.1:1"}, {"job_manager", "http://127.0.0.1:1"}};
        const QJsonObject away{{"name", "away"}, {"engine", "flink"}, {"flink", nobody}};
        fixture.write(".config/rillwright/targets.json",
                      QJsonDocument(QJsonObject{{"targets", QJsonArray{away}}}).toJson());
        const QStringList on{"test", "p.rilltest", "--on", "flink", "--target"};
        const Ended ended = fixture.run(on + QStringList{"away", "--json", "--junit", "out.xml"});
        QVERIFY2(ended.status == 2, describe(ended).constData());
        const QJsonObject all = QJsonDocument::fromJson(ended.out).object();
        QVERIFY2(all.value("not_run").toInt() == 2 && all.value("skipped").toInt() == 0,
                 describe(ended).constData());
        const QJsonObject first = all.value("files").toArray().first()["tests"].toArray().first().toObject();
        QVERIFY2(first.value("error").toString().contains("127.0.0.1"), describe(ended).constData());
        QVERIFY2(fixture.read("out.xml").count("<error ") == 2, fixture.read("out.xml").constData());
        const auto tells = [&fixture](const QStringList& words, const QByteArray& part) {
            const Ended told = fixture.run(QStringList{"test", "p.rilltest"} + words);
            QVERIFY2(told.status == 2 && told.err.contains(part), describe(told).constData());
        };
        tells({"--on", "flink", "--target", "nowhere"}, "nowhere");
        tells({"--on", "spark"}, "flink");
        tells({"--on", "flink", "--update"}, "--update");
        tells({"--target", "away"}, "--on");
    }

    void ourExamplesPass() {
        const QString folder =
            qEnvironmentVariable("RILLWRIGHT_SOURCE") + QStringLiteral("/resources/examples");
        const ProgramFixture fixture;
        const Ended ended = fixture.run({"test", folder});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY2(ended.out.count(".rilltest\n") >= 6, ended.out.constData());
    }
};

QTEST_GUILESS_MAIN(TestPipelineTests)
#include "test_pipeline_tests.moc"
