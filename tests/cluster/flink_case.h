// A golden case on a real Flink: the pipeline in its words, its sources staged, its results fetched.
#pragma once
#include <filesystem>

#include "core/net/http_client.h"
#include "core/pipeline/node_kind.h"
#include "tests/cluster/judged_cases.h"

namespace rw::cluster {

struct FlinkRunOptions {
    HttpServer gateway{};
    HttpServer jobManager{};
    int parallelism = 1;
};

/// A refused case is not run.
CaseOutcome runOnFlink(const std::filesystem::path& folder, const Catalogue& catalogue,
                       const ListedCases& listed, const FlinkRunOptions& options);

}  // namespace rw::cluster
