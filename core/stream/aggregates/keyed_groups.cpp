#include "core/stream/aggregates/keyed_groups.h"

#include <algorithm>
#include <utility>

#include "core/stream/aggregates/keyed_groups_parts.h"

namespace rw {

void KeyedGroups::find(const AggregateRows& input, std::span<const std::uint32_t> rows,
                       std::vector<std::uint32_t>& groups) {
    m_state.keys.findOrInsert(input.keyColumns(), input.hashes(), rows, groups);
    makeRoom();
    willChange(groups);
}

void KeyedGroups::makeRoom() {
    const std::size_t groups = m_state.keys.size();
    if (groups == m_rows.size()) return;
    m_state.aggregates.resize(groups);
    m_rows.resize(groups);
    m_lives.resize(groups);
    if (m_anyLeft) m_away->marks.resize(groups);
}

void KeyedGroups::count(std::uint32_t group, std::uint32_t row, bool withdraws) {
    std::int64_t& rows = m_rows[group];
    m_lives.came(group, row, rows == 0);
    if (rows == 0) ++m_standing;
    rows += withdraws ? -1 : 1;
    if (rows == 0) --m_standing;
}

void KeyedGroups::forget(std::span<const std::uint32_t> groups) {
    if (groups.empty()) return;
    willChange(groups);
    for (const std::uint32_t group : groups) {
        if (m_rows[group] > 0) --m_standing;
        m_rows[group] = 0;
        m_lives.forget(group);
    }
    m_state.aggregates.clear(groups);
}

void KeyedGroups::dropOver(CallBudget& budget) {
    m_some.clear();
    for (; m_lives.due() && !budget.spent(); budget.spend(1)) {
        if (const auto group = m_lives.takeOver()) m_some.push_back(*group);
    }
    forget(m_some);
}

Status KeyedGroups::tidy(CallBudget& budget) {
    if (m_anyLeft) {
        budget.spend(size());
        return tidyBesideFiles();
    }
    if (!m_fresh) {
        m_fresh = std::make_unique<KeyedGroups>(*m_plan, *m_ttl);
        m_next = 0;
        m_marked.clear();
    }
    const std::size_t looked = std::min(budget.left(), size() - m_next);
    std::vector<std::uint32_t> others;
    m_some.clear();
    for (const std::size_t end = m_next + looked; m_next < end; ++m_next) {
        if (stays(m_next)) {
            m_some.push_back(m_next);
        } else if (m_changes) {
            others.push_back(m_next);
        }
    }
    budget.spend(looked);
    const auto to = static_cast<std::uint32_t>(m_fresh->size());
    m_fresh->adopt(*this, m_some);
    if (m_changes) renumberChanges(m_some, to, others);
    if (m_next < size()) return {};
    const std::unique_ptr<KeyedGroups> fresh = std::move(m_fresh);
    if (m_changes) fresh->adoptChanges(*this);
    fresh->m_away = std::move(m_away);  // none has left
    *this = std::move(*fresh);
    return {};
}

void KeyedGroups::adopt(const KeyedGroups& other, std::span<const std::uint32_t> groups) {
    auto group = static_cast<std::uint32_t>(size());
    m_state.merge(other.m_state, groups);
    makeRoom();
    for (const std::uint32_t from : groups) {
        m_rows[group] = other.m_rows[from];
        m_lives.add(group++, other.m_lives.newest(from));
    }
    m_standing += groups.size();
}

}  // namespace rw
