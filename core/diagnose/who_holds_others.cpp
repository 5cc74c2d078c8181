#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/base/figures.h"
#include "core/diagnose/questions.h"
#include "core/diagnose/time_zones.h"
#include "core/diagnose/watermark_hold.h"

namespace rw {

namespace {

constexpr Millis kLasting = 10'000;  // of wall time: shorter silences come and go by themselves
constexpr Millis kFar = 10'000;      // of event time

/// What would have left by now, had the holder gone on as the others did.
bool isDue(const Evidence::Seen& seen, const WatermarkHold& hold) {
    const NodeMetrics& metrics = *seen.metrics;
    if (metrics.openUntil != kMaxTimestamp)
        return hold.watermark == kMinTimestamp ||
               metrics.openUntil <= saturatingAdd(hold.watermark, hold.behind);
    return seen.kind->inputs.size() > 1 && goesByTime(*seen.kind) && metrics.stateKeys > 0;
}

bool isFar(const WatermarkHold& hold) {
    return hold.watermark == kMinTimestamp || hold.behind > kFar;
}

Text heldText(const std::vector<const Evidence::Seen*>& held) {
    const Evidence::Seen& first = *held.front();
    const std::string& title = first.node->shownTitle();
    if (held.size() > 1) {
        return figures::counted(held.size() - 1, RW_TEXT("diagnose", "“%1” and 1 more node wait for it."),
                                RW_TEXT("diagnose", "“%2” and %1 more nodes wait for it."))
            .with(title);
    }
    if (first.metrics->openUntil != kMaxTimestamp)
        return RW_TEXT("diagnose", "“%1” keeps its windows from %2 on open.")
            .with(title, momentText(first.metrics->openFrom));
    return figures::counted(first.metrics->stateKeys, RW_TEXT("diagnose", "1 row waits in “%1”."),
                            RW_TEXT("diagnose", "%1 rows wait in “%2”."))
        .with(title);
}

Text stillText(const WatermarkHold& hold, Instant since) {
    if (hold.watermark == kMinTimestamp) {
        return hold.partition.empty()
                   ? RW_TEXT("diagnose", "No row since %1, and others wait.").with(wallText(since))
                   : RW_TEXT("diagnose", "No row of the partition “%2” since %1, and others wait.")
                         .with(wallText(since), hold.partition);
    }
    const Text behind = figures::wholeAge(hold.behind);
    const std::string at = momentText(hold.watermark);
    return hold.partition.empty()
               ? RW_TEXT("diagnose", "%1 behind the others: the watermark has stood at %2 since %3.")
                     .with(behind, at, wallText(since))
               : RW_TEXT(
                     "diagnose",
                     "%1 behind the others: the watermark of the partition “%4” has stood at %2 since %3.")
                     .with(behind, at, wallText(since), hold.partition);
}

Finding holdsOthers(const Evidence& evidence, const WatermarkHold& hold, Instant since,
                    const std::vector<const Evidence::Seen*>& held, const std::optional<ZoneShift>& shift) {
    const Evidence::Seen& source = *evidence.find(hold.source);
    Finding finding = findingOf(Finding::Reason::HoldsOthers, source);
    finding.summary = RW_TEXT("diagnose", "Holds back “%1”").with(held.front()->node->shownTitle());
    if (shift) {
        finding.issue.message = RW_TEXT("diagnose", "%1 %2").with(zoneText(*shift), heldText(held));
        finding.issue.fix = zoneMend(*held.front());
        return finding;
    }
    finding.issue.message = RW_TEXT("diagnose", "%1 %2").with(stillText(hold, since), heldText(held));
    if (!hold.why.empty()) {
        finding.issue.message = RW_TEXT("diagnose", "%1 %2").with(finding.issue.message, hold.why);
        finding.issue.fix = hold.mend;
        return finding;
    }
    tellWhenItGoesOn(evidence, hold, finding.issue);
    return finding;
}

}  // namespace

bool goesByTime(const NodeKind& kind) {
    return std::any_of(kind.outputs.begin(), kind.outputs.end(),
                       [](const PortSpec& port) { return port.role == PortRole::Late; });
}

std::vector<const Evidence::Seen*> heldBackBy(const Evidence& evidence, const WatermarkHold& holder) {
    std::vector<const Evidence::Seen*> held;
    for (const Evidence::Seen* seen : evidence.nodes()) {
        if (seen->isSource()) continue;
        const std::optional<WatermarkHold> hold = whatHoldsWatermark(evidence, *seen);
        if (!hold || hold->source != holder.source || hold->partition != holder.partition) continue;
        if (isFar(*hold) && isDue(*seen, *hold)) held.push_back(seen);
    }
    return held;
}

void whoHoldsOthers(const Evidence& evidence, std::vector<Finding>& findings) {
    const RunMetrics& metrics = evidence.metrics();
    if (evidence.now() == 0 || metrics.state != RunState::Running || metrics.held) return;
    const Instant began = evidence.now() - static_cast<Millis>(metrics.seconds * 1000);
    std::set<std::pair<NodeId, std::string>> told;
    for (std::size_t i = 0, count = findings.size(); i < count; ++i) {
        const Finding::Reason reason = findings[i].reason;
        if (reason != Finding::Reason::InputBehind && reason != Finding::Reason::PartitionBehind) continue;
        const Evidence::Seen& node = *evidence.find(findings[i].issue.node);
        const auto hold = whatHoldsWatermark(evidence, node);
        if (!hold || !isFar(*hold)) continue;
        const Instant since = std::max(hold->since, began);
        if (evidence.now() - since < kLasting) continue;
        if (!told.emplace(hold->source, hold->partition).second) continue;
        const auto held = heldBackBy(evidence, *hold);
        if (held.empty()) continue;
        const bool byInput = reason == Finding::Reason::InputBehind;
        const auto shift = byInput ? zoneShift(evidence, node) : std::nullopt;
        findings.push_back(holdsOthers(evidence, *hold, since, held, shift));
    }
}

}  // namespace rw
