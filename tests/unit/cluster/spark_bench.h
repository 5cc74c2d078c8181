// A run of Spark whose spark-submit is a script of the test's.
#pragma once
#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "core/cluster/cluster_run.h"
#include "core/cluster/deployment_store.h"
#include "core/nodes/catalogue.h"
#include "tests/support/child.h"
#include "tests/support/pipeline_of.h"

namespace rw::test {

inline constexpr Millis kPatience = 30'000;

/// bids (CSV) → shown in a table, and written to a file.
inline Pipeline bidsPipeline() {
    Pipeline pipeline;
    pipeline.name = "bids";
    pipeline.nodes = {node("bids", "csv_source",
                           {{"path", "bids.csv"},
                            {"columns", {"k STRING", "v BIGINT", "ts TIMESTAMP"}},
                            {"event_time", "ts"}}),
                      node("shown", "table_view"), node("out", "csv_sink", {{"path", "out.csv"}})};
    pipeline.wires = {wire("bids", "shown"), wire("bids", "out")};
    return pipeline;
}

/// A target whose spark-submit is the script `lines`, and a request for it.
class Submit {
 public:
    explicit Submit(const std::string& lines) : m_folder("spark_run") {
        const std::filesystem::path script = m_folder.path() / "spark-submit";
        std::ofstream(script) << "#!/bin/bash\n" << lines << "\n";
        std::filesystem::permissions(script, std::filesystem::perms::owner_all);
        request.target.name = "here";
        request.target.engine = Engine::Spark;
        request.target.spark.submit = script.string();
        request.catalogue = std::make_shared<const Catalogue>(builtin());
        request.pipeline = bidsPipeline();
        request.validate.folder = m_folder.path().string();
        request.validate.files = false;
        request.deployments = (m_folder.path() / "deployments").string();
    }
    std::string folder() const { return m_folder.path().string(); }
    /// Programs and checkpoints that were left.
    std::size_t foldersLeft() const {
        std::size_t left = 0;
        std::error_code none;
        for (const auto& each : std::filesystem::directory_iterator(request.deployments + "/spark", none))
            left += each.is_directory() ? 1U : 0U;
        return left;
    }
    std::vector<Deployment> remembered() const { return DeploymentStore(request.deployments).all(); }

    ClusterRequest request{};

 private:
    testing::ScratchFolder m_folder;
};

inline bool reaches(const ClusterRun& run, ClusterState state) {
    return QTest::qWaitFor([&] { return run.look().state == state; }, kPatience);
}

inline std::string wordsOf(const Status& status) {
    return status.ok() ? "ok" : english(status.error());
}

/// A program that runs until it is asked to end.
inline constexpr const char* kRuns =
    "trap 'exit 0' TERM\n"
    "echo 'WARN noise of Spark'\n"
    "echo '{\"event\": \"running\", \"queries\": [\"rill_shown\"], \"application\": \"local-1\"}'\n"
    "echo '{\"event\": \"rows\", \"sink\": \"shown\", \"batch\": 0, \"mode\": \"append\", \"first\": true, "
    "\"rows\": [[\"a\", \"9007199254740993\", \"2024-01-01 00:00:01.000\"]]}'\n"
    "echo '{\"event\": \"progress\", \"query\": \"rill_shown\", \"rows_in\": 7, "
    "\"event_time\": {\"watermark\": \"2024-01-01T00:00:01.000Z\"}}'\n";

/// The files that it leaves in the folder for its state, as Spark does.
inline constexpr const char* kKeeps =
    "kept=\nwords=(\"$@\")\n"
    "for i in \"${!words[@]}\"; do [ \"${words[i]}\" != --checkpoint ] || kept=${words[i + 1]}; done\n"
    "mkdir -p \"$kept/out\"; touch \"$kept/out/metadata\"\n";
inline constexpr const char* kForever = "while :; do sleep 0.1; done";

}  // namespace rw::test
