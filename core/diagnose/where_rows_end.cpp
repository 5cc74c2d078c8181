#include <algorithm>

#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/diagnose/questions.h"

namespace rw {

namespace {

constexpr std::uint64_t kMany = 1000;  // a condition that holds for none of so many rows is rarely meant

Finding allRejected(const Evidence::Seen& seen) {
    Finding finding = findingOf(Finding::Reason::AllRejected, seen);
    const std::uint64_t rows = seen.metrics->rejected;
    finding.summary = figures::counted(rows, RW_TEXT("diagnose", "The only row was rejected"),
                                       RW_TEXT("diagnose", "All %1 rows were rejected"));
    finding.issue.message =
        figures::counted(rows, RW_TEXT("diagnose", "The only row was rejected, so that none leaves “%1”."),
                         RW_TEXT("diagnose", "All %1 rows were rejected, so that none leaves “%2”."))
            .with(seen.node->shownTitle());
    finding.issue.fix = RW_TEXT("diagnose", "The Late & rejected panel shows them with their errors.");
    return finding;
}

Finding noRowMatches(const Evidence::Seen& seen, const ParamSpec& condition) {
    Finding finding = findingOf(Finding::Reason::NoRowMatches, seen);
    const std::string count = figures::count(seen.metrics->rowsIn);
    finding.summary = RW_TEXT("diagnose", "0 of %1 rows match").with(count);
    finding.issue.param = condition.name;
    finding.issue.message = RW_TEXT("diagnose", "The condition held for none of %1 rows.").with(count);
    finding.issue.fix = RW_TEXT("diagnose", "Edit it, or look at the rows that came in the Data panel.");
    return finding;
}

}  // namespace

const ParamSpec* conditionOf(const NodeKind& kind) {
    const auto found = std::find_if(kind.params.begin(), kind.params.end(),
                                    [](const ParamSpec& spec) { return spec.kind == ParamKind::Condition; });
    return found == kind.params.end() ? nullptr : &*found;
}

void whereRowsEnd(const Evidence& evidence, std::vector<Finding>& findings) {
    for (const Evidence::Seen* seen : evidence.nodes()) {
        const NodeMetrics& metrics = *seen->metrics;
        if (metrics.rowsOut > 0 || seen->kind->outputs.empty()) continue;
        const ParamSpec* condition = conditionOf(*seen->kind);
        if (metrics.rejected > 0 && (seen->isSource() || metrics.rejected == metrics.rowsIn)) {
            findings.push_back(allRejected(*seen));
        } else if (condition != nullptr && metrics.rowsIn >= kMany) {
            findings.push_back(noRowMatches(*seen, *condition));
        }
    }
}

}  // namespace rw
