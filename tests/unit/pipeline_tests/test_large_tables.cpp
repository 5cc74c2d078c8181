// Tests of pipelines that look at a large table again and again: no step copies it, and one that keeps it
// does so only a few times.
#include <fmt/format.h>

#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline_tests/test_report.h"
#include "core/pipeline_tests/test_run.h"

using namespace rw;

namespace {

/// As many steps as a test may have: rows for so many keys, then that expectation of their table.
PipelineTest manyLooks(int keys, const std::string& expectation) {
    std::string steps;
    for (int i = 0; i < keys; ++i) steps += fmt::format("{}[\"k{}\"]", i == 0 ? "" : ",", i);
    steps = R"json({ "rows": "clicks", "values": [)json" + steps + "]}";
    for (std::size_t i = 1; i < kMostTestSteps; ++i) steps += "," + expectation;
    Result<PipelineTestFile> read =
        loadTests(R"json({"rilltest": 1, "pipeline": "p.rill", "tests": [{"name": "t", "steps": [)json" +
                  steps + "]}]}");
    if (!read.ok()) qFatal("%s", english(read.error()).c_str());
    return read->tests.front();
}

/// With the nodes “clicks” and “counted”, a table of the clicks by key.
TestOutcome outcomeOf(const PipelineTest& test) {
    static const Catalogue kBuiltin = builtin();
    Result<Loaded> loaded = loadPipeline(R"json({ "rill": 1, "name": "t", "nodes": [
        { "id": "clicks", "type": "csv_source", "params": { "path": "c.csv", "columns": ["k STRING"] } },
        { "id": "counted", "type": "group_aggregate",
          "params": { "keys": ["k"], "aggregates": ["COUNT(*) AS c"] } }],
        "wires": [{ "from": "clicks", "to": "counted" }] })json");
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    const Result<TestedPipeline> tested = testedOf(std::move(loaded->pipeline), "/nowhere/p.rill", kBuiltin);
    if (!tested.ok()) qFatal("%s", english(tested.error()).c_str());
    return runTest(*tested, test);
}

}  // namespace

class TestLargeTables : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    // A copy of the table at each of ten thousand steps would be 4·10⁸ rows: that does not end in time.
    void aTableIsCountedAsOftenAsAFileMayAsk() {
        TestFileReport::Test made;
        made.test = manyLooks(40'000, R"json({ "expect_table": "counted", "count": 40000 })json");
        made.outcome = outcomeOf(made.test);
        const std::string told = failureText(made);
        QVERIFY2(told.empty(), told.c_str());
    }

    // Each keeps the rows that came, which would be 2·10⁸.
    void stepsThatGotOtherRowsEndTheTest() {
        const PipelineTest test = manyLooks(20'000, R"json({ "expect_table": "counted", "rows": [] })json");
        const TestOutcome outcome = outcomeOf(test);
        QCOMPARE(outcome.state, TestOutcome::State::Failed);
        QVERIFY(outcome.endedEarly);
        QVERIFY2(outcome.failures.size() < 100, std::to_string(outcome.failures.size()).c_str());
        const std::string last = english(outcome.failures.back().message);
        QVERIFY2(last.find("where others were expected") != std::string::npos, last.c_str());
        QVERIFY2(outcome.asItCame == test, "a part of the steps is no test");
    }
};

QTEST_GUILESS_MAIN(TestLargeTables)
#include "test_large_tables.moc"
