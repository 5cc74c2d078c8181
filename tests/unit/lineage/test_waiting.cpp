// Rows that wait in an open window: the source or the partition that holds the watermark back, and since when
// by what the tape has.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/lineage/lineage.h"
#include "core/nodes/catalogue.h"
#include "tests/support/batch_of.h"
#include "tests/support/noon.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/scripted_source.h"
#include "tests/support/simulated_clock.h"
#include "tests/support/tape_in_memory.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kBegan = 1'700'000'000'000;
constexpr Instant kNoWatermark = kMinTimestamp;

const Catalogue& kinds() {
    static const Catalogue kKinds = withScriptedSource(builtin());
    return kKinds;
}

SchemaRef columns() {
    return schemaOf(
        {{"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}});
}

/// One row of key x, so many seconds behind noon, read `at`, behind which the source has that watermark.
TapePiece row(const char* partition, int second, Millis at, Instant watermark) {
    TapePiece piece;
    piece.at = at;
    piece.arrived = kBegan + at;
    piece.watermark = watermark;
    piece.partition = partition;
    Batch& batch = piece.rows.batches.emplace_back(
        batchOf(columns(), {{std::string("x"), std::int32_t{1}, std::int64_t{kNoon + second * 1'000}}}));
    batch.positions.first = 0;
    piece.rows.rowsRead = 1;
    return piece;
}

TapePiece stop(Millis at, Instant watermark) {
    TapePiece piece;
    piece.kind = TapePiece::Kind::Stopped;
    piece.at = at;
    piece.watermark = watermark;
    return piece;
}

/// A source, and what the tape has of it.
struct OnTape {
    Node node{};
    bool several = false;
    std::vector<TapePiece> pieces{};
};

/// A source of several partitions, all of which it finds before its first row.
OnTape scripted(const char* id, std::vector<std::string> partitions, std::vector<TapePiece> pieces) {
    for (const std::string& name : partitions)
        pieces.front().marks.push_back({TapeMark::Kind::Found, name, kMinTimestamp});
    return {node(id, "scripted", {{"outside", id}, {"event_time", "ts"}}), true, std::move(pieces)};
}

/// A source without partitions; of the tape are its rows.
OnTape plain(const char* id, std::vector<TapePiece> pieces, bool timed = true) {
    Json params{{"columns", {"k STRING", "v INT", "ts TIMESTAMP(3)"}},
                {"rows", Json::array({Json::array({"x", 1, "2024-03-01 12:00:00"})})}};
    if (timed) params["event_time"] = "ts";
    return {node(id, "rows", std::move(params)), false, std::move(pieces)};
}

TapeFileRef tapeOf(const Pipeline& pipeline, const std::vector<OnTape>& sources) {
    const TapeInMemory made;
    MakeContext context;
    context.outputs = made.disk;
    context.clock = std::make_shared<SimulatedClock>();
    TapeStart start;
    start.began = kBegan;
    start.pipeline = pipeline;
    for (const OnTape& each : sources)
        start.sources.push_back({each.node.id, each.node.type, columns(), each.several});
    if (!made.recorder->open(context, start).ok()) qFatal("no tape");
    for (std::size_t i = 0; i < sources.size(); ++i) {
        for (const TapePiece& piece : sources[i].pieces) {
            if (!made.recorder->write(i, piece).ok()) qFatal("no piece");
        }
    }
    if (!made.recorder->close({true, {}}).ok()) qFatal("no end");
    const Result<TapeFileRef> tape = readTape(made.bytes());
    if (!tape.ok()) qFatal("%s", english(tape.error()).c_str());
    return *tape;
}

/// Where the rows of x end that its window of the first minute would need: they wait.
struct Waited {
    std::shared_ptr<const Plan> plan{};
    MissingEnd end{};
    std::string failure{};

    Waited(const std::vector<OnTape>& sources, std::vector<Node> between) {
        Pipeline pipeline;
        NodeId last = sources.front().node.id;
        for (const OnTape& each : sources) pipeline.nodes.push_back(each.node);
        between.push_back(node(
            "per_key", "window_aggregate",
            {{"window", "tumble"}, {"size", "1min"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}}));
        between.push_back(node("seen", "table_view"));
        bool first = true;
        for (Node& each : between) {
            if (first) {
                for (const OnTape& source : sources)
                    pipeline.wires.push_back(wire(source.node.id.c_str(), each.id.c_str()));
            } else {
                pipeline.wires.push_back(wire(last.c_str(), each.id.c_str()));
            }
            first = false;
            last = each.id;
            pipeline.nodes.push_back(std::move(each));
        }
        PlanOptions options;
        options.parallelism = 1;
        const Planned planned = makePlan(pipeline, kinds(), options);
        for (const Issue& issue : planned.issues) {
            if (issue.severity == Severity::Error) failure += english(issue) + '\n';
        }
        plan = planned.plan;
        if (!plan) return;
        LineageQuestion question;
        question.plan = plan;
        question.catalogue = &kinds();
        question.node = "per_key";
        question.where = "k = 'x' AND window_end = '2024-03-01 12:01:00'";
        question.tape = tapeOf(pipeline, sources);
        const Result<MissingAnswer> answer = whyNoRow(question);
        if (!answer.ok()) {
            failure = english(answer.error());
            return;
        }
        const auto found = std::ranges::find_if(
            answer->ends, [](const auto& each) { return each.fate == MissingEnd::Fate::Waiting; });
        if (found == answer->ends.end()) {
            failure = "none waits";
        } else {
            end = *found;
        }
    }
    bool says(const char* part) const {
        return std::ranges::any_of(
            end.words, [part](const Text& each) { return english(each).find(part) != std::string::npos; });
    }
    std::string words() const {
        std::string all = failure;
        for (const Text& each : end.words) all += english(each) + '\n';
        return all;
    }
};

constexpr Instant after(int seconds) {
    return kNoon + seconds * 1'000;
}

}  // namespace

class TestWaiting : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// The others go on; the slowest has stood since its row came.
    void thePartitionThatHoldsTheWatermarkIsNamed() {
        const Waited waited({scripted("in", {"p0", "p1"},
                                      {row("p0", 50, 100, kNoWatermark), row("p1", 5, 200, after(5)),
                                       row("p0", 55, 5'000, after(5)), stop(60'200, after(5))})},
                            {});
        QVERIFY2(waited.end.heldBy.has_value(), waited.words().c_str());
        const WatermarkHolder& holder = *waited.end.heldBy;
        QCOMPARE(holder.source, NodeId("in"));
        QCOMPARE(holder.partition, std::string("p1"));
        QCOMPARE(holder.watermark, after(5));
        QVERIFY(holder.since.has_value());
        QCOMPARE(*holder.since, kBegan + 200);
        QVERIFY(!holder.sinceBefore);
        QCOMPARE(holder.lasts, Millis{60'000});
        QVERIFY2(waited.says("the partition “p1” of “in” holds the watermark back: it has come to 2024-03-01 "
                             "12:00:05.000"),
                 waited.words().c_str());
        QVERIFY2(waited.says("this has been so since 2023-11-14 22:13:20 UTC, for "), waited.words().c_str());
        QVERIFY2(waited.says("from 2024-03-01 12:00:00.000 to 2024-03-01 12:01:00.000"),
                 waited.words().c_str());
    }

    void ofTwoSourcesTheSlowerIsNamed() {
        const Waited waited({plain("fast", {row("", 50, 10, after(50)), stop(1'000, after(50))}),
                             plain("slow", {row("", 5, 20, after(5)), row("", 7, 300, after(7)),
                                            row("", 6, 500, after(7)), stop(1'000, after(7))})},
                            {node("all", "union")});
        QVERIFY2(waited.end.heldBy.has_value(), waited.words().c_str());
        const WatermarkHolder& holder = *waited.end.heldBy;
        QCOMPARE(holder.source, NodeId("slow"));
        QVERIFY(holder.partition.empty());
        QCOMPARE(holder.watermark, after(7));
        QVERIFY(holder.since.has_value());
        QCOMPARE(*holder.since, kBegan + 300);
        QCOMPARE(holder.lasts, Millis{700});
        QVERIFY2(waited.says("the watermark of “slow” has come to 2024-03-01 12:00:07.000, and later rows of "
                             "it would close the window"),
                 waited.words().c_str());
    }

    /// One that has given no row: for as long as there is anything.
    void aSourceWithoutAWatermarkHoldsItFromTheBeginning() {
        const Waited waited({plain("busy", {row("", 50, 10, after(50)), stop(4'000, after(50))}),
                             plain("silent", {stop(4'000, kNoWatermark)})},
                            {node("all", "union")});
        QVERIFY2(waited.end.heldBy.has_value(), waited.words().c_str());
        const WatermarkHolder& holder = *waited.end.heldBy;
        QCOMPARE(holder.source, NodeId("silent"));
        QCOMPARE(holder.watermark, kMinTimestamp);
        QVERIFY(holder.since.has_value());
        QCOMPARE(*holder.since, kBegan);
        QCOMPARE(holder.lasts, Millis{4'000});
        QVERIFY2(waited.says("“silent” has no watermark yet"), waited.words().c_str());
    }

    /// Its watermark is made below it: the tape does not say when.
    void whereEventTimeIsGivenBelowNothingIsSaidOfSince() {
        const Waited waited({plain("in", {row("", 5, 100, kNoWatermark), stop(4'000, kNoWatermark)}, false)},
                            {node("timed", "event_time", {{"column", "ts"}})});
        QVERIFY2(waited.end.heldBy.has_value(), waited.words().c_str());
        const WatermarkHolder& holder = *waited.end.heldBy;
        QCOMPARE(holder.source, NodeId("in"));
        QCOMPARE(holder.watermark, after(5));
        QVERIFY(!holder.since.has_value());
        QVERIFY2(!waited.says("this has been so"), waited.words().c_str());
    }
};

QTEST_APPLESS_MAIN(TestWaiting)
#include "test_waiting.moc"
