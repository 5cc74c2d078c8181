// Outputs that would destroy something, refused before the start: two sinks at one place, the pipeline's own
// file, an input, a file of another kind, under any name.
#include <unistd.h>

#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"

using rw::testing::csv;
using rw::testing::Database;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::SinkFixture;
using rw::testing::table;
using rw::testing::wire;

class TestRefusedOutputs : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    // -------------------------------------------------------------------------------
    void isRefusedBeforeTheStart_data() {
        QTest::addColumn<QByteArrayList>("sinks");
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("says");
        const QStringList none;
        QTest::newRow("two replace a table") << QByteArrayList{table("a", "t"), table("b", "t")} << none
                                             << QByteArray("Table “t” of “x.db” is already written by “a”");
        QTest::newRow("another case") << QByteArrayList{table("a", "t"), table("b", "T")} << none
                                      << QByteArray("already written by “a”");
        QTest::newRow("another spelling")
            << QByteArrayList{table("a", "t"), table("b", "t", "replace", "./x.db")} << none
            << QByteArray("already written by “a”");
        QTest::newRow("through a link")
            << QByteArrayList{table("a", "t"), table("b", "t", "replace", "link.db")} << none
            << QByteArray("already written by “a”");
        QTest::newRow("hard link") << QByteArrayList{table("a", "t"), table("b", "t", "replace", "hard.db")}
                                   << none << QByteArray("already written by “a”");
        QTest::newRow("append and upsert") << QByteArrayList{table("a", "t", "append"), table("b", "t")}
                                           << none << QByteArray("already written by “a”");
        QTest::newRow("the pipeline itself")
            << QByteArrayList{csv("t.rill", "a")} << none << QByteArray("the file of this pipeline");
        QTest::newRow("the pipeline through a hard link")
            << QByteArrayList{csv("hard.rill", "a")} << none << QByteArray("the file of this pipeline");
        QTest::newRow("CSV onto a database")
            << QByteArrayList{csv("x.db", "a")} << none << QByteArray("is an SQLite database");
        QTest::newRow("database onto a text") << QByteArrayList{table("a", "t", "append", "in.csv")} << none
                                              << QByteArray("not an SQLite database");
        QTest::newRow("an input through a link")
            << QByteArrayList{csv("link.csv", "a")} << none << QByteArray("while “in” reads it");
        QTest::newRow("an input through a hard link")
            << QByteArrayList{csv("hard.csv", "a")} << none << QByteArray("while “in” reads it");
        QTest::newRow("metrics onto the pipeline")
            << QByteArrayList{csv("out.csv", "a")} << QStringList{"--metrics", "t.rill"}
            << QByteArray("“t.rill” is the file of this pipeline; “--metrics” would");
        QTest::newRow("metrics onto an input")
            << QByteArrayList{csv("out.csv", "a")} << QStringList{"--metrics", "hard.csv"}
            << QByteArray("“in” reads it");
        QTest::newRow("metrics onto an output")
            << QByteArrayList{csv("out.csv", "a")} << QStringList{"--metrics", "out.csv"}
            << QByteArray("already written by “a”");
        QTest::newRow("metrics onto a database")
            << QByteArrayList{csv("out.csv", "a")} << QStringList{"--metrics", "x.db"}
            << QByteArray("is an SQLite database");
    }

    void isRefusedBeforeTheStart() {
        QFETCH(QByteArrayList, sinks);
        QFETCH(QStringList, words);
        QFETCH(QByteArray, says);
        const SinkFixture fixture;
        const auto alias = [&](const char* target, const char* symbolic, const char* hard) {
            if (symbolic) QVERIFY(QFile::link(target, fixture.path(symbolic)));
            QCOMPARE(link(qPrintable(fixture.path(target)), qPrintable(fixture.path(hard))), 0);
        };
        fixture.write("in.csv", "n\n1\n");
        QVERIFY(Database(fixture).exec("CREATE TABLE other(x); INSERT INTO other VALUES (7)"));
        QByteArrayList nodes{R"({ "id": "in", "type": "csv_source", "params": { "path": "in.csv",
            "columns": ["n BIGINT"] } })"};
        nodes += sinks;
        QByteArrayList wires{wire("in", "a")};
        if (sinks.size() > 1) wires += wire("in", "b");
        fixture.pipeline(nodes, wires);
        alias("in.csv", "link.csv", "hard.csv");
        alias("x.db", "link.db", "hard.db");
        alias("t.rill", nullptr, "hard.rill");
        const QByteArray before = fixture.read("t.rill");
        const Ended ended = fixture.runIt(words);
        QVERIFY2(ended.status == 2 && ended.err.contains(says), describe(ended).constData());
        if (words.isEmpty())
            QVERIFY2(ended.err.contains(sinks.size() > 1 ? "b." : "a."), describe(ended).constData());
        QCOMPARE(fixture.read("t.rill"), before);
        QCOMPARE(fixture.read("in.csv"), QByteArray("n\n1\n"));
        QCOMPARE(Database(fixture).query("SELECT x FROM other"), QByteArray("7"));
    }
};

QTEST_APPLESS_MAIN(TestRefusedOutputs)
#include "test_refused_outputs.moc"
