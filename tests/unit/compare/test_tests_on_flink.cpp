// Tests of pipelines on a Flink that is a state machine: what is asked of it and what is not, what it is
// sent, rows that differ, and all that keeps a test from being run there.
#include <QtTest/QtTest>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>

#include "core/compare/asked_steps.h"
#include "core/compare/flink_tests.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline_tests/test_report.h"
#include "tests/support/child.h"
#include "tests/support/fake_flink.h"

using namespace rw;
using namespace rw::test;

namespace fs = std::filesystem;

namespace {

using State = TestOutcome::State;

constexpr const char* kWindows = R"json(
    { "id": "orders", "type": "kafka_source", "params": { "connection": "shop", "topic": "orders",
      "columns": ["n INT", "k STRING", "amount DOUBLE", "ts TIMESTAMP(3)"], "event_time": "ts",
      "watermark_delay": "5s" } },
    { "id": "per_key", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s",
      "keys": ["k"], "aggregates": ["SUM(amount) AS total"] } },
    { "id": "slow", "type": "throttle", "params": { "rate": 5 } },
    { "id": "slowly", "type": "table_view" },
    { "id": "counted", "type": "group_aggregate", "params": { "keys": ["k"], "aggregates": ["COUNT(*) AS n"],
      "state_ttl": "1h" } },
    { "id": "worded", "type": "select", "params": { "columns": ["REGEXP_REPLACE(k, 'a*', 'b') AS word"] } },
    { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } })json";
constexpr const char* kWires = R"json(
    { "from": "orders", "to": "per_key" }, { "from": "per_key", "to": "out" },
    { "from": "orders", "to": "slow" }, { "from": "slow", "to": "slowly" },
    { "from": "orders", "to": "counted" }, { "from": "orders", "to": "worded" })json";

TestedPipeline tested() {
    static const Catalogue kKinds = builtin();
    const std::string text = R"json({ "rill": 1, "name": "t", "nodes": [)json" + std::string(kWindows) +
                             R"json(], "wires": [)json" + kWires + "] }";
    Result<Loaded> loaded = loadPipeline(text);
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    Result<TestedPipeline> made = testedOf(std::move(loaded->pipeline), "/nowhere/p.rill", kKinds);
    if (!made.ok()) qFatal("%s", english(made.error()).c_str());
    return *std::move(made);
}

PipelineTest testOf(const std::string& steps) {
    const std::string text =
        R"json({"rilltest": 1, "pipeline": "p.rill", "tests": [{"name": "t", "steps": [)json" + steps +
        "]}]}";
    Result<PipelineTestFile> read = loadTests(text);
    if (!read.ok()) qFatal("%s", english(read.error()).c_str());
    return read->tests.front();
}

const char* const kRows = R"json(
    { "rows": "orders", "values": [[1, "x", 10.5, "2024-03-01 12:00:00"], [2, "x,y", 3, "2024-03-01 12:00:07"],
                                   [3, null, 1, null]] })json";
const char* const kMore = R"json({ "rows": "orders", "values": [[4, "x", 1, "2024-03-01 12:00:30"]] })json";

/// The columns of a window's row: its times, the key and the total.
std::vector<std::string> windowRow(const std::string& begin, const std::string& end, const std::string& key,
                                   const std::string& total) {
    return {begin, end, end, key, total};
}

/// What was not asked, by step; 0 is the whole test.
std::string notAsked(const TestOutcome& outcome, const PipelineTest& test) {
    std::string out;
    for (const NotAsked& one : outcome.notAsked)
        out += std::to_string(one.step == test.steps.size() ? 0 : one.step + 1) + " ";
    return out;
}

TestFileReport::Test reportOf(const TestOutcome& outcome, const PipelineTest& test) {
    TestFileReport::Test made;
    made.name = test.name;
    made.outcome = outcome;
    made.test = test;
    return made;
}

std::string toldOf(const TestOutcome& outcome, const PipelineTest& test) {
    const TestFileReport::Test made = reportOf(outcome, test);
    return failureText(made) + notAskedText(made);
}

/// A Flink, and a folder that is the target's.
class Away {
 public:
    Away() : m_folder("tests_on_flink") {
        m_there.target = flink.target();
        m_there.target.folder = m_folder.path().string();
        m_there.cancelled = &cancelled;
    }

    TestOutcome run(const PipelineTest& test) const { return runTestOnFlink(tested(), test, m_there); }
    FlinkTests& there() { return m_there; }
    bool statementHas(const std::string& part) const {
        for (const std::string& body : flink.bodies("/statements")) {
            if (body.find(part) != std::string::npos) return true;
        }
        return false;
    }
    /// The content of the only file below the folder with that name; empty: there is none.
    std::string fileNamed(const std::string& name) const {
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(m_folder.path())) {
            if (entry.path().filename() != name) continue;
            std::ostringstream out;
            out << std::ifstream(entry.path()).rdbuf();
            return out.str();
        }
        return {};
    }
    bool isTidy() const { return fs::is_empty(m_folder.path()) && flink.openSessions() == 0; }

    FakeFlink flink;
    std::atomic<bool> cancelled{false};

 private:
    testing::ScratchFolder m_folder;
    FlinkTests m_there{};
};

/// A check that fails does not wait for a run that goes on.
struct CancelledAtLast {
    std::atomic<bool>& flag;
    ~CancelledAtLast() { flag = true; }
};

}  // namespace

class TestTestsOnFlink : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void allRowsOfAPortAreAskedTogether() {
        Away away;
        // Other digits at the end of a DOUBLE, and another order.
        away.flink.addPage({windowRow("2024-03-01 12:00:30", "2024-03-01 12:00:40", "x", "1.0"),
                            windowRow("2024-03-01 12:00:00", "2024-03-01 12:00:10", "x,y", "3"),
                            windowRow("2024-03-01 12:00:00", "2024-03-01 12:00:10", "x", "10.500000000001")});
        away.flink.endPages();
        const PipelineTest test = testOf(std::string(kRows) + R"json(,
            { "expect": "per_key", "rows": [] },
            { "expect_watermark": "orders", "is": "2024-03-01 12:00:02" },)json" +
                                         kMore +
                                         R"json(,
            { "expect": "per_key", "columns": ["k", "total"], "rows": [["x", 10.5], ["x,y", 3]] },
            { "end": true },
            { "expect": "per_key", "columns": ["k", "total"], "rows": [["x", "*"]], "ordered": true })json");
        const TestOutcome outcome = away.run(test);
        QVERIFY2(outcome.state == State::Passed, toldOf(outcome, test).c_str());
        QCOMPARE(notAsked(outcome, test), std::string("3 7 "));
        QVERIFY(outcome.asItCame == test);
        QCOMPARE(away.flink.started(FakeFlink::Sort::Query), 1);
        QCOMPARE(away.flink.started(FakeFlink::Sort::Insert), 0);
        QVERIFY2(away.statementHas("/staged/orders.csv"), "a copy stands in for the topic");
        QVERIFY2(!away.statementHas("kafka") && !away.statementHas("out.csv"), "and nothing for the sink");
        QVERIFY(away.isTidy());
    }

    void otherRowsAreADifference() {
        Away away;
        away.flink.addPage({windowRow("2024-03-01 12:00:00", "2024-03-01 12:00:10", "x", "9")});
        away.flink.endPages();
        const PipelineTest test = testOf(std::string(kRows) + R"json(, { "end": true },
            { "expect": "out", "columns": ["k", "total"], "rows": [["x", 10.5]] })json");
        const TestOutcome outcome = away.run(test);
        QCOMPARE(outcome.state, State::Failed);
        const std::string told = toldOf(outcome, test);
        QVERIFY2(told.find("step 3, expect out: Other rows came") == 0, told.c_str());
        QVERIFY2(told.find("10.5 → 9") != std::string::npos, told.c_str());
        QVERIFY2(outcome.asItCame == test, "what comes there is no expectation here");
    }

    void countsAndTablesAreAskedToo() {
        Away away;
        away.flink.addPage({{"x", "2"}, {"y", "1"}});
        away.flink.endPages();
        const PipelineTest test = testOf(std::string(kRows) + R"json(,
            { "expect_table": "counted", "count": 1 }, { "expect": "counted", "count": 3 }, { "end": "orders" },
            { "expect_table": "counted", "rows": [["x", 2], ["y", 1]] },
            { "expect_table": "counted", "count": 3 }, { "expect": "counted", "count": 0 })json");
        const TestOutcome outcome = away.run(test);
        // The changes of rows are not asked, nor a table in the middle.
        QCOMPARE(notAsked(outcome, test), std::string("2 3 7 "));
        QCOMPARE(outcome.state, State::Failed);
        QCOMPARE(outcome.failures.size(), std::size_t{1});
        QCOMPARE(outcome.failures.front().step, std::size_t{5});
        QCOMPARE(away.flink.started(FakeFlink::Sort::Query), 1);
    }

    void ofDifferentColumnsOnlyTheNumberIsAsked() {
        Away away;
        away.flink.addPage({windowRow("2024-03-01 12:00:00", "2024-03-01 12:00:10", "?", "0"),
                            windowRow("2024-03-01 12:00:30", "2024-03-01 12:00:40", "?", "0")});
        away.flink.endPages();
        const PipelineTest test = testOf(std::string(kRows) + "," + kMore + R"json(,
            { "expect": "per_key", "columns": ["k"], "rows": [["x"]] }, { "end": true },
            { "expect": "per_key", "columns": ["total"], "rows": [[1]] })json");
        const TestOutcome outcome = away.run(test);
        QVERIFY2(outcome.state == State::Passed, toldOf(outcome, test).c_str());
        QCOMPARE(notAsked(outcome, test), std::string("5 "));
    }

    void whatCannotBeAskedIsSkipped_data() {
        QTest::addColumn<QByteArray>("steps");
        QTest::addColumn<QByteArray>("left");
        QTest::newRow("no end") << QByteArray(R"({ "expect": "per_key", "count": 1 })") << QByteArray("0 ");
        QTest::newRow("nothing behind the end")
            << QByteArray(R"({ "expect": "per_key", "count": 1 }, { "end": true })") << QByteArray("2 ");
        QTest::newRow("a source that fails")
            << QByteArray(R"({ "fail": "orders" }, { "expect": "per_key", "count": 0 })") << QByteArray("0 ");
        QTest::newRow("a run that fails")
            << QByteArray(R"({ "end": true }, { "expect_failed": "per_key" })") << QByteArray("0 ");
        QTest::newRow("partitions")
            << QByteArray(
                   R"({ "rows": "orders", "partition": "1", "values": [[4, "x", 1, "2024-03-01 12:00:30"]] },
                      { "end": true }, { "expect": "per_key", "count": 1 })")
            << QByteArray("0 ");
        QTest::newRow("time passes")
            << QByteArray(
                   R"({ "advance": "2h" }, { "end": true }, { "expect_table": "counted", "count": 1 })")
            << QByteArray("4 ");
        QTest::newRow("rejected rows")
            << QByteArray(R"({ "end": true }, { "expect_rejected": "orders", "count": 1 },
                             { "expect": "orders.rejected", "count": 1 })")
            << QByteArray("3 4 ");
        QTest::newRow("watermarks alone")
            << QByteArray(R"({ "end": true }, { "expect_watermark": "orders", "is": "end" },
                             { "expect_window": "per_key", "window_end": "2024-03-01 12:00:10", "is": "fired" })")
            << QByteArray("3 4 ");
    }
    void whatCannotBeAskedIsSkipped() {
        QFETCH(QByteArray, steps);
        QFETCH(QByteArray, left);
        Away away;
        const PipelineTest test = testOf(kRows + std::string(",") + steps.toStdString());
        const TestOutcome outcome = away.run(test);
        QVERIFY2(outcome.state == State::Skipped, toldOf(outcome, test).c_str());
        QCOMPARE(QByteArray::fromStdString(notAsked(outcome, test)), left);
        QVERIFY2(away.flink.bodies("/v3").empty(), "nobody is asked");
        QVERIFY(away.isTidy());
    }

    void aTableOfRejectedRowsLetsCellsBeWrong() {
        Away away;
        away.flink.addPage({windowRow("2024-03-01 12:00:00", "2024-03-01 12:00:10", "x", "10.5")});
        away.flink.endPages();
        const PipelineTest test = testOf(std::string(kRows) + R"json(,
            { "rows": "orders", "values": [[5, "x", "much", "2024-03-01 12:00:08"]] }, { "end": true },
            { "expect_table": "orders.rejected", "count": 1 }, { "expect": "per_key", "count": 1 })json");
        const TestOutcome outcome = away.run(test);
        QVERIFY2(outcome.state == State::Passed, toldOf(outcome, test).c_str());
        QCOMPARE(notAsked(outcome, test), std::string("4 "));
    }

    void onlyNodesAboveWhatDiffersAreNamed() {
        Away away;
        away.flink.endPages();  // no row comes
        const auto namesWorded = [&away](const std::string& expectations) {
            const TestOutcome outcome =
                away.run(testOf(std::string(kRows) + R"(, { "end": true }, )" + expectations));
            return outcome.state == State::Failed &&
                   std::any_of(outcome.mayDiffer.begin(), outcome.mayDiffer.end(), [](const Text& text) {
                       return english(text).find("“worded”") != std::string::npos;
                   });
        };
        const std::string other = R"(, { "expect": "per_key", "count": 2 })";
        QVERIFY(namesWorded(R"({ "expect": "worded", "count": 2 })" + other));
        QVERIFY(!namesWorded(R"({ "expect": "worded", "count": 0 })" + other));
    }

    void timeMayPassWhereNothingDependsOnIt() {
        Away away;
        away.flink.addPage({windowRow("2024-03-01 12:00:00", "2024-03-01 12:00:10", "x", "10.5")});
        away.flink.endPages();
        const PipelineTest test = testOf(std::string(kRows) + R"json(, { "advance": "2h" }, { "end": true },
            { "expect": "per_key", "count": 1 })json");
        const TestOutcome outcome = away.run(test);
        QVERIFY2(outcome.state == State::Passed && outcome.notAsked.empty(), toldOf(outcome, test).c_str());
    }

    void mistakesAndNodesThatCannotBeThere() {
        Away away;
        away.flink.endPages();
        const auto says = [&away](const std::string& steps, const std::string& part) {
            const PipelineTest test = testOf(steps);
            const TestOutcome outcome = away.run(test);
            const std::string told = toldOf(outcome, test);
            QVERIFY2(outcome.state == State::NotRun && told.find(part) != std::string::npos,
                     (part + " ← " + told).c_str());
        };
        says(R"({ "end": true }, { "expect": "slow", "count": 0 })", "can't run on Flink");
        says(R"({ "end": true }, { "expect": "nowhere", "count": 0 })", "no node “nowhere”");
        QVERIFY(away.flink.bodies("/v3").empty());
        // Told with its own number, though what is expected before it is not asked here.
        says(R"({ "expect": "per_key", "count": 0 }, { "rows": "orders", "values": [[1]] }, { "end": true },
                { "expect": "per_key", "count": 0 })",
             "Step 2, “rows”");
        says(R"({ "end": true }, { "expect": "per_key", "columns": ["gone"], "rows": [[1]] })", "“gone”");
        QVERIFY(away.isTidy());
    }

    void aJobThatFailsOrTakesTooLong() {
        Away away;
        const PipelineTest test =
            testOf(std::string(kRows) + R"(, { "end": true }, { "expect": "per_key", "count": 0 })");
        away.there().within = 500;
        const TestOutcome late = away.run(test);
        QVERIFY2(late.state == State::NotRun && toldOf(late, test).find("in time") != std::string::npos,
                 toldOf(late, test).c_str());
        away.flink.refuse("SELECT", "x.Y: Failed.\nCaused by: a.B: division by zero");
        const TestOutcome failed = away.run(test);
        QVERIFY2(failed.state == State::NotRun && toldOf(failed, test).find("division") != std::string::npos,
                 toldOf(failed, test).c_str());
    }

    void cancelledItEndsItsJob() {
        Away away;
        const PipelineTest test =
            testOf(std::string(kRows) + R"(, { "end": true }, { "expect": "per_key", "count": 0 })");
        std::future<TestOutcome> running = std::async(std::launch::async, [&] { return away.run(test); });
        const CancelledAtLast last{away.cancelled};
        QTRY_COMPARE(away.flink.running(FakeFlink::Sort::Query), 1);
        // The rows as the source gives them: that without a time is none.
        QCOMPARE(away.fileNamed("orders.csv"),
                 std::string("\"1\",\"x\",\"10.5\",\"2024-03-01 12:00:00.000\"\n"
                             "\"2\",\"x,y\",\"3\",\"2024-03-01 12:00:07.000\"\n"));
        away.cancelled = true;
        const TestOutcome outcome = running.get();
        QVERIFY2(outcome.state == State::NotRun && outcome.error.error().code == ErrorCode::Cancelled,
                 toldOf(outcome, test).c_str());
        QCOMPARE(away.flink.running(FakeFlink::Sort::Query), 0);
        QVERIFY(!away.flink.harmed());
        QVERIFY(away.isTidy());
        // So does the next one, before it begins.
        QCOMPARE(away.run(test).error.error().code, ErrorCode::Cancelled);
    }

    void theFlinkMustBeThereAndNewEnough() {
        Away away;
        QVERIFY(canTestOn(away.there()).ok());
        away.flink.setVersion("1.20.1");
        const Status old = canTestOn(away.there());
        QVERIFY(!old.ok() && english(old.error()).find("1.20.1, which is too old") != std::string::npos);
        away.flink.setVersion("<unknown>");
        QVERIFY2(canTestOn(away.there()).ok(), "a Flink that somebody built may tell no version");
        away.flink.setVersion("2.0.0");
        away.flink.setJobManager(FakeFlink::Mood::Away);
        QVERIFY(!canTestOn(away.there()).ok());
        FlinkTests spark = away.there();
        spark.target.engine = Engine::Spark;
        const Status other = canTestOn(spark);
        QVERIFY(!other.ok() && english(other.error()).find("is no Flink") != std::string::npos);
    }

    void reportsCarryWhatWasNotAsked() {
        const PipelineTest test = testOf(R"({ "expect": "per_key", "count": 1 }, { "end": true })");
        TestOutcome passed, skipped;
        passed.notAsked.push_back({0, RW_TEXT("test", "not <now>")});
        skipped.state = State::Skipped;
        skipped.notAsked.push_back({2, RW_TEXT("test", "never")});
        const TestReport report{{"p.rilltest", {}, {reportOf(passed, test), reportOf(skipped, test)}}};
        const Json json = reportJson(report);
        QCOMPARE(json["skipped"].get<int>(), 1);
        const Json& tests = json["files"][0]["tests"];
        QCOMPARE(tests[0]["not_asked"][0]["step"].get<int>(), 1);
        QCOMPARE(tests[1]["state"].get<std::string>(), std::string("skipped"));
        QVERIFY(tests[1]["not_asked"][0]["step"].is_null());
        const std::string xml = junitXml(report);
        for (const char* const part :
             {"skipped=\"1\"", "<system-out>not asked on Flink: step 1, expect per_key: not &lt;now&gt;",
              "<skipped message=\"not asked on Flink: never"})
            QVERIFY2(xml.find(part) != std::string::npos, (part + xml).c_str());
    }
};

QTEST_GUILESS_MAIN(TestTestsOnFlink)
#include "test_tests_on_flink.moc"
