#include "widgets/canvas/cards/card_facts.h"

#include <algorithm>

#include "widgets/canvas/cards/card_state.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/running/figures_age.h"
#include "widgets/document/running/restart_text.h"
#include "widgets/document/running/run_session.h"

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

// How many rows were late stands in the badge, and why a chart is empty in its picture.
void fillFinding(CardFacts& facts, const RunSession& session, const NodeId& id) {
    using Reason = Finding::Reason;
    for (const Finding* finding : session.findings().of(id)) {
        if (finding->reason == Reason::LateRows || finding->reason == Reason::NoRows) continue;
        if (finding->waiting() && !session.isActive()) continue;  // the cause that slowed a run down is no matter now
        facts.finding = finding->summary;
        facts.waits = finding->waiting();
        facts.behind = finding->reason == Reason::InputBehind;
        return;
    }
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
    fillFinding(facts, session, id);
    return facts;
}

}  // namespace rw::ui
