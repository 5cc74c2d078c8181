// A row of a topic names its topic, its partition and its offset there, as the tape of its run has them; an
// older tape lacks the offset. Of rows that are alike in several partitions each names its own.
#include <QtTest/QtTest>

#include "core/lineage/lineage.h"
#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "tests/support/noon.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/scripted_source.h"
#include "tests/support/simulated_clock.h"
#include "tests/support/tape_in_memory.h"

using namespace rw;
using namespace rw::test;

namespace {

struct TapedRun {
    Catalogue kinds = withScriptedSource(builtin());
    Outside& world = Outside::named("taped_offsets");
    std::shared_ptr<const Plan> plan{};
    TapeFileRef tape{};

    TapedRun() {
        world.clear();
        for (const char* partition : {"orders/0", "orders/3"}) world.news(partition, PartitionState::Live);
    }

    /// Runs over what the world has, and records it.
    void record() {
        world.end();
        Pipeline pipeline;
        pipeline.nodes = {node("in", "scripted", {{"outside", "taped_offsets"}, {"event_time", "ts"}}),
                          node("some", "filter", {{"condition", "v > 0"}}), node("seen", "table_view")};
        pipeline.wires = {wire("in", "some"), wire("some", "seen")};
        PlanOptions planning;
        planning.parallelism = 1;
        plan = makePlan(pipeline, kinds, planning).plan;
        QVERIFY(plan);
        const TapeInMemory recorded;
        RunOptions options;
        options.executor = ExecutorKind::Seeded;
        options.clock = std::make_shared<SimulatedClock>(kNoon);
        options.record = recorded.recorder;
        options.outputs = recorded.disk;
        const auto run = Run::start(plan, options);
        QVERIFY2(run.ok(), run.ok() ? "" : english(run.error()).c_str());
        (*run)->wait();
        const Status ended = (*run)->status();
        QVERIFY2(ended.ok(), ended.ok() ? "" : english(ended.error()).c_str());
        const Result<TapeFileRef> read = readTape(recorded.bytes());
        QVERIFY2(read.ok(), read.ok() ? "" : english(read.error()).c_str());
        tape = *read;
    }

    Result<Lineage> why(const std::string& where) const {
        LineageQuestion question;
        question.plan = plan;
        question.catalogue = &kinds;
        question.node = "some";
        question.where = where;
        question.tape = tape;
        return whyRow(question);
    }

    /// Of the only row of the source that made the row: “orders 3 @ 41”; else what is amiss.
    std::string origin(const std::string& where) const {
        const Result<Lineage> lineage = why(where);
        if (!lineage.ok()) return english(lineage.error());
        if (lineage->steps.size() != 1 || lineage->steps[0].rows.size() != 1) return "several rows";
        const std::optional<RowOrigin>& from = lineage->steps[0].rows[0].origin;
        if (!from || !from->taped || !from->topic) return "no origin";
        return from->topic->topic + " " + std::to_string(from->topic->number) + " @ " +
               (from->offset ? std::to_string(*from->offset) : "?");
    }
};

}  // namespace

class TestTapedOffsets : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aRowNamesItsOffset() {
        TapedRun run;
        run.world.rows("orders/3", {{"x", 1, kNoon, 41}, {"x", 2, kNoon + 1'000, 42}, {"x", 3, kNoon, 50}});
        run.world.rows("orders/0", {{"x", 4, kNoon, 7}});
        run.world.rows("orders/3", {{"x", -1, kNoon, 51}, {"x", 5, kNoon, (std::int64_t{1} << 53) + 1}});
        run.world.rows("orders/0", {{"x", 6, kNoon, 9}});
        run.record();
        QCOMPARE(run.origin("v = 1"), std::string("orders 3 @ 41"));
        QCOMPARE(run.origin("v = 2"), std::string("orders 3 @ 42"));
        QCOMPARE(run.origin("v = 3"), std::string("orders 3 @ 50"));
        QCOMPARE(run.origin("v = 4"), std::string("orders 0 @ 7"));
        QCOMPARE(run.origin("v = 5"), std::string("orders 3 @ 9007199254740993"));
        QCOMPARE(run.origin("v = 6"), std::string("orders 0 @ 9"));
    }

    /// The first row of each partition is the same: the last of the two is that of the last partition.
    void rowsThatAreAlikeNameTheirOwn() {
        TapedRun run;
        run.world.rows("orders/0", {{"x", 1, kNoon, 7}});
        run.world.rows("orders/3", {{"x", 1, kNoon, 41}});
        run.record();
        const Result<Lineage> lineage = run.why("v = 1");
        QVERIFY(lineage.ok());
        QCOMPARE(lineage->matched, std::uint64_t{2});
        QCOMPARE(run.origin("v = 1"), std::string("orders 3 @ 41"));
    }

    void anOlderTapeLacksThem() {
        TapedRun run;
        run.world.rows("orders/0", {{"x", 1, kNoon}, {"x", 2, kNoon}});
        run.world.rows("orders/3", {{"x", 3, kNoon}});
        run.record();
        QCOMPARE(run.origin("v = 2"), std::string("orders 0 @ ?"));
        QCOMPARE(run.origin("v = 3"), std::string("orders 3 @ ?"));
    }
};

QTEST_APPLESS_MAIN(TestTapedOffsets)
#include "test_taped_offsets.moc"
