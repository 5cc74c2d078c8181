#include "widgets/session/run_findings.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/time.h"
#include "core/diagnose/diagnose.h"
#include "core/diagnose/questions.h"
#include "core/pipeline/subflow.h"

namespace rw::ui {

namespace {

/// It ended before its sources did.
bool wasCutOff(RunState state) {
    return state == RunState::Stopped || state == RunState::Failed;
}

/// Windows that were open then have given their results at its end.
bool hasFired(const RunMetrics& then, const RunMetrics& last) {
    return std::any_of(then.nodes.begin(), then.nodes.end(), [&last](const auto& each) {
        const auto now = last.nodes.find(each.first);
        return each.second.openUntil != kMaxTimestamp && now != last.nodes.end() &&
               now->second.openUntil == kMaxTimestamp;
    });
}

bool waitsForRows(Finding::Reason reason) {
    using Reason = Finding::Reason;
    return reason == Reason::HoldsOthers || reason == Reason::PartitionBehind ||
           reason == Reason::InputBehind || reason == Reason::WindowOpen;
}

}  // namespace

void RunFindings::update(const RunSnapshot& snapshot, bool running) {
    const std::tuple madeOf{m_document.version(), snapshot.sequence, running};
    if (madeOf == m_madeOf) return;
    m_madeOf = madeOf;
    const auto& expanded = m_document.validated().expanded;
    const Pipeline& pipeline = expanded ? expanded->pipeline : m_document.pipeline();
    const Instant now = systemClock()->now();
    RunMetrics together;
    if (!m_earlier.empty()) {
        together = snapshot.metrics;
        m_earlier.addTo(together);
    }
    const RunMetrics& metrics = m_earlier.empty() ? snapshot.metrics : together;
    if (running && metrics.state == RunState::Running) {
        m_lastRunning = metrics;
        m_lastLooked = now;
    }
    Evidence evidence(pipeline, m_document.catalogue(), metrics, running, now);
    evidence.setGaveBefore(m_earlier.nodesWithRows());
    m_findings = diagnose(evidence);
    if (!running && wasCutOff(metrics.state) && !hasFired(m_lastRunning, metrics)) addWaiting(pipeline);
    if (expanded) {
        for (Finding& finding : m_findings) {
            placeOutside(finding.issue, *expanded);
            finding.cause = outermost(finding.cause);
        }
    }
    m_byNode.clear();
    for (const Finding& finding : m_findings) m_byNode[finding.issue.node].push_back(&finding);
}

void RunFindings::addWaiting(const Pipeline& pipeline) {
    if (m_lastLooked == 0) return;
    Evidence then(pipeline, m_document.catalogue(), m_lastRunning, true, m_lastLooked);
    then.setGaveBefore(m_earlier.nodesWithRows());
    for (Finding& finding : diagnose(then)) {
        if (waitsForRows(finding.reason)) m_findings.push_back(std::move(finding));
    }
    std::stable_partition(m_findings.begin(), m_findings.end(),
                          [](const Finding& finding) { return !finding.waiting(); });
}

void RunFindings::startOver() {
    m_earlier.clear();
    m_lastRunning = {};
    m_lastLooked = 0;
    m_madeOf = {};
}

void RunFindings::goOn(const RunMetrics& last, const Pipeline& before, const Pipeline& now) {
    m_earlier.goOn(last, before, now);
    m_lastRunning = {};
    m_lastLooked = 0;
    m_madeOf = {};
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
    const bool stopped = wasCutOff(snapshot.metrics.state);
    if (stopped && m_lastLooked == 0) return std::nullopt;
    const Evidence evidence(m_document.pipeline(), m_document.catalogue(),
                            stopped ? m_lastRunning : snapshot.metrics, true);
    const Evidence::Seen* seen = evidence.find(node);
    return seen == nullptr ? std::nullopt : whatHoldsWatermark(evidence, *seen);
}

std::vector<NodeId> RunFindings::heldBackBy(const RunSnapshot& snapshot, const NodeId& source) const {
    const Evidence evidence(m_document.pipeline(), m_document.catalogue(), snapshot.metrics, true);
    const Evidence::Seen* seen = evidence.find(source);
    const auto hold = seen == nullptr ? std::nullopt : whatHoldsWatermark(evidence, *seen);
    std::vector<NodeId> nodes;
    if (!hold) return nodes;
    for (const Evidence::Seen* held : rw::heldBackBy(evidence, *hold)) nodes.push_back(held->node->id);
    return nodes;
}

bool isNotice(const Issue& issue) {
    return std::string_view(issue.message.context) == "null rows";
}

bool asksWhyNoRow(const Issue& issue) {
    return std::string_view(issue.message.context) == "no pairs";
}

}  // namespace rw::ui
