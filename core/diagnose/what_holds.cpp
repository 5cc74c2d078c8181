#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/readable.h"
#include "core/diagnose/live_state.h"
#include "core/diagnose/questions.h"
#include "core/diagnose/time_zones.h"
#include "core/diagnose/watermark_hold.h"

namespace rw {

namespace {

constexpr Millis kLong = 10'000;  // of event time: a delay that a user does not wonder about

/// `message`, and the place that holds `seen`, and since when.
Text withHold(Text message, const Evidence::Seen& seen, const WatermarkHold& hold) {
    if (hold.since == 0) return message;
    const bool itself = hold.source == seen.node->id && hold.partition.empty();
    const Text more =
        itself
            ? RW_TEXT("diagnose", "It has stood there since %1.").with(wallText(hold.since))
            : RW_TEXT("diagnose", "It is held by %1, since %2.").with(holderText(hold), wallText(hold.since));
    return RW_TEXT("diagnose", "%1 %2").with(message, more);
}

Finding inputBehind(const Evidence& evidence, const Evidence::Seen& seen, const Evidence::Seen& last,
                    Instant at, Instant ahead) {
    Finding finding = findingOf(Finding::Reason::InputBehind, seen);
    const std::string& title = last.node->shownTitle();
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
    if (const auto hold = whatHoldsWatermark(evidence, last)) {
        finding.issue.message = withHold(std::move(finding.issue.message), last, *hold);
        if (hold->why.empty()) {
            tellWhenItGoesOn(evidence, *hold, finding.issue);
        } else {
            finding.issue.message = RW_TEXT("diagnose", "%1 %2").with(finding.issue.message, hold->why);
            finding.issue.fix = hold->mend;
        }
    }
    return finding;
}

/// The times of two inputs differ by a time zone: that explains more than which of them is behind.
Finding zonesDiffer(const Evidence::Seen& seen, const Evidence::Seen& last, const ZoneShift& shift) {
    Finding finding = findingOf(Finding::Reason::InputBehind, seen);
    finding.cause = last.node->id;
    finding.summary = RW_TEXT("diagnose", "“%1” is ahead: another time zone?").with(shift.ahead);
    finding.issue.message = zoneText(shift);
    finding.issue.fix = zoneMend(seen);
    return finding;
}

/// A source that can't get its rows, or a sink that can't hand them over.
std::optional<Finding> outOfReach(const Evidence::Seen& seen) {
    const std::optional<LiveSummary> live = liveSummary(*seen.metrics);
    if (!live || !isOut(live->state) || seen.metrics->ended) return std::nullopt;
    Finding finding =
        findingOf(seen.isSource() ? Finding::Reason::SourceHeld : Finding::Reason::SinkHeld, seen);
    finding.summary = liveWords(*live);
    finding.issue.message = liveText(*live);
    finding.issue.fix = liveMend(*live);
    return finding;
}

/// The inputs of an interval join that has found pairs are as far apart as it asks of its pairs.
bool isAsAsked(const Evidence::Seen& seen, const Evidence::Input& first, Millis apart) {
    const std::optional<Millis> lower = durationOf(seen, "lower"), upper = durationOf(seen, "upper");
    if (!lower || !upper || !seen.metrics->hasPair) return false;
    const Millis rightMinusLeft = first.to == seen.kind->inputs.back().name ? apart : -apart;
    return rightMinusLeft >= *lower - kLong && rightMinusLeft <= *upper + kLong;
}

/// Of a node with several inputs: nothing while all are about as far.
void askInputs(const Evidence& evidence, const Evidence::Seen& seen, std::vector<Finding>& findings) {
    const auto& inputs = evidence.inputs(seen);
    if (inputs.size() < 2) return;
    const auto [last, first] = std::minmax_element(
        inputs.begin(), inputs.end(),
        [&seen](const auto& a, const auto& b) { return arriving(seen, a) < arriving(seen, b); });
    const Instant at = arriving(seen, *last), ahead = arriving(seen, *first);
    if (saturatingAdd(at, kLong) >= ahead) return;
    if (at == kMinTimestamp && last->from->metrics->rowsOut > 0) return;  // its rows carry no times
    const bool bothGoOn = at != kMinTimestamp && ahead != kMaxTimestamp;
    if (bothGoOn && isAsAsked(seen, *first, ahead - at)) return;
    const std::optional<ZoneShift> shift = zoneShift(evidence, seen);
    findings.push_back(shift ? zonesDiffer(seen, *last->from, *shift)
                             : inputBehind(evidence, seen, *last->from, at, ahead));
}

/// Of a source of several partitions.
void askPartitions(const Evidence& evidence, const Evidence::Seen& seen, std::vector<Finding>& findings) {
    const auto hold = whatHoldsWatermark(evidence, seen);
    if (!hold || hold->partition.empty()) return;
    if (hold->watermark != kMinTimestamp && hold->behind <= kLong) return;
    Finding finding = findingOf(Finding::Reason::PartitionBehind, seen);
    finding.summary = RW_TEXT("diagnose", "Waits for the partition “%1”").with(hold->partition);
    finding.issue.message = holdText(*hold);
    tellWhenItGoesOn(evidence, *hold, finding.issue);
    findings.push_back(std::move(finding));
}

/// One that waits for slower ones: they may be out of reach.
Finding waitsForSlower(const Evidence& evidence, const Evidence::Seen& seen) {
    Finding finding = findingOf(Finding::Reason::SourceHeld, seen);
    finding.summary = finding.issue.message = seen.metrics->holds;
    if (seen.metrics->waitsForSlower)
        finding.issue.fix = RW_TEXT("diagnose", "It goes on by itself once the slower ones have caught up.");
    for (const Evidence::Seen* other : evidence.nodes()) {
        if (!seen.metrics->waitsForSlower || !other->isSource() || other == &seen) continue;
        const std::optional<LiveSummary> live = liveSummary(*other->metrics);
        if (!live || !isOut(live->state)) continue;
        const std::string& title = other->node->shownTitle();
        finding.cause = other->node->id;
        finding.summary = RW_TEXT("diagnose", "Waits for “%1”").with(title);
        finding.issue.message =
            RW_TEXT("diagnose", "It is ahead, and waits for “%1”: %2").with(title, liveText(*live));
        finding.issue.fix = liveMend(*live);
        break;
    }
    return finding;
}

}  // namespace

void whatHolds(const Evidence& evidence, std::vector<Finding>& findings) {
    for (const Evidence::Seen* seen : evidence.nodes()) {
        if (std::optional<Finding> out = outOfReach(*seen)) {
            findings.push_back(*std::move(out));
        } else if (!seen->metrics->holds.empty()) {
            findings.push_back(waitsForSlower(evidence, *seen));
        } else if (seen->isSource()) {
            askPartitions(evidence, *seen, findings);
        } else {
            askInputs(evidence, *seen, findings);
        }
    }
}

}  // namespace rw
