// A run on a fake Flink, and waits of tests.
#pragma once
#include <QtTest/QtTest>
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/cluster/cluster_run.h"
#include "core/cluster/deployment_store.h"
#include "core/nodes/catalogue.h"
#include "core/views/table_view.h"
#include "tests/support/fake_flink.h"
#include "tests/support/pipeline_of.h"

namespace rw::test {

using Mood = FakeFlink::Mood;
using Sort = FakeFlink::Sort;

/// A file, a filter, a table that is looked at; and, unless there are charts alone, a file to write.
inline Pipeline pipelineOf(bool sink) {
    Pipeline pipeline;
    pipeline.name = "test";
    pipeline.nodes = {node("bids", "csv_source",
                           {{"path", "bids.csv"},
                            {"columns", Json::array({"k STRING", "v INT", "ts TIMESTAMP(3)"})},
                            {"event_time", "ts"},
                            {"watermark_delay", "5s"}}),
                      node("big", "filter", {{"condition", "v > 1"}}),
                      node("table", "table_view", {{"order", Json::array({"k"})}})};
    pipeline.wires = {wire("bids", "big"), wire("big", "table")};
    if (!sink) return pipeline;
    pipeline.nodes.push_back(node("out", "csv_sink", {{"path", "out.csv"}}));
    pipeline.wires.push_back(wire("big", "out"));
    return pipeline;
}

/// Long, for machines that have much else to do.
template <class Holds>
bool until(Holds&& holds) {
    for (int i = 0; i < 12'000; ++i) {
        if (holds()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

/// A run on a fake, and the folder of its records. The run ends before the fake does.
struct Bench {
    FakeFlink flink{};
    QTemporaryDir folder{};
    std::unique_ptr<ClusterRun> run{};

    ClusterRequest request(bool sink = true) {
        ClusterRequest request;
        request.target = flink.target();
        request.catalogue = std::make_shared<const Catalogue>(builtin());
        request.pipeline = pipelineOf(sink);
        request.validate.folder = "/data";
        request.validate.file = "/data/test.rill";
        request.validate.files = false;
        request.pollEvery = 10;
        request.deployments = folder.path().toStdString();
        return request;
    }
    void deploy(ClusterRequest with) { run = deployToFlink(std::move(with)); }
    void deploy() { deploy(request()); }
    /// Without charts, where a test is not about them.
    void deployBare() {
        ClusterRequest bare = request();
        bare.charts = false;
        deploy(std::move(bare));
    }
    /// As the one before did, into the folder in which that may have left results.
    void deployBareAgain() {
        ClusterRequest bare = request();
        bare.charts = false;
        bare.outputs.all = OutputChoice::Append;
        deploy(std::move(bare));
    }
    DeploymentStore store() const { return DeploymentStore(folder.path().toStdString()); }
    ClusterState state() const { return run->look().state; }
    bool comesTo(ClusterState wanted) const {
        const bool came = until([&] { return state() == wanted || isOver(state()); });
        if (state() == wanted) return true;
        const ClusterStatus look = run->look();
        std::printf("%s: state %d instead of %d; job %s %s; failure: %s; silence: %s\n",
                    came ? "it is over" : "it does not get there", static_cast<int>(look.state),
                    static_cast<int>(wanted), look.job.c_str(), look.jobState.c_str(),
                    look.failure.ok() ? "none" : english(look.failure.error()).c_str(),
                    look.connectionProblem.ok() ? "none" : english(look.connectionProblem.error()).c_str());
        for (const Issue& issue : look.issues) std::printf("    %s\n", english(issue).c_str());
        for (const Text& note : look.notes) std::printf("    note: %s\n", english(note).c_str());
        return false;
    }
    bool notes(const std::string& part) const {
        const ClusterStatus look = run->look();
        return std::any_of(look.notes.begin(), look.notes.end(),
                           [&](const Text& note) { return english(note).find(part) != std::string::npos; });
    }
    bool nothingRuns() const {
        return until([&] { return flink.running(Sort::Insert) == 0 && flink.running(Sort::Query) == 0; });
    }
    /// The run has looked at its job since.
    bool looksOnce() const {
        const auto looks = [this] { return flink.bodies("GET /jobs/" + flink.lastJob(Sort::Insert)).size(); };
        const std::size_t before = looks();
        // Answers of the present look may still come; a further one has its own.
        const std::uint64_t version = run->look().version;
        return until([&] { return looks() > before + 10 && run->look().version > version; });
    }
    bool silent() const { return !run->look().connectionProblem.ok(); }
    std::string tableRows() const {
        const auto view = std::dynamic_pointer_cast<TableView>(run->view("table"));
        std::string out;
        if (!view) return out;
        for (const TableRowRef& row : view->snapshot().rows) out += std::get<std::string>(row->front()) + " ";
        return out;
    }
};

inline std::vector<std::string> rowOf(const std::string& key) {
    return {"table", key, "2", "2024-01-01 00:00:01.000"};
}

}  // namespace rw::test
