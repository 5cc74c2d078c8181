#include "core/pipeline/checks/export_check.h"

#include <algorithm>

#include "core/pipeline/checks/path_check.h"
#include "core/pipeline/subflow.h"

namespace rw {

Status checkExport(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                   const std::string& title, const std::string& path, const Trust& trust) {
    Pipeline all = pipeline;
    for (Node& node : all.nodes) node.disabled = false;
    ValidateOptions asked = options;
    asked.alsoWritten = {{title, path}};
    std::vector<Issue> ignored, found;  // errors of the pipeline itself are reported elsewhere
    FileLook look;
    look.reach = trust.reachFrom(options.folder);
    const auto expanded = expand(all, catalogue, options, trust, look.reach, ignored);
    const Pipeline& whole = expanded ? expanded->pipeline : all;
    const Graph graph = buildGraph(whole, catalogue, ignored);
    checkPaths(graph, variablesOf(whole, options, ignored), asked, look, found);
    const auto refusal =
        std::find_if(found.begin(), found.end(), [](const Issue& issue) { return issue.node.empty(); });
    if (refusal == found.end()) return {};
    return {ErrorCode::Invalid, refusal->message, RW_TEXT("paths", "Choose another file.")};
}

}  // namespace rw
