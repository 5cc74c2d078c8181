#include "core/stream/aggregates/group_state.h"

#include <algorithm>
#include <numeric>

#include "core/sql/aggregates/state_cells.h"
#include "core/stream/aggregates/group_changes.h"
#include "core/stream/keys/state_columns.h"

namespace rw {

namespace {
constexpr std::size_t kTolerated = 4096;  // groups without rows that are not worth rebuilding a state
constexpr std::int64_t kMostRows = std::int64_t{1} << 48;  // of a group, in a state that can be believed
constexpr std::uint32_t kAggregateVersion = 1;
}  // namespace

Aggregates::Aggregates(const std::vector<sql::BoundAggregate>& aggregates, bool retracting) {
    m_accumulators.reserve(aggregates.size());
    for (const sql::BoundAggregate& aggregate : aggregates) {
        if (retracting) {
            m_accumulators.push_back(aggregate.makeRetracting(aggregate));
        } else {
            m_accumulators.push_back(aggregate.make(aggregate));
        }
    }
}

void Aggregates::resize(std::size_t groups) {
    if (groups > m_room) {
        m_room = roomFor(groups);
        for (const auto& accumulator : m_accumulators) accumulator->reserve(m_room);
    }
    for (const auto& accumulator : m_accumulators) accumulator->resize(groups);
}

void Aggregates::keep(std::span<const std::uint32_t> groups) {
    for (const auto& accumulator : m_accumulators) accumulator->keep(groups);
}

void Aggregates::shrink(std::size_t groups) {
    m_room = groups;
    for (const auto& accumulator : m_accumulators) accumulator->shrink();
}

std::size_t Aggregates::growth(std::size_t groups) const {
    std::size_t bytes = 0;
    for (const auto& accumulator : m_accumulators)
        bytes += (roomFor(groups) - m_room) * accumulator->groupBytes();
    return bytes;
}

void Aggregates::update(AggregateRows& input, std::span<const std::uint32_t> rows,
                        std::span<const std::uint32_t> groups) {
    for (std::size_t i = 0; i < m_accumulators.size(); ++i) input.update(i, *m_accumulators[i], rows, groups);
}

void Aggregates::retract(AggregateRows& input, std::span<const std::uint32_t> rows,
                         std::span<const std::uint32_t> groups) {
    for (std::size_t i = 0; i < m_accumulators.size(); ++i) {
        input.retract(i, static_cast<sql::RetractingAccumulator&>(*m_accumulators[i]), rows, groups);
    }
}

void Aggregates::merge(const Aggregates& other, std::span<const std::uint32_t> sources,
                       std::span<const std::uint32_t> targets) {
    for (std::size_t i = 0; i < m_accumulators.size(); ++i) {
        m_accumulators[i]->merge(*other.m_accumulators[i], sources, targets);
    }
}

void Aggregates::clear(std::span<const std::uint32_t> groups) {
    for (const auto& accumulator : m_accumulators) accumulator->clear(groups);
}

std::vector<sql::Vector> Aggregates::finish(std::span<const std::uint32_t> groups) const {
    std::vector<sql::Vector> results;
    results.reserve(m_accumulators.size());
    for (const auto& accumulator : m_accumulators) results.push_back(accumulator->finish(groups));
    return results;
}

std::vector<ColumnRef> Aggregates::results(std::span<const std::uint32_t> groups,
                                           sql::RowErrors* errors) const {
    std::vector<ColumnRef> columns;
    columns.reserve(m_accumulators.size());
    for (const sql::Vector& result : finish(groups)) {
        columns.push_back(result.flat(groups.size()));
        if (errors && result.errors)
            errors->insert(errors->end(), result.errors->begin(), result.errors->end());
    }
    if (errors) keepFirstOfEachRow(*errors);
    return columns;
}

void Aggregates::snapshot(std::span<const std::uint32_t> groups, StateWriter& out) const {
    for (const auto& accumulator : m_accumulators) {
        out.record("aggregate", kAggregateVersion,
                   [&](StateWriter& record) { accumulator->snapshot(groups, record); });
    }
}

Status Aggregates::restore(std::span<const std::uint32_t> groups, const StateReader& state) {
    RW_TRY_ASSIGN(const std::vector<StateReader> records, state.records("aggregate"));
    if (records.size() != m_accumulators.size()) return brokenState("the number of aggregates");
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].version() != kAggregateVersion) return brokenState("version of an aggregate");
        RW_TRY(m_accumulators[i]->restore(groups, records[i]));
    }
    return {};
}

void Aggregates::writeGroup(std::uint32_t group, sql::CellWriter& out) const {
    for (const auto& accumulator : m_accumulators) accumulator->writeGroup(group, out);
}

void Aggregates::readGroup(std::uint32_t group, sql::CellReader& in) {
    for (const auto& accumulator : m_accumulators) accumulator->readGroup(group, in);
}

std::size_t Aggregates::memoryBytes() const {
    std::size_t bytes = 0;
    for (const auto& accumulator : m_accumulators) bytes += accumulator->memoryBytes();
    return bytes;
}

GroupState::GroupState(const WindowPlan& plan)
    : keys(plan.keyTypes), aggregates(plan), m_updating(plan.input.updating) {}

GroupState::GroupState(std::span<const Type> keyTypes, const std::vector<sql::BoundAggregate>& bound,
                       bool retracting)
    : keys(keyTypes), aggregates(bound, retracting), m_updating(false) {}

void GroupState::update(AggregateRows& input, std::span<const std::uint32_t> rows) {
    std::vector<std::uint32_t>& groups = input.groupsRoom();
    keys.findOrInsert(input.keyColumns(), input.hashes(), rows, groups);
    aggregates.resize(keys.size());
    if (changes) changes->willChange(*this, groups);
    if (!m_updating) return aggregates.update(input, rows, groups);
    m_rows.resize(keys.size());
    struct {
        std::vector<std::uint32_t> rows, groups;
    } coming, going;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool goes = input.withdraws(rows[i]);
        auto& to = goes ? going : coming;
        to.rows.push_back(rows[i]);
        to.groups.push_back(groups[i]);
        change(groups[i], goes ? -1 : 1);
    }
    aggregates.update(input, coming.rows, coming.groups);
    aggregates.retract(input, going.rows, going.groups);
}

void GroupState::change(std::uint32_t group, std::int64_t by) {
    if (m_rows[group] != 0) --m_counted;
    m_rows[group] += by;
    if (m_rows[group] != 0) ++m_counted;
}

void GroupState::merge(const GroupState& other, std::size_t from, std::size_t count) {
    m_sources.resize(count);
    std::iota(m_sources.begin(), m_sources.end(), static_cast<std::uint32_t>(from));
    merge(other, m_sources);
}

void GroupState::merge(const GroupState& other, std::span<const std::uint32_t> groups) {
    keys.insert(other.keys, groups, m_groups);
    aggregates.resize(keys.size());
    aggregates.merge(other.aggregates, groups, m_groups);
    if (!m_updating) return;
    m_rows.resize(keys.size());
    for (std::size_t i = 0; i < groups.size(); ++i) change(m_groups[i], other.m_rows[groups[i]]);
}

std::vector<std::uint32_t> GroupState::standing(std::size_t from, std::size_t count) const {
    std::vector<std::uint32_t> groups(count);
    std::iota(groups.begin(), groups.end(), static_cast<std::uint32_t>(from));
    if (m_updating) std::erase_if(groups, [this](std::uint32_t group) { return m_rows[group] <= 0; });
    return groups;
}

void GroupState::compact(const WindowPlan& plan) {
    if (!m_updating || m_rows.size() <= 2 * m_counted + kTolerated) return;
    std::vector<std::uint32_t> groups;
    for (std::uint32_t group = 0; group < m_rows.size(); ++group) {
        if (m_rows[group] != 0) groups.push_back(group);
    }
    GroupState fresh(plan);
    fresh.merge(*this, groups);
    *this = std::move(fresh);
}

void GroupState::clear() {
    keep({});
    changes = nullptr;
    m_rows.clear();
    m_counted = 0;
}

void GroupState::keep(std::span<const std::uint32_t> groups) {
    keys.keep(groups);
    aggregates.keep(groups);
}

void GroupState::shrink() {
    keys.shrink();
    aggregates.shrink(keys.size());
    m_rows.shrink_to_fit();
}

std::size_t GroupState::growth(std::size_t groups) const {
    const std::size_t after = keys.size() + groups;
    const std::size_t rows = m_updating && after > m_rows.capacity() ? after + m_rows.size() : 0;
    return keys.growth(groups) + aggregates.growth(after) + rows * sizeof(std::int64_t);
}

std::size_t GroupState::memoryBytes() const {
    return keys.memoryBytes() + aggregates.memoryBytes() + m_rows.capacity() * sizeof(std::int64_t);
}

void GroupState::snapshot(std::span<const std::uint32_t> groups, StateWriter& out) const {
    out.u64("keys", groups.size());
    writeColumns(out, "key", keys.columns(groups));
    aggregates.snapshot(groups, out);
    if (!m_updating) return;
    std::vector<std::int64_t> rows;
    for (const std::uint32_t group : groups) rows.push_back(m_rows[group]);
    sql::StateFieldsWriter fields;
    fields("rows", rows);
    fields.writeTo(out);
}

Status GroupState::restore(const StateReader& state, int keyGroup) {
    RW_TRY_ASSIGN(const std::uint64_t count, state.u64("keys"));
    RW_TRY_ASSIGN(const auto columns, readColumns(state, "key", keys.types(), count));
    const std::size_t known = keys.size();
    RW_TRY(keys.restore(columns, count, keyGroup));
    m_groups.resize(keys.size() - known);
    std::iota(m_groups.begin(), m_groups.end(), static_cast<std::uint32_t>(known));
    aggregates.resize(keys.size());
    RW_TRY(aggregates.restore(m_groups, state));
    return m_updating ? addRows(state) : Status();
}

Status GroupState::mergeSaved(const StateReader& state, int keyGroup, Aggregates fresh) {
    RW_TRY_ASSIGN(const std::uint64_t count, state.u64("keys"));
    RW_TRY_ASSIGN(const auto columns, readColumns(state, "key", keys.types(), count));
    RW_TRY(keys.add(columns, count, keyGroup, m_groups));
    m_sources.resize(m_groups.size());
    std::iota(m_sources.begin(), m_sources.end(), 0U);
    fresh.resize(m_sources.size());
    RW_TRY(fresh.restore(m_sources, state));
    aggregates.resize(keys.size());
    aggregates.merge(fresh, m_sources, m_groups);
    return m_updating ? addRows(state) : Status();
}

Status GroupState::addRows(const StateReader& state) {
    std::vector<std::int64_t> rows;
    sql::StateFieldsReader fields(state);
    fields("rows", rows);
    RW_TRY(fields.status());
    if (rows.size() != m_groups.size()) return brokenState("rows of groups");
    m_rows.resize(keys.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] < -kMostRows || rows[i] > kMostRows) return brokenState("rows of a group");
        change(m_groups[i], rows[i]);
    }
    return {};
}

void GroupState::replace(const GroupState& other) {
    m_sources.resize(other.keys.size());
    std::iota(m_sources.begin(), m_sources.end(), 0U);
    keys.insert(other.keys, m_sources, m_groups);
    aggregates.resize(keys.size());
    aggregates.clear(m_groups);
    aggregates.merge(other.aggregates, m_sources, m_groups);
}

void GroupMerge::run(CallBudget& budget) {
    const std::size_t count = std::min(m_from->keys.size() - m_next, budget.left());
    m_into->merge(*m_from, m_next, count);
    budget.spend(count);
    m_next += count;
    if (m_next == m_from->keys.size()) m_from = nullptr;
}

}  // namespace rw
