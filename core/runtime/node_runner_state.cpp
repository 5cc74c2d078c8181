// The state of an operator in checkpoints.
#include <utility>

#include "core/data/state_reader.h"
#include "core/runtime/fused_stage.h"
#include "core/runtime/metrics/stopwatch.h"
#include "core/runtime/node_runner.h"
#include "core/stream/keys/key_groups.h"

namespace rw {

void NodeRunner::mark(std::uint64_t barrier) {
    m_passed = barrier;
    if (!m_operator) return;
    m_counters.mark.set(barrier, m_counters.rows());
    if (m_hearsBarriers == nullptr || m_left) return;
    m_hearsBarriers->onBarrier(m_shared.epochsBefore + barrier);
    forwardNotes();
}

Status NodeRunner::snapshot() {
    if (!m_operator) return {};
    const std::int64_t began = stopwatchNanos();
    const Operator::StateSize size = m_operator->stateSize();
    if (m_changes && m_changes->applies(size.bytes + size.spilled)) {
        m_changes->freeze();
    } else {
        RW_TRY_ASSIGN(std::string written, state());
        m_shared.barriers.add(m_node.operatorId, std::move(written));
    }
    m_counters.snapshotNanos.store(stopwatchNanos() - began, std::memory_order_relaxed);
    return {};
}

bool NodeRunner::writeFrozen() {
    if (!m_changes) return true;
    const Result<bool> written = m_changes->writeSome();
    if (!written.ok()) m_shared.fail(written.status().at(m_node.node));
    return written.ok() && *written;
}

Result<std::string> NodeRunner::state() {
    StateWriter writer;
    // Growing step by step copies hundreds of megabytes again and again, while rows wait.
    writer.expect(m_lastState + m_lastState / 8);
    RW_TRY(m_operator->snapshot(writer).at(m_node.node));
    std::string written = writer.finish();
    m_lastState = written.size();
    return written;
}

Status NodeRunner::restore(const StateSnapshot& snapshot, const KeyGroups& own) {
    const auto states = snapshot.states.find(m_node.operatorId);
    if (!m_operator || states == snapshot.states.end()) return {};
    // It had ended: called again, with the empty input of this run, it would give a wrong result.
    if (states->second.empty()) m_left = true;
    for (const std::string& state : states->second) {
        const Result<StateReader> reader = StateReader::open(state);
        if (!reader.ok()) return reader.status().at(m_node.node);
        RW_TRY(m_operator->restore(*reader, own).at(m_node.node));
    }
    if (m_shared.state.isSet()) tellStateBytes(m_operator->stateSize().bytes);
    m_more = m_operator->hasMore();
    if (!m_more) return {};
    listBusy();
    m_stage.settle();
    return {};
}

}  // namespace rw
