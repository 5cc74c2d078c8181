// A golden case on a real Flink: the pipeline in its words, its sources staged, its results fetched.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/cluster/http.h"
#include "core/deploy/verdict.h"
#include "core/pipeline/node_kind.h"

namespace rw::cluster {

struct FlinkRunOptions {
    HttpServer gateway{};
    HttpServer jobManager{};
    int parallelism = 1;
};

struct CaseOnFlink {
    Verdict worst = Verdict::Exact;
    std::vector<std::string> refusals{};    ///< “node: why”
    std::vector<std::string> conditions{};  ///< that the verdict hangs on, each once
    std::string difference{};               ///< from what Flink answered when the case was made; empty: none
};

/// A refused case is not run.
CaseOnFlink runOnFlink(const std::filesystem::path& folder, const Catalogue& catalogue,
                       const FlinkRunOptions& options);

}  // namespace rw::cluster
