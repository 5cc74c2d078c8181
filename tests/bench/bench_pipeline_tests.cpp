// bench_pipeline_tests: a thousand tests of ten rows each, of a pipeline with windows, run one after the
// other: inside the process, and as `rillwright test`, from start to exit.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline_tests/test_run.h"
#include "tests/bench/child_run.h"
#include "tests/support/child.h"

using namespace rw;

namespace {

constexpr int kTests = 1'000;

constexpr const char* kPipeline =
    R"rill({ "rill": 1, "name": "Orders", "variables": { "delay": "5s" }, "nodes": [
  { "id": "orders", "type": "csv_source", "params": { "path": "orders.csv", "columns": ["n INT", "k STRING",
    "amount DOUBLE", "ts TIMESTAMP(3)"], "event_time": "ts", "watermark_delay": "${delay}" } },
  { "id": "big", "type": "filter", "params": { "condition": "amount > 1" } },
  { "id": "per_key", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s", "keys": ["k"],
    "aggregates": ["COUNT(*) AS c", "SUM(amount) AS total"] } },
  { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } },
  { "id": "chart", "type": "line_chart", "params": { "y": ["total"], "series": "k" } } ],
  "wires": [ { "from": "orders", "to": "big" }, { "from": "big", "to": "per_key" },
    { "from": "per_key", "to": "out" }, { "from": "per_key", "to": "chart" } ] })rill";

PipelineTest testOf(int number) {
    PipelineTest test;
    test.name = fmt::format("test {}", number);
    const auto step = [&test](PipelineTestStep::Verb verb, const char* at, Json rows) {
        PipelineTestStep& made = test.steps.emplace_back();
        made.verb = verb;
        made.at = at;
        if (!rows.is_null()) made.rows = std::move(rows);
        return &made;
    };
    Json rows = Json::array();
    for (int i = 0; i < 10; ++i)
        rows.push_back({number, i % 2 == 0 ? "x" : "y", i + 2, fmt::format("2024-03-01 12:00:{:02}", i)});
    step(PipelineTestStep::Verb::Rows, "orders", std::move(rows));
    step(PipelineTestStep::Verb::End, "", nullptr);
    step(PipelineTestStep::Verb::Expect, "out", {{"x", 5, 30}, {"y", 5, 35}})->columns = {
        {"k", "c", "total"}};
    return test;
}

[[noreturn]] void endBench(const Text& why) {
    fmt::print(stderr, "{}\n", english(why));
    std::exit(1);
}

}  // namespace

int main() {
    const std::string program = bench::builtProgram();
    const testing::ScratchFolder scratch{"bench_pipeline_tests"};
    const std::string file = (scratch.path() / "orders.rill").native();
    std::ofstream(file) << kPipeline;
    const Catalogue kinds = builtin();
    const Result<TestedPipeline> tested = readTested(file, kinds);
    if (!tested.ok()) endBench(tested.error().message);
    PipelineTestFile tests{"orders.rill", {}};
    for (int i = 0; i < kTests; ++i) tests.tests.push_back(testOf(i));
    std::ofstream(testsBeside(file)) << saveTests(tests);

    const auto began = std::chrono::steady_clock::now();
    for (const PipelineTest& test : tests.tests) {
        const TestOutcome outcome = runTest(*tested, test);
        if (outcome.state == TestOutcome::State::NotRun) endBench(outcome.error.error().message);
        if (outcome.state == TestOutcome::State::Failed) endBench(outcome.failures.front().message);
    }
    const double inside = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    fmt::print("{} tests of ten rows, in the process   {:.2f} s\n", kTests, inside);
    const double whole =
        bench::runOrEnd({program, "test", "orders.rill"}, scratch.path(), scratch.path() / "log").seconds;
    fmt::print("{} tests of ten rows, rillwright test   {:.2f} s\n", kTests, whole);
    return 0;
}
