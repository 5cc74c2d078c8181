#include "app/cli/load.h"

#include <filesystem>

#include "app/cli/say.h"
#include "core/nodes/catalogue.h"

namespace rw::cli {

const Catalogue& catalogue() {
    static const Catalogue kCatalogue = builtin();
    return kCatalogue;
}

std::optional<Loaded> load(const PipelineOptions& options) {
    Result<Loaded> loaded = loadPipelineFile(options.file);
    if (!loaded.ok()) {
        say("error", english(loaded.error()));
        return std::nullopt;
    }
    return std::move(*loaded);
}

ValidateOptions validateOptions(const PipelineOptions& options) {
    ValidateOptions out;
    std::error_code ignored;
    out.folder = std::filesystem::absolute(options.file, ignored).parent_path().string();
    out.variables = options.variables;
    return out;
}

void printIssues(const std::vector<Issue>& issues) {
    for (const Issue& issue : issues) {
        say(issue.severity == Severity::Error ? "error" : "warning", english(issue));
    }
}

std::shared_ptr<const Plan> plan(const PipelineOptions& options, int parallelism) {
    const std::optional<Loaded> loaded = load(options);
    if (!loaded) return nullptr;
    printIssues(loaded->warnings);
    PlanOptions planOptions;
    planOptions.validate = validateOptions(options);
    planOptions.parallelism = parallelism;
    Planned planned = makePlan(loaded->pipeline, catalogue(), planOptions);
    printIssues(planned.issues);
    return std::move(planned.plan);
}

}  // namespace rw::cli
