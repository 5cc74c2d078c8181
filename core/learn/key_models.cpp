#include "core/learn/key_models.h"

#include <algorithm>
#include <tuple>

#include "core/learn/models/random_start.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/held_state.h"

namespace rw::learn {

bool KeyModels::Due::operator<(const Due& other) const {
    return std::tie(at, key, row, id) < std::tie(other.at, other.key, other.row, other.id);
}

KeyModels::KeyModels(const LearningPlan& plan, const LearningOutput& output)
    : m_plan(plan), m_output(output), m_table(plan.keyTypes) {}

void KeyModels::find(const Batch& batch, std::span<const int> columns, std::vector<std::uint32_t>& keys) {
    m_columns.clear();
    for (const int column : columns) m_columns.push_back(&batch.column(column));
    m_hashes.clear();
    hashKeys(batch, columns, m_hashes);
    m_rows = everyRow(batch.rows);
    m_table.findOrInsert(m_columns, m_hashes, m_rows, keys);
    m_states.resize(m_table.size());
}

KeyState* KeyModels::find(std::uint32_t key, Instant time) {
    if (expired(m_states[key], time)) forget(key);
    return m_states[key].model ? &m_states[key] : nullptr;
}

KeyState& KeyModels::at(std::uint32_t key, Instant time) {
    if (!find(key, time)) make(key);
    KeyState& state = m_states[key];
    if (time > state.newest) {
        const bool first = state.newest == kMinTimestamp;
        state.newest = time;
        if (first) queueKey(key, time);
    }
    return state;
}

void KeyModels::make(std::uint32_t key) {
    KeyState& state = m_states[key];
    state.model = m_plan.model->make(seedOfKey(m_plan.seed, m_table.hash(key)));
    state.notes = m_output.makeNotes();
    if (m_plan.scaled || m_plan.impute == Impute::Mean) state.scale.emplace(m_plan.model->features());
    ++m_live;
    changed(key);
}

std::size_t KeyModels::bytesOf(const KeyState& state) {
    std::size_t bytes = state.model ? state.model->memoryBytes() : 0;
    if (state.notes) bytes += state.notes->memoryBytes();
    if (state.scale) bytes += state.scale->memoryBytes() - sizeof(RunningScale);
    return bytes;
}

void KeyModels::changed(std::uint32_t key) {
    KeyState& state = m_states[key];
    const std::size_t bytes = bytesOf(state);
    m_bytes += bytes - state.bytes;
    state.bytes = bytes;
}

void KeyModels::forget(std::uint32_t key) {
    KeyState& state = m_states[key];
    if (!state.model) return;
    while (!state.waiting.empty()) dropWaiting(key, state.waiting.begin());
    m_bytes -= state.bytes;
    m_rowsOfAll -= state.rows;
    --m_live;
    if (hadWarmUp(state)) --m_warm;
    state = KeyState();
}

void KeyModels::reset(std::uint32_t key) {
    forget(key);
}

void KeyModels::resetAll() {
    for (std::uint32_t key = 0; key < m_states.size(); ++key) forget(key);
}

void KeyModels::clear() {
    m_table = m_table.emptied();
    m_states.clear();
    m_due.clear();
    m_live = m_warm = m_bytes = m_waitingBytes = 0;
    m_rowsOfAll = 0;
}

void KeyModels::queueKey(std::uint32_t key, Instant newest) {
    if (m_plan.ttl > 0 && newest > kMinTimestamp)
        m_due.insert({saturatingAdd(newest, m_plan.ttl), key, {}, false});
}

std::size_t KeyModels::bytesOf(const std::string& id, const WaitingRow& row) {
    constexpr std::size_t kNodes = 128;  // of the map and of the set
    return kNodes + 2 * id.size() + sizeof row +
           (row.features.capacity() + row.outputs.capacity()) * sizeof(double);
}

void KeyModels::wait(std::uint32_t key, const std::string& id, WaitingRow row) {
    KeyState& state = m_states[key];
    if (const auto before = state.waiting.find(id); before != state.waiting.end()) dropWaiting(key, before);
    m_due.insert({saturatingAdd(row.time, m_plan.labelWithin), key, id, true});
    m_waitingBytes += bytesOf(id, row);
    state.waiting.emplace(id, std::move(row));
}

void KeyModels::dropWaiting(std::uint32_t key, std::map<std::string, WaitingRow>::iterator row) {
    m_due.erase({saturatingAdd(row->second.time, m_plan.labelWithin), key, row->first, true});
    m_waitingBytes -= bytesOf(row->first, row->second);
    m_states[key].waiting.erase(row);
}

std::optional<WaitingRow> KeyModels::takeWaiting(std::uint32_t key, const std::string& id, Instant time) {
    KeyState* const state = find(key, time);
    if (!state) return std::nullopt;
    const auto found = state->waiting.find(id);
    if (found == state->waiting.end()) return std::nullopt;
    std::optional<WaitingRow> row;
    if (time <= saturatingAdd(found->second.time, m_plan.labelWithin)) row = found->second;
    dropWaiting(key, found);
    return row;
}

bool KeyModels::anyOver(Instant watermark) const {
    return !m_due.empty() && m_due.begin()->at <= watermark;
}

void KeyModels::forgetOver(Instant watermark, CallBudget& budget) {
    while (anyOver(watermark) && !budget.spent()) {
        const Due due = std::move(m_due.extract(m_due.begin()).value());
        budget.spend(1);
        KeyState& state = m_states[due.key];
        if (due.row) {
            const auto row = state.waiting.find(due.id);
            if (row != state.waiting.end()) dropWaiting(due.key, row);
        } else if (expired(state, watermark)) {
            forget(due.key);
        } else if (state.model) {
            queueKey(due.key, state.newest);
        }
    }
    tidy();
}

void KeyModels::tidy() {
    constexpr std::size_t kFew = 1'024;
    if (m_states.size() < kFew || m_live * 2 > m_states.size()) return;
    std::vector<std::uint32_t> kept, numbers;
    for (std::uint32_t key = 0; key < m_states.size(); ++key) {
        if (m_states[key].model) kept.push_back(key);
    }
    KeyTable table = m_table.emptied();
    table.insert(m_table, kept, numbers);
    std::vector<KeyState> states(table.size());
    m_due.clear();
    for (std::size_t i = 0; i < kept.size(); ++i) {
        KeyState& state = states[numbers[i]] = std::move(m_states[kept[i]]);
        queueKey(numbers[i], state.newest);
        for (const auto& [id, row] : state.waiting)
            m_due.insert({saturatingAdd(row.time, m_plan.labelWithin), numbers[i], id, true});
    }
    m_table = std::move(table);
    m_states = std::move(states);
}

std::size_t KeyModels::memoryBytes() const {
    constexpr std::size_t kDue = 96;  // a node of the set
    return m_table.memoryBytes() + m_states.capacity() * sizeof(KeyState) + m_bytes + m_waitingBytes +
           (m_plan.ttl > 0 ? m_live * kDue : 0);
}

}  // namespace rw::learn
