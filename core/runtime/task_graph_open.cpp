// How the nodes of a run are opened, and with which checkpoint it begins.
#include <utility>

#include "core/runtime/tape_task.h"
#include "core/runtime/task_graph.h"
#include "core/stream/checkpoint_store.h"
#include "core/stream/kept_epochs.h"

namespace rw {

Status TaskGraph::openAll() {
    const auto ready = [this](const NodeId& node) {
        if (m_shared.options.ready) m_shared.options.ready(node);
    };
    for (const Stage& stage : m_shared.plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            const NodeGroup group = node.kind->group;
            if (group != NodeGroup::Source && group != NodeGroup::Sink) ready(node.node);
        }
    }
    const auto opened = [this](Status status) -> Status {
        if (!m_shared.options.isCancelled || !m_shared.options.isCancelled()) return status;
        return {ErrorCode::Cancelled, RW_TEXT("run", "The run was stopped before it began.")};
    };
    RW_TRY(opened(openTape()));
    // Sources first: without its input a run need not look at its outputs.
    for (auto& [node, feed] : m_feedNodes) {
        if (!m_shared.finishing || feed->acknowledges()) RW_TRY(opened(feed->open()).at(node));
        ready(node);
    }
    RW_TRY(opened(openStore()));
    for (auto& [node, sink] : m_sinkNodes) {
        RW_TRY(opened(openSink(*sink)).at(node));
        ready(node);
    }
    // The decision. Before it no file of the earlier run was changed.
    if (m_shared.takesCheckpoints) RW_TRY(m_shared.options.checkpoints.store->begun());
    if (!m_shared.restore) return {};
    // After it all sinks do: stopping the run now, or a failure of one, keeps no other sink from that.
    Status first;
    for (auto& [node, sink] : m_sinkNodes) {
        const Status status = sink->commitRestored(*m_shared.restore).at(node);
        if (first.ok()) first = status;
    }
    RW_TRY(opened(first));
    for (auto& [node, feed] : m_feedNodes) RW_TRY(feed->tellRestored(m_shared.restore->number).at(node));
    return {};
}

Status TaskGraph::checkDeciders() {
    for (const auto& [node, sink] : m_sinkNodes) {
        if (!sink->decides()) continue;
        if (m_decider && !sink->decidesWith().empty() && sink->decidesWith() == m_decider->decidesWith()) {
            // They are one. A sink that an edit has added knows of no checkpoint.
            if (!m_decider->isRestored() && sink->isRestored()) m_decider = sink;
            continue;
        }
        if (m_decider) {
            return Status(
                       ErrorCode::Invalid,
                       RW_TEXT("checkpoint",
                               "“%1” and this sink both decide which checkpoints count, and a run can have "
                               "one such sink.")
                           .with(titleOf(m_decider->operatorId().node)),
                       RW_TEXT("checkpoint", "Write one of them in a run of its own."))
                .at(node);
        }
        m_decider = sink;
    }
    return {};
}

std::string TaskGraph::titleOf(const NodeId& node) const {
    const Node* const found = m_shared.plan.pipeline.find(node);
    return found != nullptr ? found->shownTitle() : node;
}

/// Before anything takes over its state: that may be the one from before.
Status TaskGraph::askDecider() {
    const Epoch number = m_shared.restore->number;
    if (!m_decider || !m_decider->isRestored()) {
        return {
            ErrorCode::Invalid,
            RW_TEXT("checkpoint",
                    "Checkpoint %1 counts only if a sink has committed it, and the pipeline has that sink no "
                    "longer.")
                .with(number),
            RW_TEXT("checkpoint", "Resume the pipeline once as it was before the edit.")};
    }
    RW_TRY(openStore());
    RW_TRY_ASSIGN(const bool committed, m_decider->isCommitted(number));
    if (m_shared.takesCheckpoints) RW_TRY(m_shared.options.checkpoints.store->settle(number, committed));
    if (committed) return {};
    m_givenUp = true;
    return Status(
               ErrorCode::Io,
               RW_TEXT("checkpoint",
                       "Checkpoint %1 does not count: the run was ended before this sink had committed it.")
                   .with(number),
               RW_TEXT("checkpoint", "Resume the run again: it then starts from the checkpoint before."))
        .at(m_decider->operatorId().node);
}

Status TaskGraph::openStore() {
    const auto& store = m_shared.options.checkpoints.store;
    if (!store || m_shared.takesCheckpoints) return {};
    if (m_decider) store->expectDecider();
    const Status status = store->open(contextOfStore());
    m_shared.takesCheckpoints = status.ok();
    if (status.ok() || isTransactional() || m_shared.options.checkpoints.required) return status;
    m_withoutCheckpoints = status.error().message;
    KeptEpochs::of(contextOfStore())->setNone();
    return {};
}

Status TaskGraph::openTape() {
    if (!m_shared.tape) return {};
    TapeStart start;
    start.began = m_eval.runStart;
    start.seed = m_eval.seed;
    start.parallelism = m_shared.plan.parallelism;
    start.batchRows = m_shared.options.batchRows;
    start.pipeline = m_shared.plan.pipeline;
    for (const auto& [node, feed] : m_feedNodes) {
        const PlannedNode& planned = feed->node();
        feed->recordAs(start.sources.size());
        start.sources.push_back(
            {node, planned.kind->type, planned.bound->outputs.front().schema, feed->several()});
    }
    start.lookups = m_shared.tape->lookups();
    start.asking = m_shared.tape->asking();
    if (m_shared.restore) beginTapeAt(*m_shared.restore, start);
    return m_shared.tape->open(contextOfRun(), start);
}

void TaskGraph::beginTapeAt(const StateSnapshot& restored, TapeStart& start) const {
    start.from = m_shared.tape->fromOf(0, restored);
    for (const auto& [node, feed] : m_feedNodes) start.cuts.push_back(feed->firstCut());
}

Status TaskGraph::openSink(SinkTask& sink) {
    if (m_shared.finishing && sink.isTransactional()) sink.sink().setLast();
    RW_TRY(sink.sink().open());
    ++m_openSinks;
    return {};
}

void TaskGraph::abortSinks() {
    for (std::size_t i = 0; i < m_openSinks; ++i) m_sinkNodes[i].second->abort();
}

void TaskGraph::closeSinks() {
    for (std::size_t i = 0; i < m_openSinks; ++i) m_sinkNodes[i].second->close();
    m_openSinks = 0;
}

}  // namespace rw
