// savepoint_on_flink: a job on a real Flink is found again by another run, stopped with a savepoint, resumed
// from there, or from the checkpoint that is kept when we cancel it, and ended by another client.
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

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::cluster;

namespace {

constexpr const char* kName = "Bids with a savepoint";

ClusterRequest requestIn(const Target& flink, const Pipeline& pipeline, const fs::path& folder) {
    ClusterRequest request = requestFor(flink, pipeline, folder);
    request.charts = false;  // they would read the file once more, on the same cores
    return request;
}

FlinkRest restOf(const Target& flink) {
    HttpServer server;
    server.address = flink.flink.jobManager;
    return FlinkRest(server);
}

/// Begins, is left, is found by another run and stopped there; the savepoint.
std::string leaveFindAndStop(const Target& flink, const Pipeline& pipeline, const fs::path& folder) {
    std::string job;
    {
        const std::unique_ptr<ClusterRun> first = deployToFlink(requestIn(flink, pipeline, folder));
        const ClusterStatus look = awaitRows(*first);
        check(look.state == ClusterState::Running, "it runs; " + told(look));
        check(first->deployment() && first->deployment()->job == look.job, "it is remembered as that job");
        job = look.job;
    }
    const DeploymentStore store((folder / "deployments").string());
    const Result<Deployment> found = store.find(job);
    check(found.ok() && found->ended == 0 && found->resumedFrom.empty(), "the record is there, and running");
    if (!found.ok()) return {};
    const std::unique_ptr<ClusterRun> second = watchOnFlink(requestIn(flink, {}, folder), *found);
    const EndedAtLast end(*second);
    const ClusterStatus again = awaitRows(*second);
    check(again.state == ClusterState::Running && again.job == job, "another run finds it; " + told(again));
    check(!again.figures.nodes.empty(), "with figures of its nodes");

    second->stop({});
    const ClusterStatus over = awaitOver(*second);
    check(over.state == ClusterState::Stopped && !over.savepoint.empty(),
          "it leaves a savepoint; " + told(over));
    const Result<Deployment> ended = store.find(job);
    check(ended.ok() && ended->ended > 0 && !ended->savepoints.empty() &&
              ended->savepoints.back().path == over.savepoint,
          "which the record knows");
    return over.savepoint;
}

/// From the savepoint, or the checkpoint, to the end: together both have counted each row once.
void goOn(const Target& flink, const Pipeline& pipeline, const fs::path& folder, const BidCounts& bids,
          const std::string& savepoint) {
    ClusterRequest request = requestIn(flink, pipeline, folder);
    request.savepoint = savepoint;
    const std::unique_ptr<ClusterRun> run = deployToFlink(std::move(request));
    const EndedAtLast end(*run);
    const ClusterStatus look = awaitOver(*run);
    check(look.state == ClusterState::Finished, "it goes on to its end; " + told(look));
    check(run->deployment() && run->deployment()->resumedFrom == savepoint, "and knows from where");
    FlinkRest rest = restOf(flink);
    const auto checkpoints = rest.http().get("/jobs/" + look.job + "/checkpoints");
    check(checkpoints.ok() && memberOf(memberOf(*checkpoints, "latest"), "restored").is_object(),
          "Flink says that it was restored");
    const Schema columns = columnsAt(pipeline, "results", folder);
    const std::string difference = differenceOf(rowsOfFile(folder / "results.csv", columns),
                                                rowsOfParts(folder / "results.csv.parts", columns));
    check(difference.empty(), "both together give what it gives here:" + difference);
    const auto counted = sumOfParts(folder / "results.csv.parts", columns, "n");
    check(static_cast<std::uint64_t>(counted) == bids.judged(), fmt::format("{} rows are counted", counted));
    const std::size_t rejected =
        rowsOfParts(folder / "rejected.csv.parts", columnsAt(pipeline, "rejected", folder)).size();
    check(rejected == bids.rejected, fmt::format("{} rows are rejected", rejected));
}

void endedByOthers(const Target& flink, const Pipeline& pipeline, const fs::path& folder) {
    const std::unique_ptr<ClusterRun> run = deployToFlink(requestIn(flink, pipeline, folder));
    const EndedAtLast end(*run);
    const ClusterStatus look = await(*run, ClusterState::Running);
    check(restOf(flink).cancelJob(look.job).ok(), "somebody else may cancel it");
    const ClusterStatus over = awaitOver(*run);
    check(over.state == ClusterState::Stopped && over.jobState == "CANCELED" && over.savepoint.empty(),
          "which is noticed; " + told(over));
    check(run->deployment() && run->deployment()->ended > 0, "and remembered");
}

/// Cancelled by us, behind a checkpoint, from which a job goes on.
void cancelled(const Target& flink, const Pipeline& pipeline, const fs::path& folder, const BidCounts& bids) {
    const std::unique_ptr<ClusterRun> run = deployToFlink(requestIn(flink, pipeline, folder));
    const Schema columns = columnsAt(pipeline, "results", folder);
    const auto counted = [&] { return sumOfParts(folder / "results.csv.parts", columns, "n"); };
    const ClusterStatus before = await(*run, [&counted](const ClusterStatus& look) {
        return look.checkpoint && look.checkpoint->completed > 0 && counted() > 0;
    });
    check(before.state == ClusterState::Running, "there is a checkpoint behind some rows; " + told(before));
    run->cancel();
    const ClusterStatus over = awaitOver(*run);
    check(over.state == ClusterState::Stopped && over.savepoint.empty(), "we may, too; " + told(over));
    const auto record = run->deployment();
    check(!over.keptCheckpoint.empty() && record && !record->savepoints.empty() &&
              record->savepoints.back().checkpoint && record->savepoints.back().path == over.keptCheckpoint,
          "its checkpoint is kept, and remembered; " + told(over));
    check(static_cast<std::uint64_t>(counted()) < bids.judged(), "it was not at its end");
    if (!over.keptCheckpoint.empty()) goOn(flink, pipeline, folder, bids, over.keptCheckpoint);
}

/// At once, and while it is being submitted: in the end nothing of it runs.
void cancelledEarly(const Target& flink, const Pipeline& pipeline, const fs::path& folder) {
    for (const ClusterState when : {ClusterState::Checking, ClusterState::Submitting}) {
        const std::unique_ptr<ClusterRun> run = deployToFlink(requestIn(flink, pipeline, folder));
        await(*run, [when](const ClusterStatus& look) { return look.state >= when; });
        run->cancel();
        const ClusterStatus over = awaitOver(*run);
        check(isOver(over.state), "it ends; " + told(over));
    }
    FlinkRest rest = restOf(flink);
    const auto jobs = rest.jobs();
    check(jobs.ok() && std::none_of(jobs->begin(), jobs->end(),
                                    [](const FlinkJob& job) { return job.name == kName && !job.ended(); }),
          "no job of it runs");
}

}  // namespace

int main() {
    const Target flink = flinkOfTests();
    const testing::ScratchFolder scratch("savepoint_on_flink");
    const fs::path& folder = scratch.path();
    // Where rows are late, those right behind the savepoint would be judged again.
    const BidCounts bids = writeDisorderedBids(folder / "bids.csv", {400'000, false});
    BidPipeline words;
    words.hashes = 60;
    words.name = kName;
    const Pipeline pipeline = pipelineOf(bidPipeline(words));
    runHere(pipeline, folder);
    if (const std::string savepoint = leaveFindAndStop(flink, pipeline, folder); !savepoint.empty())
        goOn(flink, pipeline, folder, bids, savepoint);
    endedByOthers(flink, pipeline, folder);
    const fs::path another = folder / "cancelled";
    fs::create_directories(another);
    for (const char* const file : {"bids.csv", "results.csv", "rejected.csv"})
        fs::copy_file(folder / file, another / file);
    cancelled(flink, pipeline, another, bids);
    cancelledEarly(flink, pipeline, folder);
    return test::summary();
}
