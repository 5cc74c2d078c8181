#include <algorithm>
#include <map>
#include <optional>

#include "core/base/readable.h"
#include "core/diagnose/live_state.h"
#include "core/diagnose/questions.h"
#include "core/diagnose/watermark_hold.h"

namespace rw {

namespace {

constexpr double kPatience = 5;  // seconds without rows that a user does not wonder about

/// Where the rows end that a node does not get.
struct End {
    const Evidence::Seen* node = nullptr;
    PortRole port = PortRole::Rows;
};

/// What the watermark waits for is out of reach: windows close only once it is back.
void addHold(const Evidence& evidence, const Evidence::Seen& seen, Finding& finding) {
    const std::optional<WatermarkHold> hold = whatHoldsWatermark(evidence, seen);
    if (!hold || hold->why.empty()) return;
    finding.cause = hold->source;
    finding.issue.message = RW_TEXT("diagnose", "%1 The watermark waits for %2. %3")
                                .with(finding.issue.message, holderText(*hold), hold->why);
    finding.issue.fix = hold->mend;
}

Finding windowOpen(const Evidence& evidence, const Evidence::Seen& seen) {
    const NodeMetrics& metrics = *seen.metrics;
    Finding finding = findingOf(Finding::Reason::WindowOpen, seen);
    const std::string from = momentText(metrics.openFrom), until = momentText(metrics.openUntil);
    finding.summary =
        RW_TEXT("diagnose", "First window closes at %1").with(until.substr(until.find(' ') + 1));
    finding.issue.message =
        metrics.watermark == kMinTimestamp
            ? RW_TEXT("diagnose",
                      "The window %1 – %2 closes when the watermark passes its end. There is no "
                      "watermark yet.")
                  .with(from, until)
            : RW_TEXT("diagnose",
                      "The window %1 – %2 closes when the watermark passes its end. It stands at "
                      "%3, %4 before.")
                  .with(from, until, momentText(metrics.watermark),
                        durationText(
                            std::max<Millis>(saturatingAdd(metrics.openUntil, -metrics.watermark), 0)));
    addHold(evidence, seen, finding);
    return finding;
}

/// All that its system had was given, and nothing was written there since.
bool isIdle(const Evidence::Seen& source) {
    const std::optional<LiveSummary> live = liveSummary(*source.metrics);
    return live && live->state == LiveState::Idle;
}

/// It had given rows before the run went on from a checkpoint: as is known of it, or as its watermark says,
/// which only rows raise where nothing is ever idle.
bool hasGoneOn(const Evidence& evidence, const Evidence::Seen& node) {
    const Instant watermark = node.metrics->watermark;
    const bool raised = watermark != kMinTimestamp && watermark != kMaxTimestamp;
    return evidence.gaveBefore(node) || (node.isSource() && raised && node.metrics->rowsOut == 0 &&
                                         !isIdle(node) && !node.node->params.contains("idle_timeout"));
}

/// The message for a node that gets no rows because they end at `end`, which has no finding.
Text wordsOf(const Evidence& evidence, const End& end) {
    const std::string& title = end.node->node->shownTitle();
    if (end.port == PortRole::Late) return RW_TEXT("diagnose", "No row of “%1” was late").with(title);
    if (end.port == PortRole::Rejected) return RW_TEXT("diagnose", "“%1” rejected no row").with(title);
    const bool before = hasGoneOn(evidence, *end.node);
    if (end.node->isSource() && isIdle(*end.node) && !before)
        return RW_TEXT("diagnose", "“%1” is idle and has given no rows").with(title);
    if (before) return RW_TEXT("diagnose", "“%1” has given no rows since the run went on").with(title);
    if (end.node->isSource()) return RW_TEXT("diagnose", "“%1” has given no rows").with(title);
    return RW_TEXT("diagnose", "No row has left “%1” yet").with(title);
}

Finding noRows(const Evidence& evidence, const Evidence::Seen& seen, const End& end, const Finding* known) {
    Finding finding = findingOf(Finding::Reason::NoRows, seen);
    finding.cause = end.node->node->id;
    const std::string& title = end.node->node->shownTitle();
    finding.summary = known == nullptr ? wordsOf(evidence, end)
                                       : RW_TEXT("diagnose", "“%1”: %2").with(title, known->summary);
    finding.issue.message =
        known == nullptr
            ? finding.summary
            : RW_TEXT("diagnose", "No rows come from “%1”: %2").with(title, known->issue.message);
    if (known == nullptr && end.port == PortRole::Rows && end.node->isSource() && isIdle(*end.node))
        finding.issue.fix = RW_TEXT("diagnose", "It goes on by itself when rows come to its system.");
    if (known != nullptr) {
        finding.issue.fix = known->issue.fix;
        finding.issue.quickFixes = known->issue.quickFixes;
    }
    return finding;
}

/// The first input by which no row has come to a node with several, which wait for each other.
const Evidence::Input* emptyInput(const Evidence& evidence, const Evidence::Seen& seen) {
    if (seen.kind->inputs.size() < 2) return nullptr;
    const auto& inputs = evidence.inputs(seen);
    const auto found = std::find_if(inputs.begin(), inputs.end(),
                                    [](const Evidence::Input& input) { return rowsBy(input) == 0; });
    return found == inputs.end() ? nullptr : &*found;
}

/// Tells why a node gives no rows. Others tell of some rows, of keys, or of what waits for the node.
bool explains(const Finding& finding) {
    using Reason = Finding::Reason;
    static constexpr Reason kOthers[] = {Reason::LateRows, Reason::HotKeys, Reason::KeysGrow,
                                         Reason::HoldsOthers, Reason::NullDropped};
    return std::find(std::begin(kOthers), std::end(kOthers), finding.reason) == std::end(kOthers);
}

}  // namespace

std::uint64_t rowsBy(const Evidence::Input& input) {
    const NodeMetrics& from = *input.from->metrics;
    if (input.port == PortRole::Rows) return from.rowsOut;
    return input.port == PortRole::Late ? from.late : from.rejected;
}

void whyEmpty(const Evidence& evidence, std::vector<Finding>& findings) {
    // A replay that is held has had all its time, also one that began just before that moment.
    if (!evidence.metrics().held && evidence.metrics().seconds < kPatience) return;
    std::map<NodeId, std::size_t> known;  // by node, in `findings`
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (explains(findings[i])) known.try_emplace(findings[i].issue.node, i);
    }
    const auto add = [&](Finding finding) {
        known.emplace(finding.issue.node, findings.size());
        findings.push_back(std::move(finding));
    };
    std::map<const Evidence::Seen*, End> ends;
    for (const Evidence::Seen* seen : evidence.nodes()) {
        const NodeMetrics& metrics = *seen->metrics;
        const bool explained = known.contains(seen->node->id);
        const Evidence::Input* input = nullptr;
        if (metrics.rowsIn > 0) {
            if (explained || metrics.rowsOut > 0) continue;
            if (metrics.openUntil != kMaxTimestamp) {
                add(windowOpen(evidence, *seen));
                continue;
            }
            input = emptyInput(evidence, *seen);
        } else if (const auto& inputs = evidence.inputs(*seen); !inputs.empty()) {
            input = &inputs.front();
        }
        if (input == nullptr) continue;
        const auto before = ends.find(input->from);
        const End end = before != ends.end() ? before->second : End{input->from, input->port};
        if (metrics.rowsIn == 0) ends[seen] = end;
        if (explained) continue;
        const auto cause = known.find(end.node->node->id);
        const bool told = end.port == PortRole::Rows && cause != known.end();
        add(noRows(evidence, *seen, end, told ? &findings[cause->second] : nullptr));
    }
}

}  // namespace rw
