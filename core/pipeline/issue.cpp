#include "core/pipeline/issue.h"

#include <algorithm>

namespace rw {

Issue issueOf(const Error& error) {
    Issue issue;
    issue.message = error.message;
    issue.fix = error.fix;
    issue.node = outermost(error.node);
    issue.param = error.param;
    return issue;
}

bool hasErrors(const std::vector<Issue>& issues) {
    return std::any_of(issues.begin(), issues.end(),
                       [](const Issue& issue) { return issue.severity == Severity::Error; });
}

std::string english(const Issue& issue) {
    std::string out;
    if (!issue.node.empty()) {
        out += issue.node;
        if (!issue.param.empty()) out += "." + issue.param;
        if (!issue.param.empty() && issue.item >= 0) out += fmt::format("[{}]", issue.item);
        out += ": ";
    }
    out += english(issue.message);
    if (!issue.fix.empty()) out += " " + english(issue.fix);
    if (issue.length > 0) out += fmt::format(" (column {})", issue.position + 1);
    return out;
}

}  // namespace rw
