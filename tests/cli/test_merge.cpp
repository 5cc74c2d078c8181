// `rillwright merge`: three files, broken ones, outputs that can't be, and as git calls it.
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

QByteArray pipeline(const QByteArray& size, const QByteArray& condition, const QByteArray& column = "n") {
    return R"json({ "rill": 1, "name": "t", "nodes": [
      { "id": "rows", "type": "rows", "params": { "columns": ["ts TIMESTAMP(3)", ")json" +
           column +
           R"json( INT"], "rows": [["2024-01-01 00:00:00", 1]], "event_time": "ts" } },
      { "id": "big", "type": "filter", "params": { "condition": ")json" +
           condition + R"json(" } },
      { "id": "w", "type": "window_aggregate",
        "params": { "window": "tumble", "size": ")json" +
           size + R"json(", "aggregates": ["COUNT(*) AS c"] } },
      { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } } ],
      "wires": [ { "from": "rows", "to": "big" }, { "from": "big", "to": "w" }, { "from": "w", "to": "out" } ] })json";
}

/// A base, and two sides: `b.rill` has another condition.
void writeAll(const ProgramFixture& fixture, const QByteArray& oursSize = "1min",
              const QByteArray& theirsSize = "10s") {
    fixture.write("base.rill", pipeline("10s", "n > 1"));
    fixture.write("a.rill", pipeline(oursSize, "n > 1"));
    fixture.write("b.rill", pipeline(theirsSize, "n > 2"));
}

Ended merged(const ProgramFixture& fixture, const QStringList& more = {},
             const QString& out = QStringLiteral("out.rill")) {
    return fixture.run(QStringList{"merge", "base.rill", "a.rill", "b.rill", "-o", out} + more);
}

}  // namespace

class TestMerge : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void takesTheChangesOfBoth() {
        const ProgramFixture fixture;
        writeAll(fixture);
        const Ended ended = merged(fixture);
        QVERIFY2(ended.status == 0 && ended.out == "merged without a clash\n", describe(ended).constData());
        fixture.write("expected.rill", pipeline("1min", "n > 2"));
        const Ended same = fixture.run({"diff", "expected.rill", "out.rill"});
        QVERIFY2(same.status == 0, describe(same).constData());
        QCOMPARE(fixture.run({"validate", "out.rill"}).status, 0);
    }

    void tellsClashes() {
        const ProgramFixture fixture;
        writeAll(fixture, "1min", "5min");
        const Ended ended = merged(fixture);
        QVERIFY2(ended.status == 1, describe(ended).constData());
        QCOMPARE(ended.out,
                 QByteArray("! node w (window_aggregate), size: Both sides changed it, each to another "
                            "value.\n"
                            "    base:   \"10s\"\n"
                            "    ours:   \"1min\" (taken)\n"
                            "    theirs: \"5min\"\n"
                            "1 clash; look at out.rill\n"));
        QVERIFY(fixture.read("out.rill").contains("\"1min\""));
        const Ended theirs = merged(fixture, {"--theirs"});
        QVERIFY2(theirs.status == 0 && theirs.out.endsWith("merged; 1 clash: theirs taken\n"),
                 describe(theirs).constData());
        QVERIFY(fixture.read("out.rill").contains("\"5min\""));
        QCOMPARE(merged(fixture, {"--ours"}).status, 0);
        QVERIFY(fixture.read("out.rill").contains("\"1min\""));
        QCOMPARE(merged(fixture, {"--ours", "--theirs"}).status, 2);
    }

    void tellsThemToPrograms() {
        const ProgramFixture fixture;
        writeAll(fixture, "1min", "5min");
        const Ended ended = merged(fixture, {"--json"});
        QVERIFY2(ended.status == 1, describe(ended).constData());
        const QJsonObject all = QJsonDocument::fromJson(ended.out).object();
        QCOMPARE(all.value("clean").toBool(true), false);
        const QJsonArray clashes = all.value("clashes").toArray();
        QCOMPARE(clashes.size(), 1);
        const QJsonObject clash = clashes.first().toObject();
        QCOMPARE(clash.value("param").toString(), QStringLiteral("size"));
        QCOMPARE(clash.value("base").toString(), QStringLiteral("10s"));
        QCOMPARE(clash.value("theirs").toString(), QStringLiteral("5min"));
        QCOMPARE(clash.value("taken").toString(), QStringLiteral("ours"));
    }

    /// Each side works by itself: one renames a column, the other begins to use it.
    void tellsWhatDoesNotWorkTogether() {
        const ProgramFixture fixture;
        writeAll(fixture);
        fixture.write("base.rill", pipeline("10s", "TRUE"));
        fixture.write("a.rill", pipeline("10s", "n > 1"));
        fixture.write("b.rill", pipeline("10s", "TRUE", "m"));
        const Ended ended = merged(fixture);
        QVERIFY2(ended.status == 1 && ended.out.startsWith("! an error that neither side has: ") &&
                     ended.out.contains("big.condition"),
                 describe(ended).constData());
    }

    void brokenFilesAreToldWithTheirPlaces() {
        const ProgramFixture fixture;
        writeAll(fixture);
        fixture.write("a.rill", "{ \"rill\": 1,\n\"nodes\": [}");
        fixture.write("b.rill", "{ \"rill\": 1 ");
        const QByteArray before = fixture.read("a.rill");
        const Ended ended = merged(fixture, {}, QStringLiteral("a.rill"));
        QVERIFY2(ended.status == 2 && ended.out.isEmpty() && ended.err.contains("error: a.rill: ") &&
                     ended.err.contains("line 2") && ended.err.contains("error: b.rill: "),
                 describe(ended).constData());
        QCOMPARE(fixture.read("a.rill"), before);
        fixture.write("a.rill", "");  // no pipeline, other than an empty base
        QCOMPARE(merged(fixture).status, 2);
        QVERIFY(!QFile::exists(fixture.path("out.rill")));
    }

    void outputsThatCannotBeAreRefused() {
        const ProgramFixture fixture;
        writeAll(fixture);
        QVERIFY(QDir(fixture.path(".")).mkpath("folder"));
        QCOMPARE(::mkfifo(QFile::encodeName(fixture.path("pipe")).constData(), 0600), 0);
        const auto refused = [&](const QString& out, const QByteArray& why) {
            const Ended ended = merged(fixture, {}, out);
            QVERIFY2(ended.status == 2 && ended.out.isEmpty() && ended.err.contains(why),
                     describe(ended).constData());
        };
        refused(QStringLiteral("folder"), "is a folder");
        refused(QStringLiteral("pipe"), "is a pipe or a device");
        refused(QStringLiteral("nowhere/out.rill"), "does not exist");
        refused(QStringLiteral("/dev/full"), "is a pipe or a device");
        if (::geteuid() == 0) return;  // who may write everywhere
        QVERIFY(QFile::setPermissions(fixture.path("folder"), QFile::ReadOwner | QFile::ExeOwner));
        refused(QStringLiteral("folder/out.rill"), "may not write");
        QVERIFY(QFile::setPermissions(fixture.path("folder"),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    /// Git names that of ours as the output: it must not be lost.
    void aFullDiskLeavesTheFileAsItWas() {
        const ProgramFixture fixture;
        writeAll(fixture);
        const QByteArray before = fixture.read("a.rill");
        const QStringList files = QDir(fixture.path(".")).entryList(QDir::AllEntries | QDir::Hidden);
        const Ended ended = fixture.runProgram(
            QStringLiteral("bash"), {"-c",
                                     "ulimit -f 0; trap '' XFSZ; "
                                     "exec \"$RILLWRIGHT_PROGRAM\" merge base.rill a.rill b.rill -o a.rill"});
        QVERIFY2(ended.status == 2 && ended.err.contains("error: "), describe(ended).constData());
        QCOMPARE(fixture.read("a.rill"), before);
        QCOMPARE(QDir(fixture.path(".")).entryList(QDir::AllEntries | QDir::Hidden), files);
    }

    void gitMergesWithIt() {
        const ProgramFixture fixture;
        const auto git = [&fixture](const QStringList& words) {
            return fixture.runProgram(
                QStringLiteral("git"),
                QStringList{"-c", "user.name=t", "-c", "user.email=t@t", "-c",
                            "merge.rill.driver=\"$RILLWRIGHT_PROGRAM\" merge %O %A %B -o %A"} +
                    words);
        };
        const auto commit = [&](const QByteArray& text, const QString& message) {
            fixture.write("p.rill", text);
            const Ended added = git({"add", "-A"});
            const Ended made = git({"commit", "-q", "-m", message});
            QVERIFY2(added.status == 0 && made.status == 0, describe(made).constData());
        };
        fixture.write(".gitattributes", "*.rill merge=rill\n");
        QCOMPARE(git({"init", "-q", "-b", "main"}).status, 0);
        commit(pipeline("10s", "n > 1"), QStringLiteral("base"));
        QCOMPARE(git({"checkout", "-q", "-b", "theirs"}).status, 0);
        commit(pipeline("10s", "n > 2"), QStringLiteral("theirs"));
        QCOMPARE(git({"checkout", "-q", "main"}).status, 0);
        commit(pipeline("1min", "n > 1"), QStringLiteral("ours"));
        const Ended clean = git({"merge", "theirs", "-m", "both"});
        QVERIFY2(clean.status == 0, describe(clean).constData());
        fixture.write("expected.rill", pipeline("1min", "n > 2"));
        QCOMPARE(fixture.run({"diff", "expected.rill", "p.rill"}).status, 0);
        QVERIFY(QFile::remove(fixture.path("expected.rill")));

        // Both sides change one value: git stops, and the file can be opened.
        QCOMPARE(git({"checkout", "-q", "theirs"}).status, 0);
        commit(pipeline("5min", "n > 2"), QStringLiteral("theirs again"));
        QCOMPARE(git({"checkout", "-q", "main"}).status, 0);
        const Ended clash = git({"merge", "theirs", "-m", "both"});
        QVERIFY2(
            clash.status == 1 && clash.out.contains("theirs: \"5min\"") && clash.out.contains("CONFLICT"),
            describe(clash).constData());
        QVERIFY(fixture.read("p.rill").contains("\"1min\""));
        QCOMPARE(fixture.run({"validate", "p.rill"}).status, 0);
        QVERIFY(git({"status", "--porcelain"}).out.contains("UU p.rill"));
        commit(fixture.read("p.rill"), QStringLiteral("settled"));

        // Both sides add a file: there is no base.
        QCOMPARE(git({"checkout", "-q", "theirs"}).status, 0);
        fixture.write("new.rill", pipeline("10s", "n > 1"));
        commit(fixture.read("p.rill"), QStringLiteral("a new file"));
        QCOMPARE(git({"checkout", "-q", "main"}).status, 0);
        fixture.write("new.rill", pipeline("10s", "n > 3"));
        commit(fixture.read("p.rill"), QStringLiteral("another new file"));
        const Ended added = git({"merge", "theirs", "-m", "both"});
        QVERIFY2(added.status == 1 && added.out.contains("! node big (filter): Both sides added a node"),
                 describe(added).constData());
        QCOMPARE(fixture.run({"diff", "new.rill", "new.rill"}).status, 0);
    }
};

QTEST_GUILESS_MAIN(TestMerge)
#include "test_merge.moc"
