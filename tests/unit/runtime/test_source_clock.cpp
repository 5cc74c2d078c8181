// Sources and time in a run: pauses are no silence, and waiting for ever is no work.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kHour = 3'600'000;

double cpuSeconds() {
    timespec used{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

}  // namespace

class TestSourceClock : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// “slow” has an idle time of an hour and is paused for a day: it has not been silent for longer than it
    /// ran, so the other source does not take the windows on without it.
    void aPauseIsNotSilence() {
        const Catalogue kinds = builtin();
        const auto rows = [](const char* minute) {
            Json values = Json::array();
            for (int i = 0; i < 60; ++i)
                values.push_back(Json::array({fmt::format("2024-03-01 {}:{:02}", minute, i)}));
            return values;
        };
        Pipeline pipeline;
        pipeline.nodes = {node("slow", "rows",
                               {{"columns", {"ts TIMESTAMP(3)"}},
                                {"rows", rows("12:00")},
                                {"every", "24h"},
                                {"event_time", "ts"},
                                {"idle_timeout", "1h"}}),
                          node("fast", "rows",
                               {{"columns", {"ts TIMESTAMP(3)"}},
                                {"rows", rows("13:00")},
                                {"every", "30min"},
                                {"event_time", "ts"}}),
                          node("both", "union"),
                          node("count", "window_aggregate",
                               {{"window", "tumble"}, {"size", "1s"}, {"aggregates", {"COUNT(*) AS n"}}}),
                          node("view", "table_view")};
        pipeline.wires = {wire("slow", "both"), wire("fast", "both"), wire("both", "count"),
                          wire("count", "view")};
        const Planned planned = makePlan(pipeline, kinds, {});
        QVERIFY2(planned.plan, planned.issues.empty() ? "" : english(planned.issues.front()).c_str());
        const auto clock = std::make_shared<SimulatedClock>();
        RunOptions options;
        options.clock = clock;
        options.executor = ExecutorKind::Seeded;
        const auto started = Run::start(planned.plan, options);
        QVERIFY(started.ok());
        Run& run = **started;
        const auto given = [&run](const char* id) { return run.metrics().nodes[id].rowsOut; };
        QVERIFY(!run.waitFor(5'000));
        QCOMPARE(given("slow"), std::uint64_t{1});
        QCOMPARE(given("fast"), std::uint64_t{1});
        run.pause();
        QVERIFY(!run.waitFor(20 * kHour));
        QCOMPARE(given("fast"), std::uint64_t{1});
        run.resume();
        QVERIFY(!run.waitFor(kHour - 60'000));
        QVERIFY(given("fast") > 1);
        QCOMPARE(given("count"), std::uint64_t{0});
        // real silence is still taken for it
        QVERIFY(!run.waitFor(120'000));
        QVERIFY(given("count") > 0);
        QCOMPARE(given("slow"), std::uint64_t{1});
    }

    void whatIsDueNextToNeverTakesNoWorkAndNoTimeToStop_data() {
        QTest::addColumn<QString>("params");
        QTest::newRow("generator, rate")
            << R"j({"rate": 1e-300, "columns": ["ts TIMESTAMP(3)"], "event_time": "ts"})j";
        QTest::newRow("generator, smallest rate")
            << R"j({"rate": 4.9e-324, "columns": ["ts TIMESTAMP(3)"]})j";
        QTest::newRow("idle after the end of days")
            << R"j({"rate": 1e-9, "columns": ["ts TIMESTAMP(3)"], "event_time": "ts",
                    "idle_timeout": "106751991167d"})j";
    }
    void whatIsDueNextToNeverTakesNoWorkAndNoTimeToStop() {
        QFETCH(QString, params);
        const Catalogue kinds = builtin();
        Pipeline pipeline;
        pipeline.nodes = {node("in", "generator", Json::parse(params.toStdString())),
                          node("view", "table_view")};
        pipeline.wires = {wire("in", "view")};
        const Planned planned = makePlan(pipeline, kinds, {});
        QVERIFY2(planned.plan, planned.issues.empty() ? "" : english(planned.issues.front()).c_str());
        const auto run = Run::start(planned.plan, {});
        QVERIFY(run.ok());
        const double before = cpuSeconds();
        QTest::qWait(500);
        const double used = cpuSeconds() - before;
        QVERIFY2(used < 0.25, qPrintable(QString::number(used)));
        (*run)->stop(StopMode::Now);
        QVERIFY((*run)->waitFor(20'000));
    }
};

QTEST_GUILESS_MAIN(TestSourceClock)
#include "test_source_clock.moc"
