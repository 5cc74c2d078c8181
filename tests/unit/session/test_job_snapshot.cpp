// A cluster's metrics of a job as the window shows them: missing ones are unknown, and rates outlast the
// pauses between two looks.
#include <QtTest/QtTest>

#include "tests/support/made_remote_run.h"
#include "widgets/session/figures_age.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

constexpr Instant kBegin = 1'700'000'000'000;

Pipeline twoNodes() {
    Pipeline pipeline;
    Node source, sink;
    source.id = "a";
    source.type = "generator";
    sink.id = "b";
    sink.type = "table_view";
    pipeline.nodes = {source, sink};
    pipeline.wires.push_back(Wire{PortRef{"a", "out"}, PortRef{"b", "in"}});
    return pipeline;
}

JobFigures figuresAt(Instant at, std::uint64_t rows) {
    JobFigures figures;
    figures.at = at;
    figures.nodes["a"].rowsOut = rows;
    figures.wires = {rows};
    figures.sourceRows = rows;
    return figures;
}

}  // namespace

class TestJobSnapshot : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void lateRowsMayBeAtLeastSoMany() {
        RunSnapshot snapshot;
        JobFigures figures = figuresAt(kBegin, 1);
        figures.nodes["b"].late = 3;
        figures.nodes["b"].lateAtLeast = true;
        showFigures(snapshot, twoNodes(), figures);
        QVERIFY(snapshot.node("b")->known.late && snapshot.node("b")->known.lateAtLeast);
        QVERIFY(!snapshot.node("a")->known.lateAtLeast);
        QCOMPARE(snapshot.node("b")->metrics.late, std::uint64_t{3});
    }

    void whatIsNotToldIsUnknown() {
        RunSnapshot snapshot;
        JobFigures figures;
        figures.at = kBegin;
        figures.nodes["a"].rowsOut = 0;
        figures.nodes["a"].watermark = kMinTimestamp;
        figures.nodes["a"].backpressure = 0.5;
        showFigures(snapshot, twoNodes(), figures);
        const LiveNode& source = *snapshot.node("a");
        QVERIFY(source.known.out && source.known.watermark && source.known.backpressure);
        QVERIFY(!source.known.in && !source.known.late && !source.known.busy && !source.known.state);
        QCOMPARE(source.backpressure, 0.5);
        const KnownFigures& sink = snapshot.node("b")->known;
        QVERIFY(!sink.in && !sink.out && !sink.late && !sink.rejected && !sink.watermark && !sink.busy &&
                !sink.backpressure && !sink.state);
        const LiveWire& wire = *snapshot.wire(twoNodes().wires.front());
        QVERIFY(!wire.known);
        QCOMPARE(wire.metrics.backpressure, 0.5);
        QVERIFY(!snapshot.sourcesKnown);
    }

    void whichOfSeveralWiresIsHeldUpIsNotKnown() {
        RunSnapshot snapshot;
        Pipeline pipeline = twoNodes();
        pipeline.nodes.push_back(pipeline.nodes.back());
        pipeline.nodes.back().id = "c";
        pipeline.wires.push_back(pipeline.wires.front());
        pipeline.wires.back().to.node = "c";
        JobFigures figures;
        figures.at = kBegin;
        figures.nodes["a"].backpressure = 0.5;
        showFigures(snapshot, pipeline, figures);
        for (const Wire& wire : pipeline.wires) QCOMPARE(snapshot.wire(wire)->metrics.backpressure, 0.0);
    }

    void aNodeThatIsOffIsNotThere() {
        RunSnapshot snapshot;
        Pipeline pipeline = twoNodes();
        pipeline.nodes.back().disabled = true;
        showFigures(snapshot, pipeline, figuresAt(kBegin, 1));
        QVERIFY(snapshot.node("b") == nullptr);
        QVERIFY(snapshot.node("a") != nullptr);
    }

    void ratesAreOfTheTimesOfTheCluster() {
        RunSnapshot snapshot;
        showFigures(snapshot, twoNodes(), figuresAt(kBegin, 5'000'000));
        const LiveNode* source = snapshot.node("a");
        QVERIFY(!source->out.hasRate());  // a job that ran before has not just given all its rows
        showFigures(snapshot, twoNodes(), figuresAt(kBegin + 1'020, 5'000'510));
        QVERIFY(source->out.hasRate());
        QCOMPARE(source->out.perSecond(), 500.0);
        QCOMPARE(snapshot.wires.begin()->second.rate.perSecond(), 500.0);
        QCOMPARE(snapshot.sources.perSecond(), 500.0);
        showFigures(snapshot, twoNodes(), figuresAt(kBegin + 1'020, 5'000'510));  // asked again too early
        QCOMPARE(source->out.perSecond(), 500.0);
    }

    // Flink renews its counts every ten seconds by default.
    void aClusterThatCountsSeldomHasASteadyRate() {
        RunSnapshot snapshot;
        for (int second = 0; second <= 30; ++second) {
            const auto counted = static_cast<std::uint64_t>(second / 10 * 1'000);
            showFigures(snapshot, twoNodes(), figuresAt(kBegin + second * 1'000, counted));
            if (second >= 10) QCOMPARE(snapshot.node("a")->out.perSecond(), 100.0);
        }
    }

    void aSourceThatHasDriedUpComesToZero() {
        RunSnapshot snapshot;
        for (int second = 0; second <= 40; ++second)
            showFigures(snapshot, twoNodes(), figuresAt(kBegin + second * 1'000, second == 0 ? 0 : 1'000));
        QCOMPARE(snapshot.node("a")->out.perSecond(), 0.0);
        QVERIFY(snapshot.node("a")->known.out);
    }

    // After a failure the cluster counts from nothing.
    void aCounterThatHasFallenWasBegunAnew() {
        RunSnapshot snapshot;
        showFigures(snapshot, twoNodes(), figuresAt(kBegin, 8'000));
        showFigures(snapshot, twoNodes(), figuresAt(kBegin + 1'000, 9'000));
        showFigures(snapshot, twoNodes(), figuresAt(kBegin + 2'000, 10));
        QVERIFY(!snapshot.node("a")->out.hasRate());
        showFigures(snapshot, twoNodes(), figuresAt(kBegin + 3'000, 110));
        QCOMPARE(snapshot.node("a")->out.perSecond(), 100.0);
    }

    void whatIsToldNoMoreHasNoRate() {
        RunSnapshot snapshot;
        showFigures(snapshot, twoNodes(), figuresAt(kBegin, 8'000));
        showFigures(snapshot, twoNodes(), figuresAt(kBegin + 1'000, 9'000));
        JobFigures silent = figuresAt(kBegin + 2'000, 10'000);
        silent.nodes.clear();
        showFigures(snapshot, twoNodes(), silent);
        QVERIFY(!snapshot.node("a")->known.out);
        QVERIFY(!snapshot.node("a")->out.hasRate());
        QVERIFY(snapshot.wires.begin()->second.rate.hasRate());
    }

    void saysHowOldFiguresAre() {
        MadeRemoteRun run;
        const QDateTime now(QDate(2026, 3, 1), QTime(12, 3, 9));
        QCOMPARE(figuresAgeText(run, now), QString());
        run.turn(State::Running);
        QCOMPARE(figuresAgeText(run, now), QStringLiteral("no figures yet"));
        run.seen = now.addMSecs(-3'400);
        QCOMPARE(figuresAgeText(run, now), QStringLiteral("figures 3\u2009s old"));
        run.seen = now.addMSecs(-5'000);
        QCOMPARE(figuresAgeText(run, now), QStringLiteral("last seen 12:03:04"));
        run.seen = now.addMSecs(100);  // a clock that was set
        QCOMPARE(figuresAgeText(run, now), QStringLiteral("figures 0\u2009s old"));
        run.turn(State::Finished);
        QCOMPARE(figuresAgeText(run, now), QString());
    }
};

QTEST_MAIN(TestJobSnapshot)
#include "test_job_snapshot.moc"
