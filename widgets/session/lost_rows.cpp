#include "widgets/session/lost_rows.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "core/base/figures.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/run_findings.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

namespace {

constexpr std::string_view kContext = "lost rows", kFindings = "diagnose";
constexpr std::string_view kLateness = "allowed_lateness";

/// They are read: the user wanted them.
bool isTaken(const PipelineDocument& document, const NodeId& node, PortRole role) {
    const NodeKind* kind = document.kindOf(node);
    const auto& wires = document.pipeline().wires;
    return kind != nullptr && std::any_of(wires.begin(), wires.end(), [&](const Wire& wire) {
               const int port = wire.from.node == node ? kind->outputPort(wire.from.port) : -1;
               return port >= 0 && kind->outputs[static_cast<std::size_t>(port)].role == role;
           });
}

bool isExplained(const RunSession& session, const NodeId& node, Finding::Reason reason) {
    const auto& findings = session.findings().of(node);
    return std::any_of(findings.begin(), findings.end(),
                       [reason](const Finding* finding) { return finding->reason == reason; });
}

NodeLosses lostBy(const PipelineDocument& document, const RunSession& session, const NodeId& node) {
    NodeLosses lost;
    lost.node = node;
    const LiveNode* live = session.snapshot().node(node);
    if (live == nullptr) return lost;
    if (live->known.late && live->metrics.late > 0 && !isTaken(document, node, PortRole::Late)) {
        lost.late = live->metrics.late;
        lost.lateAtLeast = live->known.lateAtLeast;
    }
    if (live->known.rejected && live->metrics.rejected > 0 && !isTaken(document, node, PortRole::Rejected))
        lost.rejected = live->metrics.rejected;
    return lost;
}

bool takesResults(const PipelineDocument& document, const Wire& wire) {
    const NodeKind* kind = document.kindOf(wire.from.node);
    const int port = kind != nullptr ? kind->outputPort(wire.from.port) : -1;
    return port < 0 || kind->outputs[static_cast<std::size_t>(port)].role == PortRole::Rows;
}

/// A node and those whose results reach it. Who takes the late or rejected rows of a node lacks none of them,
/// but what was lost before that node.
std::set<NodeId> sourcesOf(const PipelineDocument& document, const NodeId& to) {
    std::set<NodeId> passed{to}, sources{to};
    std::vector<NodeId> next{to};
    while (!next.empty()) {
        const NodeId node = std::move(next.back());
        next.pop_back();
        for (const Wire& wire : document.pipeline().wires) {
            if (wire.to.node != node) continue;
            if (takesResults(document, wire)) sources.insert(wire.from.node);
            if (passed.insert(wire.from.node).second) next.push_back(wire.from.node);
        }
    }
    return sources;
}

Issue made(const NodeId& node, Text message, const char* port) {
    Issue issue;
    issue.severity = Severity::Warning;
    issue.node = node;
    issue.port = port;
    issue.message = std::move(message);
    return issue;
}

/// Sources take no rows: of those that they read the rejected ones did not leave.
Issue rejectedOf(const NodeId& node, const NodeMetrics& metrics) {
    Issue issue = made(node,
                       figures::counted(metrics.rejected, RW_TEXT("lost rows", "1 row was rejected."),
                                        RW_TEXT("lost rows", "%1 rows were rejected.")),
                       "rejected");
    issue.fix = RW_TEXT("lost rows", "The results lack them.");
    return issue;
}

Issue lateOf(const NodeId& node, const LiveNode& live) {
    Text message =
        live.known.lateAtLeast
            ? figures::counted(live.metrics.late, RW_TEXT("lost rows", "At least 1 row came too late."),
                               RW_TEXT("lost rows", "At least %1 rows came too late."))
            : figures::counted(live.metrics.late, RW_TEXT("lost rows", "1 row came too late."),
                               RW_TEXT("lost rows", "%1 rows came too late."));
    Issue issue = made(node, std::move(message), "late");
    issue.fix = RW_TEXT("lost rows", "The results lack them.");
    return issue;
}

}  // namespace

std::vector<Issue> lostRows(const PipelineDocument& document, const RunSession& session) {
    std::vector<Issue> lost;
    using Reason = Finding::Reason;
    for (const Node& node : document.pipeline().nodes) {
        const LiveNode* live = session.snapshot().node(node.id);
        if (live == nullptr) continue;
        if (live->known.rejected && live->metrics.rejected > 0 &&
            !isTaken(document, node.id, PortRole::Rejected) &&
            !isExplained(session, node.id, Reason::AllRejected))
            lost.push_back(rejectedOf(node.id, live->metrics));
        if (live->known.late && live->metrics.late > 0 && !isTaken(document, node.id, PortRole::Late) &&
            !isExplained(session, node.id, Reason::LateRows))
            lost.push_back(lateOf(node.id, *live));
    }
    return lost;
}

NodeLosses lostInAll(const PipelineDocument& document, const RunSession& session) {
    NodeLosses all;
    for (const Node& node : document.pipeline().nodes) {
        const NodeLosses lost = lostBy(document, session, node.id);
        all.late += lost.late;
        all.rejected += lost.rejected;
        all.lateAtLeast = all.lateAtLeast || lost.lateAtLeast;
    }
    return all;
}

std::vector<NodeLosses> lostBefore(const PipelineDocument& document, const RunSession& session,
                                   const NodeId& to) {
    std::vector<NodeLosses> lost;
    for (const Node& node : document.pipeline().nodes) {
        const NodeLosses rows = lostBy(document, session, node.id);
        if (rows.late > 0 || rows.rejected > 0) lost.push_back(rows);
    }
    if (lost.empty()) return lost;
    const std::set<NodeId> sources = sourcesOf(document, to);
    std::erase_if(lost, [&](const NodeLosses& rows) { return !sources.contains(rows.node); });
    return lost;
}

bool hasRowsToShow(const Issue& issue) {
    const std::string_view said = issue.message.context;
    return said == kContext ||
           (said == kFindings && (issue.param == kLateness || issue.port.starts_with("late")));
}

}  // namespace rw::ui
