// What windows tell those who watch a run: which of them open, show results and close, with what; and that
// the results are the same whether anybody watches.
#include <QtTest/QtTest>

#include <set>

#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/window_events.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/window_case.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

const NodeKind& kindOf(const char* type) {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find(type);
}

StreamType input() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(
        Schema{{{"ts", Type::of(TypeId::Timestamp)}, {"k", Type::of(TypeId::String)}}});
    type.eventTime = 0;
    return type;
}

std::string at(int second) {
    char text[40];
    std::snprintf(text, sizeof text, "1970-01-01 00:%02d:%02d.000", second / 60, second % 60);
    return text;
}

/// “fired 0-10 3 rows 2 results”, times in seconds.
std::string lineOf(const WindowEvent& event) {
    static const char* const kNames[] = {"opened", "early", "fired", "again", "closed", "merged", "late"};
    std::string line = kNames[static_cast<int>(event.kind)];
    const auto seconds = [](Instant time) { return std::to_string(time / 1000); };
    line += " " + (event.window.start == kMinTimestamp ? "" : seconds(event.window.start)) + "-" +
            seconds(event.window.end);
    using Kind = WindowEvent::Kind;
    if (event.kind == Kind::Early || event.kind == Kind::Fired || event.kind == Kind::FiredAgain) {
        line += " " + (event.rows < 0 ? "?" : std::to_string(event.rows)) + " rows " +
                std::to_string(event.results) + " results";
    }
    if (!event.key.empty()) line += " of " + event.key;
    return line;
}

/// A window node and the watch over it.
struct Watched {
    Watched(const char* type, const Json& params, const std::vector<StreamType>& inputs, bool watches = true)
        : bound(bindNode(kindOf(type), params, inputs)), context(contextFor(inputs.front())) {
        if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
        for (std::size_t i = 1; i < inputs.size(); ++i)
            context.inputs.push_back(contextFor(inputs[i]).inputs.front());
        events = WindowEvents::of(context);
        if (watches) begin();
        harness = std::make_unique<OperatorHarness>(kindOf(type), *bound.bound, context);
    }
    explicit Watched(const Json& params, bool watches = true)
        : Watched("window_aggregate", params, {input()}, watches) {}
    void begin() { watch = std::make_unique<WindowWatch>(events); }

    void send(const std::vector<std::pair<int, const char*>>& rows, std::vector<Instant> stamps = {},
              int port = 0) {
        TextRows cells;
        for (const auto& [second, key] : rows) cells.push_back({at(second), key});
        Batch batch = textBatch(input().schema, cells);
        if (!stamps.empty()) batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        harness->send(batch, port);
    }
    /// The events since the last call.
    Lines told() {
        Lines lines;
        for (const WindowEvent& event : watch->since("tested", after)) {
            lines.push_back(lineOf(event));
            after = event.number;
        }
        return lines;
    }

    BoundForTest bound;
    MakeContext context;
    std::shared_ptr<WindowEvents> events;
    std::unique_ptr<WindowWatch> watch;
    std::unique_ptr<OperatorHarness> harness;
    std::uint64_t after = 0;
};

Json windows(const char* window, Json more) {
    Json params = {{"window", window}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}};
    params.update(more);
    return params;
}

/// All output of a case, and, where it is watched, its events.
struct Output {
    std::vector<Lines> ports;
    std::vector<WindowEvent> events;
    std::size_t late = 0, rejected = 0;
};

Output outputOf(WindowKind kind, std::uint64_t seed, bool watches) {
    WindowCase tried(kind, seed);
    const BoundForTest bound = bindNode(kindOf("window_aggregate"), tried.params(), {tried.input()});
    const MakeContext context = contextFor(tried.input(), tried.wires(), tried.pick(1, 5));
    const auto events = WindowEvents::of(context);
    const auto watch = watches ? std::make_unique<WindowWatch>(events) : nullptr;
    OperatorHarness harness(kindOf("window_aggregate"), *bound.bound, context);
    tried.feed([&](const Batch& batch) { harness.send(batch); },
               [&](Instant watermark) { harness.advance(watermark); });
    harness.end();
    Output made;
    for (int port = 0; port < 3; ++port) made.ports.push_back(harness.lines(port));
    if (watch) made.events = watch->since("tested", 0);
    made.late = harness.lateCount();
    made.rejected = harness.rejected().size();
    return made;
}

}  // namespace

class TestWindowReports : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aWindowOpensFiresAgainAndCloses() {
        Watched of(windows("tumble", {{"size", "10s"}, {"allowed_lateness", "5s"}}));
        of.send({{1, "a"}, {2, "b"}, {3, "a"}});
        QCOMPARE(of.told(), (Lines{"opened 0-10"}));
        of.send({{4, "a"}, {12, "a"}});
        QCOMPARE(of.told(), (Lines{"opened 10-20"}));
        of.harness->advance(9'999);
        QCOMPARE(of.told(), (Lines{"fired 0-10 4 rows 2 results"}));
        of.send({{5, "c"}}, {9'999});
        QCOMPARE(of.told(), (Lines{"again 0-10 5 rows 3 results"}));
        of.harness->advance(14'998);
        QCOMPARE(of.told(), Lines{});
        of.harness->advance(14'999);
        QCOMPARE(of.told(), (Lines{"closed 0-10"}));
        of.harness->end();
        QCOMPARE(of.told(), (Lines{"fired 10-20 1 rows 1 results", "closed 10-20"}));
    }

    void earlyResultsAreTold() {
        Watched of(windows("tumble", {{"size", "10s"}, {"early", "4s"}}));
        of.send({{1, "a"}, {2, "b"}});
        of.harness->advance(5'000);
        of.harness->advance(6'000);
        of.harness->advance(9'999);
        QCOMPARE(of.told(),
                 (Lines{"opened 0-10", "early 0-10 2 rows 2 results", "fired 0-10 2 rows 2 results"}));
    }

    void aHopOpensEachWindowOnce() {
        Watched of(windows("hop", {{"size", "30s"}, {"slide", "10s"}}));
        of.send({{25, "a"}});
        QCOMPARE(of.told(), (Lines{"opened 20-50", "opened 10-40", "opened 0-30"}));
        of.send({{55, "a"}});  // 30-60 begins behind the slice of 20
        QCOMPARE(of.told(), (Lines{"opened 50-80", "opened 40-70", "opened 30-60"}));
        of.send({{35, "a"}, {45, "a"}, {26, "b"}});  // all of their windows are open
        QCOMPARE(of.told(), Lines{});
        of.harness->advance(39'999);
        QCOMPARE(of.told(), (Lines{"fired 0-30 2 rows 2 results", "fired 10-40 3 rows 2 results"}));
    }

    void aCumulateOpensEachWindowOnce() {
        Watched of(windows("cumulate", {{"size", "30s"}, {"step", "10s"}}));
        of.send({{15, "a"}});
        QCOMPARE(of.told(), (Lines{"opened 0-30", "opened 0-20"}));
        of.send({{5, "a"}});
        QCOMPARE(of.told(), (Lines{"opened 0-10"}));
        of.send({{25, "a"}, {35, "a"}});
        QCOMPARE(of.told(), (Lines{"opened 30-60", "opened 30-50", "opened 30-40"}));
    }

    void sessionsHaveTheirKeysAndRows() {
        Watched of(windows("session", {{"gap", "10s"}}));
        of.send({{1, "a"}, {2, "b"}});
        of.send({{25, "a"}, {5, "b"}, {6, "b"}});
        QCOMPARE(of.told(), (Lines{"opened 1-11 of a", "opened 2-12 of b", "opened 25-35 of a"}));
        of.send({{11, "a"}, {16, "a"}});  // from 1 to 35 they are one
        QCOMPARE(of.told(), (Lines{"merged 1-21", "opened 1-35 of a"}));
        of.harness->advance(34'999);
        const Lines fired = of.told();
        QCOMPARE(fired, (Lines{"fired 2-16 3 rows 1 results of b", "fired 1-35 4 rows 1 results of a"}));
    }

    void joinsTellOfRowsOfBothInputs() {
        StreamType right = input();
        right.schema = std::make_shared<const Schema>(
            Schema{{{"rt", Type::of(TypeId::Timestamp)}, {"q", Type::of(TypeId::String)}}});
        Watched of("window_join", {{"window", "tumble"}, {"size", "10s"}, {"on", "left.k = right.q"}},
                   {input(), right});
        of.send({{1, "a"}, {2, "b"}});
        of.send({{3, "a"}, {4, "a"}}, {}, 1);
        QCOMPARE(of.told(), (Lines{"opened 0-10"}));
        of.harness->advance(9'999);
        QCOMPARE(of.told(), (Lines{"fired 0-10 4 rows 2 results"}));
        const std::vector<WindowLane> lanes = of.watch->lanes();
        QCOMPARE(lanes.size(), std::size_t{1});
        QVERIFY(lanes.front().joins);
        QCOMPARE(lanes.front().size, Millis{10'000});
    }

    void nothingIsToldWhileNobodyWatches() {
        Watched of(windows("tumble", {{"size", "10s"}}), false);
        of.send({{1, "a"}, {12, "a"}});
        of.harness->advance(9'999);
        of.begin();
        QCOMPARE(of.told(), Lines{});
        // Whoever comes later sees what is open, and how many rows it had before.
        of.send({{13, "b"}});
        QCOMPARE(of.told(), (Lines{"opened 10-20"}));
        of.harness->advance(19'999);
        QCOMPARE(of.told(), (Lines{"fired 10-20 2 rows 2 results"}));
        of.watch.reset();
        of.send({{21, "a"}});
        of.harness->advance(29'999);
        of.begin();
        QCOMPARE(of.told(), Lines{});
    }

    void rowsFromASavedStateAreNotCounted() {
        Watched of(windows("tumble", {{"size", "10s"}}));
        of.send({{1, "a"}, {2, "b"}});
        StateWriter state;
        QVERIFY(of.harness->tested().snapshot(state).ok());
        const std::string bytes = state.finish();
        const auto reader = StateReader::open(bytes);
        QVERIFY(reader.ok());
        Watched again(windows("tumble", {{"size", "10s"}}));
        QVERIFY(again.harness->tested().restore(*reader, keyGroupsOf(0, 1)).ok());
        again.send({{3, "a"}});
        again.harness->advance(9'999);
        QCOMPARE(again.told(), (Lines{"opened 0-10", "fired 0-10 ? rows 2 results"}));
    }

    void theNewestEventsAreKept() {
        QCOMPARE(WindowEvents::kKept, std::size_t{10'000});
        const auto events = std::make_shared<WindowEvents>();
        const WindowWatch watch(events);
        std::vector<WindowEvent> some;
        for (std::size_t i = 0; i < WindowEvents::kKept + 7; ++i) {
            some.emplace_back().window = {static_cast<Instant>(i), 0};
            events->add(i % 2 == 0 ? "a" : "b", some, 5);
            QVERIFY(some.empty());
        }
        for (std::size_t i = 0; i < WindowEvents::kKept; ++i) {
            some.emplace_back().window = {static_cast<Instant>(i), 0};
            events->add("a", some, 6);
        }
        const std::vector<WindowEvent> kept = watch.since("a", 0);
        QCOMPARE(kept.size(), WindowEvents::kKept);
        QCOMPARE(kept.front().window.end, Instant{0});
        QCOMPARE(kept.back().at, Instant{6});
        QCOMPARE(watch.since("a", kept[10].number).size(), WindowEvents::kKept - 11);
        QCOMPARE(watch.since("b", 0).size(), (WindowEvents::kKept + 7) / 2);
        QVERIFY(watch.since("c", 0).empty());
    }

    void resultsAreTheSameWhenWatched_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("tumble") << static_cast<int>(WindowKind::Tumble);
        QTest::newRow("hop") << static_cast<int>(WindowKind::Hop);
        QTest::newRow("cumulate") << static_cast<int>(WindowKind::Cumulate);
        QTest::newRow("session") << static_cast<int>(WindowKind::Session);
    }
    void resultsAreTheSameWhenWatched() {
        QFETCH(int, kind);
        std::size_t events = 0;
        for (std::uint64_t seed = 1; seed <= 300; ++seed) {
            const auto plain = outputOf(static_cast<WindowKind>(kind), seed, false);
            const auto watched = outputOf(static_cast<WindowKind>(kind), seed, true);
            QVERIFY2(plain.ports == watched.ports, std::to_string(seed).c_str());
            QVERIFY(plain.events.empty());
            events += watched.events.size();
            // Windows end in the order in which they fire, as far as one node tells of them.
            Instant last = kMinTimestamp;
            std::set<std::pair<Instant, Instant>> fired;
            for (const WindowEvent& event : watched.events) {
                if (event.kind != WindowEvent::Kind::Fired || kind == static_cast<int>(WindowKind::Session))
                    continue;
                QVERIFY2(event.window.end >= last, std::to_string(seed).c_str());
                last = event.window.end;
                QVERIFY2(fired.insert({event.window.start, event.window.end}).second,
                         std::to_string(seed).c_str());
            }
        }
        QVERIFY(events > 1'000);
    }
};

QTEST_APPLESS_MAIN(TestWindowReports)
#include "test_window_reports.moc"
