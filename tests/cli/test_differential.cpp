// compare without a cluster: wrong arguments, refusals, and a pipeline like itself.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

const QByteArray kNumbers = R"({ "rill": 1, "name": "Numbers", "nodes": [
    { "id": "numbers", "type": "csv_source", "params": { "path": "in.csv",
        "columns": ["n INT", "name STRING"] } },
    { "id": "low", "type": "filter", "params": { "condition": "n < ${most}" } },
    { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } },
    { "id": "shown", "type": "table_view" } ],
  "variables": { "most": "3" },
  "wires": [{ "from": "numbers", "to": "low" }, { "from": "low", "to": "out" },
            { "from": "numbers", "to": "shown" }] })";
const QByteArray kMade = R"({ "rill": 1, "name": "Made", "nodes": [
    { "id": "made", "type": "generator", "params": { "rows": 5, "columns": ["n BIGINT = i"] } },
    { "id": "shown", "type": "table_view" } ], "wires": [{ "from": "made", "to": "shown" }] })";

void writeFiles(const ProgramFixture& fixture) {
    fixture.write("in.csv", "n,name\n1,a\n2,b\n3,c\n");
    fixture.write("numbers.rill", kNumbers);
    fixture.write("made.rill", kMade);
}

QStringList compared(const QString& file, const QString& targets, const QStringList& more = {}) {
    return QStringList{"compare", file, "--targets", targets} + more;
}

}  // namespace

class TestDifferential : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void wrongWords_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no targets") << QStringList{"compare", "numbers.rill"} << QByteArray("--targets");
        QTest::newRow("one target") << compared("numbers.rill", "embedded") << QByteArray("embedded,local");
        QTest::newRow("three targets") << compared("numbers.rill", "a,b,c") << QByteArray("embedded,local");
        QTest::newRow("unknown target")
            << compared("numbers.rill", "embedded,nowhere") << QByteArray("“nowhere”");
        QTest::newRow("no file") << compared("nothing.rill", "embedded,embedded") << QByteArray("error: ");
        QTest::newRow("no rows") << compared("numbers.rill", "embedded,embedded", {"--rows", "-1"})
                                 << QByteArray("--rows");
        QTest::newRow("no file to read")
            << compared("made.rill", "embedded,embedded") << QByteArray("Write its rows into a file first.");
    }

    void wrongWords() {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, says);
        const ProgramFixture fixture;
        writeFiles(fixture);
        const Ended ended = fixture.run(words);
        QVERIFY2(ended.status == 2 && ended.out.isEmpty() && ended.err.contains(says),
                 describe(ended).constData());
    }

    void aPipelineIsLikeItself() {
        const ProgramFixture fixture;
        writeFiles(fixture);
        const Ended ended = fixture.run(compared("numbers.rill", "embedded,embedded"));
        QVERIFY2(ended.status == 0 && ended.out == "out: the same, 2 rows\nshown: the same, 3 rows\n",
                 describe(ended).constData());
        QVERIFY2(!QFile::exists(fixture.path("out.csv")), "nothing is written");
    }

    void asJson() {
        const ProgramFixture fixture;
        writeFiles(fixture);
        const Ended ended =
            fixture.run(compared("numbers.rill", "embedded,embedded", {"--json", "--set", "most=2"}));
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QJsonObject all = QJsonDocument::fromJson(ended.out).object();
        QVERIFY2(all["same"].toBool() && all["error"].isNull() && all["refused"].toArray().isEmpty(),
                 describe(ended).constData());
        const QJsonObject out = all["nodes"].toArray().at(0).toObject();
        QVERIFY2(out["node"] == "out" && out["rows_a"].toInt() == 1 && out["rows_b"].toInt() == 1 &&
                     out["columns"].toArray().size() == 2 && out["only_a"].toObject()["count"].toInt(-1) == 0,
                 describe(ended).constData());
    }

    void aRefusalAsJson() {
        const ProgramFixture fixture;
        writeFiles(fixture);
        const Ended ended = fixture.run(compared("made.rill", "embedded,embedded", {"--json"}));
        QCOMPARE(ended.status, 2);
        const QJsonObject all = QJsonDocument::fromJson(ended.out).object();
        QVERIFY2(!all["same"].toBool(true) && all["nodes"].toArray().isEmpty() &&
                     all["refused"].toArray().at(0).toObject()["node"] == "made",
                 describe(ended).constData());
    }
};

QTEST_GUILESS_MAIN(TestDifferential)
#include "test_differential.moc"
