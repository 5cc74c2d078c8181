#include "core/cluster/flink/flink_refusal.h"

namespace rw {

std::vector<Issue> flinkRefusals(const Pipeline& pipeline, const Catalogue& catalogue,
                                 const ValidateOptions& options, const Translation& verdicts,
                                 const Status& why) {
    std::vector<Issue> issues;
    for (const auto& [id, verdict] : verdicts.nodes) {
        // Remarks on a node inside a subflow are among the findings of the subflow.
        if (isInside(id)) continue;
        for (const Remark& remark : verdict.findings) {
            if (remark.verdict != Verdict::Refused || remark.what.empty()) continue;
            Issue& issue = issues.emplace_back();
            issue.message = remark.what;
            issue.fix = remark.fix;
            issue.node = id;
            issue.param = remark.param;
            issue.item = remark.item;
            issue.position = remark.position;
            issue.length = remark.length;
            issue.quickFixes = remark.quickFixes;
        }
    }
    if (!issues.empty()) return issues;
    for (Issue& issue : validate(pipeline, catalogue, options).issues) {
        if (issue.severity == Severity::Error) issues.push_back(std::move(issue));
    }
    if (!issues.empty()) return issues;
    issues.push_back(issueOf(why.error()));
    return issues;
}

Issue nothingForFlink(bool charts) {
    Issue issue;
    if (charts) {
        issue.message =
            RW_TEXT("cluster", "The pipeline has charts alone, and charts are switched off for this target.");
        issue.fix = RW_TEXT("cluster", "Switch charts on for the target, or add a sink.");
    } else {
        issue.message = RW_TEXT("cluster", "The pipeline has nothing that Flink could write or show.");
        issue.fix = RW_TEXT("cluster", "Add a sink or a chart.");
    }
    return issue;
}

}  // namespace rw
