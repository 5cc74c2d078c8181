#include "widgets/document/run_advice.h"

#include <fmt/format.h>

#include "core/base/readable.h"

namespace rw::ui {
namespace {

constexpr char kLateness[] = "allowed_lateness";
constexpr Millis kSecond = 1000;

// A row is late when its window's end + lateness ≤ its stamp, so the lateness must be more than the delay.
Issue lateRows(const Node& node, Millis lateness, const NodeMetrics& seen) {
    const Millis needed = (seen.largestLateBy / kSecond + 1) * kSecond;
    Issue issue;
    issue.severity = Severity::Warning;
    issue.node = node.id;
    issue.param = kLateness;
    issue.message = RW_TEXT("advice", "Allowed lateness %1 is shorter than the delays seen.")
                        .with(durationText(lateness));
    issue.mend = RW_TEXT("advice", "%1 rows arrived after their window closed. The longest delay was %2 s.")
                     .with(seen.late, fmt::format("{:.1f}", static_cast<double>(seen.largestLateBy) / 1000));
    QuickFix fix;
    fix.label = RW_TEXT("advice", "Set to %1").with(durationText(needed));
    fix.node = node.id;
    fix.param = kLateness;
    fix.value = formatDuration(needed);
    issue.fixes.push_back(std::move(fix));
    return issue;
}

}  // namespace

std::vector<Issue> adviceOf(const Pipeline& pipeline, const Catalogue& catalogue,
                            const RunSnapshot& snapshot) {
    std::vector<Issue> advice;
    for (const Node& node : pipeline.nodes) {
        const LiveNode* live = snapshot.node(node.id);
        if (live == nullptr || live->metrics.late == 0) continue;
        const NodeKind* kind = catalogue.find(node.type);
        const ParamSpec* spec = kind != nullptr ? kind->param(kLateness) : nullptr;
        if (spec == nullptr) continue;
        const Json& value = paramValue(*spec, node.params);
        const auto lateness = parseDuration(value.is_string() ? value.get<std::string>() : "0s");
        if (lateness.ok() && *lateness <= live->metrics.largestLateBy)
            advice.push_back(lateRows(node, *lateness, live->metrics));
    }
    return advice;
}

}  // namespace rw::ui
