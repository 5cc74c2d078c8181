#include <algorithm>
#include <map>

#include "core/base/readable.h"
#include "core/diagnose/questions.h"

namespace rw {

namespace {

constexpr double kPatience = 5;  // seconds without rows that nobody wonders about

/// Where the rows end that a node does not get.
struct End {
    const Evidence::Seen* node = nullptr;
    PortRole port = PortRole::Rows;
};

Finding windowOpen(const Evidence::Seen& seen) {
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
    return finding;
}

/// What is said of a node that gets no rows because they end at `end`, of which nothing was found.
Text wordsOf(const End& end) {
    const std::string& title = end.node->node->shownTitle();
    if (end.port == PortRole::Late) return RW_TEXT("diagnose", "No row of “%1” was late").with(title);
    if (end.port == PortRole::Rejected) return RW_TEXT("diagnose", "“%1” rejected no row").with(title);
    if (end.node->isSource()) return RW_TEXT("diagnose", "“%1” has given no rows").with(title);
    return RW_TEXT("diagnose", "No row has left “%1” yet").with(title);
}

Finding noRows(const Evidence::Seen& seen, const End& end, const Finding* known) {
    Finding finding = findingOf(Finding::Reason::NoRows, seen);
    finding.cause = end.node->node->id;
    const std::string& title = end.node->node->shownTitle();
    finding.summary =
        known == nullptr ? wordsOf(end) : RW_TEXT("diagnose", "“%1”: %2").with(title, known->summary);
    finding.issue.message =
        known == nullptr
            ? finding.summary
            : RW_TEXT("diagnose", "No rows come from “%1”: %2").with(title, known->issue.message);
    if (known != nullptr) {
        finding.issue.fix = known->issue.fix;
        finding.issue.quickFixes = known->issue.quickFixes;
    }
    return finding;
}

/// Says why a node gives no rows; late ones do not.
bool explains(const Finding& finding) {
    return finding.reason != Finding::Reason::LateRows;
}

}  // namespace

void whyEmpty(const Evidence& evidence, std::vector<Finding>& findings) {
    if (evidence.metrics().seconds < kPatience) return;
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
        if (metrics.rowsIn > 0) {
            const bool open = metrics.openUntil != kMaxTimestamp;
            if (!explained && open && metrics.rowsOut == 0) add(windowOpen(*seen));
            continue;
        }
        const auto& inputs = evidence.inputs(*seen);
        if (inputs.empty()) continue;
        const Evidence::Input& input = inputs.front();
        const auto before = ends.find(input.from);
        const End end = before != ends.end() ? before->second : End{input.from, input.port};
        ends[seen] = end;
        if (explained) continue;
        const auto cause = known.find(end.node->node->id);
        const bool told = end.port == PortRole::Rows && cause != known.end();
        add(noRows(*seen, end, told ? &findings[cause->second] : nullptr));
    }
}

}  // namespace rw
