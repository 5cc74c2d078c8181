// faults_on_spark: the outcome of a run when Spark has a fault, or is ended: no spark-submit, an invalid
// master, noise, an error in a row, a kill in the middle, a stop. Nothing hangs, each is reported,
// and a run that resumes from a checkpoint has every row once, as far as the log of a sink tells which of its
// files count.
//
// RILLWRIGHT_SPARK_SUBMIT is a spark-submit (app/cluster spark up).
#include <fmt/format.h>
#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "core/cluster/deployment_store.h"
#include "core/cluster/json_members.h"
#include "tests/cluster/disordered_bids.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/golden/compare.h"
#include "tests/support/child.h"
#include "tests/support/expect.h"

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::cluster;

namespace {

constexpr std::uint64_t kBids = 100'000, kMoreBids = 1'000;
constexpr int kHashes = 60;  ///< of each row: a batch that lasts longer than the fault

/// All rows of a folder of files go three ways; its windows of a minute are added up.
std::string bidsToFiles(int hashes) {
    std::string hash = "channel";
    for (int i = 0; i < hashes; ++i) hash = "MD5(" + hash + ")";
    return fmt::format(R"rill({{ "rill": 1, "name": "Bids on Spark", "settings": {{ "time_zone": "UTC" }},
  "nodes": [
    {{ "id": "bids", "type": "csv_source", "params": {{ "path": "in",
        "columns": ["id BIGINT", "channel STRING", "price BIGINT", "ts TIMESTAMP(3)"],
        "event_time": "ts", "watermark_delay": "5s" }} }},
    {{ "id": "cheap", "type": "filter", "params": {{ "condition": "price < 900 AND {} <> 'none'" }} }},
    {{ "id": "per_minute", "type": "window_aggregate", "params": {{ "window": "tumble", "size": "1min",
        "keys": ["channel"], "aggregates": ["COUNT(*) AS n"] }} }},
    {{ "id": "passed", "type": "csv_sink", "params": {{ "path": "passed.csv", "header": false }} }},
    {{ "id": "results", "type": "csv_sink", "params": {{ "path": "results.csv", "header": false }} }},
    {{ "id": "rejected", "type": "csv_sink", "params": {{ "path": "rejected.csv", "header": false }} }} ],
  "wires": [
    {{ "from": "bids", "to": "cheap" }}, {{ "from": "cheap", "to": "per_minute" }},
    {{ "from": "cheap", "to": "passed" }}, {{ "from": "per_minute", "to": "results" }},
    {{ "from": "bids.rejected", "to": "rejected" }} ] }}
)rill",
                       hash);
}

constexpr const char* kDivides = R"rill({ "rill": 1, "name": "Divides",
  "nodes": [
    { "id": "bids", "type": "csv_source", "params": { "path": "in",
        "columns": ["id BIGINT", "channel STRING", "price BIGINT", "ts TIMESTAMP(3)"] } },
    { "id": "some", "type": "filter", "params": { "condition": "price < 900" } },
    { "id": "ratio", "type": "select", "params": { "columns": ["id", "100 / (price - price) AS x"] } },
    { "id": "out", "type": "csv_sink", "params": { "path": "ratios.csv" } } ],
  "wires": [
    { "from": "bids", "to": "some" }, { "from": "some", "to": "ratio" },
    { "from": "ratio", "to": "out" } ] })rill";

/// A spark-submit that says where it runs, and is noisy.
Target sparkOfTests(const fs::path& folder) {
    const char* submit = std::getenv("RILLWRIGHT_SPARK_SUBMIT");
    check(submit != nullptr && *submit != 0, "RILLWRIGHT_SPARK_SUBMIT is set: run it by tests/run --cluster");
    const fs::path script = folder / "submit";
    std::ofstream(script) << "#!/bin/sh\necho $$ > '" << (folder / "pid").string()
                          << "'\necho '{ no event'\necho '{\"event\": \"rows\", \"rows\": 7}'\n"
                             "echo 'noise of a wrapper' >&2\nexec '"
                          << (submit != nullptr ? submit : "") << "' \"$@\"\n";
    fs::permissions(script, fs::perms::owner_all);
    Target target;
    target.name = "tests";
    target.engine = Engine::Spark;
    target.spark.submit = script.string();
    target.spark.master = "local[2]";
    target.spark.options = {"--verbose",
                            "--conf",
                            "spark.ui.enabled=false",
                            "--conf",
                            "spark.driver.host=127.0.0.1",
                            "--conf",
                            "spark.driver.bindAddress=127.0.0.1"};
    return target;
}

std::unique_ptr<ClusterRun> begin(const Target& spark, const std::string& pipeline, const fs::path& folder,
                                  const std::string& checkpoint = {}) {
    ClusterRequest request = requestFor(spark, pipelineOf(pipeline), folder);
    request.charts = false;
    request.savepoint = checkpoint;
    request.outputs.all = checkpoint.empty() ? OutputChoice::Replace : OutputChoice::Append;
    return runOnSpark(std::move(request));
}

bool says(const ClusterStatus& look, const std::string& word) {
    return told(look).find(word) != std::string::npos;
}

/// The rows of the files that a sink's log names: files of a batch that was cut do not count.
std::vector<golden::Row> rowsThatCount(const fs::path& parts) {
    std::set<std::string> named;
    std::error_code none;
    for (const auto& log : fs::directory_iterator(parts / "_spark_metadata", none)) {
        std::ifstream lines(log.path());
        for (std::string line; std::getline(lines, line);) {
            const std::string path = textIn(Json::parse(line, nullptr, false), "path");
            if (!path.empty()) named.insert(fs::path(path).filename().string());
        }
    }
    std::vector<golden::Row> rows;
    for (const std::string& name : named) {
        std::ostringstream text;
        text << std::ifstream(parts / name, std::ios::binary).rdbuf();
        for (golden::Row& row : golden::parseCsv(text.str())) rows.push_back(std::move(row));
    }
    return rows;
}

struct Written {
    std::uint64_t passed = 0, rejected = 0, aggregated = 0;
    std::set<std::string> ids{};  ///< of those that passed
};

Written writtenIn(const fs::path& folder, const Pipeline& pipeline) {
    Written written;
    for (const golden::Row& row : rowsThatCount(folder / "passed.csv.parts")) {
        ++written.passed;
        if (!row.empty()) written.ids.insert(row[0].value_or(""));
    }
    written.rejected = rowsThatCount(folder / "rejected.csv.parts").size();
    const auto n = static_cast<std::size_t>(columnsAt(pipeline, "results", folder).find("n").value_or(0));
    for (const golden::Row& row : rowsThatCount(folder / "results.csv.parts"))
        written.aggregated += n < row.size() ? std::stoull(row[n].value_or("0")) : 0;
    return written;
}

/// A row so far ahead that all windows before it close. Rows that come too late for a window Spark drops
/// without a count of them: here none does, and all are accounted for.
void writeAhead(const fs::path& file, int day) {
    std::ofstream(file) << "id,channel,price,ts\n"
                        << fmt::format("-{},c0,1,2024-04-{:02} 00:00:00.000\n", day, day);
}

void checkPartition(const Written& written, const BidCounts& counts, std::uint64_t ahead, const char* when) {
    check(written.ids.size() == written.passed, fmt::format("{}: no row twice", when));
    check(written.passed == counts.judged() + ahead,
          fmt::format("{}: {} rows passed of {}", when, written.passed, counts.judged() + ahead));
    check(written.rejected == counts.rejected,
          fmt::format("{}: {} rows rejected of {}", when, written.rejected, counts.rejected));
    // The window of the newest row is open still.
    check(written.aggregated == written.passed - 1,
          fmt::format("{}: {} rows aggregated of {}", when, written.aggregated, written.passed - 1));
    check(written.aggregated + 1 + written.rejected + counts.dear == counts.rows + ahead,
          fmt::format("{}: rows in = aggregated, in the open window, left out and rejected", when));
}

void missing(Target spark, const fs::path& folder) {
    spark.spark.submit = (folder / "none").string();
    const auto run = begin(spark, kDivides, folder);
    const ClusterStatus look = awaitOver(*run);
    check(look.state == ClusterState::Failed && says(look, spark.spark.submit),
          "it is told what is missing; " + told(look));
}

void wrongMaster(Target spark, const char* master, const char* word, const fs::path& folder) {
    spark.spark.master = master;
    const auto run = begin(spark, kDivides, folder);
    const ClusterStatus look = awaitOver(*run);
    check(look.state == ClusterState::Failed && look.job.empty() && says(look, word),
          fmt::format("{} is no master; {}", master, told(look)));
}

void checkedByADryRun(const Target& spark, const fs::path& folder) {
    ClusterRequest request = requestFor(spark, pipelineOf(bidsToFiles(1)), folder);
    request.checkOnly = true;
    const auto run = runOnSpark(std::move(request));
    const ClusterStatus look = awaitOver(*run);
    check(look.state == ClusterState::Finished && look.job.empty(), "Spark would take it; " + told(look));
    check(!fs::exists(folder / "passed.csv.parts"), "and nothing is written");
}

void aRowThatCantBe(const Target& spark, const fs::path& folder) {
    const auto run = begin(spark, kDivides, folder);
    const ClusterStatus look = awaitOver(*run);
    check(look.state == ClusterState::Failed && says(look, "DIVIDE_BY_ZERO"), "what failed; " + told(look));
    check(!look.failure.ok() && look.failure.error().node == "ratio", "at its node; " + told(look));
    check(!look.savepoint.empty(), "with its checkpoint kept");
}

/// Killed, then stopped, then to its end; then on with rows that have come since.
void endedAndResumed(const Target& spark, const fs::path& folder) {
    const std::string text = bidsToFiles(kHashes);
    const Pipeline pipeline = pipelineOf(text);
    BidCounts counts = writeDisorderedBids(folder / "in" / "bids.csv", {kBids, false});
    writeAhead(folder / "in" / "ahead.csv", 1);
    std::string checkpoint;
    {
        const auto run = begin(spark, text, folder);
        const ClusterStatus running = await(*run, ClusterState::Running);
        check(running.state == ClusterState::Running && !running.job.empty(), "it runs; " + told(running));
        int pid = 0;
        std::ifstream(folder / "pid") >> pid;
        check(pid > 1 && ::kill(pid, SIGKILL) == 0, "spark-submit is killed");
        const ClusterStatus look = awaitOver(*run);
        check(look.state == ClusterState::Failed && says(look, "137") && says(look, "resume"),
              "it is told, and what to do; " + told(look));
        checkpoint = look.savepoint;
        check(!checkpoint.empty(), "the checkpoint is kept");
    }
    {
        const auto run = begin(spark, text, folder, checkpoint);
        const ClusterStatus running = await(*run, ClusterState::Running);
        check(running.state == ClusterState::Running, "it goes on; " + told(running));
        const auto second = begin(spark, text, folder, checkpoint);
        check(awaitOver(*second).state == ClusterState::Refused, "but once at a time");
        run->stop({});
        const ClusterStatus look = awaitOver(*run);
        check(look.state == ClusterState::Stopped && look.savepoint == checkpoint,
              "Stop keeps the checkpoint; " + told(look));
    }
    const auto resume = [&](const char* when, std::uint64_t ahead) {
        const auto run = begin(spark, text, folder, checkpoint);
        const ClusterStatus look = awaitOver(*run);
        check(look.state == ClusterState::Finished, fmt::format("{}: it ends; {}", when, told(look)));
        checkPartition(writtenIn(folder, pipeline), counts, ahead, when);
    };
    resume("resumed", 1);
    resume("with nothing to do", 1);
    // Rows of a later day than all before: none is late.
    std::ofstream more(folder / "in" / "more.csv");
    more << "id,channel,price,ts\n";
    for (std::uint64_t i = 0; i < kMoreBids; ++i)
        more << fmt::format("{},c1,2,2024-04-02 00:00:{:02}.000\n", kBids + i, i % 60);
    more.close();
    writeAhead(folder / "in" / "further.csv", 3);
    counts.rows += kMoreBids;
    resume("with rows that came since", 2);
}

}  // namespace

int main() {
    const testing::ScratchFolder scratch("faults_on_spark");
    const fs::path& folder = scratch.path();
    ::setenv("TMPDIR", folder.c_str(), 1);  // Spark's files there are gone with this one
    fs::create_directories(folder / "in");
    const Target spark = sparkOfTests(folder);
    missing(spark, folder);
    writeAhead(folder / "in" / "ahead.csv", 1);
    wrongMaster(spark, "local[many]", "local[many]", folder);
    wrongMaster(spark, "spark://127.0.0.1:9", "spark://127.0.0.1:9", folder);
    checkedByADryRun(spark, folder);
    aRowThatCantBe(spark, folder);
    endedAndResumed(spark, folder);
    return test::summary();
}
