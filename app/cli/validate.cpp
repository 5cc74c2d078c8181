#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "core/pipeline/checks/trust.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

int validate(const ValidateCommand& command) {
    std::vector<Issue> issues;
    Trust trust;
    trust.agreed = command.pipeline.trusted;
    if (Result<Loaded> loaded = loadPipelineFile(command.pipeline.file); loaded.ok()) {
        issues = loaded->warnings;
        const Validated validated =
            rw::validate(loaded->pipeline, catalogue(), validateOptions(command.pipeline), trust);
        issues.insert(issues.end(), validated.issues.begin(), validated.issues.end());
    } else {
        Issue issue;
        issue.message = loaded.error().message;
        issue.fix = loaded.error().fix;
        issues.push_back(std::move(issue));
    }
    if (command.json) {
        Json all = Json::array();
        for (const Issue& issue : issues) all.push_back(issueJson(issue));
        std::printf("%s\n", indented(all).c_str());
    } else {
        printIssues(issues);
        if (issues.empty()) std::printf("no problems\n");
    }
    return hasErrors(issues) ? 2 : 0;
}

}  // namespace rw::cli
