#include "widgets/canvas/cards/card_facts.h"

#include <QDateTime>
#include <algorithm>
#include <optional>

#include "core/pipeline/param_values.h"
#include "widgets/canvas/cards/card_state.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/live_text.h"
#include "widgets/session/run_session.h"
#include "widgets/session/words/restart_text.h"

namespace rw::ui {

namespace {

DotState runningDot(const RunSession& session, const NodeId& id) {
    switch (session.state()) {
        case RunSession::State::Running:
        case RunSession::State::Stopping:
        case RunSession::State::Finished:
            return session.snapshot().node(id) != nullptr ? DotState::Running : DotState::Idle;
        case RunSession::State::Starting:
            return session.readyNodes().count(id) > 0 ? DotState::Running : DotState::Idle;
        case RunSession::State::Paused:
            return DotState::Paused;
        default:
            return DotState::Idle;
    }
}

// The share of the fullest wire that ends at this node: the other nodes wait for it.
double heldUp(const WireIndex& wires, const RunSnapshot& snapshot, const NodeId& id) {
    double share = 0;
    for (const Wire* wire : wires.into(id)) {
        const LiveWire* live = snapshot.wire(*wire);
        if (live != nullptr) share = std::max(share, live->metrics.backpressure);
    }
    return share;
}

// That its system is out of reach, and for how long.
void fillOut(CardFacts& facts, const RunSession& session, const NodeId& id) {
    const LiveNode* live = session.snapshot().node(id);
    const std::optional<LiveSummary> summary =
        live != nullptr ? liveSummary(live->metrics) : std::optional<LiveSummary>();
    if (!summary || !isOut(summary->state)) return;
    facts.state = summary->state;
    facts.out = outWords(*summary, QDateTime::currentMSecsSinceEpoch());
}

// Of files it stands in the inspector alone: they are on this computer.
bool hasConnection(const PipelineDocument& document, const NodeId& id) {
    const NodeKind* kind = document.kindOf(id);
    return kind != nullptr && std::any_of(kind->params.begin(), kind->params.end(),
                                          [](const ParamSpec& spec) { return namesConnections(spec.kind); });
}

// Its card says that, and since when, instead of whom it keeps waiting.
bool isOutOfReach(const RunSession& session, const NodeId& id) {
    const auto& findings = session.findings().of(id);
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding* finding) { return finding->reason == Finding::Reason::SourceHeld; });
}

// How many rows were late stands in the badge, and why a chart is empty in its picture.
void fillFinding(CardFacts& facts, const RunSession& session, const NodeId& id) {
    using Reason = Finding::Reason;
    for (const Finding* finding : session.findings().of(id)) {
        if (finding->reason == Reason::LateRows || finding->reason == Reason::NoRows) continue;
        if (finding->notice() || (finding->reason == Reason::HoldsOthers && isOutOfReach(session, id)))
            continue;
        if (finding->waiting() && !session.isActive()) continue;  // the cause that slowed a run down is no matter now
        facts.finding = finding->summary;
        facts.waits = finding->waiting();
        facts.behind = finding->reason == Reason::InputBehind;
        if (finding->reason == Reason::SourceHeld || finding->reason == Reason::SinkHeld)
            fillOut(facts, session, id);
        return;
    }
}

void fillBreakpoints(CardFacts& facts, const RunSession& session, const NodeId& id) {
    const std::vector<Breakpoint>& all = session.breakpoints().all();
    if (all.empty()) return;
    std::copy_if(all.begin(), all.end(), std::back_inserter(facts.breakpoints),
                 [&id](const Breakpoint& each) { return each.node == id; });
    if (facts.breakpoints.empty() || session.state() != RunSession::State::Paused) return;
    const std::optional<Halt> last = session.stepping().last;
    if (last && last->why == Halt::Why::Breakpoint && last->breakpoint.node == id)
        facts.standsAt = last->breakpoint;
}

}  // namespace

CardFacts factsOf(const PipelineDocument& document, const RunSession& session, const WireIndex& wires,
                  const NodeId& id) {
    CardFacts facts;
    // A cluster that is silent said how it was, not how it is.
    const bool old = showsOldFigures(session);
    facts.dot = old ? DotState::Idle : runningDot(session, id);
    const LiveNode* live = session.snapshot().node(id);
    if (live != nullptr) facts.notes = live->metrics.noteCount;
    if (live != nullptr) {  // also of a run that is over: its results lack them
        if (live->known.late) facts.late = live->metrics.late;
        facts.lateAtLeast = live->known.lateAtLeast;
        if (live->known.rejected) facts.rejected = live->metrics.rejected;
        facts.nullDropped = live->metrics.nullDropped;
    }
    if (live != nullptr && session.isActive()) {
        facts.slow = !old && heldUp(wires, session.snapshot(), id) >= kReportedBackpressure;
        if (!old && live->known.backpressure && live->backpressure >= kReportedBackpressure)
            facts.backpressure = qRound(live->backpressure * 100);
    }
    facts.failed = session.state() == RunSession::State::Failed && session.failedNode() == id;
    const RestartMetrics& restart = session.snapshot().metrics.restart;
    if (session.isActive() && restart.waiting()) {
        facts.dot = DotState::Idle;
        if (outermost(restart.node) == id) facts.restartsIn = secondsToRestart(restart);
    }
    facts.refused = session.wasRefused() && !document.issuesOf(id).empty();
    facts.alerts = session.alerts().countsOf(id);
    fillBreakpoints(facts, session, id);
    fillFinding(facts, session, id);
    if (hasConnection(document, id)) facts.guarantee = shownGuarantee(document, session, id);
    return facts;
}

}  // namespace rw::ui
