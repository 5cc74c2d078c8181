#include "core/stream/aggregates/keyed_groups.h"

#include <algorithm>
#include <utility>

#include "core/sql/aggregates/state_cells.h"
#include "core/stream/keys/key_groups.h"

namespace rw {

namespace {

constexpr std::uint32_t kGroupsVersion = 1;
constexpr std::int64_t kMostCounted = std::int64_t{1} << 48;  // rows of a group that can be believed
constexpr std::string_view kKeyedGroups = "groups";

}  // namespace

KeyedGroups::KeyedGroups(const GroupPlan& plan, const StateTtl& ttl)
    : m_plan(&plan),
      m_ttl(&ttl),
      m_state(plan.keyTypes, plan.aggregates, plan.input.updating),
      m_lives(ttl) {}

void KeyedGroups::find(const AggregateRows& input, std::span<const std::uint32_t> rows,
                       std::vector<std::uint32_t>& groups) {
    m_state.keys.findOrInsert(input.keyColumns(), input.hashes(), rows, groups);
    makeRoom();
}

void KeyedGroups::makeRoom() {
    const std::size_t groups = m_state.keys.size();
    if (groups == m_rows.size()) return;
    m_state.aggregates.resize(groups);
    m_rows.resize(groups);
    m_lives.resize(groups);
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

void KeyedGroups::tidy(CallBudget& budget) {
    if (!m_fresh) {
        m_fresh = std::make_unique<KeyedGroups>(*m_plan, *m_ttl);
        m_next = 0;
    }
    const std::size_t looked = std::min(budget.left(), size() - m_next);
    m_some.clear();
    for (const std::size_t end = m_next + looked; m_next < end; ++m_next) {
        if (stands(m_next)) m_some.push_back(m_next);
    }
    budget.spend(looked);
    m_fresh->adopt(*this, m_some);
    if (m_next < size()) return;
    const std::unique_ptr<KeyedGroups> fresh = std::move(m_fresh);
    *this = std::move(*fresh);
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

void KeyedGroups::snapshot(StateWriter& out) const {
    std::vector<std::uint32_t> standing;
    for (std::uint32_t group = 0; group < size(); ++group) {
        if (stands(group)) standing.push_back(group);
    }
    const auto hashOf = [this](std::uint32_t group) { return m_state.keys.hash(group); };
    forEachKeyGroup(std::move(standing), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
        std::vector<std::int64_t> rows, newest;
        for (const std::uint32_t group : some) {
            rows.push_back(m_rows[group]);
            if (m_ttl->on()) newest.push_back(m_lives.newest(group));
        }
        out.keyed(kKeyedGroups, keyGroup, kGroupsVersion, [&](StateWriter& record) {
            m_state.snapshot(some, record);
            sql::StateFieldsWriter fields;
            fields("rows", rows);
            fields("newest", newest);
            fields.writeTo(record);
        });
    });
}

Status KeyedGroups::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto records, state.keyed(kKeyedGroups));
    for (const auto& [keyGroup, record] : records) {
        if (own.contains(keyGroup)) RW_TRY(restoreGroups(record, keyGroup));
    }
    return {};
}

Status KeyedGroups::restoreGroups(const StateReader& record, int keyGroup) {
    if (record.version() != kGroupsVersion) return brokenState("version of groups");
    auto group = static_cast<std::uint32_t>(size());
    RW_TRY(m_state.restore(record, keyGroup));
    makeRoom();
    std::vector<std::int64_t> rows, newest;
    sql::StateFieldsReader fields(record);
    fields("rows", rows);
    fields("newest", newest);
    RW_TRY(fields.status());
    if (rows.size() != size() - group || newest.size() != (m_ttl->on() ? rows.size() : 0))
        return brokenState("rows of groups");
    for (std::size_t i = 0; i < rows.size(); ++i, ++group) {
        if (rows[i] <= 0 || rows[i] > kMostCounted) return brokenState("rows of a group");
        m_rows[group] = rows[i];
        if (m_ttl->on()) m_lives.add(group, newest[i]);
    }
    m_standing += rows.size();
    return {};
}

std::size_t KeyedGroups::memoryBytes() const {
    return m_state.memoryBytes() + m_lives.memoryBytes() + m_rows.capacity() * sizeof(std::int64_t);
}

}  // namespace rw
