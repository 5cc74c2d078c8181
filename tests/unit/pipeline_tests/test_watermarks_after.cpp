// Watermarks that are told while a test is written are those of the run.
#include <QtTest/QtTest>
#include <random>

#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline_tests/test_run.h"
#include "core/pipeline_tests/watermarks_after.h"

using namespace rw;

namespace {

constexpr Instant kNoon = 1'709'294'400'000;
constexpr Millis kDelay = 2'000;

const Catalogue& kinds() {
    static const Catalogue kBuiltin = builtin();
    return kBuiltin;
}

TestedPipeline rows() {
    Result<Loaded> loaded = loadPipeline(R"json({ "rill": 1, "nodes": [
        { "id": "rows", "type": "csv_source", "params": { "path": "a.csv", "columns": ["n INT", "ts TIMESTAMP(3)"],
          "event_time": "ts", "watermark_delay": "2s" } },
        { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } } ],
        "wires": [ { "from": "rows", "to": "out" } ] })json");
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    Result<TestedPipeline> tested = testedOf(std::move(loaded->pipeline), "/nowhere/p.rill", kinds());
    if (!tested.ok()) qFatal("%s", english(tested.error()).c_str());
    return *std::move(tested);
}

TimedSource timed(bool several = false) {
    TimedSource source;
    auto schema = std::make_shared<Schema>();
    schema->fields = {{"n", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}};
    source.schema = schema;
    source.eventTime = 1;
    source.delay = kDelay;
    source.several = several;
    return source;
}

std::string timeOf(Instant at) {
    std::string text;
    appendTimestamp(text, at);
    return text;
}

PipelineTestStep row(Json number, Json time, const std::string& partition = {}) {
    PipelineTestStep step;
    step.at = "rows";
    step.partition = partition;
    step.rows = Json::array({Json::array({std::move(number), std::move(time)})});
    return step;
}

}  // namespace

class TestWatermarksAfter : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theyAreThoseOfTheRun() {
        std::mt19937 random(3);
        std::uniform_int_distribution<int> part(0, 9), seconds(-20, 20);
        const TestedPipeline pipeline = rows();
        for (int round = 0; round < 50; ++round) {
            PipelineTest given;
            given.name = "t";
            std::size_t rejected = 0;  // whose rows the watermark does not follow
            for (int i = 0; i < 12; ++i) {
                const int what = part(random);
                rejected += what <= 1 ? 1 : 0;
                const Json time = what == 0 ? Json() : Json(timeOf(kNoon + seconds(random) * 1'000 + i));
                given.steps.push_back(row(what == 1 ? Json("no number") : Json(i), time));
            }
            const auto after = watermarksAfter(given, {{"rows", timed()}});
            PipelineTest checked = given;
            checked.steps.clear();
            for (std::size_t i = 0; i < given.steps.size(); ++i) {
                checked.steps.push_back(given.steps[i]);
                PipelineTestStep expected;
                expected.verb = PipelineTestStep::Verb::ExpectWatermark;
                expected.at = "rows";
                QCOMPARE(after[i].size(), std::size_t{1});
                expected.watermark = after[i].front();
                checked.steps.push_back(expected);
            }
            PipelineTestStep lost;
            lost.verb = PipelineTestStep::Verb::ExpectRejected;
            lost.at = "rows";
            lost.count = rejected;
            checked.steps.push_back(lost);
            const TestOutcome outcome = runTest(pipeline, checked);
            const std::string why = !outcome.error.ok()        ? english(outcome.error.error())
                                    : outcome.failures.empty() ? std::string()
                                                               : english(outcome.failures.front().message);
            QVERIFY2(outcome.state == TestOutcome::State::Passed, why.c_str());
        }
    }

    void theSlowestPartitionDecides() {
        PipelineTest test;
        test.steps = {row(1, timeOf(kNoon), "a"), row(2, timeOf(kNoon - 5'000), "b"),
                      row(3, timeOf(kNoon + 9'000), "a"), row(4, timeOf(kNoon + 60'000), "b")};
        const auto after = watermarksAfter(test, {{"rows", timed(true)}});
        QCOMPARE(after[0].front(), std::nullopt);
        QCOMPARE(after[1].front(), std::optional<Instant>(kNoon - 7'000));
        QCOMPARE(after[2].front(), std::optional<Instant>(kNoon - 7'000));
        QCOMPARE(after[3].front(), std::optional<Instant>(kNoon + 7'000));
    }

    void otherStepsHaveNone() {
        PipelineTest test;
        test.steps = {row(1, timeOf(kNoon)), {}, {}};
        test.steps[1].verb = PipelineTestStep::Verb::End;
        test.steps[2].at = "elsewhere";
        test.steps[2].rows = Json::array({Json::array({1})});
        const auto after = watermarksAfter(test, {{"rows", timed()}});
        QCOMPARE(after.size(), std::size_t{3});
        QVERIFY(after[1].empty() && after[2].empty());
        // Cells that do not fit the columns are for the run to tell.
        test.steps[0].rows = Json::array({Json::array({1})});
        QVERIFY(watermarksAfter(test, {{"rows", timed()}})[0].empty());
    }
};

QTEST_APPLESS_MAIN(TestWatermarksAfter)
#include "test_watermarks_after.moc"
