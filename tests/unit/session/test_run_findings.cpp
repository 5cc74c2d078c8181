// What is said of a run that was stopped: what it waited for then, unless its end gave the results.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/nodes/catalogue.h"
#include "widgets/session/run_findings.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct FindingsFixture {
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunFindings findings{document};
    NodeId source, window;
    RunSnapshot snapshot{};

    FindingsFixture() {
        source = document.addNode(
            {"rows",
             Json::parse(
                 R"json({"columns": ["ts TIMESTAMP(3)", "k INT"], "rows": [], "event_time": "ts"})json")},
            {});
        window =
            document.addNode({"window_aggregate",
                              Json{{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}},
                             {300, 0});
        document.connectPorts({source, "out"}, {window, "in"});
        RunMetrics& metrics = snapshot.metrics;
        metrics.state = RunState::Running;
        metrics.seconds = 60;
        metrics.nodes[source].rowsOut = 20;
        NodeMetrics& open = metrics.nodes[window];
        open.rowsIn = 20;
        open.watermark = 1'709'294'403'000;
        open.openFrom = 1'709'294'400'000;
        open.openUntil = 1'709'294'410'000;
    }
    bool waits(bool running) {
        ++snapshot.sequence;
        findings.update(snapshot, running);
        for (const Finding* each : findings.of(window)) {
            if (each->reason == Finding::Reason::WindowOpen) return true;
        }
        return false;
    }
};

}  // namespace

class TestRunFindings : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aStoppedRunStillSaysWhatItWaitedFor() {
        FindingsFixture of;
        QVERIFY(of.waits(true));
        of.snapshot.metrics.state = RunState::Stopped;
        QVERIFY(of.waits(false));
        // A run that ended by itself has given all results.
        of.snapshot.metrics.state = RunState::Finished;
        QVERIFY(!of.waits(false));
        of.snapshot.metrics.state = RunState::Stopped;
        QVERIFY(of.waits(false));
        of.findings.startOver();
        QVERIFY(!of.waits(false));
    }

    void aWindowThatFiredAtTheEndWaitsNoMore() {
        FindingsFixture of;
        QVERIFY(of.waits(true));
        of.snapshot.metrics.state = RunState::Stopped;
        of.snapshot.metrics.nodes[of.window].openUntil = kMaxTimestamp;
        QVERIFY(!of.waits(false));
    }

    void findingsOfUntouchedNodesOutliveAnApply() {
        FindingsFixture of;
        NodeMetrics& late = of.snapshot.metrics.nodes[of.window];
        late.late = 3;
        late.largestLateBy = 4'000;
        late.openUntil = kMaxTimestamp;
        const auto tells = [&of] {
            ++of.snapshot.sequence;
            of.findings.update(of.snapshot, true);
            const auto& all = of.findings.of(of.window);
            return std::any_of(all.begin(), all.end(),
                               [](const Finding* each) { return each->reason == Finding::Reason::LateRows; });
        };
        QVERIFY(tells());
        const Pipeline before = of.document.pipeline();
        const RunMetrics last = of.snapshot.metrics;
        of.findings.goOn(last, before, before);
        late.late = 0;
        late.largestLateBy = 0;
        QVERIFY(tells());
        Pipeline now = before;
        now.find(of.window)->params["size"] = "20s";
        of.findings.goOn(of.snapshot.metrics, before, now);
        QVERIFY(!tells());
    }
};

QTEST_GUILESS_MAIN(TestRunFindings)
#include "test_run_findings.moc"
