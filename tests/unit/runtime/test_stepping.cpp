// Steps and breakpoints: a run goes on just so far, says why it stands, and its result is that of a run that
// never stood.
#include <QtTest>
#include <thread>

#include "core/state/checkpoint_store.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

using Why = Halt::Why;

constexpr std::int64_t kRows = 1'000;
constexpr std::int64_t kBatch = 10;
constexpr Millis kPatience = 120'000;          // a disk that discards may take half a minute for a sync
constexpr Instant kBegin = 1'709'251'200'000;  // 2024-03-01 00:00:00

/// A row of two keys each 100 ms of event time, every tenth of which is late by far.
Node source(const char* id, std::int64_t rows = kRows) {
    return node(
        id, "generator",
        {{"rows", rows},
         {"rate", 0},
         {"columns",
          {"n BIGINT = i", "k BIGINT = MOD(i, 2)",
           "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, CASE WHEN MOD(i, 10) = 9 AND i > 200 THEN i * "
           "100 - 20000 ELSE i * 100 END, TIMESTAMP '2024-03-01 00:00:00')"}},
         {"event_time", "ts"},
         {"watermark_delay", "1s"}});
}

class Fixture {
 public:
    std::string path(const char* name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    std::string out() const { return path("out.csv"); }
    Pipeline pipeline() const {
        Pipeline made;
        made.nodes = {
            source("source"), node("even", "filter", {{"condition", "MOD(n, 5) <> 0"}}),
            node("sums", "window_aggregate",
                 {{"window", "tumble"}, {"size", "5s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS c"}}}),
            node("out", "csv_sink", {{"path", out()}})};
        made.wires = {wire("source", "even"), wire("even", "sums"), wire("sums", "out")};
        return made;
    }
    static RunOptions options(ExecutorKind executor = ExecutorKind::Seeded) {
        RunOptions made;
        made.batchRows = kBatch;
        made.executor = executor;
        made.seed = 7;
        made.startsPaused = true;
        return made;
    }
    std::unique_ptr<Run> start(const RunOptions& options, int parallelism = 1) const {
        return start(pipeline(), options, parallelism);
    }
    static std::unique_ptr<Run> start(const Pipeline& pipeline, const RunOptions& options,
                                      int parallelism = 1) {
        auto run = Run::start(planOf(pipeline, parallelism), options);
        if (!run.ok()) qFatal("%s", english(run.error()).c_str());
        return std::move(*run);
    }
    QStringList lines() const {
        QFile file(QString::fromStdString(out()));
        if (!file.open(QIODevice::ReadOnly)) return {};
        QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
        std::sort(lines.begin(), lines.end());
        return lines;
    }

 private:
    QTemporaryDir m_folder;
};

/// The halt of a step; a breakpoint in the way is one, too.
Halt step(Run& run, const Until& until) {
    const std::uint64_t before = run.stepping().halts;
    if (const Status status = run.step(until); !status.ok()) qFatal("%s", english(status.error()).c_str());
    if (!run.awaitHalt(before, kPatience)) qFatal("the step does not end");
    return *run.stepping().last;
}

Halt goOn(Run& run) {
    const std::uint64_t before = run.stepping().halts;
    run.resume();
    if (!run.awaitHalt(before, kPatience)) return {.why = Why::Ended};
    return *run.stepping().last;
}

Breakpoint at(const char* node, const char* condition = "", const char* port = "out") {
    return {node, port, Breakpoint::On::Rows, condition};
}

std::uint64_t rowsOut(const Run& run, const char* node) {
    return run.metrics().nodes.at(node).rowsOut;
}

}  // namespace

class TestStepping : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void oneBatchAtATime_data() { executors(); }
    void oneBatchAtATime() {
        QFETCH(ExecutorKind, executor);
        const Fixture fixture;
        const auto run = fixture.start(Fixture::options(executor));
        QCOMPARE(run->state(), RunState::Paused);
        QCOMPARE(rowsOut(*run, "source"), std::uint64_t{0});
        for (std::int64_t batch = 1; batch <= 5; ++batch) {
            const Halt halt = step(*run, OneBatch{"source"});
            QCOMPARE(halt.why, Why::Batch);
            QCOMPARE(halt.node, NodeId("source"));
            QCOMPARE(halt.rows, std::uint64_t{kBatch});
            QCOMPARE(run->state(), RunState::Paused);
            QCOMPARE(rowsOut(*run, "source"), static_cast<std::uint64_t>(batch * kBatch));
        }
        (void)run->waitFor(20);  // and nothing more
        QCOMPARE(rowsOut(*run, "source"), std::uint64_t{5 * kBatch});
        QCOMPARE(step(*run, OneBatch{}).node, NodeId("source"));
    }

    void ofTwoSourcesOneGives() {
        Fixture fixture;
        Pipeline pipeline;
        pipeline.nodes = {source("a"), source("b", 2 * kBatch), node("all", "union"),
                          node("out", "csv_sink", {{"path", fixture.out()}})};
        pipeline.wires = {{{"a", "out"}, {"all", "in"}, Json::object()},
                          {{"b", "out"}, {"all", "in"}, Json::object()},
                          wire("all", "out")};
        const auto run = Fixture::start(pipeline, Fixture::options());
        QCOMPARE(step(*run, OneBatch{"b"}).why, Why::Batch);
        QCOMPARE(rowsOut(*run, "a"), std::uint64_t{0});
        QCOMPARE(step(*run, OneBatch{"b"}).why, Why::Batch);
        QCOMPARE(step(*run, OneBatch{"b"}).why, Why::SourceEnded);
        QCOMPARE(rowsOut(*run, "b"), std::uint64_t{2 * kBatch});
        QCOMPARE(run->state(), RunState::Paused);
        run->resume();
        run->wait();
        QCOMPARE(run->state(), RunState::Finished);
        QCOMPARE(rowsOut(*run, "all"), std::uint64_t{kRows + 2 * kBatch});
    }

    void untilAWindowFires_data() { executors(); }
    void untilAWindowFires() {
        QFETCH(ExecutorKind, executor);
        const Fixture fixture;
        const auto run = fixture.start(Fixture::options(executor));
        for (int window = 0; window < 3; ++window) {
            const Halt halt = step(*run, NextFiring{"sums"});
            QCOMPARE(halt.why, Why::Fired);
            QCOMPARE(halt.windowStart, kBegin + window * 5'000);
            QCOMPARE(halt.windowEnd, kBegin + (window + 1) * 5'000);
            QVERIFY(halt.watermark >= halt.windowEnd - 1);
            // The results have left the node, and nobody has taken them.
            QCOMPARE(rowsOut(*run, "sums"), static_cast<std::uint64_t>(2 * (window + 1)));
            QVERIFY(run->metrics().nodes.at("out").rowsIn <= static_cast<std::uint64_t>(2 * window));
        }
    }

    void untilAnyWindowFires() {
        const Fixture fixture;
        const auto run = fixture.start(Fixture::options());
        const Halt halt = step(*run, NextFiring{});
        QCOMPARE(halt.why, Why::Fired);
        QCOMPARE(halt.node, NodeId("sums"));
        QCOMPARE(halt.windowStart, kBegin);
    }

    void withoutWindowsNoneFires() {
        const Fixture fixture;
        Pipeline pipeline = fixture.pipeline();
        std::erase_if(pipeline.nodes, [](const Node& node) { return node.id == "sums"; });
        std::erase_if(pipeline.wires, [](const Wire& wire) { return wire.to.node == "sums"; });
        for (Wire& wire : pipeline.wires) {
            if (wire.from.node == "sums") wire.from = {"even", "out"};
        }
        const auto plain = Fixture::start(pipeline, Fixture::options());
        QVERIFY(english(plain->step(NextFiring{}).error()).find("has windows") != std::string::npos);
        QCOMPARE(plain->state(), RunState::Paused);
    }

    void aNodeWithoutWindowsGivesRowsInstead() {
        const Fixture fixture;
        const auto run = fixture.start(Fixture::options());
        for (std::uint64_t batch = 1; batch <= 3; ++batch) {
            const Halt rows = step(*run, NextFiring{"even"});
            QCOMPARE(rows.why, Why::Fired);
            QCOMPARE(rows.windowStart, rows.windowEnd);
            QCOMPARE(rows.rows, std::uint64_t{8});  // of ten two are left out
            QCOMPARE(rowsOut(*run, "even"), 8 * batch);
        }
    }

    void untilEventTime_data() { executors(); }
    void untilEventTime() {
        QFETCH(ExecutorKind, executor);
        const Fixture fixture;
        const auto run = fixture.start(Fixture::options(executor));
        Halt halt = step(*run, EventTime{kBegin + 20'000});
        QCOMPARE(halt.why, Why::EventTime);
        QVERIFY(halt.watermark >= kBegin + 20'000);
        QVERIFY(halt.watermark < kBegin + 20'000 + kBatch * 100);
        halt = step(*run, EventTime{kBegin + 30'000, "sums"});
        QCOMPARE(halt.node, NodeId("sums"));
        QVERIFY(halt.watermark >= kBegin + 30'000);
        const Status behind = run->step(EventTime{kBegin + 10'000});
        QVERIFY(!behind.ok());
        QVERIFY(english(behind.error()).find("already") != std::string::npos);
        QCOMPARE(run->state(), RunState::Paused);
    }

    void breakpointsHoldWhileItRuns_data() { executors(); }
    void breakpointsHoldWhileItRuns() {
        QFETCH(ExecutorKind, executor);
        const Fixture plain;
        RunOptions options = Fixture::options(executor);
        const QStringList expected = resultOf(plain, options);

        const Fixture fixture;
        options.breakpoints = {at("even", "n = 123 OR n = 124 OR n = 501"), at("source", "n = 300"),
                               at("source", "n = 301"), at("even", "n = 1")};
        options.breakpoints.back().enabled = false;
        const auto run = fixture.start(options);
        Halt halt = goOn(*run);
        QCOMPARE(halt.why, Why::Breakpoint);
        QCOMPARE(halt.breakpoint, options.breakpoints[0]);
        QCOMPARE(halt.rows, std::uint64_t{2});
        QVERIFY2(halt.row.starts_with("n=123, k=1"), halt.row.c_str());
        QCOMPARE(run->state(), RunState::Paused);
        if (executor == ExecutorKind::Seeded) QCOMPARE(rowsOut(*run, "source"), std::uint64_t{130});
        QVERIFY(rowsOut(*run, "sums") <= 4);
        // Two breakpoints of one batch: one after the other, and nothing goes on in between.
        halt = goOn(*run);
        QCOMPARE(halt.breakpoint, options.breakpoints[1]);
        const std::uint64_t there = rowsOut(*run, "even");
        halt = goOn(*run);
        QCOMPARE(halt.breakpoint, options.breakpoints[2]);
        if (executor == ExecutorKind::Seeded) QCOMPARE(rowsOut(*run, "even"), there);
        QVERIFY(goOn(*run).row.starts_with("n=501"));
        QCOMPARE(run->stepping().breakpoints[0].hits, std::uint64_t{2});
        QCOMPARE(run->stepping().breakpoints[3].hits, std::uint64_t{0});
        QCOMPARE(goOn(*run).why, Why::Ended);
        run->wait();
        QCOMPARE(run->state(), RunState::Finished);
        QCOMPARE(fixture.lines(), expected);
    }

    void aBreakpointOfAStepGoesWithIt() {
        const Fixture fixture;
        const auto run = fixture.start(Fixture::options());
        const Halt halt = step(*run, at("even", "n >= 42"));
        QCOMPARE(halt.why, Why::Breakpoint);
        QVERIFY(halt.ofStep);
        QVERIFY2(halt.row.starts_with("n=42,"), halt.row.c_str());
        QCOMPARE(goOn(*run).why, Why::Ended);
    }

    void lateAndRejectedRows() {
        const Fixture fixture;
        Pipeline pipeline = fixture.pipeline();
        pipeline.nodes[1] =
            node("even", "select",
                 {{"columns", {"n", "k", "ts", "10 / MOD(n, 400) AS q"}}, {"on_error", "reject"}});
        RunOptions options = Fixture::options();
        options.breakpoints = {{"sums", "", Breakpoint::On::Late, ""},
                               {"even", "", Breakpoint::On::Rejected, ""},
                               {"even", "", Breakpoint::On::Late, ""},
                               {"even", "", Breakpoint::On::Rejected, "n > 1"}};
        const auto run = Fixture::start(pipeline, options);
        const auto states = run->stepping().breakpoints;
        QVERIFY(states[0].trouble.empty());
        QVERIFY(states[1].trouble.empty());
        QVERIFY(english(states[2].trouble).find("no late rows") != std::string::npos);
        QVERIFY(english(states[3].trouble).find("no condition") != std::string::npos);
        Halt halt = goOn(*run);
        QCOMPARE(halt.breakpoint.on, Breakpoint::On::Rejected);
        QVERIFY2(halt.row.starts_with("n=0,"), halt.row.c_str());
        QVERIFY(!halt.reason.empty());
        for (int i = 0; i < 5 && halt.breakpoint.on != Breakpoint::On::Late; ++i) halt = goOn(*run);
        QCOMPARE(halt.breakpoint.on, Breakpoint::On::Late);
        QVERIFY2(halt.row.find("ts=2024-03-01 00:00:00.900") != std::string::npos,
                 halt.row.c_str());  // of n=209
    }

    void whatCanNotBe() {
        const Fixture fixture;
        const auto run = fixture.start(Fixture::options());
        const auto refusal = [&](const Until& until) { return english(run->step(until).error()); };
        QVERIFY(refusal(OneBatch{"even"}).find("no source") != std::string::npos);
        QVERIFY(refusal(OneBatch{"gone"}).find("no node “gone”") != std::string::npos);
        QVERIFY(refusal(NextFiring{"gone"}).find("no node “gone”") != std::string::npos);
        QVERIFY(refusal(EventTime{0, "gone"}).find("no node “gone”") != std::string::npos);
        QVERIFY(refusal(at("even", "nn = 1")).find("“nn = 1”") != std::string::npos);
        QVERIFY(refusal(at("even", "", "nowhere")).find("no output “nowhere”") != std::string::npos);
        QCOMPARE(run->state(), RunState::Paused);
        QVERIFY(!run->stepping().underWay);
        run->setBreakpoints({at("gone"), at("even", "n + 1"), at("even", "n = 17")});
        const SteppingState set = run->stepping();
        QVERIFY(!set.breakpoints[0].trouble.empty());
        QVERIFY(!set.breakpoints[1].trouble.empty());
        QVERIFY(set.breakpoints[2].trouble.empty());
        QVERIFY(goOn(*run).row.starts_with("n=17,"));
        // The others do not go away with it.
        run->setBreakpoints({});
        QCOMPARE(goOn(*run).why, Why::Ended);
        run->wait();
        QVERIFY(refusal(OneBatch{}).find("over") != std::string::npos);
    }

    void onlyAPausedRunSteps() {
        const Fixture fixture;
        RunOptions options = Fixture::options();
        options.startsPaused = false;
        const auto run = fixture.start(options);
        QVERIFY(english(run->step(OneBatch{}).error()).find("paused") != std::string::npos);
        run->pause();
        QCOMPARE(step(*run, OneBatch{}).why, Why::Batch);
    }

    /// No firing comes any more.
    void aStepEndsWithTheRun_data() { executors(); }
    void aStepEndsWithTheRun() {
        QFETCH(ExecutorKind, executor);
        Fixture fixture;
        Pipeline pipeline = fixture.pipeline();
        pipeline.nodes[1].params["condition"] = "n < 0";
        const auto run = Fixture::start(pipeline, Fixture::options(executor));
        QCOMPARE(step(*run, NextFiring{"sums"}).why, Why::Ended);
        run->wait();
        QCOMPARE(run->state(), RunState::Finished);
    }

    void aSourceWithoutRowsIsWaitedFor_data() { executors(); }
    void aSourceWithoutRowsIsWaitedFor() {
        QFETCH(ExecutorKind, executor);
        Fixture fixture;
        Pipeline pipeline = fixture.pipeline();
        pipeline.nodes[0].params["rate"] = 0.001;  // the first row after a long time
        pipeline.nodes[0].params["rows"] = 0;
        RunOptions options = Fixture::options(executor);
        const auto run = Fixture::start(pipeline, options);
        if (rowsOut(*run, "source") == 0) QVERIFY(run->step(OneBatch{"source"}).ok());
        (void)run->awaitHalt(0, 200);
        if (run->stepping().underWay) {
            QCOMPARE(run->state(), RunState::Running);
            run->pause();
            QCOMPARE(run->stepping().last->why, Why::Paused);
            QVERIFY(run->step(OneBatch{"source"}).ok());
        } else {
            QVERIFY(run->step(OneBatch{"source"}).ok());
        }
        // It need not be paused to go on without the step.
        run->resume();
        QCOMPARE(run->state(), RunState::Running);
        QVERIFY(!run->stepping().underWay);
        run->stop(StopMode::Discard);
    }

    void stopWhileRowsStand_data() {
        QTest::addColumn<ExecutorKind>("executor");
        QTest::addColumn<StopMode>("mode");
        for (const auto& [name, executor] :
             {std::pair{"seeded", ExecutorKind::Seeded}, {"pool", ExecutorKind::Pool}}) {
            QTest::addRow("%s, drain", name) << executor << StopMode::Drain;
            QTest::addRow("%s, now", name) << executor << StopMode::Now;
            QTest::addRow("%s, discard", name) << executor << StopMode::Discard;
        }
    }
    void stopWhileRowsStand() {
        QFETCH(ExecutorKind, executor);
        QFETCH(StopMode, mode);
        const Fixture fixture;
        RunOptions options = Fixture::options(executor);
        options.breakpoints = {at("even", "n >= 123")};
        const auto run = fixture.start(options, 3);
        QCOMPARE(goOn(*run).why, Why::Breakpoint);
        QVERIFY(!run->snapshot().ok());  // no barrier passes them
        run->stop(mode);
        QVERIFY(run->waitFor(kPatience));
        QVERIFY(run->status().ok());
        QCOMPARE(run->state(), mode == StopMode::Drain ? RunState::Finished : RunState::Stopped);
        if (mode == StopMode::Drain) QVERIFY(fixture.lines().size() > 4);
    }

    /// No barrier passes rows that stand: a checkpoint waits until the run goes on.
    void checkpointsWaitWhileRowsStand() {
        const Fixture plain;
        const QStringList expected = resultOf(plain, Fixture::options(ExecutorKind::Pool));
        const Fixture fixture;
        RunOptions options = Fixture::options(ExecutorKind::Pool);
        CheckpointStoreOptions store;
        store.location = locationInFolder(fixture.path("checkpoints"), fixture.path("p.rill"));
        store.lineage = "stepping";
        options.checkpoints = {makeCheckpointStore(std::move(store)), 5, true};
        options.breakpoints = {at("even", "n = 123"), at("even", "n = 501")};
        const auto run = fixture.start(options, 3);
        const auto complete = [&run] { return run->metrics().checkpoints.taken; };
        for (int stop = 0; stop < 2; ++stop) {
            QCOMPARE(goOn(*run).why, Why::Breakpoint);
            const std::uint64_t before = complete();
            (void)run->waitFor(100);
            QVERIFY(complete() <= before + 1);  // the barrier of one may have passed before
        }
        QCOMPARE(goOn(*run).why, Why::Ended);
        run->wait();
        QVERIFY(run->status().ok());
        QCOMPARE(fixture.lines(), expected);
    }

    void stopInAStep() {
        const Fixture fixture;
        const auto run = fixture.start(Fixture::options(ExecutorKind::Pool));
        QVERIFY(run->step(at("even", "n < 0")).ok());
        run->stop(StopMode::Now);
        run->wait();
        QVERIFY(run->stepping().last->why == Why::Stopped || run->stepping().last->why == Why::Ended);
        QVERIFY(!run->stepping().underWay);
    }

    /// Steps of all kinds, one after the other, through a run on several threads: nothing is lost or doubled.
    void aRunInStepsHasTheSameResult() {
        const Fixture plain;
        RunOptions options = Fixture::options(ExecutorKind::Pool);
        const QStringList expected = resultOf(plain, options);
        const Fixture fixture;
        const auto run = fixture.start(options, 4);
        const std::vector<Until> steps = {OneBatch{},         NextFiring{"sums"},
                                          at("sums"),         OneBatch{"source"},
                                          NextFiring{"even"}, at("even", "MOD(n, 7) = 3")};
        for (std::size_t i = 0; !run->finished(); ++i) {
            const std::uint64_t before = run->stepping().halts;
            if (!run->step(steps[i % steps.size()]).ok()) break;  // it has just ended
            (void)run->awaitHalt(before, kPatience);
        }
        run->wait();
        QCOMPARE(run->state(), RunState::Finished);
        QCOMPARE(fixture.lines(), expected);
    }

    void fromManyThreads() {
        const Fixture fixture;
        RunOptions options = Fixture::options(ExecutorKind::Pool);
        options.breakpoints = {at("even", "MOD(n, 3) = 0")};
        const auto run = fixture.start(options, 4);
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&run, i] {
                while (!run->finished()) {
                    if (i == 0) run->pause();
                    if (i == 1) (void)run->step(OneBatch{});
                    if (i == 2) run->resume();
                    if (i == 3) (void)run->step(NextFiring{"sums"});
                }
            });
        }
        for (std::thread& thread : threads) thread.join();
        QCOMPARE(run->state(), RunState::Finished);
        QCOMPARE(rowsOut(*run, "source"), std::uint64_t{kRows});
    }

 private:
    static void executors() {
        QTest::addColumn<ExecutorKind>("executor");
        QTest::newRow("seeded") << ExecutorKind::Seeded;
        QTest::newRow("pool") << ExecutorKind::Pool;
    }
    static QStringList resultOf(const Fixture& fixture, RunOptions options) {
        options.startsPaused = false;
        fixture.start(options)->wait();
        return fixture.lines();
    }
};

QTEST_GUILESS_MAIN(TestStepping)
#include "test_stepping.moc"
