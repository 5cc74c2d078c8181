// faults_on_flink: what a run comes to when the cluster is not as it should be: a TaskManager or the gateway
// is killed, there are too few slots, the address is wrong, all of it ends. Nothing hangs, and each is told.
// Charts say that they stand still and since when, and have all rows once, when there is a TaskManager again.
//
// The Flink is one of its own, started by RILLWRIGHT_CLUSTER (app/cluster) and ended at last.
#include <fmt/format.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <optional>

#include "core/cluster/deployment_store.h"
#include "tests/cluster/chart_checks.h"
#include "tests/cluster/disordered_bids.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/support/child.h"
#include "tests/support/expect.h"

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::cluster;

namespace {

constexpr const char* kRestPort = "38081";
constexpr const char* kGatewayPort = "38083";
constexpr const char* kRpcPort = "38085";
/// No server listens there: a port that programs are not given by chance.
constexpr const char* kNobody = "http://127.0.0.1:9";

class OwnFlink {
 public:
    explicit OwnFlink(fs::path folder) : m_folder(std::move(folder)) { up(); }
    ~OwnFlink() { down(); }
    OwnFlink(const OwnFlink&) = delete;
    OwnFlink& operator=(const OwnFlink&) = delete;

    /// Starts the parts that do not run.
    void up() { call("up"); }
    void down() { call("down"); }

    /// At once, as when a machine loses its power.
    void kill(const std::string& process) const {
        const char* cache = std::getenv("XDG_CACHE_HOME");
        const fs::path file = fs::path(cache ? cache : "") / "rillwright" / "cluster" /
                              (std::string("run-") + kRestPort) / (process + ".pid");
        int pid = 0;
        std::ifstream(file) >> pid;
        check(pid > 1 && ::kill(pid, SIGKILL) == 0, process + " is killed");
    }

    Target target() const {
        Target target;
        target.name = "own";
        target.flink.gateway = std::string("http://127.0.0.1:") + kGatewayPort;
        target.flink.jobManager = std::string("http://127.0.0.1:") + kRestPort;
        return target;
    }

 private:
    void call(const char* verb) {
        const char* script = std::getenv("RILLWRIGHT_CLUSTER");
        const testing::ChildEnd end =
            testing::runChild({script ? script : "", "flink", verb, "--rest-port", kRestPort,
                               "--gateway-port", kGatewayPort, "--rpc-port", kRpcPort, "--slots", "4"},
                              m_folder, m_folder / "cluster.log");
        check(end.exitStatus == 0, fmt::format("app/cluster flink {}", verb));
    }

    const fs::path m_folder;
};

ClusterRequest requestIn(const Target& flink, const Pipeline& pipeline, const fs::path& folder) {
    ClusterRequest request = requestFor(flink, pipeline, folder);
    request.charts = false;
    return request;
}

bool says(const ClusterStatus& look, const std::string& word) {
    return told(look).find(word) != std::string::npos;
}

void wrongGateway(Target flink, const Pipeline& pipeline, const fs::path& folder) {
    flink.flink.gateway = kNobody;
    const std::unique_ptr<ClusterRun> run = deployToFlink(requestIn(flink, pipeline, folder));
    const ClusterStatus look = awaitOver(*run);
    check(look.state == ClusterState::Failed && look.job.empty() && says(look, kNobody),
          "nothing is given in, and the address that nobody answers at is named; " + told(look));
}

/// The gateway starts it all the same: it is remembered, and found once the address is right.
void wrongJobManager(const Target& flink, const Pipeline& pipeline, const fs::path& folder) {
    Target wrong = flink;
    wrong.flink.jobManager = kNobody;
    std::optional<Deployment> record;
    {
        const std::unique_ptr<ClusterRun> run = deployToFlink(requestIn(wrong, pipeline, folder));
        const ClusterStatus look =
            await(*run, [](const ClusterStatus& now) { return !now.connectionProblem.ok(); });
        check(says(look, kNobody), "the address that nobody answers at is named; " + told(look));
        record = run->deployment();
    }
    if (!record) return;
    const std::unique_ptr<ClusterRun> run = watchOnFlink(requestIn(flink, {}, folder), *record);
    run->cancel();
    const ClusterStatus look = awaitOver(*run);
    check(look.state == ClusterState::Stopped, "its job is ended; " + told(look));
}

void tooFewSlots(const Target& flink, const fs::path& folder) {
    BidPipeline words;
    words.parallelism = 64;
    words.name = "Too wide";
    const std::unique_ptr<ClusterRun> run =
        deployToFlink(requestIn(flink, pipelineOf(bidPipeline(words)), folder));
    const EndedAtLast end(*run);
    const ClusterStatus look = await(*run, [](const ClusterStatus& now) { return says(now, "slot"); });
    check(says(look, "slot"), "that slots are missing is told; " + told(look));
}

void taskManagerKilled(OwnFlink& flink, const ClusterRun& run) {
    const ClusterStatus before = await(
        run, [](const ClusterStatus& look) { return look.checkpoint && look.checkpoint->completed > 0; });
    check(before.state == ClusterState::Running, "there is a checkpoint; " + told(before));
    flink.kill("taskmanager");
    // Flink says RESTARTING for a second, then RUNNING of a job none of whose tasks runs.
    const ClusterStatus hurt = await(run, [](const ClusterStatus& look) {
        return look.state == ClusterState::Restarting || look.state == ClusterState::Starting;
    });
    check(!isOver(hurt.state), "it is seen that the cluster recovers; " + told(hurt));
    flink.up();
    const ClusterStatus mended = await(run, ClusterState::Running);
    check(mended.state == ClusterState::Running && mended.job == before.job,
          "and that it has; " + told(mended));
}

/// The query that feeds charts ends with its TaskManager, and the rows that it had read with it.
void chartsOutliveATaskManager(OwnFlink& flink, const fs::path& folder) {
    fs::create_directory(folder);
    writeDisorderedBids(folder / "bids.csv", {300'000, true});
    BidPipeline words;
    words.charts = true;
    words.hashes = 60;  // longer than a TaskManager takes to end
    words.name = "Charts";
    const Pipeline pipeline = pipelineOf(bidPipeline(words));
    const std::unique_ptr<Run> here = runHere(pipeline, folder);
    const std::unique_ptr<ClusterRun> run = deployToFlink(requestFor(flink.target(), pipeline, folder));
    const EndedAtLast end(*run);
    const ClusterStatus fed = await(*run, [](const ClusterStatus& look) { return look.chartRowsAt > 0; });
    check(fed.chartRowsAt > 0 && fed.chartTrouble.ok() && !isOver(fed.state),
          "rows come to charts; " + told(fed));
    const std::shared_ptr<LiveView> before = run->view("rows");
    flink.kill("taskmanager");
    const ClusterStatus frozen =
        await(*run, [](const ClusterStatus& look) { return !look.chartTrouble.ok(); });
    check(!frozen.chartTrouble.ok() && frozen.chartRowsAt >= fed.chartRowsAt,
          "that charts stand still is told, and when their last rows came; " + told(frozen));
    check(run->view("rows") == before && before->rows() > 0, "they go on to show what they had");
    flink.up();
    const ClusterStatus renewed = await(*run, [&frozen](const ClusterStatus& look) {
        return look.chartTrouble.ok() && look.chartRowsAt > frozen.chartRowsAt;
    });
    check(renewed.chartTrouble.ok() && renewed.chartRowsAt > frozen.chartRowsAt,
          "rows come again; " + told(renewed));
    check(run->view("rows") != before, "to pictures that begin anew");
    const ClusterStatus over = awaitOver(*run);
    check(over.state == ClusterState::Finished, "the job runs to its end; " + told(over));
    checkCharts(*run, *here);
}

void gatewayKilled(OwnFlink& flink, const ClusterRun& run, const fs::path& folder) {
    flink.kill("gateway");
    const Instant before = run.look().figures.at;
    const ClusterStatus after = await(run, [before](const ClusterStatus& look) {
        return look.state == ClusterState::Running && look.figures.at > before;
    });
    check(after.state == ClusterState::Running && after.figures.at > before,
          "the JobManager alone can be asked; " + told(after));
    const auto record = DeploymentStore((folder / "deployments").string()).find(after.job);
    check(record.ok(), "the job is remembered");
    if (record.ok()) {
        const std::unique_ptr<ClusterRun> second =
            watchOnFlink(requestIn(flink.target(), {}, folder), *record);
        const ClusterStatus look = await(*second, ClusterState::Running);
        check(look.state == ClusterState::Running && look.job == after.job,
              "another run finds it without the gateway; " + told(look));
    }
    flink.up();
    ClusterRequest request = requestIn(flink.target(), pipelineOf(bidPipeline({})), folder);
    request.checkOnly = true;
    const std::unique_ptr<ClusterRun> asked = deployToFlink(std::move(request));
    const ClusterStatus look = awaitOver(*asked);
    check(look.state == ClusterState::Finished, "the new gateway takes the next one; " + told(look));
    check(run.look().state == ClusterState::Running, "the job goes on");
}

}  // namespace

int main() {
    const testing::ScratchFolder scratch("faults_on_flink");
    const fs::path& folder = scratch.path();
    writeDisorderedBids(folder / "bids.csv", {2'000'000, true});
    BidPipeline words;
    words.hashes = 100;  // longer than all that is done to it
    const Pipeline pipeline = pipelineOf(bidPipeline(words));
    OwnFlink flink(folder);
    wrongGateway(flink.target(), pipeline, folder);
    wrongJobManager(flink.target(), pipeline, folder);
    tooFewSlots(flink.target(), folder);
    chartsOutliveATaskManager(flink, folder / "charts");
    const std::unique_ptr<ClusterRun> run = deployToFlink(requestIn(flink.target(), pipeline, folder));
    taskManagerKilled(flink, *run);
    gatewayKilled(flink, *run, folder);
    flink.down();
    const ClusterStatus look =
        await(*run, [](const ClusterStatus& now) { return !now.connectionProblem.ok(); });
    check(!look.connectionProblem.ok() && look.answered > 0,
          "that nobody answers any more is told; " + told(look));
    return test::summary();
}
