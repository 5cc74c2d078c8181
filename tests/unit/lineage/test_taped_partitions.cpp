// A row of a source with partitions: a tape tells of which it is, and its number there, though each partition
// has rows of that number.
#include <QtTest/QtTest>
#include <map>

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

const Catalogue& kinds() {
    static const Catalogue kKinds = withScriptedSource(builtin());
    return kKinds;
}

std::shared_ptr<const Plan> planned() {
    Pipeline pipeline;
    pipeline.nodes = {node("in", "scripted", {{"outside", "taped_partitions"}, {"event_time", "ts"}}),
                      node("some", "filter", {{"condition", "v > 0"}}), node("seen", "table_view")};
    pipeline.wires = {wire("in", "some"), wire("some", "seen")};
    PlanOptions options;
    options.parallelism = 1;
    return makePlan(pipeline, kinds(), options).plan;
}

}  // namespace

class TestTapedPartitions : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aRowNamesItsPartition() {
        Outside& world = Outside::named("taped_partitions");
        world.clear();
        world.news("a", PartitionState::Live);
        world.news("b", PartitionState::Live);
        world.rows("a", {{"x", 1, kNoon}, {"x", 2, kNoon + 1'000}});
        world.rows("b", {{"x", 3, kNoon}, {"x", 4, kNoon + 2'000}});
        world.rows("a", {{"x", 5, kNoon + 3'000}});
        world.end();
        const std::shared_ptr<const Plan> plan = planned();
        QVERIFY(plan);
        const TapeInMemory tape;
        RunOptions options;
        options.executor = ExecutorKind::Seeded;
        options.clock = std::make_shared<SimulatedClock>(kNoon);
        options.record = tape.recorder;
        options.outputs = tape.disk;
        const auto run = Run::start(plan, options);
        QVERIFY2(run.ok(), run.ok() ? "" : english(run.error()).c_str());
        (*run)->wait();
        QVERIFY2((*run)->status().ok(),
                 (*run)->status().ok() ? "" : english((*run)->status().error()).c_str());
        const Result<TapeFileRef> read = readTape(tape.bytes());
        QVERIFY2(read.ok(), read.ok() ? "" : english(read.error()).c_str());
        struct Place {
            std::string partition;
            std::int64_t number;
        };
        const std::map<int, Place> places{
            {1, {"a", 0}}, {2, {"a", 1}}, {3, {"b", 0}}, {4, {"b", 1}}, {5, {"a", 2}}};
        for (const auto& [value, place] : places) {
            LineageQuestion question;
            question.plan = plan;
            question.catalogue = &kinds();
            question.node = "some";
            question.where = "v = " + std::to_string(value);
            question.tape = *read;
            const Result<Lineage> lineage = whyRow(question);
            QVERIFY2(lineage.ok(), lineage.ok() ? "" : english(lineage.error()).c_str());
            QCOMPARE(lineage->steps.size(), std::size_t{1});
            QCOMPARE(lineage->steps[0].rows.size(), std::size_t{1});
            const std::optional<RowOrigin>& origin = lineage->steps[0].rows[0].origin;
            QVERIFY2(origin.has_value(), question.where.c_str());
            QVERIFY2(
                origin->partition == place.partition && origin->number == place.number,
                (question.where + ": " + origin->partition + " " + std::to_string(origin->number)).c_str());
            QVERIFY(origin->taped.has_value() && origin->file.empty());
        }
    }
};

QTEST_APPLESS_MAIN(TestTapedPartitions)
#include "test_taped_partitions.moc"
