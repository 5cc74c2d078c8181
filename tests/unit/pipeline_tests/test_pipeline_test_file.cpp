// .rilltest files: read and written, and hostile ones.
#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>

#include "core/pipeline_tests/test_file.h"
#include "tests/support/child.h"

using namespace rw;

namespace {

std::string fileOf(const std::string& steps) {
    return R"json({"rilltest": 1, "pipeline": "p.rill", "tests": [{"name": "t", "steps": [)json" + steps +
           "]}]}";
}

const std::string kEach = R"json({ "rilltest": 1, "pipeline": "orders.rill", "tests": [
  { "name": "each step", "set": { "delay": "5s" }, "clock": "2024-03-01 00:00:00",
    "steps": [
      { "rows": "orders", "partition": "0", "values": [[1, "x", 10.5, null]], "columns": ["a", "b", "c", "d"] },
      { "idle": "orders" }, { "fail": "orders" }, { "advance": "10min" }, { "end": "orders" }, { "end": true },
      { "expect": "per_key", "rows": [["*", "x", 13.5]], "columns": ["a", "b", "c"], "ordered": true,
        "within": 1e-9 },
      { "expect": "per_key.late", "count": 0 },
      { "expect_watermark": "orders", "is": "2024-03-01 12:00:02" },
      { "expect_watermark": "orders", "is": "end" },
      { "expect_watermark": "orders", "is": null },
      { "expect_window": "per_key", "window_end": "2024-03-01 12:00:10", "is": "open" },
      { "expect_window": "per_key", "window_end": "2024-03-01 12:00:10", "is": "fired" },
      { "expect_window": "per_key", "window_end": "2024-03-01 12:00:10", "is": null },
      { "expect_late": "per_key", "count": 2 }, { "expect_rejected": "orders", "rows": [] },
      { "expect_table": "out", "rows": [["x", 14.5]], "columns": ["k", "total"] },
      { "expect_failed": "orders" } ] } ] })json";

/// What is wrong, in English; empty: it was read.
std::string wrong(const std::string& text) {
    const Result<PipelineTestFile> read = loadTests(text);
    return read.ok() ? std::string() : english(read.error());
}

void says(const std::string& text, const std::string& part) {
    const std::string told = wrong(text);
    QVERIFY2(told.find(part) != std::string::npos, (part + " ← " + told).c_str());
}

}  // namespace

class TestPipelineTestFile : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatIsSavedIsRead() {
        const Result<PipelineTestFile> read = loadTests(kEach);
        QVERIFY2(read.ok(), wrong(kEach).c_str());
        QCOMPARE(read->tests.front().steps.size(), std::size_t{18});
        QCOMPARE(read->tests.front().clock, Instant{1'709'251'200'000});
        const std::string saved = saveTests(*read);
        const Result<PipelineTestFile> again = loadTests(saved);
        QVERIFY2(again.ok(), wrong(saved).c_str());
        QVERIFY(*again == *read);
        QCOMPARE(saveTests(*again), saved);
    }

    void theTextIsCanonical() {
        const std::string text =
            "{\n"
            "  \"rilltest\": 1,\n"
            "  \"pipeline\": \"p.rill\",\n"
            "  \"tests\": [\n"
            "    {\n"
            "      \"name\": \"t\",\n"
            "      \"set\": { \"delay\": \"5s\" },\n"
            "      \"steps\": [\n"
            "        { \"rows\": \"in\", \"values\": [[1, \"x\"]] },\n"
            "        { \"expect\": \"out\", \"rows\": [\n"
            "          [1, \"a text that is so long that no two of its rows stand on one line of the "
            "file\"],\n"
            "          [2, \"a text that is so long that no two of its rows stand on one line of the "
            "file\"]] },\n"
            "        { \"end\": true }\n"
            "      ]\n"
            "    }\n"
            "  ]\n"
            "}\n";
        const Result<PipelineTestFile> read = loadTests(text);
        QVERIFY2(read.ok(), wrong(text).c_str());
        QCOMPARE(QString::fromStdString(saveTests(*read)), QString::fromStdString(text));
        QCOMPARE(saveTests({"p.rill", {}}),
                 std::string("{\n  \"rilltest\": 1,\n  \"pipeline\": \"p.rill\",\n  "
                             "\"tests\": []\n}\n"));
    }

    void wrongValuesAreToldWithTheirPlace() {
        says("{", "ends too early");
        says("[]", "no object");
        says(R"json({"rilltest": 2})json", "format 2");
        says(R"json({"rilltest": 1, "pipeline": "p.rill"})json", "tests is missing");
        says(R"json({"rilltest": 1, "tests": []})json", "pipeline is missing");
        says(R"json({"rilltest": 1, "pipeline": "p.rill", "tests": {}})json", "tests must be a list");
        says(R"json({"rilltest": 1, "pipeline": "p.rill", "tests": [], "test": []})json",
             "test: there is no such key");
        says(R"json({"rilltest": 1, "pipeline": "p.rill", "tests": [{"name": ""}]})json", "tests[0].name");
        says(R"json({"rilltest": 1, "pipeline": "p.rill", "tests": [{"name": 3}]})json",
             "tests[0].name must be text");
        says(R"json({"rilltest": 1, "pipeline": "p.rill", "tests": [{"name": "t", "set": {"a": 1}}]})json",
             "tests[0].set.a must be text");
        says(R"json({"rilltest": 1, "pipeline": "p.rill", "tests": [{"name": "t", "clock": "noon"}]})json",
             "tests[0].clock must be a time");
        says(fileOf("3"), "tests[0].steps[0] must be an object");
        says(fileOf("{}"), "tests[0].steps[0] does nothing");
        says(fileOf(R"json({"idle": "a", "fail": "b"})json"), "two things at once");
        says(fileOf(R"json({"rows": "a"})json"), "tests[0].steps[0].values is missing");
        says(fileOf(R"json({"rows": "a", "values": [1]})json"), "tests[0].steps[0].values[0] must be a row");
        says(fileOf(R"json({"rows": "a", "values": {}})json"), "tests[0].steps[0].values must be a list");
        says(fileOf(R"json({"expect": "a"})json"), "needs either");
        says(fileOf(R"json({"expect_window": "a", "is": "open"})json"),
             "tests[0].steps[0].window_end must be the time");
        says(fileOf(R"json({"expect_window": "a", "window_end": "2024-03-01 12:00:00"})json"),
             "tests[0].steps[0].is must be “open”");
        says(fileOf(R"json({"expect": "a", "rows": [], "count": 0})json"), "needs either");
        says(fileOf(R"json({"expect": "a", "count": -1})json"), "tests[0].steps[0].count");
        says(fileOf(R"json({"expect": "a", "rows": [], "within": -1})json"), "tests[0].steps[0].within");
        says(fileOf(R"json({"expect": "a", "rows": [], "ordred": true})json"),
             "tests[0].steps[0].ordred: there is no such");
        says(fileOf(R"json({"expect": "a", "rows": [], "columns": ["b", "b"]})json"), "twice");
        says(fileOf(R"json({"expect_table": "a", "rows": [], "ordered": true})json"), "no such key");
        says(fileOf(R"json({"expect_watermark": "a"})json"), "tests[0].steps[0].is");
        says(fileOf(R"json({"advance": "soon"})json"), "tests[0].steps[0].advance");
        says(fileOf(R"json({"advance": "-5s"})json"), "tests[0].steps[0].advance");
        says(fileOf(R"json({"advance": "99999d"})json"), "ten years");
        says(fileOf(R"json({"end": false})json"), "tests[0].steps[0].end");
    }

    void aTestThatExpectsNothingIsAnError() {
        says(fileOf(R"json({"rows": "a", "values": []})json"), "expects nothing");
        says(fileOf(""), "expects nothing");
    }

    void namesAreToldApart() {
        const std::string one = R"json({"name": "t", "steps": [{"expect": "a", "count": 0}]})json";
        says(R"json({"rilltest": 1, "pipeline": "p.rill", "tests": [)json" + one + "," + one + "]}",
             "already");
    }

    void hostileFilesAreRefused() {
        std::string rows = "[1]";
        for (int i = 0; i < 20; ++i) rows += "," + rows;  // a million
        says(fileOf(R"json({"rows": "a", "values": [)json" + rows + "]}"),
             "tests[0].steps[0].values: at most 100000");
        says(fileOf(R"json({"rows": "a", "values": )json" + std::string(100, '[') + std::string(100, ']') +
                    "}"),
             "nested too deeply");
        says(std::string(17 << 20, ' '), "has");
        std::string steps = R"json({"end": true})json";
        for (int i = 0; i < 14; ++i) steps += "," + steps;
        says(fileOf(steps), "tests[0].steps: at most 10000");
        says(fileOf("{\"expect\": \"\xff\", \"count\": 0}"), "not UTF-8");
        says(fileOf(R"json({"expect": ")json" + std::string(10'000, 'a') + R"json(", "count": 0})json"),
             "name of a node");
    }

    void thePipelineIsInTheFolder() {
        testing::ScratchFolder scratch{"tests"};
        namespace fs = std::filesystem;
        const fs::path folder = fs::path(scratch.path()) / "inside";
        fs::create_directories(folder / "below");
        std::ofstream(fs::path(scratch.path()) / "secret.rill") << "{}";
        fs::create_symlink(fs::path(scratch.path()) / "secret.rill", folder / "link.rill");
        const std::string file = (folder / "p.rilltest").native();
        const auto found = [&](const char* name) { return testedPipeline({name, {}}, file); };
        QCOMPARE(found("p.rill").value(), (folder / "p.rill").native());
        QCOMPARE(found("below/p.rill").value(), (folder / "below/p.rill").native());
        for (const char* outside : {"../secret.rill", "below/../../secret.rill", "link.rill"}) {
            QVERIFY(!found(outside).ok());
            QCOMPARE(found(outside).error().code, ErrorCode::Denied);
        }
        says(R"json({"rilltest": 1, "pipeline": "/etc/passwd", "tests": []})json", "file in this folder");
        QCOMPARE(testsBeside("/a/b.rill"), std::string("/a/b.rilltest"));
    }
};

QTEST_GUILESS_MAIN(TestPipelineTestFile)
#include "test_pipeline_test_file.moc"
