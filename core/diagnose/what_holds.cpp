#include <algorithm>

#include "core/base/readable.h"
#include "core/diagnose/questions.h"
#include "core/pipeline/param_check.h"

namespace rw {

namespace {

constexpr Millis kLong = 10'000;  // of event time: what people wait for without wondering
constexpr char kIdleTimeout[] = "idle_timeout";
constexpr Millis kIdleAfter = 30'000;

/// The source with the smallest watermark above `node`.
const Evidence::Seen* slowestSource(const Evidence& evidence, const Evidence::Seen* node) {
    while (!node->isSource()) {
        const auto& inputs = evidence.inputs(*node);
        if (inputs.empty()) return nullptr;
        node = std::min_element(inputs.begin(), inputs.end(), [](const auto& a, const auto& b) {
                   return a.from->metrics->watermark < b.from->metrics->watermark;
               })->from;
    }
    return node;
}

/// A source may say after which silence nobody waits for it any more, if it does not yet.
void offerIdleness(const Evidence::Seen& source, Issue& issue) {
    const ParamSpec* spec = source.kind->param(kIdleTimeout);
    if (spec == nullptr || source.node->params.contains(kIdleTimeout) ||
        !applies(*spec, *source.kind, source.node->params))
        return;
    QuickFix fix;
    fix.label = RW_TEXT("diagnose", "Mark “%1” idle after %2")
                    .with(source.node->shownTitle(), durationText(kIdleAfter));
    fix.node = source.node->id;
    fix.param = kIdleTimeout;
    fix.value = formatDuration(kIdleAfter);
    issue.quickFixes.push_back(std::move(fix));
}

Finding behind(const Evidence& evidence, const Evidence::Seen& seen, const Evidence::Seen& last,
               Instant ahead) {
    Finding finding = findingOf(Finding::Reason::InputBehind, seen);
    const std::string& title = last.node->shownTitle();
    const Instant at = last.metrics->watermark;
    finding.cause = last.node->id;
    finding.summary = RW_TEXT("diagnose", "Waits for “%1”").with(title);
    if (at == kMinTimestamp) {
        finding.issue.message =
            RW_TEXT("diagnose", "Waits for “%1”, which has no watermark yet.").with(title);
    } else if (ahead == kMaxTimestamp) {
        finding.issue.message =
            RW_TEXT("diagnose", "Waits for “%1”, whose watermark stands at %2; the other inputs have ended.")
                .with(title, momentText(at));
    } else {
        finding.issue.message =
            RW_TEXT("diagnose", "Waits for “%1”, whose watermark stands at %2, %3 behind the other inputs.")
                .with(title, momentText(at), durationText((ahead - at) / 1000 * 1000));
    }
    finding.issue.fix =
        RW_TEXT("diagnose", "Results go on when rows with later times come from “%1”.").with(title);
    if (const Evidence::Seen* source = slowestSource(evidence, &last)) offerIdleness(*source, finding.issue);
    return finding;
}

}  // namespace

void whatHolds(const Evidence& evidence, std::vector<Finding>& findings) {
    for (const Evidence::Seen* seen : evidence.nodes()) {
        if (!seen->metrics->holds.empty()) {
            Finding finding = findingOf(Finding::Reason::SourceHeld, *seen);
            finding.summary = finding.issue.message = seen->metrics->holds;
            findings.push_back(std::move(finding));
            continue;
        }
        const auto& inputs = evidence.inputs(*seen);
        if (inputs.size() < 2) continue;
        const auto [last, first] =
            std::minmax_element(inputs.begin(), inputs.end(), [](const auto& a, const auto& b) {
                return a.from->metrics->watermark < b.from->metrics->watermark;
            });
        const Instant ahead = first->from->metrics->watermark;
        const NodeMetrics& slowest = *last->from->metrics;
        if (saturatingAdd(slowest.watermark, kLong) >= ahead) continue;
        if (slowest.watermark == kMinTimestamp && slowest.rowsOut > 0) continue;  // its rows carry no times
        findings.push_back(behind(evidence, *seen, *last->from, ahead));
    }
}

}  // namespace rw
