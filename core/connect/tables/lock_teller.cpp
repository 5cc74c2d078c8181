#include "core/connect/tables/lock_teller.h"

#include <utility>

namespace rw {

void LockTeller::begin(ReadOutput& out) {
    m_watch.over();
    m_out = &out;
}

void LockTeller::look(const DatabaseClient& client) {
    if (m_out == nullptr) return;
    std::optional<Text> held = m_watch.look(client);
    if (held == m_told) return;
    m_told = std::move(held);
    m_out->tell(m_told ? PartitionState::Blocked : PartitionState::Live, m_told.value_or(Text()));
}

bool LockTeller::end() {
    m_watch.over();
    ReadOutput* const out = std::exchange(m_out, nullptr);
    if (!std::exchange(m_told, std::nullopt)) return false;
    out->tell(PartitionState::Live);
    return true;
}

}  // namespace rw
