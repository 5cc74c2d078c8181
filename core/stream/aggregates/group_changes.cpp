#include "core/stream/aggregates/group_changes.h"

#include <algorithm>
#include <numeric>

namespace rw {

void GroupChanges::willChange(const GroupState& of, std::span<const std::uint32_t> groups) {
    m_groups.resize(of.keys.size());
    const auto first = m_groups.mark(groups);
    if (first.empty()) return;
    if (!m_copied) {
        m_copied = std::make_unique<GroupState>(*m_plan);
        m_nextCopied = 0;
    }
    m_copied->merge(of, first);
}

void GroupChanges::freeze(const GroupState& of, bool whole) {
    m_groups.resize(of.keys.size());
    if (whole) {
        m_groups.freezeAll();
    } else {
        m_groups.freeze();
    }
}

void GroupChanges::takeCopied(std::size_t most) {
    m_some.resize(std::min(most, m_copied->keys.size() - m_nextCopied));
    std::iota(m_some.begin(), m_some.end(), static_cast<std::uint32_t>(m_nextCopied));
    m_nextCopied += m_some.size();
}

std::size_t GroupChanges::memoryBytes() const {
    return sizeof *this + m_groups.memoryBytes() + (m_copied ? m_copied->memoryBytes() : 0);
}

}  // namespace rw
