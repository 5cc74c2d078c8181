// The state of functions in snapshots.
#include <algorithm>

#include "core/data/state_reader.h"
#include "core/python/python_operator.h"
#include "core/stream/keys/state_columns.h"

namespace rw {

namespace {

constexpr std::uint32_t kVersion = 1;

}  // namespace

Status PythonOperator::snapshot(StateWriter& out) const {
    if (m_plan->function->stateful) out.bytes("state", m_state);
    if (!m_plan->function->keyed) return {};
    std::vector<std::uint32_t> groups;
    for (std::uint32_t group = 0; group < m_states.size(); ++group) {
        if (!m_states[group].empty()) groups.push_back(group);
    }
    const auto hashOf = [this](std::uint32_t group) { return m_keys.hash(group); };
    forEachKeyGroup(std::move(groups), hashOf, [&](int group, std::span<const std::uint32_t> some) {
        out.keyed("states", group, kVersion, [&](StateWriter& record) {
            record.u64("keys", some.size());
            writeColumns(record, "key", m_keys.columns(some));
            ColumnBuilder states(Type::of(TypeId::String));
            for (const std::uint32_t each : some) states.appendString(m_states[each]);
            record.column("states", *states.finish());
        });
    });
    return {};
}

Status PythonOperator::restore(const StateReader& state, const KeyGroups& own) {
    if (m_plan->function->stateful) {
        RW_TRY_ASSIGN(m_state, state.bytes("state"));
    }
    if (!m_plan->function->keyed) return {};
    RW_TRY_ASSIGN(const auto records, state.keyed("states"));
    for (const auto& [keyGroup, record] : records) {
        if (!own.contains(keyGroup)) continue;
        if (record.version() != kVersion) return brokenState("version of states");
        RW_TRY_ASSIGN(const std::uint64_t keys, record.u64("keys"));
        RW_TRY_ASSIGN(const auto columns, readColumns(record, "key", m_keys.types(), keys));
        RW_TRY_ASSIGN(const ColumnRef states, record.column("states"));
        if (!states->type().is(TypeId::String) || states->size() != keys) return brokenState("states");
        RW_TRY(m_keys.restore(columns, keys, keyGroup));
        for (std::size_t i = 0; i < keys; ++i) {
            if (states->isNull(i)) return brokenState("a state");
            m_states.emplace_back(states->string(i));
            m_stateBytes += m_states.back().size();
        }
    }
    return {};
}

Operator::StateSize PythonOperator::stateSize() const {
    if (!m_plan->function->keyed) return {m_state.size(), m_state.empty() ? std::size_t{0} : 1};
    return {m_keys.memoryBytes() + m_states.capacity() * sizeof(std::string) + m_stateBytes, m_keys.size()};
}

}  // namespace rw
