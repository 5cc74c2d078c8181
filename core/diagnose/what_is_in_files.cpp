#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <string>

#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/diagnose/questions.h"

namespace rw {

namespace {

constexpr double kLongEnough = 2;    // seconds of a run that are worth a word
constexpr double kSlows = 0.5;       // of the time; files that cost nothing are no trouble
constexpr std::uint64_t kParts = 8;  // of a power of two, to which a size is rounded up

/// A little more than `bytes`, as “state_memory” is written: “768MB”, “5GB”.
std::string budgetText(std::uint64_t bytes) {
    constexpr std::uint64_t kMega = 1 << 20, kGiga = 1024;
    std::uint64_t megas = bytes / kMega + 1;
    const std::uint64_t step = std::max<std::uint64_t>(std::bit_floor(megas) / kParts, 1);
    megas = (megas + step - 1) / step * step;
    return megas % kGiga == 0 ? fmt::format("{}GB", megas / kGiga) : fmt::format("{}MB", megas);
}

/// Others wait for the node, or none works more than it does.
bool isSlowest(const Evidence& evidence, const Evidence::Seen& seen, const std::vector<Finding>& findings) {
    if (evidence.busy(seen) < kSlows) return false;
    const auto waitsForIt = [&seen](const Finding& finding) {
        return finding.reason == Finding::Reason::HeldUp && finding.cause == seen.node->id;
    };
    if (std::any_of(findings.begin(), findings.end(), waitsForIt)) return true;
    const auto& nodes = evidence.nodes();
    return std::none_of(nodes.begin(), nodes.end(), [&](const Evidence::Seen* other) {
        return evidence.busy(*other) > evidence.busy(seen);
    });
}

Finding inFiles(const Evidence& evidence, const Evidence::Seen& seen) {
    Finding finding = findingOf(Finding::Reason::StateInFiles, seen);
    const std::string files = byteSizeText(seen.metrics->stateSpilled);
    const std::string budget = budgetText(seen.metrics->memoryForState);
    finding.summary = RW_TEXT("diagnose", "%1 of state in files").with(files);
    finding.issue.message =
        RW_TEXT("diagnose", "It works %1 of the time, and %2 of its state is in files, beside %3 in memory.")
            .with(figures::share(evidence.busy(seen)), files, byteSizeText(seen.metrics->stateBytes));
    finding.issue.fix =
        RW_TEXT("diagnose",
                "Where the computer has so much memory, set “state_memory” to %1 (--state-memory %1): that "
                "holds about all of it. Or let the node keep less: smaller windows, fewer keys.")
            .with(budget);
    return finding;
}

}  // namespace

void whatIsInFiles(const Evidence& evidence, std::vector<Finding>& findings) {
    if (evidence.metrics().seconds < kLongEnough) return;
    std::vector<Finding> found;
    for (const Evidence::Seen* seen : evidence.nodes()) {
        if (seen->metrics->stateSpilled > 0 && isSlowest(evidence, *seen, findings))
            found.push_back(inFiles(evidence, *seen));
    }
    for (Finding& finding : found) findings.push_back(std::move(finding));
}

}  // namespace rw
