// `rillwright diff`: two files, broken ones, and as git calls it.
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

QByteArray pipeline(const QByteArray& size, const QByteArray& aggregates) {
    return R"json({ "rill": 1, "name": "t", "nodes": [
      { "id": "rows", "type": "rows", "params": { "columns": ["ts TIMESTAMP(3)", "n INT"],
        "rows": [["2024-01-01 00:00:00", 1]], "event_time": "ts" } },
      { "id": "w", "type": "window_aggregate",
        "params": { "window": "tumble", "size": ")json" +
           size + R"json(", "aggregates": [)json" + aggregates + R"json(] } },
      { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } } ],
      "wires": [ { "from": "rows", "to": "w" }, { "from": "w", "to": "out" } ] })json";
}

void writeBoth(const ProgramFixture& fixture) {
    fixture.write("a.rill", pipeline("10s", "\"COUNT(*) AS c\", \"MIN(n) AS least\""));
    fixture.write("b.rill", pipeline("1min", "\"COUNT(*) AS c\", \"MAX(n) AS most\""));
}

}  // namespace

class TestDiff : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void saysWhatDiffers() {
        const ProgramFixture fixture;
        writeBoth(fixture);
        const Ended ended = fixture.run({"diff", "a.rill", "b.rill"});
        QVERIFY2(ended.status == 1, describe(ended).constData());
        const QByteArray expected =
            "~ node w (window_aggregate)\n"
            "    size: \"10s\" → \"1min\"\n"
            "    aggregates: - \"MIN(n) AS least\"\n"
            "    aggregates: + \"MAX(n) AS most\"\n"
            "state, when a run of the first is resumed as the second:\n";
        QVERIFY2(ended.out.startsWith(expected), ended.out.constData());
        QVERIFY2(ended.out.mid(expected.size()).contains("  w: lost."), ended.out.constData());
        QVERIFY2(
            ended.out.endsWith("rows of outputs, when a run of the first is resumed as the second:\n"
                               "  out: What it has written stays. Only new rows have: most. New rows lack: "
                               "least. The header stays as it was written. New rows follow the change of "
                               "“w”.\n"),
            ended.out.constData());
        const Ended same = fixture.run({"diff", "a.rill", "a.rill"});
        QVERIFY2(same.status == 0 && same.out == "no differences\n", describe(same).constData());
    }

    void saysItToPrograms() {
        const ProgramFixture fixture;
        writeBoth(fixture);
        const Ended ended = fixture.run({"diff", "a.rill", "b.rill", "--json"});
        QVERIFY2(ended.status == 1, describe(ended).constData());
        const QJsonObject all = QJsonDocument::fromJson(ended.out).object();
        QVERIFY(!all.value("same").toBool(true));
        QCOMPARE(all.value("differences").toArray().size(), 2);
        const QJsonObject size = all.value("differences").toArray().first().toObject();
        QCOMPARE(size.value("param").toString(), QStringLiteral("size"));
        QCOMPARE(size.value("after").toString(), QStringLiteral("1min"));
        QVERIFY(!all.value("state").toArray().isEmpty());
        const QJsonArray outputs = all.value("outputs").toArray();
        QCOMPARE(outputs.size(), 1);
        const QJsonObject output = outputs.first().toObject();
        QCOMPARE(output.value("node").toString(), QStringLiteral("out"));
        QCOMPARE(output.value("fate").toString(), QStringLiteral("goes-on"));
        QVERIFY(output.value("may_be_refused").isBool() && !output.value("may_be_refused").toBool());
        QVERIFY(output.value("what").toString().contains(QStringLiteral("New rows lack: least.")));
    }

    void whatCannotBeReadIsTold() {
        const ProgramFixture fixture;
        writeBoth(fixture);
        fixture.write("broken.rill", "{ \"rill\": 1, ");
        for (const QString& other : {QStringLiteral("broken.rill"), QStringLiteral("nowhere.rill")}) {
            const Ended ended = fixture.run({"diff", "a.rill", other});
            QVERIFY2(ended.status == 2 && ended.out.isEmpty() && ended.err.contains("error: "),
                     describe(ended).constData());
        }
        const Ended one = fixture.run({"diff", "a.rill"});
        QVERIFY2(one.status == 2 && one.err.contains("two pipeline files"), describe(one).constData());
        // One that has errors is compared all the same.
        fixture.write("wrong.rill", pipeline("10s", "\"SUM(nowhere) AS s\""));
        const Ended wrong = fixture.run({"diff", "a.rill", "wrong.rill"});
        QVERIFY2(wrong.status == 1 && wrong.out.contains("state: not known. "), describe(wrong).constData());
    }

    /// A version from elsewhere may name any file as a subflow.
    void staysInTheFolder() {
        const ProgramFixture fixture;
        QVERIFY(QDir(fixture.path(".")).mkpath("inside"));
        fixture.write("outer.rill", R"json({ "rill": 1, "nodes": [], "wires": [] })json");
        for (const QByteArray& delay : {QByteArray("1s"), QByteArray("2s")}) {
            fixture.write("inside/" + QString::fromUtf8(delay) + ".rill",
                          R"json({ "rill": 1, "variables": { "delay": ")json" + delay + R"json(" }, "nodes": [
                { "id": "part", "type": "subflow", "params": { "file": "../outer.rill" } } ], "wires": [] })json");
        }
        const Ended ended = fixture.run({"diff", "inside/1s.rill", "inside/2s.rill"});
        QVERIFY2(ended.status == 1 && ended.out.contains("~ variable delay: \"1s\" → \"2s\"") &&
                     ended.out.contains("state: not known.") && ended.out.contains("was not looked at"),
                 describe(ended).constData());
    }

    void gitCallsIt() {
        const ProgramFixture fixture;
        writeBoth(fixture);
        const auto git = [&fixture](const QStringList& words) {
            return fixture.runProgram(QStringLiteral("git"),
                                      QStringList{"-c", "user.name=t", "-c", "user.email=t@t", "-c",
                                                  "diff.rill.command=\"$RILLWRIGHT_PROGRAM\" diff"} +
                                          words);
        };
        fixture.write("p.rill", fixture.read("a.rill"));
        fixture.write(".gitattributes", "*.rill diff=rill\n");
        QCOMPARE(git({"init", "-q"}).status, 0);
        QCOMPARE(git({"add", "p.rill", ".gitattributes"}).status, 0);
        const Ended made = git({"commit", "-q", "-m", "first"});
        QVERIFY2(made.status == 0, describe(made).constData());
        fixture.write("p.rill", fixture.read("b.rill"));
        const Ended changed = git({"diff"});
        QVERIFY2(changed.status == 0 && changed.out.startsWith("p.rill\n~ node w") &&
                     changed.out.contains("size: \"10s\" → \"1min\""),
                 describe(changed).constData());
        QCOMPARE(git({"rm", "-q", "--cached", "p.rill"}).status, 0);
        const Ended gone = git({"diff", "--cached"});
        QVERIFY2(gone.status == 0 && gone.out.contains("- node w (window_aggregate)"),
                 describe(gone).constData());
        fixture.write("p.rill", "no pipeline");
        QCOMPARE(git({"add", "p.rill"}).status, 0);
        const Ended broken = git({"diff", "--cached"});
        QVERIFY2(broken.status == 0 && broken.err.contains("error: "), describe(broken).constData());
    }
};

QTEST_GUILESS_MAIN(TestDiff)
#include "test_diff.moc"
