#include "core/diagnose/diagnose.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/data/text.h"
#include "core/diagnose/questions.h"

namespace rw {

std::string_view nameOf(Finding::Reason reason) {
    switch (reason) {
        case Finding::Reason::LateRows:
            return "late_rows";
        case Finding::Reason::NoRowMatches:
            return "no_row_matches";
        case Finding::Reason::AllRejected:
            return "all_rejected";
        case Finding::Reason::HotKeys:
            return "hot_keys";
        case Finding::Reason::KeysGrow:
            return "keys_grow";
        case Finding::Reason::StateInFiles:
            return "state_in_files";
        case Finding::Reason::DiskFills:
            return "disk_fills";
        case Finding::Reason::HoldsOthers:
            return "holds_others";
        case Finding::Reason::NoPairs:
            return "no_pairs";
        case Finding::Reason::NullDropped:
            return "null_dropped";
        case Finding::Reason::PartitionBehind:
            return "partition_behind";
        case Finding::Reason::HeldUp:
            return "held_up";
        case Finding::Reason::KeepsCheckpoint:
            return "keeps_checkpoint";
        case Finding::Reason::SourceHeld:
            return "source_held";
        case Finding::Reason::SinkHeld:
            return "sink_held";
        case Finding::Reason::InputBehind:
            return "input_behind";
        case Finding::Reason::WindowOpen:
            return "window_open";
        case Finding::Reason::NoRows:
            break;
    }
    return "no_rows";
}

Finding findingOf(Finding::Reason reason, const Evidence::Seen& node) {
    Finding finding;
    finding.reason = reason;
    finding.issue.severity = Severity::Warning;
    finding.issue.node = node.node->id;
    return finding;
}

std::string momentText(Instant at) {
    std::string text;
    appendTimestamp(text, at);
    constexpr std::string_view kWhole = ".000";
    if (text.ends_with(kWhole)) text.resize(text.size() - kWhole.size());
    return text;
}

std::string wallText(Instant at) {
    return momentText(at / 1000 * 1000) + " UTC";
}

std::vector<Finding> diagnose(const Evidence& evidence) {
    std::vector<Finding> findings;
    whyLate(evidence, findings);
    whereRowsEnd(evidence, findings);
    whichKeys(evidence, findings);
    if (evidence.running()) {
        whatKeepsCheckpoints(evidence, findings);
        whatHolds(evidence, findings);
        whoHoldsOthers(evidence, findings);
    }
    whichNeverPair(evidence, findings);
    whatIsNull(evidence, findings);
    if (evidence.running()) whyEmpty(evidence, findings);
    whatSlows(evidence, findings);
    whatIsInFiles(evidence, findings);
    whenDiskIsFull(evidence, findings);
    std::stable_partition(findings.begin(), findings.end(),
                          [](const Finding& finding) { return !finding.waiting(); });
    return findings;
}

}  // namespace rw
