// What the command line tells of the figures of a run, in words and for programs: state in files, and what a
// checkpoint wrote of each node.
#include <QtTest>

#include "app/cli/metrics_file.h"
#include "app/cli/run_report.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace {

/// A window with state in files, and its source.
struct Reported {
    Pipeline pipeline;
    RunMetrics metrics;

    Reported() {
        pipeline.nodes = {node("in", "generator"), node("w", "window_aggregate")};
        pipeline.wires = {wire("in", "w")};
        metrics.state = RunState::Stopped;
        metrics.seconds = 10;
        metrics.nodes["in"].rowsOut = 1'000;
        NodeMetrics& window = metrics.nodes["w"];
        window.rowsIn = 1'000;
        window.stateKeys = 400;
        window.stateBytes = 2'097'152;
        window.stateSpilled = 1'610'612'736;
        window.memoryForState = 1'700'000'000;
    }
    QString report() const {
        return QString::fromStdString(cli::runReport(cli::evidenceOf(pipeline, metrics), {}));
    }
    Json file() const { return Json::parse(cli::metricsJson(cli::evidenceOf(pipeline, metrics), {}, {})); }
};

}  // namespace

class TestRunReport : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void stateInFilesStandsBesideThatInMemory() {
        Reported run;
        const QString both = QStringLiteral(" · keys 400 · state 2\u2009MiB + 1.5\u2009GiB in files\n");
        QVERIFY2(run.report().contains(both), qPrintable(run.report()));
        run.metrics.nodes["w"].stateHitRate = 0.5;
        QVERIFY2(run.report().contains(QStringLiteral(" in files · found in memory 50")),
                 qPrintable(run.report()));
        run.metrics.nodes["w"].stateHitRate.reset();
        run.metrics.nodes["w"].stateSpilled = 0;
        QVERIFY2(run.report().contains(QStringLiteral(" · keys 400\n")), qPrintable(run.report()));
    }

    void whatWouldHoldItIsToldOfTheSlowNode() {
        Reported run;
        QVERIFY(!run.report().contains(QStringLiteral("state_memory")));
        run.metrics.nodes["w"].busiestSeconds = 8;
        QVERIFY2(run.report().contains(QStringLiteral("--state-memory 1664MB")), qPrintable(run.report()));
    }

    void programsReadItToo() {
        Reported run;
        Json window = run.file()["nodes"]["w"];
        QCOMPARE(window["state_bytes"].get<std::uint64_t>(), std::uint64_t{2'097'152});
        QCOMPARE(window["state_spilled_bytes"].get<std::uint64_t>(), std::uint64_t{1'610'612'736});
        QVERIFY(!window.contains("checkpoint"));
        QVERIFY(!window.contains("state_hit_rate"));
        run.metrics.nodes["w"].stateHitRate = 0.5;
        QCOMPARE(run.file()["nodes"]["w"]["state_hit_rate"].get<double>(), 0.5);
        run.metrics.checkpoints.on = true;
        run.metrics.nodes["w"].checkpointBytes = 900;
        run.metrics.nodes["w"].checkpointWritten = 70;
        window = run.file()["nodes"]["w"];
        QCOMPARE(window["checkpoint"]["bytes"].get<int>(), 900);
        QCOMPARE(window["checkpoint"]["bytes_written"].get<int>(), 70);
    }
};

QTEST_GUILESS_MAIN(TestRunReport)
#include "test_run_report.moc"
