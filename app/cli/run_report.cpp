#include "app/cli/run_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/load.h"
#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/data/text.h"
#include "core/diagnose/diagnose.h"
#include "core/diagnose/late_row.h"
#include "core/diagnose/live_state.h"
#include "core/diagnose/null_rows.h"
#include "core/diagnose/watermark_hold.h"

namespace rw::cli {

namespace {

constexpr std::size_t kLateRowsShown = 3;     // of a node
constexpr std::size_t kPartitionsShown = 12;  // the same
constexpr std::size_t kLateRowLength = 120;

std::string figuresLine(const Evidence& evidence, const Evidence::Seen& seen) {
    const NodeMetrics& node = *seen.metrics;
    std::string line = fmt::format("  rows in {} · out {} · works {}", figures::count(node.rowsIn),
                                   figures::count(node.rowsOut), figures::share(evidence.busy(seen)));
    if (node.queueLimit > 0) line += fmt::format(" · queue full {}", figures::share(evidence.full(seen)));
    if (node.stateKeys > 0) line += fmt::format(" · keys {}", figures::count(node.stateKeys));
    if (node.stateSpilled > 0) {
        line += fmt::format(" · state {} + {} in files", byteSizeText(node.stateBytes),
                            byteSizeText(node.stateSpilled));
    }
    if (node.stateHitRate) line += fmt::format(" · found in memory {}", figures::share(*node.stateHitRate));
    if (node.late > 0) line += fmt::format(" · late {}", figures::count(node.late));
    if (node.rejected > 0) line += fmt::format(" · rejected {}", figures::count(node.rejected));
    return line + "\n";
}

std::string spreadLine(const NodeMetrics& node) {
    if (node.skew == 0) return {};
    std::string line = "  rows per task ";
    for (std::size_t i = 0; i < node.instanceRows.size(); ++i)
        line += (i == 0 ? "" : ", ") + figures::count(node.instanceRows[i]);
    line += fmt::format(" · skew {}", figures::rounded(node.skew));
    for (std::size_t i = 0; i < node.heavyKeys.size(); ++i) {
        const HeavyKey& key = node.heavyKeys[i];
        line += fmt::format("{}{} {}", i == 0 ? " · keys " : ", ", key.key, figures::share(key.share));
    }
    return line + "\n";
}

std::string holdLine(const Evidence& evidence, const Evidence::Seen& seen) {
    if (!evidence.running()) return {};
    const auto hold = whatHoldsWatermark(evidence, seen);
    if (!hold) return {};
    std::string way;
    for (const NodeId& node : hold->way) way += (way.empty() ? " (" : " ← ") + node;
    return fmt::format("  {}{}\n", english(holdText(*hold)), way.empty() ? "" : way + ")");
}

/// How a node stands to the outside world, and each of its partitions, the worst first.
std::string liveLines(const Evidence& evidence, const NodeMetrics& node) {
    const std::optional<LiveSummary> live = liveSummary(node);
    if (!live) return {};
    std::string lines = "  " + english(liveWords(*live));
    if (live->lag) lines += " · lag " + english(lagText(*live->lag, live->unit));
    lines += "\n";
    if (const std::string more = english(liveText(*live)); evidence.running() && !more.empty())
        lines += "  " + more + "\n";
    std::size_t shown = 0;
    const std::vector<const PartitionMetrics*> sorted = worstFirst(node.partitions);
    for (const PartitionMetrics* partition : sorted) {
        if (shown++ == kPartitionsShown) break;
        lines += "    " + english(partitionText(*partition)) + "\n";
    }
    if (sorted.size() > kPartitionsShown)
        lines += fmt::format("    and {} more\n", figures::count(sorted.size() - kPartitionsShown));
    return lines;
}

std::string guaranteeLine(const NodeMetrics& node) {
    const Text words = guaranteeWords(node.guarantee, 0);
    if (words.empty()) return {};
    return fmt::format("  {}: {}\n", english(words), english(guaranteeText(node.guarantee)));
}

std::string nullLine(const NodeMetrics& node) {
    if (node.nullDropped == 0) return {};
    return fmt::format("  {}\n", english(nullRowsText(node.nullDropped)));
}

/// The newest, the oldest of them first.
std::string lateLines(const NodeId& node, const std::vector<KeptRow>& kept) {
    std::string lines;
    std::size_t shown = 0;
    for (auto row = kept.rbegin(); row != kept.rend() && shown < kLateRowsShown; ++row) {
        if (row->kind != KeptRow::Kind::Late || row->node != node) continue;
        lines = fmt::format("  late by {}: {} · {}\n", english(figures::age(row->lateBy)),
                            english(lateRowText(*row)), shortened(row->row, kLateRowLength)) +
                lines;
        ++shown;
    }
    return lines;
}

}  // namespace

Evidence evidenceOf(const Pipeline& pipeline, const RunMetrics& metrics) {
    return Evidence(pipeline, catalogue(), metrics, metrics.state == RunState::Stopped);
}

std::string runReport(const Evidence& evidence, const std::vector<KeptRow>& kept) {
    std::string out =
        fmt::format("\nThe run: {} in {}\n", figures::counted(evidence.metrics().sourceRows, "row", "rows"),
                    english(figures::took(evidence.metrics().seconds)));
    for (const Evidence::Seen* seen : evidence.nodes()) {
        out += seen->node->id + "\n" + figuresLine(evidence, *seen) + spreadLine(*seen->metrics) +
               liveLines(evidence, *seen->metrics) + guaranteeLine(*seen->metrics) +
               holdLine(evidence, *seen) + nullLine(*seen->metrics) + lateLines(seen->node->id, kept);
    }
    std::vector<Finding> findings = diagnose(evidence);
    // What a notice says stands beside the figures of its node.
    std::erase_if(findings, [](const Finding& finding) { return finding.notice(); });
    out += findings.empty() ? "\nNothing to look at.\n" : "\nTo look at\n";
    for (const Finding& finding : findings) out += "  " + english(finding.issue) + "\n";
    return out;
}

}  // namespace rw::cli
