#include <fmt/format.h>

#include "core/base/figures.h"
#include "core/diagnose/questions.h"

namespace rw {

namespace {

constexpr double kLongCall = 1;  // seconds

Text adviceToNode(const Evidence::Seen& seen) {
    const double lasts = seen.metrics->inCallSeconds;
    if (lasts >= kLongCall) {
        return RW_TEXT("diagnose",
                       "One call of it has lasted for %1: see whether the disk, the database or the program "
                       "that it reads or writes still answers.")
            .with(figures::wholeAge(static_cast<Millis>(lasts * 1000)));
    }
    return RW_TEXT(
        "diagnose",
        "Rows that came before the checkpoint are still on their way through it: let fewer rows get "
        "there, or let what is behind it take them faster.");
}

}  // namespace

void whatKeepsCheckpoints(const Evidence& evidence, std::vector<Finding>& findings) {
    for (const Evidence::Seen* seen : evidence.nodes()) {
        if (seen->metrics->keepsCheckpoint == 0) continue;
        Finding finding = findingOf(Finding::Reason::KeepsCheckpoint, *seen);
        finding.summary = RW_TEXT("diagnose", "A checkpoint waits for it");
        finding.issue.message =
            RW_TEXT("diagnose", "The checkpoint that was begun at %1 waits for this node.")
                .with(wallText(seen->metrics->keepsCheckpoint));
        finding.issue.fix = adviceToNode(*seen);
        findings.push_back(std::move(finding));
    }
}

}  // namespace rw
