#include "core/runtime/barrier_book.h"

namespace rw {

void BarrierBook::join(const void* member) {
    const std::lock_guard lock(m_mutex);
    m_members.insert(member);
}

void BarrierBook::add(const StateSnapshot::Place& place, std::string state) {
    const std::lock_guard lock(m_mutex);
    m_snapshot.states[place].push_back(std::move(state));
}

void BarrierBook::pass(const void* member) {
    const std::lock_guard lock(m_mutex);
    m_missing.erase(member);
    if (!m_gaveUp) settle();
}

void BarrierBook::leave(const void* member) {
    const std::lock_guard lock(m_mutex);
    m_members.erase(member);
    m_missing.erase(member);
    if (!m_gaveUp) settle();
}

void BarrierBook::giveUp() {
    const std::lock_guard lock(m_mutex);
    m_gaveUp = true;
    m_changed.notify_all();
}

bool BarrierBook::ask() {
    const std::lock_guard lock(m_mutex);
    if (m_gaveUp) return false;
    m_snapshot = {};
    m_missing = m_members;
    m_asked = true;
    m_passed = false;
    ++m_wanted;
    settle();
    return true;
}

void BarrierBook::settle() {
    m_passed = m_asked && m_missing.empty();
    if (m_passed) m_changed.notify_all();
}

bool BarrierBook::settled() const {
    const std::lock_guard lock(m_mutex);
    return m_passed || m_gaveUp;
}

Result<StateSnapshot> BarrierBook::wait() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_passed || m_gaveUp; });
    if (!m_passed) return ended();
    m_asked = m_passed = false;
    return std::exchange(m_snapshot, {});
}

Status BarrierBook::ended() {
    return {ErrorCode::Cancelled, RW_TEXT("run", "The run ended before its state could be written.")};
}

}  // namespace rw
