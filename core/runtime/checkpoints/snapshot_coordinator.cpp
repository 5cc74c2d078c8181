#include "core/runtime/checkpoints/snapshot_coordinator.h"

#include <utility>

namespace rw {

void SnapshotCoordinator::join(const void* member, const NodeId& node) {
    const std::lock_guard lock(m_mutex);
    m_members.emplace(member, node);
}

void SnapshotCoordinator::add(const StateSnapshot::OperatorId& id, std::string state) {
    const std::lock_guard lock(m_mutex);
    m_snapshot.states[id].push_back(std::move(state));
}

void SnapshotCoordinator::addPart(Part part, std::size_t bytes) {
    const std::lock_guard lock(m_mutex);
    m_waiting += bytes;
    m_parts.push_back(std::move(part));
    if (m_listener) m_listener();
}

void SnapshotCoordinator::addPart(const StateSnapshot::OperatorId& id, int instance, std::string part) {
    const std::size_t bytes = part.size();
    addPart({id, instance, std::move(part), {}}, bytes);
}

void SnapshotCoordinator::addPart(const StateSnapshot::OperatorId& id, int instance, NamedRun run) {
    const std::size_t bytes = run.run->memoryBytes();
    addPart({id, instance, {}, std::move(run)}, bytes);
}

void SnapshotCoordinator::add(const StateSnapshot::OperatorId& id, StateSnapshot::Changes changes,
                              std::string rest) {
    const std::lock_guard lock(m_mutex);
    changes.state = m_snapshot.states[id].size();
    m_snapshot.states[id].push_back(std::move(rest));
    m_snapshot.mayNameRuns = m_snapshot.mayNameRuns || changes.mayNameRuns;
    m_snapshot.changes[id].push_back(std::move(changes));
}

std::vector<SnapshotCoordinator::Part> SnapshotCoordinator::takeParts() {
    const std::lock_guard lock(m_mutex);
    m_waiting = 0;
    return std::exchange(m_parts, {});
}

void SnapshotCoordinator::pass(const void* member) {
    const std::lock_guard lock(m_mutex);
    m_missing.erase(member);
    if (!m_aborted) settle();
}

void SnapshotCoordinator::leave(const void* member) {
    const std::lock_guard lock(m_mutex);
    m_members.erase(member);
    m_missing.erase(member);
    if (!m_aborted) settle();
}

void SnapshotCoordinator::abort() {
    const std::lock_guard lock(m_mutex);
    m_aborted = true;
    m_changed.notify_all();
    if (m_listener) m_listener();
}

bool SnapshotCoordinator::request(bool changes) {
    const std::lock_guard lock(m_mutex);
    if (m_aborted) return false;
    m_snapshot = {};
    m_parts.clear();
    m_waiting = 0;
    m_wantsChanges = changes;
    m_missing = m_members;
    m_pending = true;
    m_passed = false;
    ++m_requested;
    settle();
    return true;
}

void SnapshotCoordinator::settle() {
    m_passed = m_pending && m_missing.empty();
    if (!m_passed) return;
    m_changed.notify_all();
    if (m_listener) m_listener();
}

bool SnapshotCoordinator::settled() const {
    const std::lock_guard lock(m_mutex);
    return m_passed || m_aborted;
}

std::set<NodeId> SnapshotCoordinator::missing() const {
    std::set<NodeId> nodes;
    const std::lock_guard lock(m_mutex);
    for (const auto& [member, node] : m_missing) nodes.insert(node);
    return nodes;
}

Result<StateSnapshot> SnapshotCoordinator::wait() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_passed || m_aborted; });
    if (!m_passed) return ended();
    m_pending = m_passed = false;
    return std::exchange(m_snapshot, {});
}

Status SnapshotCoordinator::ended() {
    return {ErrorCode::Cancelled, RW_TEXT("run", "The run ended before its state could be written.")};
}

}  // namespace rw
