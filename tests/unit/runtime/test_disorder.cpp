// What a watched run says of all watermark delays is what runs with these delays count.
#include <QtTest>
#include <random>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "core/stream/disorder.h"
#include "core/stream/window_events.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/scripted_source.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::int64_t kRows = 4'000;
const std::vector<Millis> kDelays{0, 100, 500, 1'000, 1'700, 2'000, 3'300, 4'100, 9'000};

Node source(const char* id, int seed, Millis delay, const char* disorder = "4s") {
    return node(id, "generator",
                {{"rows", kRows},
                 {"rate", 0},
                 {"seed", seed},
                 {"disorder", disorder},
                 {"columns",
                  {"k INT = CAST(RANDOM() * 30 AS INT)",
                   "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, i * 10, TIMESTAMP '2024-03-01 00:00:00')"}},
                 {"event_time", "ts"},
                 {"watermark_delay", formatDuration(delay)}});
}

Node windowOf(const Json& more) {
    Json params = {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}};
    params.update(more);
    return node("window", "window_aggregate", params);
}

Wire wireTo(const char* from, const char* to, const char* port) {
    return {{from, "out"}, {to, port}, Json::object()};
}

struct Ran {
    std::vector<DisorderOf> counts;
    std::uint64_t late = 0, rows = 0;
};

Ran run(const Pipeline& pipeline, bool watches, int parallelism = 1, std::uint64_t seed = 1,
        bool tapAll = false) {
    static const Catalogue kCatalogue = withScriptedSource(builtin());
    PlanOptions planning;
    planning.parallelism = parallelism;
    const Planned planned = makePlan(pipeline, kCatalogue, planning);
    if (!planned.plan) qFatal("%s", english(planned.issues.front()).c_str());
    RunOptions options;
    options.batchRows = 200;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    options.tapAll = tapAll;
    auto started = Run::start(planned.plan, options);
    if (!started.ok()) qFatal("%s", english(started.error()).c_str());
    Run& run = **started;
    // The seeded executor does nothing before it is waited for.
    const auto events = run.watchWindows();
    std::optional<DisorderWatch> watch;
    if (watches) watch.emplace(events->disorder());
    run.wait();
    if (!watch) watch.emplace(events->disorder());
    Ran ran;
    for (const NodeId& stamper : watch->stampers()) ran.counts.push_back(*watch->counts(stamper));
    const RunMetrics metrics = run.metrics();
    ran.late = metrics.late;
    ran.rows = metrics.nodes.at("result").rowsIn;
    return ran;
}

Pipeline oneSource(const Node& judge, Millis delay, int seed) {
    Pipeline made;
    made.nodes = {source("source", seed, delay), judge, node("result", "table_view", Json::object())};
    made.wires = {wire("source", "window"), wire("window", "result")};
    return made;
}

void addRows(Disorder& disorder, std::size_t rows) {
    ColumnBuilder times(Type::of(TypeId::Timestamp));
    for (std::size_t i = 0; i < rows; ++i) times.append(Instant{0});
    Batch batch;
    batch.columns = {times.finish()};
    batch.rows = rows;
    disorder.addStamped("source", batch, 0, {}, 5);
}

}  // namespace

class TestDisorder : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void countsAreThoseOfRunsWithThatDelay_data() {
        QTest::addColumn<QByteArray>("window");
        QTest::addColumn<int>("parallelism");
        const auto add = [](const char* name, const char* window, int parallelism) {
            QTest::newRow(name) << QByteArray(window) << parallelism;
        };
        add("tumble", R"({"window": "tumble", "size": "1s"})", 1);
        add("tumble of two tasks", R"({"window": "tumble", "size": "2s"})", 2);
        add("tumble with lateness", R"({"window": "tumble", "size": "700ms", "allowed_lateness": "600ms"})",
            1);
        add("hop", R"({"window": "hop", "size": "2s", "slide": "700ms"})", 1);
        add("hop with lateness",
            R"({"window": "hop", "size": "1s", "slide": "500ms", "allowed_lateness": "1s"})", 3);
        add("cumulate", R"({"window": "cumulate", "size": "2s", "step": "500ms"})", 1);
        add("cumulate with lateness",
            R"({"window": "cumulate", "size": "1s", "step": "250ms", "allowed_lateness": "300ms"})", 2);
    }
    void countsAreThoseOfRunsWithThatDelay() {
        QFETCH(QByteArray, window);
        QFETCH(int, parallelism);
        const Json params = Json::parse(window.toStdString());
        for (int seed = 1; seed <= 3; ++seed) {
            const Ran watched =
                run(oneSource(windowOf(params), 1'050, seed), true, parallelism, static_cast<unsigned>(seed));
            QCOMPARE(watched.counts.size(), std::size_t{1});
            const DisorderOf& counts = watched.counts.front();
            QCOMPARE(counts.delay, Millis{1'050});
            QCOMPARE(counts.judged(), static_cast<std::uint64_t>(kRows));
            QCOMPARE(counts.behind.total(), static_cast<std::uint64_t>(kRows));
            QCOMPARE(counts.lateNow(), watched.late);
            QVERIFY(counts.isExact());
            const Ran plain = run(oneSource(windowOf(params), 1'050, seed), false, parallelism, 7);
            QCOMPARE(plain.late, watched.late);
            QCOMPARE(plain.rows, watched.rows);
            QCOMPARE(plain.counts.front().judged(), std::uint64_t{0});  // nobody looked
            std::uint64_t most = 0;
            for (const Millis delay : kDelays) {
                const Ran real = run(oneSource(windowOf(params), delay, seed), false, parallelism);
                QCOMPARE(counts.lateAt(delay), real.late);
                most = std::max(most, real.late);
            }
            QVERIFY(most > 100);
        }
    }

    /// Nodes that wait for the time of each row judge it by that.
    void nodesWithoutWindowsJudge_data() {
        QTest::addColumn<QByteArray>("judge");
        QTest::addColumn<int>("parallelism");
        const auto add = [](const char* type, const char* params, int parallelism) {
            QTest::newRow(type) << QByteArray(R"({"type": ")" + QByteArray(type) + R"(", "params": )" +
                                              params + "}")
                                << parallelism;
        };
        add("sort", "{}", 1);
        add("deduplicate", R"({"keys": ["k"]})", 2);
        add("over_aggregate",
            R"({"partition_by": ["k"], "frame": "RANGE '1s' PRECEDING", "aggregates": ["COUNT(*) AS n"]})",
            2);
    }
    void nodesWithoutWindowsJudge() {
        QFETCH(QByteArray, judge);
        QFETCH(int, parallelism);
        const Json told = Json::parse(judge.toStdString());
        const Node judging = node("window", told["type"].get<std::string>().c_str(), told["params"]);
        const Ran watched = run(oneSource(judging, 1'050, 4), true, parallelism, 4);
        const DisorderOf& counts = watched.counts.front();
        QCOMPARE(counts.judged(), static_cast<std::uint64_t>(kRows));
        QCOMPARE(counts.lateNow(), watched.late);
        QVERIFY(counts.isExact());
        std::uint64_t most = 0;
        for (const Millis delay : kDelays) {
            const Ran real = run(oneSource(judging, delay, 4), false, parallelism);
            QCOMPARE(counts.lateAt(delay), real.late);
            most = std::max(most, real.late);
        }
        QVERIFY(most > 100);
    }

    /// Behind it rows are in order: nobody judges them once more.
    void behindASortNoRowIsJudgedTwice() {
        const auto made = [](Millis delay) {
            Pipeline pipeline = oneSource(windowOf({{"window", "tumble"}, {"size", "1s"}}), delay, 6);
            pipeline.nodes.push_back(node("order", "sort", Json::object()));
            pipeline.wires = {wire("source", "order"), wire("order", "window"), wire("window", "result")};
            return pipeline;
        };
        const Ran watched = run(made(800), true);
        const DisorderOf& counts = watched.counts.front();
        QCOMPARE(counts.judged(), static_cast<std::uint64_t>(kRows));
        for (const Millis delay : kDelays) QCOMPARE(counts.lateAt(delay), run(made(delay), false).late);
    }

    /// A filter behind the source: the window judges what is left, by the stamps of all.
    void filtersAndEventTimeNodesStandBetween() {
        const auto made = [](Millis delay) {
            Pipeline pipeline = oneSource(windowOf({{"window", "tumble"}, {"size", "1s"}}), 0, 5);
            pipeline.nodes.front().params.erase("event_time");
            pipeline.nodes.front().params.erase("watermark_delay");
            pipeline.nodes.push_back(
                node("time", "event_time", {{"column", "ts"}, {"watermark_delay", formatDuration(delay)}}));
            pipeline.nodes.push_back(node("some", "filter", {{"condition", "k < 10"}}));
            pipeline.wires = {wire("source", "time"), wire("time", "some"), wire("some", "window"),
                              wire("window", "result")};
            return pipeline;
        };
        const Ran watched = run(made(1'000), true);
        QCOMPARE(watched.counts.size(), std::size_t{1});
        const DisorderOf& counts = watched.counts.front();
        QCOMPARE(counts.stamper, NodeId("time"));
        QCOMPARE(counts.behind.total(), static_cast<std::uint64_t>(kRows));
        QVERIFY(counts.judged() > 0 && counts.judged() < static_cast<std::uint64_t>(kRows) / 2);
        for (const Millis delay : kDelays) QCOMPARE(counts.lateAt(delay), run(made(delay), false).late);
    }

    /// Each source is counted by itself: of a union, and of the inputs of joins.
    void eachSourceHasItsOwn_data() {
        QTest::addColumn<QString>("meet");
        QTest::newRow("union") << QStringLiteral("union");
        QTest::newRow("window join") << QStringLiteral("window_join");
        QTest::newRow("interval join") << QStringLiteral("interval_join");
        QTest::newRow("temporal join") << QStringLiteral("temporal_join");
    }
    void eachSourceHasItsOwn() {
        QFETCH(QString, meet);
        const auto made = [&meet](Millis a, Millis b) {
            Pipeline pipeline;
            pipeline.nodes = {source("a", 1, a), source("b", 2, b, "2s"),
                              node("result", "table_view", Json::object())};
            if (meet == QStringLiteral("union")) {
                pipeline.nodes.push_back(node("both", "union", Json::object()));
                pipeline.nodes.push_back(windowOf({{"window", "tumble"}, {"size", "1s"}}));
                pipeline.wires = {wire("a", "both"), wire("b", "both"), wire("both", "window"),
                                  wire("window", "result")};
                return pipeline;
            }
            Json params = {{"on", "left.k = right.k"}};
            if (meet == QStringLiteral("window_join"))
                params.update(Json{{"window", "tumble"}, {"size", "1s"}});
            if (meet == QStringLiteral("interval_join"))
                params.update(Json{{"lower", "-100ms"}, {"upper", "100ms"}});
            pipeline.nodes.push_back(node("join", meet.toStdString().c_str(), params));
            pipeline.wires = {wireTo("a", "join", "left"), wireTo("b", "join", "right"),
                              wire("join", "result")};
            return pipeline;
        };
        const Ran watched = run(made(1'000, 500), true, 2);
        QCOMPARE(watched.counts.size(), std::size_t{2});
        for (const DisorderOf& counts : watched.counts)
            QCOMPARE(counts.judged(), static_cast<std::uint64_t>(kRows));
        QCOMPARE(watched.counts[0].lateNow() + watched.counts[1].lateNow(), watched.late);
        for (const Millis delay : {Millis{0}, Millis{700}, Millis{1'600}}) {
            QCOMPARE(watched.counts[0].lateAt(delay) + watched.counts[1].lateNow(),
                     run(made(delay, 500), false, 2).late);
            QCOMPARE(watched.counts[0].lateNow() + watched.counts[1].lateAt(delay),
                     run(made(1'000, delay), false, 2).late);
        }
    }

    /// A row is judged by its own partition's stamp, so counts are exact with several of them, too.
    void partitionsJudgeTheirOwnRows() {
        Outside& world = Outside::named("world");
        std::mt19937 random(5);
        world.clear();
        for (const char* name : {"a", "b", "c"}) world.news(name, PartitionState::Live);
        constexpr int kPieces = 60, kPiece = 20;
        for (int piece = 0; piece < kPieces; ++piece) {
            for (const auto& [name, ahead] :
                 {std::pair("a", 0), std::pair("b", 7'000), std::pair("c", 300)}) {
                std::vector<ScriptedRow> rows;
                for (int i = 0; i < kPiece; ++i) {
                    const Instant time =
                        (piece * kPiece + i) * 20 + ahead - static_cast<int>(random() % 4'000);
                    rows.push_back({"k", i, time});
                }
                world.rows(name, std::move(rows));
            }
        }
        world.end();
        const auto made = [](Millis delay) {
            Pipeline pipeline;
            pipeline.nodes = {
                node(
                    "source", "scripted",
                    {{"outside", "world"}, {"event_time", "ts"}, {"watermark_delay", formatDuration(delay)}}),
                windowOf({{"window", "tumble"}, {"size", "1s"}}),
                node("result", "table_view", Json::object())};
            pipeline.wires = {wire("source", "window"), wire("window", "result")};
            return pipeline;
        };
        const Ran watched = run(made(1'000), true, 2);
        const DisorderOf& counts = watched.counts.front();
        QCOMPARE(counts.judged(), std::uint64_t{3 * kPieces * kPiece});
        QVERIFY(counts.isExact());
        QVERIFY(watched.late > 100);
        QCOMPARE(counts.lateNow(), watched.late);
        for (const Millis delay : kDelays) QCOMPARE(counts.lateAt(delay), run(made(delay), false).late);
    }

    /// Where only open sessions decide, the count is the most that it can be, and says so.
    void sessionsAreAnUpperBound() {
        const auto made = [](Millis delay) {
            return oneSource(windowOf({{"window", "session"}, {"gap", "300ms"}}), delay, 3);
        };
        const Ran watched = run(made(1'000), true);
        const DisorderOf& counts = watched.counts.front();
        QVERIFY(!counts.isExact());
        QVERIFY(counts.lateNow() >= watched.late);
        for (const Millis delay : kDelays) QVERIFY(counts.lateAt(delay) >= run(made(delay), false).late);
        QCOMPARE(counts.lateAt(9'000), std::uint64_t{0});
    }

    /// Rows of a late port are as many as the delay lets be: what a second window judges of them is left out.
    void rowsOfLatePortsAreNotJudgedTwice() {
        Pipeline pipeline = oneSource(windowOf({{"window", "tumble"}, {"size", "1s"}}), 500, 3);
        pipeline.nodes.push_back(
            node("second", "window_aggregate",
                 {{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}));
        pipeline.nodes.push_back(node("rest", "table_view", Json::object()));
        pipeline.wires.push_back(wire("window", "second", "late"));
        pipeline.wires.push_back(wire("second", "rest"));
        const Ran watched = run(pipeline, true);
        QCOMPARE(watched.counts.front().judges.size(), std::size_t{1});
        QVERIFY(watched.counts.front().judges.contains("window"));
    }

    /// The first rows of a run that may be looked at later are counted, so all of a short one.
    void aShortRunIsCountedFromItsStart() {
        const Pipeline pipeline = oneSource(windowOf({{"window", "tumble"}, {"size", "1s"}}), 1'000, 3);
        const Ran ran = run(pipeline, false, 1, 1, true);
        QCOMPARE(ran.counts.front().judged(), static_cast<std::uint64_t>(kRows));
        QCOMPARE(ran.counts.front().lateNow(), ran.late);
        QVERIFY(ran.counts.front().since != kMinTimestamp);
    }

    /// What is counted is of all rows from some moment on: a gap begins a new count, and rows that were
    /// counted before stay until the first one behind it comes.
    void aGapBeginsANewCount() {
        const auto disorder = std::make_shared<Disorder>();
        disorder->begin({{"source", 0}}, {}, false);
        const auto counted = [&disorder] { return DisorderWatch(disorder).counts("source")->behind.total(); };
        QVERIFY(!disorder->watched());
        {
            const DisorderWatch one(disorder), other(disorder);
            addRows(*disorder, 10);
            addRows(*disorder, 10);
            QCOMPARE(counted(), std::uint64_t{20});
        }
        QVERIFY(!disorder->watched());
        QCOMPARE(counted(), std::uint64_t{20});
        const DisorderWatch again(disorder);
        addRows(*disorder, 3);
        QCOMPARE(counted(), std::uint64_t{3});
        QVERIFY(!again.counts("other"));

        disorder->begin({{"source", 0}}, {}, true);
        QCOMPARE(counted(), std::uint64_t{0});
        addRows(*disorder, Disorder::kFirstRows + 1);
        addRows(*disorder, 1);
        QCOMPARE(counted(), Disorder::kFirstRows + 2);
    }

    void theFirstRowsEnd() {
        Disorder disorder;
        disorder.begin({{"source", 0}}, {}, true);
        QVERIFY(disorder.watched());
        addRows(disorder, Disorder::kFirstRows - 1);
        QVERIFY(disorder.watched());
        addRows(disorder, 1);
        QVERIFY(!disorder.watched());
        disorder.begin({{"source", 0}}, {}, true);
        disorder.begin({{"source", 0}}, {}, false);
        QVERIFY(!disorder.watched());
    }

    void binsGoByTheDelay() {
        TimeCounts counts(1'000);
        QCOMPARE(counts.width(), TimeCounts::kFinest);
        for (const Millis time : {Millis{-5}, Millis{0}, Millis{99}, Millis{100}, Millis{299'999},
                                  Millis{300'000}, kMaxTimestamp, kMinTimestamp})
            counts.add(time);
        QCOMPARE(counts.total(), std::uint64_t{8});
        QCOMPARE(counts.atLeast(0), std::uint64_t{6});
        QCOMPARE(counts.atLeast(100), std::uint64_t{4});
        QCOMPARE(counts.atLeast(200), std::uint64_t{3});
        QCOMPARE(counts.atLeast(300'000), std::uint64_t{2});
        QCOMPARE(counts.bins().size(), TimeCounts::kBins);
        QCOMPARE(counts.within(0.5), std::optional<Millis>(100));
        QCOMPARE(counts.within(1), std::optional<Millis>());
        QCOMPARE(TimeCounts().within(0.5), std::optional<Millis>());
        QCOMPARE(TimeCounts(3'600'000).width(), Millis{10'000});
        QCOMPARE(TimeCounts(kMaxTimestamp).atLeast(kMaxTimestamp), std::uint64_t{0});
    }
};

QTEST_GUILESS_MAIN(TestDisorder)
#include "test_disorder.moc"
