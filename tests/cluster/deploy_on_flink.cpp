// deploy_on_flink: a pipeline with disorder, bad cells, late rows and charts runs on a real Flink with one
// task and with two, as it runs here: the same rows in the same sinks, none lost and none counted twice.
#include <fmt/format.h>

#include "core/cluster/deployment_store.h"
#include "tests/cluster/chart_checks.h"
#include "tests/cluster/disordered_bids.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/cluster/written_rows.h"
#include "tests/support/child.h"
#include "tests/support/expect.h"

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::cluster;

namespace {

/// Flink's counters of an operator are asked for once a second, and not after its job has ended: they are
/// never more than there was.
void checkFigures(const ClusterStatus& look, const BidCounts& bids, std::size_t late) {
    const JobFigures& figures = look.figures;
    check(figures.at > 0 && figures.sourceRows.value_or(0) > 0, "there were figures; " + told(look));
    const auto atMost = [](const std::optional<std::uint64_t>& figure, std::uint64_t most, const char* what) {
        if (figure) fmt::print("  {} {} of {}\n", what, *figure, most);
        check(figure.value_or(0) <= most, fmt::format("{}: {} of {}", what, figure.value_or(0), most));
    };
    atMost(figures.sourceRows, bids.rows + 1, "rows of the source, with the line of names");
    for (const auto& [id, node] : figures.nodes) {
        if (id == "per_minute") {
            atMost(node.rowsIn, bids.judged(), "rows into the window");
            atMost(node.late, late, "late rows");
        }
        if (id == "bids") atMost(node.rejected, bids.rejected, "rejected rows");
    }
}

void runOn(const Target& flink, int degree) {
    fmt::print("parallelism {}\n", degree);
    const testing::ScratchFolder scratch("deploy_on_flink");
    const fs::path& folder = scratch.path();
    const BidCounts bids = writeDisorderedBids(folder / "bids.csv", {});
    BidPipeline words;
    words.parallelism = degree;
    words.charts = true;
    const Pipeline pipeline = pipelineOf(bidPipeline(words));
    const std::unique_ptr<Run> here = runHere(pipeline, folder);

    const std::unique_ptr<ClusterRun> run = deployToFlink(requestFor(flink, pipeline, folder));
    const EndedAtLast end(*run);
    const ClusterStatus look = awaitOver(*run);
    check(look.state == ClusterState::Finished, "it runs to its end; " + told(look));
    check(look.jobState == "FINISHED" && look.ended >= look.started, "and says so; " + told(look));

    for (const char* sink : {"results", "late"}) {
        const Schema columns = columnsAt(pipeline, sink, folder);
        const std::string file = std::string(sink) + ".csv";
        const std::string difference = differenceOf(rowsOfFile(folder / file, columns),
                                                    rowsOfParts(folder / (file + ".parts"), columns));
        check(difference.empty(), file + " is as it is here:" + difference);
    }
    const fs::path results = folder / "results.csv.parts";
    const auto counted = sumOfParts(results, columnsAt(pipeline, "results", folder), "n");
    const std::size_t late =
        rowsOfParts(folder / "late.csv.parts", columnsAt(pipeline, "late", folder)).size();
    const std::size_t rejected =
        rowsOfParts(folder / "rejected.csv.parts", columnsAt(pipeline, "rejected", folder)).size();
    fmt::print("  {} rows: {} counted, {} late, {} rejected, {} left out\n", bids.rows, counted, late,
               rejected, bids.dear);
    check(late > 0 && rejected == bids.rejected, "some are late, and those with a bad price are rejected");
    check(static_cast<std::uint64_t>(counted) + late + rejected + bids.dear == bids.rows,
          "every row is in one place, and in one alone");
    checkFigures(look, bids, late);
    checkCharts(*run, *here);
    check(run->view("results") == nullptr, "a sink has no picture");

    const auto record = DeploymentStore((folder / "deployments").string()).find(look.job);
    check(record.ok() && record->target == "tests" && record->ended > 0 && record->state == "FINISHED",
          "what is remembered of it says that it is over");
}

/// It is asked, and nothing runs.
void checkOnly(const Target& flink) {
    const testing::ScratchFolder scratch("deploy_on_flink");
    writeDisorderedBids(scratch.path() / "bids.csv", {100, true});
    ClusterRequest request = requestFor(flink, pipelineOf(bidPipeline({})), scratch.path());
    request.checkOnly = true;
    const std::unique_ptr<ClusterRun> run = deployToFlink(std::move(request));
    const ClusterStatus look = awaitOver(*run);
    check(look.state == ClusterState::Finished && look.job.empty() && look.issues.empty(),
          "the cluster would take it; " + told(look));
    check(!fs::exists(scratch.path() / "results.csv.parts"), "nothing was written");
    check(DeploymentStore((scratch.path() / "deployments").string()).all().empty(), "nothing is remembered");
}

}  // namespace

int main() {
    const Target flink = flinkOfTests();
    checkOnly(flink);
    for (const int degree : {1, 2}) runOn(flink, degree);
    return test::summary();
}
