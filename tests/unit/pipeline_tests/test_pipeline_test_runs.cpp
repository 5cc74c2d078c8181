// Tests of pipelines, run: late rows, joins, idle sources, state that expires, tables that change, rejected
// rows, failures; and what keeps a test from being run.
#include <fmt/format.h>

#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline_tests/test_report.h"
#include "core/pipeline_tests/test_run.h"
#include "tests/support/child.h"

using namespace rw;

namespace {

const Catalogue& kinds() {
    static const Catalogue kBuiltin = builtin();
    return kBuiltin;
}

/// A pipeline of these nodes and wires; the files that it names do not exist.
TestedPipeline pipelineWith(const std::string& nodes, const std::string& wires,
                            const std::string& rest = "\"variables\": { \"delay\": \"5s\" }") {
    const std::string text = R"json({ "rill": 1, "name": "t", )json" + rest + R"json(, "nodes": [)json" +
                             nodes + R"json(], "wires": [)json" + wires + "] }";
    Result<Loaded> loaded = loadPipeline(text);
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    Result<TestedPipeline> tested = testedOf(std::move(loaded->pipeline), "/nowhere/p.rill", kinds());
    if (!tested.ok()) qFatal("%s", english(tested.error()).c_str());
    return *std::move(tested);
}

constexpr const char* kOrders = R"json(
    { "id": "orders", "type": "csv_source", "params": { "path": "orders.csv",
      "columns": ["n INT", "k STRING", "amount DOUBLE", "ts TIMESTAMP(3)"], "event_time": "ts",
      "watermark_delay": "${delay}", "idle_timeout": "10s" } })json";
constexpr const char* kPerKey = R"json(
    { "id": "per_key", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s",
      "keys": ["k"], "aggregates": ["SUM(amount) AS total"] } })json";
constexpr const char* kOut = R"json(
    { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } })json";

TestedPipeline windows() {
    return pipelineWith(
        std::string(kOrders) + "," + kPerKey + "," + kOut,
        R"json({ "from": "orders", "to": "per_key" }, { "from": "per_key", "to": "out" })json");
}

PipelineTest testOf(const std::string& steps, const std::string& set = "{}") {
    const std::string text =
        R"json({"rilltest": 1, "pipeline": "p.rill", "tests": [{"name": "t", "set": )json" + set +
        R"json(, "steps": [)json" + steps + "]}]}";
    Result<PipelineTestFile> read = loadTests(text);
    if (!read.ok()) qFatal("%s", english(read.error()).c_str());
    return read->tests.front();
}

/// What went wrong, as a person reads it; empty: it passed.
std::string ranWith(const TestedPipeline& pipeline, const std::string& steps, const std::string& set = "{}") {
    TestFileReport::Test made;
    made.test = testOf(steps, set);
    made.outcome = runTest(pipeline, made.test);
    return failureText(made);
}

void passes(const TestedPipeline& pipeline, const std::string& steps, const std::string& set = "{}") {
    const std::string told = ranWith(pipeline, steps, set);
    QVERIFY2(told.empty(), told.c_str());
}

void says(const TestedPipeline& pipeline, const std::string& steps, const std::string& part) {
    const std::string told = ranWith(pipeline, steps);
    QVERIFY2(told.find(part) != std::string::npos, (part + " ← " + told).c_str());
}

}  // namespace

class TestPipelineTestRuns : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void windowsFireAndLateRowsAreSetAside() {
        passes(windows(), R"json(
            { "rows": "orders", "values": [[1, "x", 10.5, "2024-03-01 12:00:00"], [2, "x", 3, "2024-03-01 12:00:07"]] },
            { "expect": "per_key", "rows": [] },
            { "expect_watermark": "orders", "is": "2024-03-01 12:00:02" },
            { "rows": "orders", "values": [[3, "x", 1, "2024-03-01 12:00:30"]] },
            { "expect": "per_key", "rows": [["2024-03-01 12:00:00", "x", 13.5]],
              "columns": ["window_start", "k", "total"] },
            { "expect_late": "per_key", "count": 0 },
            { "rows": "orders", "values": [[4, "x", 9, "2024-03-01 12:00:04"]] },
            { "expect_late": "per_key", "rows": [[4, "x", 15001]], "columns": ["n", "k", "late_by"] },
            { "expect": "per_key", "count": 0 },
            { "end": true },
            { "expect_watermark": "orders", "is": "end" },
            { "expect": "out", "rows": [["2024-03-01 12:00:00", "*", "*", "x", 13.5],
                                        ["2024-03-01 12:00:30", "*", "*", "x", 1]], "ordered": true })json");
    }

    // The watermark is five seconds behind.
    void windowsAreOpenUntilTheyFire() {
        passes(windows(), R"json(
            { "expect_window": "per_key", "window_end": "2024-03-01 12:00:10", "is": null },
            { "rows": "orders", "values": [[1, "x", 1, "2024-03-01 12:00:00"]] },
            { "expect_window": "per_key", "window_end": "2024-03-01 12:00:10", "is": "open" },
            { "expect_window": "per_key", "window_end": "2024-03-01 12:00:20", "is": null },
            { "rows": "orders", "values": [[2, "y", 1, "2024-03-01 12:00:14"]] },
            { "expect_window": "per_key", "window_end": "2024-03-01 12:00:10", "is": "open" },
            { "rows": "orders", "values": [[3, "y", 1, "2024-03-01 12:00:16"]] },
            { "expect_window": "per_key", "window_end": "2024-03-01 12:00:10", "is": "fired" },
            { "expect_window": "per_key", "window_end": "2024-03-01 12:00:20", "is": "open" },
            { "end": true },
            { "expect_window": "per_key", "window_end": "2024-03-01 12:00:20", "is": "fired" })json");
        says(windows(), R"json(
            { "rows": "orders", "values": [[1, "x", 1, "2024-03-01 12:00:00"]] },
            { "expect_window": "per_key", "window_end": "2024-03-01 12:00:10", "is": "fired" })json",
             "The window that ends at 2024-03-01 12:00:10.000 is “open”, expected: “fired”");
        says(windows(), R"json(
            { "expect_window": "orders", "window_end": "2024-03-01 12:00:10", "is": "open" })json",
             "No node “orders” with windows runs");
    }

    // Each step reads what is new: ten thousand windows that each of ten thousand steps read again would be
    // 10⁸.
    void asManyLooksAtWindowsAsAFileMayHave() {
        std::string rows, looks;
        for (int i = 0; i < 4'500; ++i) {  // each window opens and fires
            const std::string time =
                fmt::format("2024-03-01 {:02}:{:02}:{:02}", i / 360, i / 6 % 60, i % 6 * 10);
            rows += fmt::format("{}[{}, \"x\", 1, \"{}\"]", i == 0 ? "" : ",", i, time);
        }
        for (std::size_t i = 1; i < kMostTestSteps; ++i)
            looks +=
                R"json(, { "expect_window": "per_key", "window_end": "2024-03-01 12:29:40", "is": "fired" })json";
        passes(windows(), R"json({ "rows": "orders", "values": [)json" + rows + "]}" + looks);
    }

    // A row is in 100 windows, and only of the last of them it is told that they open.
    void ofTooManyWindowsNothingIsSaid() {
        const std::string hops = R"json(
            { "id": "per_key", "type": "window_aggregate", "params": { "window": "hop", "size": "100s",
              "slide": "1s", "aggregates": ["COUNT(*) AS c"] } })json";
        says(pipelineWith(
                 std::string(kOrders) + "," + hops + "," + kOut,
                 R"json({ "from": "orders", "to": "per_key" }, { "from": "per_key", "to": "out" })json"),
             R"json(
            { "rows": "orders", "values": [[1, "x", 1, "2024-03-01 12:00:00"]] },
            { "expect_window": "per_key", "window_end": "2024-03-01 12:00:01", "is": null })json",
             "Too many windows of “per_key” are open at once");
    }

    void variablesAreSet() {
        const std::string steps = R"json(
            { "rows": "orders", "values": [[1, "x", 1, "2024-03-01 12:00:07"]] },
            { "expect_watermark": "orders", "is": "2024-03-01 12:00:07" })json";
        passes(windows(), steps, R"json({ "delay": "0s" })json");
        says(windows(), steps, "The watermark is 2024-03-01 12:00:02.000");
        const std::string unknown = ranWith(windows(), steps, R"json({ "dely": "0s" })json");
        QVERIFY2(unknown.find("no variable “dely”") != std::string::npos, unknown.c_str());
    }

    void differencesAreMarked() {
        const std::string told = ranWith(windows(), R"json(
            { "rows": "orders", "values": [[1, "x", 1, "2024-03-01 12:00:00"], [2, "y", 2, "2024-03-01 12:00:01"]] },
            { "end": true },
            { "expect": "per_key", "rows": [["x", 5], ["z", 2]], "columns": ["k", "total"] })json");
        for (const char* part :
             {"step 3, expect per_key: Other rows came", "~  x      5 → 1", "~  z → y", "changed (~): 2"})
            QVERIFY2(told.find(part) != std::string::npos, (std::string(part) + " ← " + told).c_str());
    }

    void whatCameIsKept() {
        const TestedPipeline pipeline = windows();
        const PipelineTest test = testOf(R"json(
            { "rows": "orders", "values": [[1, "x", 1, "2024-03-01 12:00:00"], [2, "y", null, "2024-03-01 12:00:01"]] },
            { "expect_watermark": "orders", "is": null },
            { "expect_late": "per_key", "count": 7 },
            { "end": true },
            { "expect": "per_key", "rows": [["*", "x", 5]], "columns": ["window_end", "k", "total"] })json");
        const TestOutcome outcome = runTest(pipeline, test);
        QCOMPARE(outcome.state, TestOutcome::State::Failed);
        QCOMPARE(outcome.failures.size(), std::size_t{3});
        const TestOutcome again = runTest(pipeline, outcome.asItCame);
        QCOMPARE(again.state, TestOutcome::State::Passed);
        QCOMPARE(outcome.asItCame.steps.back().rows->front().front(), Json("*"));
        QVERIFY(again.asItCame == outcome.asItCame);
    }

    /// A window join waits for the slower of its sources, but not for one that is idle.
    void idleSourcesKeepNobodyWaiting() {
        const std::string payments = R"json(
            { "id": "payments", "type": "ndjson_source", "params": { "path": "p.json", "follow": true,
              "columns": ["k STRING", "ts TIMESTAMP(3)"], "event_time": "ts", "idle_timeout": "10s" } },
            { "id": "both", "type": "window_join", "params": { "window": "tumble", "size": "10s",
              "on": "left.k = right.k", "kind": "left" } })json";
        const TestedPipeline pipeline = pipelineWith(
            std::string(kOrders) + "," + payments,
            R"json({ "from": "orders", "to": "both.left" }, { "from": "payments", "to": "both.right" })json");
        const std::string rows = R"json(
            { "rows": "orders", "values": [[1, "x", 10.5, "2024-03-01 12:00:00"]] },
            { "rows": "payments", "values": [["x", "2024-03-01 12:00:01"]] },
            { "rows": "orders", "values": [[2, "x", 1, "2024-03-01 12:00:30"]] },
            { "expect": "both", "rows": [] },)json";
        const std::string joined = R"json(
            { "expect": "both", "rows": [[1, "x", "x"]], "columns": ["n", "k", "k_right"] })json";
        passes(pipeline, rows + R"json({ "idle": "payments" },)json" + joined + R"json(,
            { "rows": "orders", "values": [[3, "x", 1, "2024-03-01 12:00:50"]] },
            { "expect": "both", "rows": [[2, null]], "columns": ["n", "k_right"] },
            { "rows": "payments", "values": [["x", "2024-03-01 12:00:02"]] },
            { "expect_late": "both.late_right", "count": 1 })json");
        // When all are silent none waits for the others, whatever their number is.
        passes(pipeline, rows + R"json({ "advance": "9s" }, { "expect": "both", "count": 0 },)json" +
                             R"json({ "end": "payments" },)json" + joined);
        passes(pipeline, rows + R"json(
            { "advance": "6s" }, { "rows": "orders", "values": [[3, "x", 1, "2024-03-01 12:00:31"]] },
            { "expect": "both", "count": 0 }, { "advance": "5s" },)json" +
                             joined);
    }

    void stateExpiresByArrival() {
        const TestedPipeline pipeline = pipelineWith(
            R"json({ "id": "clicks", "type": "csv_source", "params": { "path": "c.csv", "columns": ["k STRING"] } },
                   { "id": "counted", "type": "group_aggregate", "params": { "keys": ["k"],
                     "aggregates": ["COUNT(*) AS c"], "state_ttl": "1h" } })json",
            R"json({ "from": "clicks", "to": "counted" })json");
        passes(pipeline, R"json(
            { "rows": "clicks", "values": [["x"], ["x"]] },
            { "advance": "59min" },
            { "rows": "clicks", "values": [["x"]] },
            { "expect_table": "counted", "rows": [["x", 3]] },
            { "advance": "2h" },
            { "rows": "clicks", "values": [["x"], ["y"]] },
            { "expect_table": "counted", "rows": [["x", 1], ["y", 1]] })json");
        passes(pipeline, R"json(
            { "rows": "clicks", "values": [["x"]] },
            { "rows": "clicks", "values": [["x"]] },
            { "expect": "counted", "rows": [["+I", "x", 1], ["-U", "x", 1], ["+U", "x", 2]], "ordered": true })json");
    }

    void tablesAreKeptByKey() {
        const std::string sink = R"json(
            { "id": "out", "type": "sqlite_sink", "params": { "database": "o.sqlite", "table": "t",
              "mode": "upsert", "key": ["k"] } })json";
        const TestedPipeline pipeline =
            pipelineWith(std::string(kOrders) + "," + sink, R"json({ "from": "orders", "to": "out" })json");
        passes(pipeline, R"json(
            { "rows": "orders", "values": [[1, "x", 1, "2024-03-01 12:00:00"], [2, "y", 2, "2024-03-01 12:00:01"],
                                           [3, "x", 5, "2024-03-01 12:00:02"]] },
            { "expect_table": "out", "rows": [["y", 2], ["x", 5]], "columns": ["k", "amount"] },
            { "expect": "out", "count": 3 }, { "expect": "out", "count": 0 })json");
        QVERIFY(!std::filesystem::exists("/nowhere"));
    }

    void rowsOfAllPortsAreCounted() {
        const TestedPipeline pipeline =
            pipelineWith(std::string(kOrders) + R"json(, { "id": "sizes", "type": "route", "params": {
                "branches": ["big: amount > 5", "small: amount > 1"] } })json",
                         R"json({ "from": "orders", "to": "sizes" })json");
        passes(pipeline, R"json(
            { "rows": "orders", "values": [[1, "x", 9, "2024-03-01 12:00:00"], [2, "y", 8, "2024-03-01 12:00:01"],
                                           [3, "x", 2, "2024-03-01 12:00:02"]] },
            { "expect_table": "sizes.big", "count": 2 },
            { "expect_table": "sizes", "count": 3 }, { "expect": "sizes", "count": 3 })json");
    }

    void rejectedRowsAreSeen() {
        const std::string wrongRow = R"json({ "rows": "orders", "values": [["many", "x", 1, null]] })json";
        passes(windows(), wrongRow + R"json(,
            { "expect_rejected": "orders", "rows": [["orders", "*", 1]],
              "columns": ["node", "error", "position"] })json");
        says(windows(), wrongRow + R"json(, { "expect": "per_key", "count": 0 })json",
             "Step 1, “rows”: Row 1: “n”: \"many\" is not INT.");
        const TestedPipeline divides = pipelineWith(
            std::string(kOrders) +
                R"json(, { "id": "calc", "type": "select", "params": { "columns": ["100 / n AS part"] } })json",
            R"json({ "from": "orders", "to": "calc" })json");
        passes(divides, R"json(
            { "rows": "orders", "values": [[0, "x", 1, "2024-03-01 12:00:00"], [4, "x", 1, "2024-03-01 12:00:00"]] },
            { "expect_rejected": "calc", "count": 1 },
            { "expect": "calc", "rows": [[25]] })json");
    }

    void failuresEndTheRun() {
        passes(windows(), R"json(
            { "rows": "orders", "values": [[1, "x", 1, "2024-03-01 12:00:00"]] },
            { "fail": "orders" }, { "expect_failed": "orders" }, { "expect": "per_key", "count": 0 })json");
        passes(windows(), R"json({ "fail": "orders" }, { "expect": "per_key", "count": 0 })json");
        says(windows(), R"json({ "expect_failed": "orders" })json", "The run has not failed.");
        says(
            windows(),
            R"json({ "fail": "orders" }, { "rows": "orders", "values": [] }, { "expect": "out", "count": 0 })json",
            "has ended already");
        const TestedPipeline strict =
            pipelineWith(std::string(kOrders) + R"json(, { "id": "calc", "type": "select", "params":
                { "columns": ["100 / n AS part"], "on_error": "fail" } })json",
                         R"json({ "from": "orders", "to": "calc" })json");
        const std::string zero =
            R"json({ "rows": "orders", "values": [[0, "x", 1, "2024-03-01 12:00:00"]] },)json";
        passes(strict, zero + R"json({ "expect_failed": "calc" })json");
        says(strict, zero + R"json({ "expect": "calc", "count": 0 })json", "The run failed at “calc”");
        QVERIFY(runTest(strict, testOf(zero + R"json({ "expect": "calc", "count": 0 })json")).endedEarly);
        QVERIFY(!runTest(strict, testOf(zero + R"json({ "expect_failed": "calc" })json")).endedEarly);
        QVERIFY2(!runTest(windows(), testOf(R"json({ "expect_failed": "orders" })json")).endedEarly,
                 "an expectation that is not met is no run that failed");
    }

    /// The table is what the test gave so far; nothing is read.
    void lookupsHaveTheRowsOfTheTest() {
        const TestedPipeline pipeline =
            pipelineWith(std::string(kOrders) + R"json(, { "id": "names", "type": "lookup_join", "params": {
                "database": "n.sqlite", "table": "names", "on": "left.k = right.id", "kind": "left",
                "columns": ["id STRING", "name STRING"] } })json",
                         R"json({ "from": "orders", "to": "names" })json");
        passes(pipeline, R"json(
            { "rows": "orders", "values": [[1, "x", 1, "2024-03-01 12:00:00"]] },
            { "expect": "names", "rows": [[1, null]], "columns": ["n", "name"] },
            { "rows": "names", "values": [["x", "Xaver"]] },
            { "rows": "orders", "values": [[2, "x", 1, "2024-03-01 12:00:01"]] },
            { "expect": "names", "rows": [[2, "Xaver"]], "columns": ["n", "name"] })json");
    }

    void heldRowsComeInTheirTime() {
        const TestedPipeline pipeline =
            pipelineWith(std::string(kOrders) +
                             R"json(, { "id": "slow", "type": "throttle", "params": { "rate": 1 } })json",
                         R"json({ "from": "orders", "to": "slow" })json");
        passes(pipeline, R"json(
            { "rows": "orders", "values": [[1, "x", 1, "2024-03-01 12:00:00"], [2, "x", 1, "2024-03-01 12:00:00"],
                                           [3, "x", 1, "2024-03-01 12:00:00"]] },
            { "advance": "1500ms" }, { "expect": "slow", "count": 2 },
            { "end": true }, { "expect": "slow", "count": 1 })json");
    }

    void arrivalIsTheClockOfTheTest() {
        const TestedPipeline pipeline = pipelineWith(
            R"json({ "id": "in", "type": "csv_source", "params": { "path": "c.csv", "columns": ["k STRING"],
                     "arrival_time": "at" } },
                   { "id": "calc", "type": "select", "params": { "columns": ["k", "at", "CURRENT_TIMESTAMP AS began"] } })json",
            R"json({ "from": "in", "to": "calc" })json");
        passes(pipeline, R"json(
            { "rows": "in", "values": [["x"]] }, { "advance": "1min" }, { "rows": "in", "values": [["y"]] },
            { "expect": "calc", "rows": [["x", "2024-01-01 00:00:00", "2024-01-01 00:00:00"],
                                         ["y", "2024-01-01 00:01:00", "2024-01-01 00:00:00"]] })json");
    }

    void mistakesAreTold() {
        const TestedPipeline pipeline = windows();
        says(pipeline, R"json({ "expect": "nowhere", "count": 0 })json", "no node “nowhere”");
        says(pipeline, R"json({ "expect": "per_key.early", "count": 0 })json",
             "There is no port “per_key.early”");
        says(pipeline, R"json({ "expect_late": "orders", "count": 0 })json", "no port for late rows");
        says(pipeline, R"json({ "idle": "per_key" }, { "expect": "out", "count": 0 })json",
             "no source that runs");
        says(pipeline, R"json({ "rows": "orders", "values": [[1]] }, { "expect": "out", "count": 0 })json",
             "Row 1: values: 1 instead of 4.");
        says(
            pipeline,
            R"json({ "rows": "orders", "values": [[1]], "columns": ["m"] }, { "expect": "out", "count": 0 })json",
            "There is no column “m”");
        says(pipeline, R"json({ "expect": "out", "rows": [], "columns": ["sum"] })json",
             "There is no column “sum”");
        says(
            pipeline,
            R"json({ "rows": "orders", "values": [], "partition": "7" }, { "expect": "out", "count": 0 })json",
            "has no partitions");
        says(
            pipeline,
            R"json({ "end": true }, { "rows": "orders", "values": [] }, { "expect": "out", "count": 0 })json",
            "has ended already");
        says(pipeline, R"json({ "expect_watermark": "nowhere", "is": null })json", "does not run");
        const TestedPipeline broken = pipelineWith(
            std::string(kOrders) +
                R"json(, { "id": "calc", "type": "select", "params": { "columns": ["nothing"] } })json",
            R"json({ "from": "orders", "to": "calc" })json");
        says(broken, R"json({ "expect": "orders", "count": 0 })json", "nothing");
    }

    /// Neither a Python function nor a file elsewhere is touched.
    void nothingOutsideIsTouched() {
        const auto refused = [](const std::string& node) {
            const TestedPipeline pipeline = pipelineWith(std::string(kOrders) + ", " + node,
                                                         R"json({ "from": "orders", "to": "outside" })json");
            const PipelineTest test = testOf(R"json({ "expect": "orders", "count": 0 })json");
            const TestOutcome outcome = runTest(pipeline, test);
            QCOMPARE(outcome.state, TestOutcome::State::NotRun);
            QVERIFY2(outcome.error.error().code == ErrorCode::Denied, english(outcome.error.error()).c_str());
            QCOMPARE(outcome.error.error().node, std::string("outside"));
        };
        refused(R"json({ "id": "outside", "type": "python", "params": { "columns": ["n INT"],
                         "code": "def process(row):\n    return {**row}\n" } })json");
        refused(R"json({ "id": "outside", "type": "score", "params": { "model": "/etc/passwd",
                         "features": ["n"], "columns": ["p DOUBLE"] } })json");
    }

    void exactDecimalsNeedQuotes() {
        const TestedPipeline pipeline = pipelineWith(
            R"json({ "id": "in", "type": "csv_source", "params": { "path": "c.csv", "columns": ["d DECIMAL(30,18)"] } },
                   { "id": "same", "type": "select", "params": { "columns": ["d"] } })json",
            R"json({ "from": "in", "to": "same" })json");
        passes(pipeline, R"json(
            { "rows": "in", "values": [["123456789012.123456789012345678"], [10.5], [null]] },
            { "expect": "same", "rows": [["123456789012.123456789012345678"], ["10.500000000000000000"], [null]] })json");
        says(
            pipeline,
            R"json({ "rows": "in", "values": [[123456789012.123456789012345678]] }, { "expect": "same", "count": 1 })json",
            "is not DECIMAL(30,18)");
    }

    void aTestCanBeEnded() {
        const TestedPipeline pipeline = windows();
        const PipelineTest test = testOf(R"json({ "advance": "10d" }, { "expect": "out", "count": 0 })json");
        const std::atomic<bool> cancelled{true};
        const TestOutcome outcome = runTest(pipeline, test, &cancelled);
        QCOMPARE(outcome.state, TestOutcome::State::NotRun);
        QCOMPARE(outcome.error.error().code, ErrorCode::Cancelled);
    }

    /// The nodes of a subflow are looked at by their paths.
    void subflowsAreLookedInto() {
        testing::ScratchFolder scratch{"subflow"};
        std::ofstream(scratch.path() / "part.rill") << R"json({ "rill": 1, "name": "part", "nodes": [
            { "id": "in", "type": "subflow_input", "params": { "columns": ["n INT"] } },
            { "id": "twice", "type": "select", "params": { "columns": ["n * 2 AS m"] } },
            { "id": "big", "type": "filter", "params": { "condition": "m > 4" } },
            { "id": "result", "type": "subflow_output" } ],
            "wires": [ { "from": "in", "to": "twice" }, { "from": "twice", "to": "big" },
                       { "from": "big", "to": "result" } ] })json";
        const Result<Loaded> loaded = loadPipeline(R"json({ "rill": 1, "name": "t", "nodes": [
            { "id": "numbers", "type": "csv_source", "params": { "path": "n.csv", "columns": ["n INT"] } },
            { "id": "part", "type": "subflow", "params": { "file": "part.rill" } } ],
            "wires": [ { "from": "numbers", "to": "part.in" } ] })json");
        QVERIFY(loaded.ok());
        const std::string file = (scratch.path() / "p.rill").native();
        const Result<TestedPipeline> tested = testedOf(loaded->pipeline, file, kinds());
        QVERIFY2(tested.ok(), tested.ok() ? "" : english(tested.error()).c_str());
        passes(*tested, R"json(
            { "rows": "numbers", "values": [[1], [2], [3]] },
            { "expect": "part/twice", "rows": [[2], [4], [6]] },
            { "expect": "part.result", "rows": [[6]] })json");
        const Result<TestedPipeline> outside =
            testedOf(loadPipeline(R"json({ "rill": 1, "name": "t", "nodes": [
                { "id": "part", "type": "subflow", "params": { "file": "../part.rill" } } ], "wires": [] })json")
                         ->pipeline,
                     (scratch.path() / "below/p.rill").native(), kinds());
        QVERIFY(!outside.ok());
    }

    /// Whatever the pipeline says: of several, each would give the windows of its keys.
    void everyNodeRunsInOneTask() {
        const TestedPipeline pipeline = pipelineWith(
            std::string(kOrders) + "," + kPerKey, R"json({ "from": "orders", "to": "per_key" })json",
            R"("variables": { "delay": "5s" }, "settings": { "parallelism": 4 })");
        std::string values, keys;
        for (int n = 10; n < 60; ++n) {
            const std::string comma = n > 10 ? ", " : "", key = "k" + std::to_string(n);
            values += comma + "[1, \"" + key + "\", 1, \"2024-03-01 12:" + std::to_string(n) + ":00\"]";
            keys += comma + "[\"" + key + "\"]";
        }
        passes(pipeline, R"({ "rows": "orders", "values": [)" + values + R"(] }, { "end": true },
            { "expect": "per_key", "columns": ["k"], "ordered": true, "rows": [)" +
                             keys + "] }");
    }

    /// An alert that nothing comes is told by the clock of the test.
    void silenceIsNoticed() {
        const TestedPipeline pipeline =
            pipelineWith(std::string(kOrders) + R"json(, { "id": "quiet", "type": "alert", "params": {
                "condition": "amount > 100", "no_data": "5min", "message": "quiet" } })json",
                         R"json({ "from": "orders", "to": "quiet" })json");
        passes(pipeline, R"json(
            { "rows": "orders", "values": [[1, "x", 1, "2024-03-01 12:00:00"]] },
            { "advance": "4min" }, { "expect": "quiet", "count": 0 },
            { "advance": "2min" }, { "expect": "quiet", "count": 1 })json");
    }
};

QTEST_GUILESS_MAIN(TestPipelineTestRuns)
#include "test_pipeline_test_runs.moc"
