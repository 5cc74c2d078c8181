#include "widgets/session/run_findings.h"

#include <string_view>

#include "core/base/time.h"
#include "core/diagnose/diagnose.h"
#include "core/pipeline/subflow.h"

namespace rw::ui {

void RunFindings::update(const RunSnapshot& snapshot, bool running) {
    const std::tuple madeOf{m_document.version(), snapshot.pictures, running};
    if (madeOf == m_madeOf) return;
    m_madeOf = madeOf;
    const auto& expanded = m_document.validated().expanded;
    const Pipeline& pipeline = expanded ? expanded->pipeline : m_document.pipeline();
    m_findings =
        diagnose(Evidence(pipeline, m_document.catalogue(), snapshot.metrics, running, systemClock()->now()));
    if (expanded) {
        for (Finding& finding : m_findings) {
            placeOutside(finding.issue, *expanded);
            finding.cause = outermost(finding.cause);
        }
    }
    m_byNode.clear();
    for (const Finding& finding : m_findings) m_byNode[finding.issue.node].push_back(&finding);
}

const std::vector<const Finding*>& RunFindings::of(const NodeId& node) const {
    static const std::vector<const Finding*> kNone;
    const auto found = m_byNode.find(node);
    return found == m_byNode.end() ? kNone : found->second;
}

std::vector<Issue> RunFindings::advice() const {
    return issuesOf([](const Finding& finding) { return !finding.waiting() && !finding.notice(); });
}

std::vector<Issue> RunFindings::notices() const {
    return issuesOf([](const Finding& finding) { return finding.notice(); });
}

std::vector<Issue> RunFindings::issuesOf(const std::function<bool(const Finding&)>& wanted) const {
    std::vector<Issue> issues;
    for (const Finding& finding : m_findings) {
        if (wanted(finding)) issues.push_back(finding.issue);
    }
    return issues;
}

std::optional<WatermarkHold> RunFindings::holdOf(const RunSnapshot& snapshot, const NodeId& node) const {
    const Evidence evidence(m_document.pipeline(), m_document.catalogue(), snapshot.metrics, true);
    const Evidence::Seen* seen = evidence.find(node);
    return seen == nullptr ? std::nullopt : whatHoldsWatermark(evidence, *seen);
}

bool isNotice(const Issue& issue) {
    return std::string_view(issue.message.context) == "null rows";
}

bool asksWhyNoRow(const Issue& issue) {
    return std::string_view(issue.message.context) == "no pairs";
}

}  // namespace rw::ui
