#include "core/stream/alerts/alert_states.h"

#include <array>
#include <numeric>

#include "core/data/text.h"
#include "core/data/utf8.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/keys/state_columns.h"

namespace rw {

namespace {

constexpr std::uint32_t kStatesVersion = 1;
constexpr std::size_t kLongestKey = 256;  // bytes of a column, in alerts

/// The members of a state that are times, in the order of their columns.
constexpr std::array kStateTimes = {
    &AlertState::since,   &AlertState::start,      &AlertState::raised,     &AlertState::lastTold,
    &AlertState::lastRow, &AlertState::quietStart, &AlertState::quietSince, &AlertState::lastQuietTold};
constexpr std::array kStateFlags = {&AlertState::told, &AlertState::gap, &AlertState::quiet,
                                    &AlertState::quietTold};
constexpr std::array kStateNumbers = {&AlertState::value, &AlertState::peak};

/// Phase and flags in one number, the times, the numbers, the message.
std::vector<Type> stateTypes() {
    std::vector<Type> types(1 + kStateTimes.size(), Type::of(TypeId::Bigint));
    types.insert(types.end(), kStateNumbers.size(), Type::of(TypeId::Double));
    types.push_back(Type::of(TypeId::String));
    return types;
}

std::int64_t bitsOf(const AlertStates::Slot& slot) {
    auto bits = static_cast<std::int64_t>(slot.state.phase);
    for (std::size_t i = 0; i < kStateFlags.size(); ++i) {
        if (slot.state.*kStateFlags[i]) bits |= std::int64_t{4} << i;
    }
    return slot.known ? bits | std::int64_t{4} << kStateFlags.size() : bits;
}

Status readBits(std::int64_t bits, AlertStates::Slot& slot) {
    if (bits < 0 || bits >= std::int64_t{8} << kStateFlags.size()) return brokenState("state of an alert");
    slot.state.phase = static_cast<AlertPhase>(bits & 3);
    for (std::size_t i = 0; i < kStateFlags.size(); ++i)
        slot.state.*kStateFlags[i] = (bits & std::int64_t{4} << i) != 0;
    slot.known = (bits & std::int64_t{4} << kStateFlags.size()) != 0;
    return {};
}

bool isRaised(const AlertState& state) {
    return state.phase == AlertPhase::Raised || state.phase == AlertPhase::Clearing;
}

}  // namespace

AlertStates::AlertStates(AlertPlanRef plan) : m_plan(std::move(plan)), m_keys(m_plan->keyTypes) {
    if (!m_plan->keys.empty()) return;
    // Without keys there is one, also when no row comes.
    const std::uint32_t row = 0;
    std::vector<std::uint32_t> groups;
    hashKeys(std::span<const Column* const>(), 1, m_hashes);
    m_keys.findOrInsert({}, m_hashes, {&row, 1}, groups);
    m_slots.resize(m_keys.size());
}

void AlertStates::find(const Batch& rows, std::vector<std::uint32_t>& groups) {
    m_columns.clear();
    for (const int key : m_plan->keys) m_columns.push_back(&rows.column(key));
    hashKeys(rows, m_plan->keys, m_hashes);
    std::vector<std::uint32_t> every(rows.rows);
    std::iota(every.begin(), every.end(), 0U);
    m_keys.findOrInsert(m_columns, m_hashes, every, groups);
    m_slots.resize(m_keys.size());
}

std::vector<AlertKeyPart> AlertStates::key(std::uint32_t group) const {
    std::vector<AlertKeyPart> parts;
    const std::uint32_t groups[] = {group};
    for (std::size_t i = 0; i < m_keys.columnCount(); ++i) {
        const ColumnRef column = m_keys.column(i, groups);
        AlertKeyPart& part = parts.emplace_back();
        part.column = m_plan->rule.keys[i];
        if (column->isNull(0)) {
            part.value = "NULL";
        } else {
            appendCell(part.value, *column, 0);
        }
        // It is told to others, and kept with each alert. What names it still is one for one key.
        if (part.value.size() > kLongestKey)
            part.value = excerpt(part.value, kLongestKey) + " #" + hexDigest(part.value);
    }
    return parts;
}

Alert AlertStates::alert(std::uint32_t group, AlertKind kind) const {
    const Slot& slot = at(group);
    Alert alert;
    alert.key = key(group);
    alert.kind = kind;
    if (kind == AlertKind::NoData) {
        alert.stage = slot.state.quiet ? AlertStage::Open : AlertStage::Cleared;
        alert.start = slot.state.quietStart;
        alert.raised = slot.state.quietSince;
        return alert;
    }
    alert.start = slot.state.start;
    alert.value = slot.state.value;
    alert.peak = slot.state.peak;
    if (slot.state.phase == AlertPhase::Waiting) return alert;
    alert.stage = isRaised(slot.state) ? AlertStage::Open : AlertStage::Cleared;
    alert.raised = slot.state.raised;
    alert.message = slot.message;
    return alert;
}

bool AlertStates::isShown(std::uint32_t group) const {
    return at(group).known || raisedProvisionally(group) != nullptr;
}

AlertRow AlertStates::row(std::uint32_t group) const {
    const Slot& slot = at(group);
    return AlertRow(slot, isRaised(slot.state) ? nullptr : raisedProvisionally(group));
}

void AlertStates::snapshot(StateWriter& out) const {
    std::vector<std::uint32_t> all(m_slots.size());
    std::iota(all.begin(), all.end(), 0U);
    const auto hashOf = [this](std::uint32_t group) { return m_keys.hash(group); };
    forEachKeyGroup(std::move(all), hashOf, [&](int group, std::span<const std::uint32_t> some) {
        std::vector<ColumnBuilder> builders;
        for (const Type type : stateTypes()) builders.emplace_back(type);
        for (const std::uint32_t each : some) {
            const Slot& slot = m_slots[each];
            std::size_t next = 0;
            builders[next++].append(bitsOf(slot));
            for (const auto time : kStateTimes) builders[next++].append(slot.state.*time);
            for (const auto number : kStateNumbers) {
                if (slot.state.*number) {
                    builders[next++].append(*(slot.state.*number));
                } else {
                    builders[next++].appendNull();
                }
            }
            builders[next].appendString(slot.message);
        }
        std::vector<ColumnRef> columns;
        for (ColumnBuilder& builder : builders) columns.push_back(builder.finish());
        out.keyed("keys", group, kStatesVersion, [&](StateWriter& record) {
            record.u64("keys", some.size());
            writeColumns(record, "key", m_keys.columns(some));
            writeColumns(record, "state", columns);
        });
        snapshotProvisional(group, some, out);
    });
}

Status AlertStates::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto records, state.keyed("keys"));
    for (const auto& [keyGroup, record] : records) {
        if (!own.contains(keyGroup)) continue;
        if (record.version() != kStatesVersion) return brokenState("version of alerts");
        RW_TRY(restoreGroup(record, keyGroup));
    }
    // An edit may have switched them off.
    if (!m_plan->provisional) return {};
    RW_TRY_ASSIGN(const auto provisional, state.keyed(kProvisionalRecord));
    for (const auto& [keyGroup, record] : provisional) {
        if (own.contains(keyGroup)) RW_TRY(restoreProvisional(record));
    }
    return {};
}

Status AlertStates::restoreGroup(const StateReader& record, int keyGroup) {
    RW_TRY_ASSIGN(const std::uint64_t keys, record.u64("keys"));
    RW_TRY_ASSIGN(const auto columns, readColumns(record, "key", m_plan->keyTypes, keys));
    RW_TRY_ASSIGN(const auto states, readColumns(record, "state", stateTypes(), keys));
    std::size_t first = m_keys.size();
    if (m_plan->keys.empty()) {
        if (keys != 1) return brokenState("keys of an alert without keys");
        first = 0;  // it is there
    } else {
        RW_TRY(m_keys.restore(columns, keys, keyGroup));
    }
    m_slots.resize(m_keys.size());
    for (std::size_t row = 0; row < keys; ++row) {
        Slot& slot = m_slots[first + row];
        std::size_t next = 0;
        RW_TRY(readBits(states[next++]->at<std::int64_t>(row), slot));
        for (const auto time : kStateTimes) slot.state.*time = states[next++]->at<std::int64_t>(row);
        for (const auto number : kStateNumbers) {
            const Column& column = *states[next++];
            if (!column.isNull(row)) slot.state.*number = column.at<double>(row);
        }
        slot.message = states[next]->string(row);
    }
    return {};
}

std::size_t AlertStates::memoryBytes() const {
    constexpr std::size_t kOfProvisional = sizeof(ProvisionalState) + 2 * sizeof(ProvisionalValue);
    return m_keys.memoryBytes() + m_slots.capacity() * sizeof(Slot) + m_provisional.size() * kOfProvisional;
}

AlertRow::AlertRow(const AlertStates::Slot& slot, const ProvisionalAlert* ahead)
    : state("ok"),
      since(slot.state.since),
      started(kMinTimestamp),
      noDataSince(slot.state.quiet ? slot.state.quietSince : kMinTimestamp) {
    if (isRaised(slot.state)) {
        state = "alert";
        since = slot.state.raised;
        message = slot.message;
    } else if (slot.state.quiet) {
        state = "no_data";
        since = slot.state.quietSince;
    } else if (slot.state.phase == AlertPhase::Waiting) {
        state = "waiting";
    }
    if (isRaised(slot.state) || slot.state.phase == AlertPhase::Waiting) {
        started = slot.state.start;
        value = slot.state.value;
        peak = slot.state.peak;
    }
    if (ahead == nullptr) return;
    state = "alert";
    since = ahead->raised;
    started = ahead->start;
    value = ahead->value;
    peak = ahead->peak;
    message = ahead->message;
    provisional = true;
}

}  // namespace rw
