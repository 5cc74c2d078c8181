#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/diagnose/questions.h"

namespace rw {

namespace {

constexpr std::uint64_t kEnoughRows = 100'000;  // before which chance may spread them unevenly
constexpr double kMuchToDo = 0.5;               // of the time; a skew that costs nothing is no trouble
constexpr double kHeavyShare = 0.1;             // a key that is worth its name
constexpr std::size_t kNamed = 3;               // keys
constexpr std::uint64_t kManyKeysKept = 1'000'000;
constexpr std::uint32_t kLooksOfGrowth = 10;
constexpr char kStateTtl[] = "state_ttl";
constexpr Millis kForgetAfterDay = 86'400'000;

/// “country=AT (43 %), country=DE (12 %)”; empty: none is heavy.
std::string heavyText(const NodeMetrics& metrics) {
    std::string text;
    for (std::size_t i = 0; i < std::min(kNamed, metrics.heavyKeys.size()); ++i) {
        const HeavyKey& key = metrics.heavyKeys[i];
        if (key.share < kHeavyShare) break;
        text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", key.key, figures::share(key.share));
    }
    return text;
}

void askSkew(const Evidence& evidence, const Evidence::Seen& seen, std::vector<Finding>& findings) {
    const NodeMetrics& metrics = *seen.metrics;
    if (metrics.skew < kUneven || metrics.rowsIn < kEnoughRows || evidence.busy(seen) < kMuchToDo) return;
    Finding finding = findingOf(Finding::Reason::HotKeys, seen);
    const std::size_t tasks = metrics.instanceRows.size();
    const std::string share = figures::share(metrics.skew / static_cast<double>(tasks));
    const std::string keys = heavyText(metrics);
    finding.summary = RW_TEXT("diagnose", "One task of %1 has %2 of the rows").with(tasks, share);
    if (keys.empty()) {
        finding.issue.message = RW_TEXT("diagnose",
                                        "One of %1 tasks gets %2 of the rows, though no single key has "
                                        "many: there are few keys, or many met by chance.")
                                    .with(tasks, share);
        finding.issue.fix = RW_TEXT("diagnose", "Take a key of more values, or another parallelism.");
    } else {
        finding.issue.message =
            RW_TEXT("diagnose", "One of %1 tasks gets %2 of the rows. The heaviest keys: %3.")
                .with(tasks, share, keys);
        finding.issue.fix =
            RW_TEXT("diagnose",
                    "Take another key, or aggregate in two steps: by this key and another column first, "
                    "then by this key alone.");
    }
    findings.push_back(std::move(finding));
}

/// Windows that are to close give their keys back.
void askGrowth(const Evidence::Seen& seen, std::vector<Finding>& findings) {
    const NodeMetrics& metrics = *seen.metrics;
    if (metrics.stateKeys <= kManyKeysKept || metrics.keysGrew < kLooksOfGrowth) return;
    if (metrics.openUntil != kMaxTimestamp) return;
    Finding finding = findingOf(Finding::Reason::KeysGrow, seen);
    const std::string count = figures::count(metrics.stateKeys);
    finding.summary = RW_TEXT("diagnose", "%1 keys, and ever more").with(count);
    finding.issue.message =
        RW_TEXT("diagnose", "It keeps %1 keys in %2, and has only got more of them for a while.")
            .with(count, byteSizeText(metrics.stateBytes + metrics.stateSpilled));
    const ParamSpec* ttl = seen.kind->param(kStateTtl);
    if (ttl == nullptr || seen.node->params.contains(kStateTtl)) {
        finding.issue.fix =
            RW_TEXT("diagnose", "Take a key of fewer values, or let keys be forgotten sooner.");
    } else {
        finding.issue.param = kStateTtl;
        finding.issue.fix =
            RW_TEXT("diagnose", "Forget keys that had no row for long (“%1”), or take a key of fewer values.")
                .with(ttl->label);
        QuickFix fix;
        fix.label = RW_TEXT("diagnose", "Forget keys after %1").with(durationText(kForgetAfterDay));
        fix.node = seen.node->id;
        fix.param = kStateTtl;
        fix.value = formatDuration(kForgetAfterDay);
        finding.issue.quickFixes.push_back(std::move(fix));
    }
    findings.push_back(std::move(finding));
}

}  // namespace

void whichKeys(const Evidence& evidence, std::vector<Finding>& findings) {
    for (const Evidence::Seen* seen : evidence.nodes()) {
        askSkew(evidence, *seen, findings);
        if (evidence.running()) askGrowth(*seen, findings);
    }
}

}  // namespace rw
