#include <algorithm>
#include <array>

#include "core/base/figures.h"
#include "core/diagnose/questions.h"
#include "core/diagnose/time_zones.h"

namespace rw {

namespace {

constexpr std::uint64_t kFew = 10;          // rows of an input: too few to tell anything
constexpr std::uint64_t kChances = 10'000;  // so many pairs were possible, and none was one

struct Side {
    std::uint64_t rows = 0;
    std::string title{};  ///< of the first node that its rows come from
};

Side sideOf(const Evidence& evidence, const Evidence::Seen& seen, const std::string& port) {
    Side side;
    for (const Evidence::Input& input : evidence.inputs(seen)) {
        if (input.to != port) continue;
        side.rows += rowsBy(input);
        if (side.title.empty()) side.title = input.from->node->shownTitle();
    }
    return side;
}

/// For such a join that is as good as any result: it gives the rows that have no partner.
bool wantsNone(const Evidence::Seen& seen) {
    const ParamSpec* kind = seen.kind->param("kind");
    return kind != nullptr && paramValue(*kind, seen.node->params) == "anti";
}

/// Rows of the two that have come may meet yet: those of one wait for the watermark of the other.
bool waitsForOne(const std::vector<Finding>& findings, const NodeId& node) {
    return std::any_of(findings.begin(), findings.end(), [&node](const Finding& finding) {
        return finding.issue.node == node && finding.reason == Finding::Reason::InputBehind;
    });
}

/// A join by event time that counts each row that it keeps: it keeps those that may find a partner yet.
bool keepsRowsOfBoth(const Evidence::Seen& seen) {
    return goesByTime(*seen.kind) &&
           (seen.kind->param("lower") != nullptr || seen.kind->param("window") != nullptr);
}

/// Of such a join: its rows that can find a partner no more, as the watermark has passed their time.
std::uint64_t passedBy(const Evidence::Seen& seen) {
    const NodeMetrics& metrics = *seen.metrics;
    const std::uint64_t without = metrics.late + metrics.rejected + metrics.stateKeys;
    return metrics.rowsIn - std::min(metrics.rowsIn, without);
}

/// What has come can tell: of a join by event time only what its watermark has passed.
bool isDecided(const Evidence& evidence, const Evidence::Seen& seen, const std::vector<Finding>& findings,
               std::uint64_t fewer) {
    if (!evidence.running() || !goesByTime(*seen.kind)) return true;
    if (!keepsRowsOfBoth(seen)) return !waitsForOne(findings, seen.node->id);
    const std::uint64_t passed = passedBy(seen);
    return passed >= kFew && passed >= kChances / fewer;
}

Text mendOf(const Evidence& evidence, const Evidence::Seen& seen) {
    Text mend = RW_TEXT(
        "diagnose", "“Why no row?” shows the two rows that miss being a pair by least, and what is amiss.");
    if (evidence.running() && keepsRowsOfBoth(seen)) {
        mend =
            RW_TEXT("diagnose", "%1 %2")
                .with(figures::counted(
                          passedBy(seen),
                          RW_TEXT("diagnose", "1 row can find a partner no more: its time has passed."),
                          RW_TEXT("diagnose", "%1 rows can find a partner no more: their time has passed.")),
                      mend);
    }
    if (const auto shift = zoneShift(evidence, seen))
        mend = RW_TEXT("diagnose", "%1 %2").with(zoneText(*shift), mend);
    return mend;
}

}  // namespace

void whichNeverPair(const Evidence& evidence, std::vector<Finding>& findings) {
    for (const Evidence::Seen* seen : evidence.nodes()) {
        if (seen->metrics->hasPair || seen->kind->inputs.size() != 2 || wantsNone(*seen)) continue;
        const Side left = sideOf(evidence, *seen, seen->kind->inputs.front().name);
        const Side right = sideOf(evidence, *seen, seen->kind->inputs.back().name);
        if (std::min(left.rows, right.rows) < kFew || left.rows < kChances / right.rows) continue;
        if (!isDecided(evidence, *seen, findings, std::min(left.rows, right.rows))) continue;
        Finding finding = findingOf(Finding::Reason::NoPairs, *seen);
        finding.summary = RW_TEXT("diagnose", "No row has found a partner");
        // Lists offer the question where a message has this context (asksWhyNoRow).
        finding.issue.message =
            RW_TEXT("no pairs", "0 of %1 rows from “%2” met one of the %3 from “%4”.")
                .with(figures::count(left.rows), left.title, figures::count(right.rows), right.title);
        finding.issue.fix = mendOf(evidence, *seen);
        findings.push_back(std::move(finding));
    }
}

}  // namespace rw
