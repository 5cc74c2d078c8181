// planned_on_flink: a job that was submitted as a compiled plan resumes from a savepoint after edits that a
// job of SQL would be refused for: a filter more, a sink more, another window.
#include <fmt/format.h>

#include <algorithm>

#include "core/cluster/deployment_store.h"
#include "core/cluster/flink/flink_rest.h"
#include "core/cluster/json_members.h"
#include "tests/cluster/disordered_bids.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/cluster/written_rows.h"
#include "tests/support/child.h"
#include "tests/support/expect.h"
#include "tests/support/pipeline_of.h"

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::cluster;

namespace {

ClusterRequest planRequest(const Target& flink, const Pipeline& pipeline, const fs::path& folder) {
    ClusterRequest request = requestFor(flink, pipeline, folder);
    request.charts = false;
    request.target.flink.planFolder = (folder / "plans").string();
    return request;
}

/// Nodes that the page of Flink shows before its operators, and metrics by our numbers.
void lookAt(const ClusterRun& run, const Target& flink) {
    const ClusterStatus look = awaitRows(run);
    check(look.state == ClusterState::Running, "it runs; " + told(look));
    HttpServer server;
    server.address = flink.flink.jobManager;
    FlinkRest rest(server);
    const auto plan = rest.http().get("/jobs/" + look.job + "/plan");
    const std::string words = plan.ok() ? plan->dump() : english(plan.error());
    check(words.find("]:per_minute: ") != std::string::npos,
          "Flink shows whose operators they are: " + words);
    const ClusterStatus counted = await(run, [](const ClusterStatus& now) {
        const auto window = now.figures.nodes.find("per_minute");
        return window != now.figures.nodes.end() && window->second.rowsIn.value_or(0) > 0;
    });
    check(counted.state == ClusterState::Running, "the window's rows are counted; " + told(counted));
}

/// Begins, and is stopped in the midst; the savepoint.
std::string beginAndStop(const Target& flink, const Pipeline& pipeline, const fs::path& folder) {
    const std::unique_ptr<ClusterRun> run = deployToFlink(planRequest(flink, pipeline, folder));
    const EndedAtLast end(*run);
    lookAt(*run, flink);
    check(run->deployment() && !run->deployment()->plan.empty(), "its numbers are remembered");
    check(fs::is_empty(folder / "plans"), "no plan is left in the folder");
    run->stop({});
    const ClusterStatus over = awaitOver(*run);
    check(over.state == ClusterState::Stopped && !over.savepoint.empty(),
          "it leaves a savepoint; " + told(over));
    return over.savepoint;
}

ClusterStatus resumed(const Target& flink, const Pipeline& pipeline, const fs::path& folder,
                      const std::string& savepoint, bool allowLostState) {
    ClusterRequest request = planRequest(flink, pipeline, folder);
    request.savepoint = savepoint;
    request.allowLostState = allowLostState;
    const std::unique_ptr<ClusterRun> run = deployToFlink(std::move(request));
    const EndedAtLast end(*run);
    return awaitOver(*run);
}

std::uint64_t countedIn(const fs::path& folder, const Pipeline& pipeline) {
    return static_cast<std::uint64_t>(
        sumOfParts(folder / "results.csv.parts", columnsAt(pipeline, "results", folder), "n"));
}

Pipeline withFilter(Pipeline pipeline) {
    pipeline.nodes.push_back(test::node("true_of_all", "filter", {{"condition", "id >= 0"}}));
    for (Wire& wire : pipeline.wires) {
        if (wire.to.node == "per_minute") wire.to.node = "true_of_all";
    }
    pipeline.wires.push_back(test::wire("true_of_all", "per_minute"));
    return pipeline;
}

Pipeline withSink(Pipeline pipeline) {
    pipeline.nodes.push_back(test::node("raw", "csv_sink", {{"path", "raw.csv"}}));
    pipeline.wires.push_back(test::wire("cheap", "raw"));
    return pipeline;
}

/// All rows are counted once, by both jobs together.
void keepsItsWindows(const Target& flink, const Pipeline& pipeline, const Pipeline& edited,
                     const fs::path& folder, const BidCounts& bids, const std::string& what) {
    fs::remove_all(folder / "results.csv.parts");
    const std::string savepoint = beginAndStop(flink, pipeline, folder);
    if (savepoint.empty()) return;
    const ClusterStatus look = resumed(flink, edited, folder, savepoint, false);
    check(look.state == ClusterState::Finished, what + ": it goes on to its end; " + told(look));
    const Schema columns = columnsAt(pipeline, "results", folder);
    const std::string difference = differenceOf(rowsOfFile(folder / "results.csv", columns),
                                                rowsOfParts(folder / "results.csv.parts", columns));
    check(difference.empty(), what + ": both together give what it gives here:" + difference);
    const std::uint64_t counted = countedIn(folder, pipeline);
    check(counted == bids.judged(),
          fmt::format("{}: {} of {} rows are counted", what, counted, bids.judged()));
    check(fs::is_empty(folder / "plans"), what + ": no plan is left in the folder");
}

/// Windows of two minutes begin with nothing: the open ones of one minute are dropped, nothing counts twice.
void startsAnew(const Target& flink, const Pipeline& pipeline, const fs::path& folder,
                const BidCounts& bids) {
    fs::remove_all(folder / "results.csv.parts");
    const std::string savepoint = beginAndStop(flink, pipeline, folder);
    if (savepoint.empty()) return;
    const std::uint64_t before = countedIn(folder, pipeline);
    Pipeline edited = pipeline;
    edited.find("per_minute")->params["size"] = "2min";
    const ClusterStatus refused = resumed(flink, edited, folder, savepoint, false);
    check(refused.state == ClusterState::Refused && refused.job.empty(),
          "another window is refused at first; " + told(refused));
    const ClusterStatus look = resumed(flink, edited, folder, savepoint, true);
    check(look.state == ClusterState::Finished, "then it starts anew; " + told(look));
    const std::uint64_t counted = countedIn(folder, pipeline);
    check(counted > before && counted < bids.judged(),
          fmt::format("{} rows of {} are counted, {} before", counted, bids.judged(), before));
}

}  // namespace

int main() {
    const Target flink = flinkOfTests();
    const testing::ScratchFolder scratch("planned_on_flink");
    const fs::path& folder = scratch.path();
    fs::create_directory(folder / "plans");
    const BidCounts bids = writeDisorderedBids(folder / "bids.csv", {200'000, false});
    BidPipeline words;
    words.hashes = 60;
    words.name = "Bids by a plan";
    const Pipeline pipeline = pipelineOf(bidPipeline(words));
    runHere(pipeline, folder);
    keepsItsWindows(flink, pipeline, pipeline, folder, bids, "the same");
    keepsItsWindows(flink, pipeline, withFilter(pipeline), folder, bids, "a filter more");
    keepsItsWindows(flink, pipeline, withSink(pipeline), folder, bids, "a sink more");
    startsAnew(flink, pipeline, folder, bids);
    return test::summary();
}
