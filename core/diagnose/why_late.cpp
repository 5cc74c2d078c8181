#include <optional>
#include <set>

#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/diagnose/questions.h"

namespace rw {

namespace {

constexpr char kLateness[] = "allowed_lateness", kDelay[] = "watermark_delay";
constexpr Millis kSecond = 1000, kMinute = 60 * kSecond;

void addSources(const Evidence& evidence, const Evidence::Seen& seen, std::set<const Evidence::Seen*>& passed,
                std::vector<const Evidence::Seen*>& sources) {
    if (!passed.insert(&seen).second) return;
    // An event-time node gives the rows new stamps: the delays before it do not count.
    if (seen.isSource() || seen.metrics->watermarkDelay) return sources.push_back(&seen);
    for (const Evidence::Input& input : evidence.inputs(seen))
        addSources(evidence, *input.from, passed, sources);
}

/// The source or event-time node whose delay decides which rows of `seen` are late; null: several do, or one
/// that says no delay.
const Evidence::Seen* delayed(const Evidence& evidence, const Evidence::Seen& seen) {
    std::set<const Evidence::Seen*> passed;
    std::vector<const Evidence::Seen*> sources;
    addSources(evidence, seen, passed, sources);
    const bool one = sources.size() == 1 && sources.front()->metrics->watermarkDelay &&
                     durationOf(*sources.front(), kDelay);
    return one ? sources.front() : nullptr;
}

QuickFix setting(const Evidence::Seen& seen, const char* param, Millis value, Text label) {
    QuickFix fix;
    fix.label = std::move(label);
    fix.node = seen.node->id;
    fix.param = param;
    fix.value = formatDuration(value);
    return fix;
}

/// Of a node that keeps no window open for late rows: only a delay would have kept them.
void whyLateWithoutLateness(const Evidence& evidence, const Evidence::Seen& seen,
                            std::vector<Finding>& findings) {
    const NodeMetrics& metrics = *seen.metrics;
    const Evidence::Seen* source = delayed(evidence, seen);
    if (source == nullptr || source == &seen || evidence.isTaken(seen, PortRole::Late)) return;
    const Millis had = *source->metrics->watermarkDelay;
    if (*durationOf(*source, kDelay) > had + metrics.largestLateBy) return;  // it was changed since
    // More than it was, in whole seconds, and in whole minutes from two on.
    const Millis least = had + metrics.largestLateBy + 1;
    const Millis step = least > 2 * kMinute ? kMinute : kSecond;
    const Millis needed = (least + step - 1) / step * step;
    Finding finding = findingOf(Finding::Reason::LateRows, seen);
    finding.summary = figures::counted(metrics.late, RW_TEXT("diagnose", "1 row came too late"),
                                       RW_TEXT("diagnose", "%1 rows came too late"));
    for (const PortSpec& port : seen.kind->outputs) {
        if (port.role != PortRole::Late) continue;
        finding.issue.port = port.name;
        break;
    }
    finding.issue.message = figures::counted(metrics.late, RW_TEXT("diagnose", "1 row came too late."),
                                             RW_TEXT("diagnose", "%1 rows came too late."));
    finding.issue.fix =
        RW_TEXT("diagnose", "The results lack them. The longest delay behind the watermark was %1.")
            .with(figures::age(metrics.largestLateBy));
    finding.issue.quickFixes.push_back(setting(
        *source, kDelay, needed,
        RW_TEXT("diagnose", "Delay of %2 in “%1”").with(source->node->shownTitle(), durationText(needed))));
    findings.push_back(std::move(finding));
}

}  // namespace

std::optional<Millis> durationOf(const Evidence::Seen& seen, const char* param) {
    const ParamSpec* spec = seen.kind->param(param);
    if (spec == nullptr) return std::nullopt;
    const Json& value = paramValue(*spec, seen.node->params);
    const auto duration = parseDuration(value.is_string() ? value.get<std::string>() : "0s");
    return duration.ok() ? std::optional(*duration) : std::nullopt;
}

// A row is late when its window's end + lateness ≤ its stamp, so the lateness must be more than the delay.
void whyLate(const Evidence& evidence, std::vector<Finding>& findings) {
    for (const Evidence::Seen* seen : evidence.nodes()) {
        const NodeMetrics& metrics = *seen->metrics;
        const std::optional<Millis> lateness = durationOf(*seen, kLateness);
        if (metrics.late == 0) continue;
        if (!lateness) {
            whyLateWithoutLateness(evidence, *seen, findings);
            continue;
        }
        if (*lateness > metrics.largestLateBy) continue;  // it was changed since
        const Millis needed = (metrics.largestLateBy / kSecond + 1) * kSecond;
        const Evidence::Seen* source = delayed(evidence, *seen);
        const Millis had = source != nullptr ? *source->metrics->watermarkDelay : 0;
        const Millis has = source != nullptr ? *durationOf(*source, kDelay) : 0;
        if (has > had + metrics.largestLateBy) continue;
        Finding finding = findingOf(Finding::Reason::LateRows, *seen);
        finding.summary = figures::counted(metrics.late, RW_TEXT("diagnose", "1 row came too late"),
                                           RW_TEXT("diagnose", "%1 rows came too late"));
        finding.issue.param = kLateness;
        finding.issue.message = RW_TEXT("diagnose", "Allowed lateness %1 is shorter than the delays seen.")
                                    .with(durationText(*lateness));
        finding.issue.fix =
            figures::counted(
                metrics.late,
                RW_TEXT("diagnose",
                        "1 row came when the watermark of its own source had passed the end of its window. "
                        "Its delay was %1."),
                RW_TEXT("diagnose",
                        "%1 rows came when the watermark of their own source had passed the end of their "
                        "window. The longest delay was %2."))
                .with(figures::age(metrics.largestLateBy));
        std::vector<QuickFix>& fixes = finding.issue.quickFixes;
        fixes.push_back(
            setting(*seen, kLateness, needed, RW_TEXT("diagnose", "Set to %1").with(durationText(needed))));
        // A delay comes first where results are final: a lateness would let them change, which not each sink
        // takes.
        if (source != nullptr)
            fixes.insert(*lateness == 0 ? fixes.begin() : fixes.end(),
                         setting(*source, kDelay, had + needed,
                                 RW_TEXT("diagnose", "Delay of %2 in “%1”")
                                     .with(source->node->shownTitle(), durationText(had + needed))));
        findings.push_back(std::move(finding));
    }
}

}  // namespace rw
