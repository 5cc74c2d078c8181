#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/diagnose/questions.h"

namespace rw {

namespace {

constexpr char kLateness[] = "allowed_lateness";
constexpr Millis kSecond = 1000;

}  // namespace

// A row is late when its window's end + lateness ≤ its stamp, so the lateness must be more than the delay.
void whyLate(const Evidence& evidence, std::vector<Finding>& findings) {
    for (const Evidence::Seen* seen : evidence.nodes()) {
        const NodeMetrics& metrics = *seen->metrics;
        const ParamSpec* spec = seen->kind->param(kLateness);
        if (spec == nullptr || metrics.late == 0) continue;
        const Json& value = paramValue(*spec, seen->node->params);
        const auto lateness = parseDuration(value.is_string() ? value.get<std::string>() : "0s");
        if (!lateness.ok() || *lateness > metrics.largestLateBy) continue;  // it was changed since
        const Millis needed = (metrics.largestLateBy / kSecond + 1) * kSecond;
        Finding finding = findingOf(Finding::Reason::LateRows, *seen);
        finding.summary = figures::counted(metrics.late, RW_TEXT("diagnose", "1 row came too late"),
                                           RW_TEXT("diagnose", "%1 rows came too late"));
        finding.issue.param = kLateness;
        finding.issue.message = RW_TEXT("diagnose", "Allowed lateness %1 is shorter than the delays seen.")
                                    .with(durationText(*lateness));
        finding.issue.fix =
            figures::counted(
                metrics.late, RW_TEXT("diagnose", "1 row arrived after its window closed. Its delay was %1."),
                RW_TEXT("diagnose", "%1 rows arrived after their window closed. The longest delay was %2."))
                .with(figures::age(metrics.largestLateBy));
        QuickFix fix;
        fix.label = RW_TEXT("diagnose", "Set to %1").with(durationText(needed));
        fix.node = seen->node->id;
        fix.param = kLateness;
        fix.value = formatDuration(needed);
        finding.issue.quickFixes.push_back(std::move(fix));
        findings.push_back(std::move(finding));
    }
}

}  // namespace rw
