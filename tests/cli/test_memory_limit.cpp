// The memory limit of a pipeline from the command line: what a run over it leaves behind, and what validate
// and explain say of it.
#include <sys/resource.h>

#include <QDirIterator>
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/cli/sink_fixture.h"

using rw::testing::csv;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::SinkFixture;
using rw::testing::wire;

namespace {

/// Keeps the newest row of 200 000 keys, and the table beside it ten.
QByteArray limitedTo(const QByteArray& limit) {
    const QByteArray source =
        R"rill({ "id": "numbers", "type": "generator", "params": { "rows": 200000, "rate": 0,
        "columns": ["n BIGINT = i", "digit BIGINT = i % 10",
            "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"],
        "event_time": "ts" } })rill";
    const QByteArray latest =
        R"({ "id": "latest", "type": "deduplicate", "params": { "keys": ["n"], "keep": "last" } })";
    const QByteArray digits = R"({ "id": "digits", "type": "deduplicate", "params": { "keys": ["digit"] } })";
    return "{ \"rill\": 1, \"settings\": { \"memory_limit\": \"" + limit + "\" }, \"nodes\": [" +
           QByteArrayList{source, latest, digits, csv(), csv("digits.csv", "ten")}.join(',') +
           "], \"wires\": [" +
           QByteArrayList{wire("numbers", "latest"), wire("latest", "out"), wire("numbers", "digits"),
                          wire("digits", "ten")}
               .join(',') +
           "] }";
}

/// Counts 200 000 keys in windows of three days, and may keep 6 MB. `settings` follow that one.
QByteArray windowed(const QByteArray& settings = {}) {
    const QByteArray source =
        R"rill({ "id": "numbers", "type": "generator", "params": { "rows": 200000, "rate": 0,
        "columns": ["n BIGINT = i",
            "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"],
        "event_time": "ts" } })rill";
    const QByteArray counts = R"({ "id": "counts", "type": "window_aggregate", "params": { "window": "tumble",
        "size": "72h", "keys": ["n"], "aggregates": ["COUNT(*) AS c"] } })";
    return "{ \"rill\": 1, \"settings\": { \"memory_limit\": \"6MB\"" + settings + " }, \"nodes\": [" +
           QByteArrayList{source, counts, csv()}.join(',') + "], \"wires\": [" +
           QByteArrayList{wire("numbers", "counts"), wire("counts", "out")}.join(',') + "] }";
}

/// Groups 4 000 rows with a limit of 100 MB, and has no state in files.
QByteArray grouping(const QByteArray& keys, const QByteArray& aggregate) {
    const QByteArray source = R"rill({ "id": "numbers", "type": "generator", "params": { "rows": 4000, "rate": 0,
        "columns": ["n BIGINT = i", "digit BIGINT = i % 10"] } })rill";
    const QByteArray kept = R"({ "id": "kept", "type": "group_aggregate", "params": { "keys": [)" + keys +
                            R"(], "aggregates": [")" + aggregate + R"( AS t"] } })";
    const QByteArray view = R"({ "id": "seen", "type": "table_view" })";
    const QByteArray settings = R"("settings": { "memory_limit": "100MB", "state_memory": "1TB" })";
    return "{ \"rill\": 1, " + settings + ", \"nodes\": [" + QByteArrayList{source, kept, view}.join(',') +
           "], \"wires\": [" + QByteArrayList{wire("numbers", "kept"), wire("kept", "seen")}.join(',') +
           "] }";
}

}  // namespace

class TestMemoryLimit : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aRunOverItFailsAndLeavesWhatWasThere() {
        const SinkFixture fixture;
        fixture.write("t.rill", limitedTo("1MB"));
        fixture.write("out.csv", "old\n");
        for (const char* degree : {"1", "3"}) {
            const Ended ended = fixture.runIt({"--parallelism", degree, "--state-memory", "1TB"});
            QVERIFY2(ended.status == 1, describe(ended).constData());
            QVERIFY2(ended.err.contains("error: latest: The state of this run is "),
                     describe(ended).constData());
            QVERIFY2(ended.err.contains("over its memory limit of 1\u2009MiB"), describe(ended).constData());
            QCOMPARE(fixture.read("out.csv"), QByteArray("old\n"));
            const QString files = fixture.files().join(' ');
            QVERIFY2(!files.contains("rill-new") && !files.contains("digits.csv"), qPrintable(files));
        }
    }

    /// Each keeps or makes several hundred bytes to two million a row: a batch of such is gigabytes.
    void largeTextsStayNearIt_data() {
        QTest::addColumn<QByteArray>("keys");
        QTest::addColumn<QByteArray>("aggregate");
        const auto add = [](const char* name, const char* keys, const char* aggregate) {
            QTest::newRow(name) << QByteArray(keys) << QByteArray(aggregate);
        };
        add("the largest", "\"n\"", "MAX(REPEAT('abcd', 500000))");
        add("lists", "\"digit\"", "LISTAGG(REPEAT('abcd', 50000))");
        add("one list", "", "LISTAGG(REPEAT('abcd', 50000))");
        add("one list of different ones", "",
            "LISTAGG(DISTINCT CONCAT(CAST(n AS STRING), REPEAT('abcd', 50000)))");
        add("different ones", "", "COUNT(DISTINCT CONCAT(CAST(n AS STRING), REPEAT('abcd', 50000)))");
    }
    void largeTextsStayNearIt() {
        QFETCH(QByteArray, keys);
        QFETCH(QByteArray, aggregate);
        const SinkFixture fixture;
        fixture.write("t.rill", grouping(keys, aggregate));
        const Ended ended = fixture.runIt();
        QVERIFY2(ended.status == 1, describe(ended).constData());
        QVERIFY2(ended.err.contains("error: kept: The state of this run is "), describe(ended).constData());
#ifndef RILLWRIGHT_SANITIZED
        rusage usage{};
        getrusage(RUSAGE_CHILDREN, &usage);
        QVERIFY2(usage.ru_maxrss < 600'000, std::to_string(usage.ru_maxrss).c_str());
#endif
    }

    void aRunBelowItEndsWell() {
        const SinkFixture fixture;
        fixture.write("t.rill", limitedTo("1gb"));
        const Ended ended = fixture.runIt();
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.read("out.csv").count('\n'), qsizetype{200'001});
        QCOMPARE(fixture.read("digits.csv").count('\n'), qsizetype{11});
    }

    /// As the pipeline says, or who runs it.
    void windowsBelowItHaveTheRestInFiles_data() {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("nobody") << QByteArray() << QStringList();  // then half of the limit
        QTest::newRow("command line") << QByteArray() << QStringList{"--state-memory", "1500KB"};
        QTest::newRow("file") << QByteArray(R"(, "state_memory": "1500KB")") << QStringList();
        QTest::newRow("both") << QByteArray(R"(, "state_memory": "1TB")")
                              << QStringList{"--state-memory", "1500KB"};
    }
    void windowsBelowItHaveTheRestInFiles() {
        QFETCH(QByteArray, settings);
        QFETCH(QStringList, words);
        const SinkFixture fixture;
        fixture.write("t.rill", windowed());
        Ended ended = fixture.runIt({"--parallelism", "1", "--state-memory", "1GB"});
        QVERIFY2(ended.status == 1 && ended.err.contains("over its memory limit"),
                 describe(ended).constData());
        fixture.write("t.rill", windowed(settings));
        for (const char* degree : {"1", "3"}) {
            ended = fixture.runIt(QStringList{"--parallelism", degree, "--state-dir", "state"} + words);
            QVERIFY2(ended.status == 0, describe(ended).constData());
            QByteArrayList rows = fixture.read("out.csv").split('\n');
            std::sort(rows.begin(), rows.end());
            QCOMPARE(rows.size(), qsizetype{200'002});  // with the head, and nothing behind the last
            QVERIFY(std::adjacent_find(rows.begin(), rows.end()) == rows.end());
            QDirIterator left(fixture.path("state"), QDir::Files, QDirIterator::Subdirectories);
            QVERIFY2(!left.hasNext(), qPrintable(left.next()));
            const QDir named(fixture.path("state"));  // stays, for somebody may have made it
            QVERIFY(named.exists() && named.isEmpty());
        }
    }

    void aWrongStateMemoryIsRefused() {
        const SinkFixture fixture;
        fixture.write("t.rill", windowed());
        for (const QStringList& words :
             {QStringList{"--state-memory", "0"}, QStringList{"--state-memory", "much"}}) {
            const Ended ended = fixture.runIt(words);
            QVERIFY2(ended.status == 2, describe(ended).constData());
        }
        fixture.write("t.rill", windowed(R"(, "state_memory": "0MB")"));
        const Ended ended = fixture.runIt();
        QVERIFY2(ended.status == 2 &&
                     ended.err.contains("With a state memory of 0 nothing could be kept in memory."),
                 describe(ended).constData());
    }

    void aStateFolderThatCantBeMadeIsSaid() {
        const SinkFixture fixture;
        fixture.write("t.rill", windowed());
        fixture.write("state", "a file");
        const Ended ended = fixture.runIt({"--state-memory", "1MB", "--state-dir", "state"});
        QVERIFY2(ended.status != 0 && ended.err.contains("error: "), describe(ended).constData());
        QVERIFY2(ended.err.contains("--state-dir"), describe(ended).constData());
    }

    /// It runs the pipeline as run does.
    void aRunThatIsExplainedHasTheRestInFiles() {
        const SinkFixture fixture;
        const QByteArray one = R"(, "parallelism": 1)";
        fixture.write("t.rill", windowed(one + R"(, "state_memory": "1TB")"));
        Ended ended = fixture.run({"explain", "t.rill", "--run"});
        QVERIFY2(ended.status == 1 && ended.err.contains("over its memory limit"),
                 describe(ended).constData());
        fixture.write("t.rill", windowed(one + R"(, "state_memory": "1500KB")"));
        ended = fixture.run({"explain", "t.rill", "--run"});
        QVERIFY2(ended.status == 0 && ended.out.contains(", state memory 1.46\u2009MiB\n"),
                 describe(ended).constData());
        QCOMPARE(fixture.read("out.csv").count('\n'), qsizetype{200'001});
    }

    void explainTellsIt() {
        const SinkFixture fixture;
        fixture.write("t.rill", limitedTo("1536KB"));
        const Ended ended = fixture.run({"explain", "t.rill"});
        QVERIFY2(ended.status == 0 &&
                     ended.out.contains("time zone UTC, memory limit 1.5\u2009MiB, state memory 768\u2009KiB "
                                        "(half of the memory limit)\n"),
                 describe(ended).constData());
    }

    /// Settings take no variables.
    void aWrongOneIsRefused_data() {
        QTest::addColumn<QByteArray>("limit");
        for (const char* limit : {"2GB2", "0", "-1GB", "${limit}"}) QTest::newRow(limit) << QByteArray(limit);
    }
    void aWrongOneIsRefused() {
        QFETCH(QByteArray, limit);
        const SinkFixture fixture;
        fixture.write("t.rill", limitedTo(limit));
        Ended ended = fixture.runIt();
        QVERIFY2(ended.status == 2 && ended.err.contains("error: "), describe(ended).constData());
        ended = fixture.run({"validate", "t.rill", "--json", "--set", "limit=1GB"});
        QVERIFY2(ended.status == 2 && ended.out.contains("\"memory_limit\""), describe(ended).constData());
    }
};

QTEST_APPLESS_MAIN(TestMemoryLimit)
#include "test_memory_limit.moc"
