#include "core/launch/run_accesses.h"

#include <algorithm>

#include "core/pipeline/used_paths.h"

namespace rw {

RunAccesses runAccesses(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                        const Validated& validated, bool onlyCharts) {
    return {accessesOf(pipeline, catalogue, options, validated, onlyCharts),
            whereUsedPathsLead(pipeline, catalogue, options, validated),
            validated.expanded ? validated.expanded->subflows : std::map<NodeId, SubflowFileRef>()};
}

Status checkAccesses(const RunAccesses& agreed, const RunAccesses& now) {
    for (const auto& [node, file] : now.subflows) {
        const auto was = agreed.subflows.find(node);
        if (was != agreed.subflows.end() && was->second->text == file->text) continue;
        return Status(ErrorCode::Invalid,
                      RW_TEXT("run", "The file of a subflow was changed while the run was being started."),
                      RW_TEXT("run", "Run it again."))
            .at(node);
    }
    const auto& before = agreed.accesses;
    const bool same = std::all_of(now.accesses.begin(), now.accesses.end(), [&](const Access& access) {
        return std::any_of(before.begin(), before.end(), [identity = access.identity()](const Access& one) {
            return one.identity() == identity;
        });
    });
    if (same) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("run",
                    "What the pipeline reads or writes was changed while the run was being started: "
                    "a link leads elsewhere now."),
            RW_TEXT("run", "Run it again, and look at what it asks.")};
}

void keepTo(const RunAccesses& agreed, RunOptions& options) {
    options.files = agreedFiles(agreed.paths);
    options.outputs = agreedOutputFiles(agreed.paths);
}

void keepTo(const RunAccesses& agreed, Pipeline pipeline, std::shared_ptr<const Catalogue> catalogue,
            ValidateOptions& options) {
    ValidateOptions asked = options;
    asked.permits = nullptr;
    options.permits = [agreed, pipeline = std::move(pipeline), catalogue = std::move(catalogue),
                       asked = std::move(asked)](const Validated& now) {
        return checkAccesses(agreed, runAccesses(pipeline, *catalogue, asked, now));
    };
}

}  // namespace rw
