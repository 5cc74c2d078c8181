// run, validate, explain and nodes: their output, where it goes, and their exit statuses.
#include <signal.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSize>
#include <QtEndian>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

const QByteArray kSource = R"({ "id": "numbers", "type": "csv_source", "params": { "path": "${folder}/in.csv",
    "columns": ["n INT", "name STRING"] } })";
const QByteArray kFilter = R"({ "id": "big", "type": "filter", "params": { "condition": "n > 1" } })";
const QByteArray kSink = R"({ "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } })";
const QByteArray kWires = R"({ "from": "numbers", "to": "big" }, { "from": "big", "to": "out" })";
/// Counts on until it is stopped.
const QByteArray kEndless = R"({ "id": "numbers", "type": "generator", "params": { "rate": 2000,
    "columns": ["n BIGINT = i"] } })";

QByteArray pipeline(const QByteArray& nodes, const QByteArray& wires) {
    return R"({ "rill": 1, "name": "t", "variables": { "folder": "nowhere" }, "nodes": [)" + nodes +
           R"(], "wires": [)" + wires + "] }";
}

QJsonDocument json(const QByteArray& text) {
    return QJsonDocument::fromJson(text);
}

/// A line of 100 values over time.
QByteArray chartOf(const QByteArray& values) {
    return pipeline(R"rill({ "id": "numbers", "type": "generator", "params": { "rows": 100, "rate": 0,
            "columns": ["ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')",
            "x DOUBLE = )rill" +
                        values + R"rill("] } },
            { "id": "chart", "type": "line_chart", "params": { "x": "ts", "y": ["x"] } })rill",
                    R"({ "from": "numbers", "to": "chart" })");
}

/// Three rows, the last of which comes when its window has closed.
QByteArray lateRows() {
    return pipeline(R"rill({ "id": "numbers", "type": "rows", "params": {
                "columns": ["n INT", "ts TIMESTAMP(3)"],
                "rows": [[1, "2024-03-01 12:00:00"], [2, "2024-03-01 12:01:00"], [3, "2024-03-01 12:00:03"]],
                "event_time": "ts" } },
            { "id": "w", "type": "window_aggregate", "params": { "size": "10s", "keys": ["n"],
                "aggregates": ["COUNT(*) AS many"] } },)rill" +
                        kSink,
                    R"({ "from": "numbers", "to": "w" }, { "from": "w", "to": "out" })");
}

/// As the file's header says it; empty when it is no PNG.
QSize sizeOfPng(const QByteArray& file) {
    if (!file.startsWith("\x89PNG") || file.size() < 24) return {};
    return {qFromBigEndian<qint32>(file.constData() + 16), qFromBigEndian<qint32>(file.constData() + 20)};
}

}  // namespace

class TestCommands : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void runsWithAVariableAndMetrics() {
        const ProgramFixture fixture;
        fixture.write("in.csv", "n,name\n1,one\n2,two\n3,\n");
        fixture.write("t.rill", pipeline(kSource + "," + kFilter + "," + kSink, kWires));
        const Ended ended = fixture.run({"run", "t.rill", "--set", "folder=.", "--metrics", "metrics.json"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.read("out.csv"), QByteArray("n,name\n2,two\n3,\n"));
        QVERIFY2(ended.out.isEmpty(), "progress on standard output, which is for data");
        QVERIFY2(!ended.err.isEmpty(), "no progress");
        const QJsonObject nodes = json(fixture.read("metrics.json")).object()["nodes"].toObject();
        QCOMPARE(nodes["big"].toObject()["rows_in"].toInt(), 3);
        QCOMPARE(nodes["big"].toObject()["rows_out"].toInt(), 2);
    }

    /// The notes of a node stand in the closing line, too, and in the metrics.
    void theClosingLineTellsTheNotes() {
        const ProgramFixture fixture;
        fixture.write("t.rill",
                      pipeline(R"({ "id": "numbers", "type": "rows", "params": { "columns": ["x DOUBLE"],
                                  "rows": [["NaN"], [1.5], ["NaN"]] } },
                                { "id": "out", "type": "sqlite_sink",
                                  "params": { "database": "out.db", "table": "t" } })",
                               R"({ "from": "numbers", "to": "out" })"));
        const Ended ended = fixture.run({"run", "t.rill", "--metrics", "metrics.json"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QByteArray closing = ended.err.mid(ended.err.indexOf("done: "));
        QVERIFY2(closing.contains(" · 1 note: out: SQLite stores NaN as NULL"), describe(ended).constData());
        const QJsonObject nodes = json(fixture.read("metrics.json")).object()["nodes"].toObject();
        QCOMPARE(nodes["out"].toObject()["notes"].toArray().size(), 1);
        QCOMPARE(nodes["numbers"].toObject()["notes"].toArray().size(), 0);
    }

    /// The advice that a window would show is printed here, too.
    void whatThereIsToLookAtIsTold() {
        const ProgramFixture fixture;
        fixture.write("t.rill",
                      pipeline(R"({ "id": "numbers", "type": "generator", "params": { "rows": 2000, "rate": 0,
                                  "columns": ["n BIGINT = i"] } },
                                { "id": "none", "type": "filter", "params": { "condition": "n < 0" } },)" +
                                   kSink,
                               R"({ "from": "numbers", "to": "none" }, { "from": "none", "to": "out" })"));
        const Ended ended = fixture.run({"run", "t.rill", "--metrics", "metrics.json"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY2(
            ended.err.contains("look at: none.condition: The condition held for none of 2\u2009000 rows."),
            describe(ended).constData());
        const QJsonArray findings = json(fixture.read("metrics.json")).object()["findings"].toArray();
        QCOMPARE(findings.size(), 1);
        QCOMPARE(findings[0].toObject()["node"].toString(), QStringLiteral("none"));
        QCOMPARE(findings[0].toObject()["reason"].toString(), QStringLiteral("no_row_matches"));
    }

    void writesToStandardOutput() {
        const ProgramFixture fixture;
        fixture.write("in.csv", "n,name\n7,seven\n");
        QByteArray sink = kSink;
        fixture.write("t.rill",
                      pipeline(kSource + "," + kFilter + "," + sink.replace("out.csv", "-"), kWires));
        const Ended ended = fixture.run({"run", "t.rill", "--set", "folder=."});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(ended.out, QByteArray("n,name\n7,seven\n"));
    }

    void aMissingInputIsAWarningUntilTheRun() {
        const ProgramFixture fixture;
        fixture.write("t.rill", pipeline(kSource + "," + kFilter + "," + kSink, kWires));
        const Ended validated = fixture.run({"validate", "t.rill", "--json"});
        QVERIFY2(validated.status == 0, describe(validated).constData());
        const QJsonArray issues = json(validated.out).array();
        QCOMPARE(issues.size(), 1);
        QCOMPARE(issues[0].toObject()["severity"].toString(), QStringLiteral("warning"));
        QCOMPARE(issues[0].toObject()["node"].toString(), QStringLiteral("numbers"));
        QCOMPARE(issues[0].toObject()["param"].toString(), QStringLiteral("path"));
        const Ended ended = fixture.run({"run", "t.rill"});
        QVERIFY2(ended.status == 1 && ended.err.contains("error: numbers: There is no file “"),
                 describe(ended).constData());
    }

    void everyProblemIsReportedAtOnce() {
        const ProgramFixture fixture;
        fixture.write("in.csv", "n,name\n");
        QByteArray filter = kFilter, sink = kSink;
        fixture.write("t.rill", pipeline(kSource + "," + filter.replace("n > 1", "m > 1") + "," +
                                             sink.replace(R"("path": "out.csv")", ""),
                                         kWires));
        const Ended validated = fixture.run({"validate", "t.rill", "--json", "--set", "folder=."});
        QVERIFY2(validated.status == 2, describe(validated).constData());
        QSet<QString> blamed;
        const QJsonArray issues = json(validated.out).array();
        for (const QJsonValue& issue : issues)
            blamed.insert(issue.toObject()["node"].toString() + '.' + issue.toObject()["param"].toString());
        QCOMPARE(blamed, (QSet<QString>{"big.condition", "out.path"}));
        QCOMPARE(fixture.run({"run", "t.rill", "--set", "folder=."}).status, 2);
    }

    void endlessSourcesEndInOrder_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("--for") << 0;
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGHUP") << SIGHUP;
    }

    void endlessSourcesEndInOrder() {
        QFETCH(int, signal);
        ::signal(SIGHUP, SIG_DFL);  // nohup would leave it ignored
        const ProgramFixture fixture;
        fixture.write("t.rill", pipeline(kEndless + "," + kSink, R"({ "from": "numbers", "to": "out" })"));
        const Ended ended = signal == 0 ? fixture.run({"run", "t.rill", "--for", "500ms"})
                                        : fixture.runAndSignal({"run", "t.rill"}, "out.csv", signal);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        // Whole rows, none left out: the file counts on from 0 to its last line.
        const QList<QByteArray> lines = fixture.read("out.csv").split('\n');
        QVERIFY(lines.size() > 2);
        QVERIFY(lines.last().isEmpty());
        for (qsizetype i = 1; i + 1 < lines.size(); ++i) QCOMPARE(lines[i].toLongLong(), i - 1);
    }

    void wrongUsageIsStatusTwo_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no file") << QStringList{"run"} << QByteArray("FILE is required");
        QTest::newRow("no such option")
            << QStringList{"run", "t.rill", "--no-such"} << QByteArray("not expected: --no-such");
        QTest::newRow("no such command")
            << QStringList{"rnu", "t.rill"} << QByteArray("“rnu” is no command, and no file is there.");
        QTest::newRow("two files") << QStringList{"validate", "t.rill", "other.rill"}
                                   << QByteArray("not expected: other.rill");
        QTest::newRow("a negative duration") << QStringList{"run", "t.rill", "--for", "-1s"}
                                             << QByteArray("--for: a time can't be negative here");
        QTest::newRow("no duration") << QStringList{"run", "t.rill", "--for", "soon"}
                                     << QByteArray("--for: “soon” is not a duration.");
        QTest::newRow("no executor") << QStringList{"run", "t.rill", "--executor", "magic"}
                                     << QByteArray("--executor: magic not in");
        QTest::newRow("no name") << QStringList{"run", "t.rill", "--set", "value"}
                                 << QByteArray("--set: write it as name=value");
        QTest::newRow("no rows") << QStringList{"run", "t.rill", "--batch-rows", "0"}
                                 << QByteArray("--batch-rows: Value 0 not in range");
        QTest::newRow("no folder for metrics") << QStringList{"run", "t.rill", "--metrics", "none/m.json"}
                                               << QByteArray("There is no folder “none”.");
        QTest::newRow("no node") << QStringList{"render", "t.rill", "--out", "x.png"}
                                 << QByteArray("--node is required");
        QTest::newRow("no such node") << QStringList{"render", "t.rill", "--node", "nobody", "--out", "x.png"}
                                      << QByteArray("no chart node “nobody”");
        QTest::newRow("not a chart") << QStringList{"render", "t.rill", "--node", "out", "--out", "x.png"}
                                     << QByteArray("no chart node “out”");
    }

    void wrongUsageIsStatusTwo() {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, says);
        const ProgramFixture fixture;
        fixture.write("t.rill", pipeline(kEndless + "," + kSink, R"({ "from": "numbers", "to": "out" })"));
        const Ended ended = fixture.run(words);
        QVERIFY2(ended.status == 2 && ended.err.contains(says), describe(ended).constData());
    }

    /// The library repeats words as they are.
    void wordsCannotPlayWithTheTerminal() {
        const ProgramFixture fixture;
        for (const char* word : {"--no\u009b31m", "--no\x1b[31m", "--no\u202e"}) {
            const Ended ended = fixture.run({"run", "t.rill", QString::fromUtf8(word)});
            QVERIFY2(ended.status == 2, describe(ended).constData());
            QVERIFY2(!ended.err.contains('\x1b') && !ended.err.contains("\u009b") &&
                         !ended.err.contains("\u202e") && ended.err.contains("\uFFFD"),
                     describe(ended).constData());
        }
        fixture.write("t.rill", pipeline(kSource, "").replace("in.csv", "in\u009b.csv"));
        const Ended validated = fixture.run({"validate", "t.rill", "--json"});
        QVERIFY2(!validated.out.contains("\u009b") && validated.out.contains("\\u009b"),
                 describe(validated).constData());
    }

    void theDesignerNeedsADisplay() {
        const ProgramFixture fixture;
        for (const QStringList& words : {QStringList(), QStringList{"t.rill"}}) {
            const Ended ended = fixture.run(words);
            QVERIFY2(
                ended.status == 1 && ended.err.contains("display") && ended.err.contains("rillwright run"),
                describe(ended).constData());
        }
    }

    void aChartThatIsDisabledIsNotDrawn() {
        const ProgramFixture fixture;
        QByteArray disabled = chartOf("1.0");
        disabled.replace(R"("type": "line_chart",)", R"("type": "line_chart", "disabled": true,)");
        fixture.write("t.rill", disabled);
        const Ended ended = fixture.run({"render", "t.rill", "--node", "chart", "--out", "x.png"});
        QVERIFY2(ended.status == 1 && ended.err.contains("“chart”") && ended.err.contains("Enable the node"),
                 describe(ended).constData());
    }

    /// A union has no task of its own; its counts are there all the same, as are those of a run that failed.
    void metricsHaveEveryNode() {
        const ProgramFixture fixture;
        const QByteArray source =
            R"({ "id": "%1", "type": "rows", "params": { "columns": ["n INT"], "rows": [[1], [2]] } })";
        QByteArray one = source, two = source;
        fixture.write("t.rill",
                      pipeline(one.replace("%1", "one") + "," + two.replace("%1", "two") +
                                   R"(, { "id": "both", "type": "union" }, { "id": "some", "type": "filter",
                                   "params": { "condition": "10 / (n - 2) < 0", "on_error": "fail" } },)" +
                                   kSink,
                               R"({ "from": "one", "to": "both" }, { "from": "two", "to": "both" },
                                { "from": "both", "to": "some" }, { "from": "some", "to": "out" })"));
        const Ended failed = fixture.run({"run", "t.rill", "--metrics", "failed.json"});
        QVERIFY2(failed.status == 1 && failed.err.contains("error: some: ") &&
                     failed.err.contains("Division by zero."),
                 describe(failed).constData());
        QVERIFY(json(fixture.read("failed.json")).object()["nodes"].toObject().contains("some"));
        QByteArray fixed = fixture.read("t.rill");
        fixture.write("t.rill", fixed.replace("\"fail\"", "\"null\""));
        const Ended ended = fixture.run({"run", "t.rill", "--metrics", "metrics.json"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QJsonObject nodes = json(fixture.read("metrics.json")).object()["nodes"].toObject();
        QCOMPARE(nodes.size(), 5);
        QCOMPARE(nodes["both"].toObject()["rows_in"].toInt(), 4);
        QCOMPARE(nodes["both"].toObject()["rows_out"].toInt(), 4);
        QVERIFY(nodes["both"].toObject()["ended"].toBool());
        QCOMPARE(nodes["some"].toObject()["rows_in"].toInt(), 4);
        QVERIFY(nodes["one"].toObject()["busy_seconds"].toDouble() > 0);
    }

    void whatCannotBePrintedIsNoSuccess_data() {
        QTest::addColumn<QString>("words");
        for (const char* words :
             {"nodes", "nodes --json", "explain t.rill", "validate t.rill --json", "--help"})
            QTest::newRow(words) << QString(words);
    }
    void whatCannotBePrintedIsNoSuccess() {
        QFETCH(QString, words);
        if (!QFile::exists("/dev/full")) QSKIP("there is no /dev/full");
        const ProgramFixture fixture;
        fixture.write("t.rill", R"({"rill": 1, "nodes": [{"id": "g", "type": "generator",
            "params": {"columns": ["i BIGINT = i"], "rows": 3}},
            {"id": "o", "type": "csv_sink", "params": {"path": "-"}}], "wires": [{"from": "g", "to": "o"}]})");
        QCOMPARE(fixture.run(words.split(' ')).status, 0);
        const Ended ended =
            fixture.runProgram("/bin/sh", {"-c", "\"$RILLWRIGHT_PROGRAM\" " + words + " > /dev/full"});
        QVERIFY2(ended.status == 1 && ended.err.contains("error: Standard output could not be written"),
                 describe(ended).constData());
    }

    void theCatalogueNamesEveryNode() {
        const ProgramFixture fixture;
        const Ended ended = fixture.run({"nodes", "--json"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QSet<QString> types;
        const QJsonArray kinds = json(ended.out).array();
        const QStringList verdicts{"exact", "equivalent", "approximated", "refused"};
        for (const QJsonValue& kind : kinds) {
            const QString type = kind.toObject()["type"].toString();
            types.insert(type);
            for (const char* engine : {"flink", "spark"}) {
                const QJsonObject there = kind.toObject()[QLatin1String(engine)].toObject();
                const QString verdict = there["verdict"].toString();
                QVERIFY2(verdicts.contains(verdict), qPrintable(type));
                QVERIFY2(verdict == "exact" || !there["reason"].toString().isEmpty(), qPrintable(type));
            }
        }
        QVERIFY(types.contains("csv_source") && types.contains("window_aggregate") &&
                types.contains("line_chart"));
        QVERIFY2(!ended.out.contains("`first`"), "help is printed without its marks of code");
        const Ended words = fixture.run({"nodes"});
        QVERIFY2(words.out.contains("“first”") && !words.out.contains('`'), words.out.constData());
        for (const QString& type : types) QVERIFY2(words.out.contains(type.toUtf8()), qPrintable(type));
    }

    void explainsThePlan() {
        const ProgramFixture fixture;
        fixture.write("t.rill", pipeline(kEndless + "," + kSink, R"({ "from": "numbers", "to": "out" })"));
        const Ended ended = fixture.run({"explain", "t.rill"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY2(ended.out.contains("numbers (generator)") && ended.out.contains("out (csv_sink)") &&
                     ended.out.contains("all rows in order"),
                 describe(ended).constData());
        QVERIFY(fixture.read("out.csv").isEmpty());  // nothing ran
    }

    /// With --run also the run's figures, late rows with their reasons, findings.
    void explainsARun() {
        const ProgramFixture fixture;
        fixture.write("t.rill", lateRows());
        const Ended ended = fixture.run({"explain", "t.rill", "--run"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        for (const char* words :
             {"w (window_aggregate)", "The run: 3 rows in ", "rows in 3 · out 2", "late 1",
              "late by 50\u2009s: Window until 12:00:10 closed, watermark 12:01:00 · n=3", "To look at\n",
              "  Exactly once: After a failure no row is missing",
              "w.allowed_lateness: Allowed lateness 0\u2009s is shorter than the delays seen."}) {
            QVERIFY2(ended.out.contains(words), describe(ended).constData());
        }
        QVERIFY(!fixture.read("out.csv").isEmpty());  // it ran as “run” does
    }

    /// A run without end is looked at for a while, and its state is printed.
    void explainsARunThatDoesNotEnd() {
        const ProgramFixture fixture;
        fixture.write("t.rill",
                      pipeline(R"rill({ "id": "numbers", "type": "generator", "params": { "rate": 2000,
                "columns": ["n BIGINT = i",
                "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"],
                "event_time": "ts" } },
            { "id": "some", "type": "filter", "params": { "condition": "n > 1" } },)rill" +
                                   kSink,
                               R"({ "from": "numbers", "to": "some" }, { "from": "some", "to": "out" })"));
        const Ended ended = fixture.run({"explain", "t.rill", "--run", "--for", "500ms"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY2(ended.out.contains("The watermark goes by “numbers”, where it has stood at 2024-03-01 ") &&
                     ended.out.contains(" (some ← numbers)"),
                 describe(ended).constData());
        QCOMPARE(fixture.run({"explain", "t.rill", "--for", "500ms"}).status, 2);  // of what?
    }

    /// The same for scripts.
    void metricsTellWhy() {
        const ProgramFixture fixture;
        fixture.write("t.rill", lateRows());
        const Ended ended = fixture.run({"run", "t.rill", "--metrics", "metrics.json", "--parallelism", "2"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QJsonObject metrics = json(fixture.read("metrics.json")).object();
        const QJsonArray late = metrics["late_rows"].toArray();
        QCOMPARE(late.size(), 1);
        const QJsonObject row = late[0].toObject();
        QCOMPARE(row["node"].toString(), QStringLiteral("w"));
        QCOMPARE(row["port"].toString(), QStringLiteral("late"));
        QCOMPARE(row["event_time"].toString(), QStringLiteral("2024-03-01 12:00:03.000"));
        QCOMPARE(row["stamp"].toString(), QStringLiteral("2024-03-01 12:01:00.000"));
        QCOMPARE(row["late_for"].toString(), QStringLiteral("2024-03-01 12:00:10.000"));
        QCOMPARE(row["late_by"].toInt(), 50'001);
        const QJsonObject guarantee = metrics["nodes"].toObject()["out"].toObject()["guarantee"].toObject();
        QCOMPARE(guarantee["promise"].toString(), QStringLiteral("exactly_once"));
        QVERIFY(!guarantee["message"].toString().isEmpty());
        const QJsonObject window = metrics["nodes"].toObject()["w"].toObject();
        QCOMPARE(window["largest_late_by"].toInt(), 50'001);
        const QJsonObject spread = window["spread"].toObject();
        QCOMPARE(spread["instance_rows"].toArray().size(), 2);
        QVERIFY(spread["skew"].toDouble() >= 1);
        QVERIFY(!spread["heavy_keys"].toArray().isEmpty());
        QVERIFY(window.contains("busy") && window.contains("queue_full") && window.contains("state_keys"));
        QCOMPARE(window["state_spilled_bytes"].toInt(-1), 0);
    }

    /// Rows that a condition dropped because it was NULL: the count in both, and no finding.
    void rowsDroppedAsNullAreTold() {
        const ProgramFixture fixture;
        fixture.write("t.rill", pipeline(R"({ "id": "numbers", "type": "rows", "params": {
                "columns": ["n INT"], "rows": [[1], [null], [7], [null]] } },)" +
                                             kFilter + "," + kSink,
                                         kWires));
        const Ended told = fixture.run({"explain", "t.rill", "--run"});
        QVERIFY2(told.status == 0, describe(told).constData());
        QVERIFY2(told.out.contains("\n  2 rows were dropped because the condition was NULL for them. To keep "
                                   "such rows, write “(condition) IS NOT FALSE”.\n") &&
                     told.out.contains("Nothing to look at."),
                 describe(told).constData());
        const Ended ended = fixture.run({"run", "t.rill", "--metrics", "metrics.json"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QJsonObject nodes = json(fixture.read("metrics.json")).object()["nodes"].toObject();
        QCOMPARE(nodes["big"].toObject()["null_dropped"].toInt(), 2);
        QVERIFY(!nodes["numbers"].toObject().contains("null_dropped"));
    }

    void explainsStateAndWatermarks() {
        const ProgramFixture fixture;
        fixture.write("t.rill",
                      pipeline(R"({ "id": "numbers", "type": "rows", "params": { "columns": ["n INT",
                "ts TIMESTAMP"], "rows": [[1, null]], "event_time": "ts", "watermark_delay": "5s" } },
            { "id": "w", "type": "window_aggregate", "params": { "size": "1min", "keys": ["n"],
                "aggregates": ["COUNT(*) AS n"], "allowed_lateness": "2s" } },)" +
                                   QByteArray(kSink),
                               R"({ "from": "numbers", "to": "w" }, { "from": "w", "to": "out" })"));
        const Ended ended = fixture.run({"explain", "t.rill"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        for (const char* words :
             {"by hash of n", "watermark: the newest “ts” − 5s", "watermark: its input's − 2s − 1ms",
              "state: sums of each slice, until the watermark passes its last window by 2s\n"
              "    kept in: memory, and files beyond the state memory\n"}) {
            QVERIFY2(ended.out.contains(words), describe(ended).constData());
        }
    }

    void drawsAChartWithoutADisplay_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("PNG") << "x.png" << QByteArray("\x89PNG");
        QTest::newRow("SVG") << "x.svg" << QByteArray("<?xml");
    }

    void drawsAChartWithoutADisplay() {
        QFETCH(QString, file);
        QFETCH(QByteArray, start);
        const ProgramFixture fixture;
        const auto drawn = [&](const QByteArray& values) {
            fixture.write("t.rill", chartOf(values));
            const Ended ended =
                fixture.run({"render", "t.rill", "--node", "chart", "--out", file, "--size", "640x400"});
            if (ended.status != 0 || ended.err.contains("Qt")) qWarning("%s", describe(ended).constData());
            return ended.status == 0 && !ended.err.contains("Qt") ? fixture.read(file) : QByteArray();
        };
        // The picture is one of these values: the same for the same, another one for others.
        const QByteArray waves = drawn("SIN(i / 9.0)");
        QVERIFY(waves.startsWith(start));
        QCOMPARE(drawn("SIN(i / 9.0)"), waves);
        QVERIFY(drawn("SIN(i / 30.0)") != waves);
        if (file.endsWith(".png")) QCOMPARE(sizeOfPng(waves), QSize(640, 400));
        if (file.endsWith(".svg")) QVERIFY(waves.contains("viewBox=\"0 0 640 400\""));
        const auto inTheme = [&](const QString& theme) {
            const Ended ended =
                fixture.run({"render", "t.rill", "--node", "chart", "--out", file, "--theme", theme});
            return ended.status == 0 ? fixture.read(file) : QByteArray();
        };
        const QByteArray dark = inTheme("dark"), light = inTheme("light");
        QVERIFY(!dark.isEmpty() && !light.isEmpty() && dark != light);
        if (file.endsWith(".svg")) {
            // The first line's colour in each theme.
            QVERIFY(dark.contains("#4cc8ff") && !dark.contains("#2a5be0"));
            QVERIFY(light.contains("#2a5be0") && !light.contains("#4cc8ff"));
        }
        fixture.write("t.rill", chartOf("SIN(i / 9.0)"));
        const Ended charts = fixture.run({"run", "t.rill", "--charts", "."});
        QVERIFY2(charts.status == 0, describe(charts).constData());
        QVERIFY(!sizeOfPng(fixture.read("chart.png")).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestCommands)
#include "test_commands.moc"
