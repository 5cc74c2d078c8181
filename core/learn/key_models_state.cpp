// The models of all keys as bytes of a state, by key group.
#include "core/learn/key_models.h"
#include "core/learn/models/stored_fields.h"
#include "core/stream/keys/state_columns.h"

namespace rw::learn {

namespace {

constexpr std::uint32_t kKeysVersion = 1, kStateVersion = 1;

/// A part of a key's state as a record of its own.
template <class Part>
void writePart(std::string_view name, std::uint32_t version, Part& part, StateWriter& out) {
    out.record(name, version, [&](StateWriter& record) {
        FieldsToState fields(record);
        part.visit(fields);
    });
}

template <class Part>
Status readPart(const StateReader& state, std::string_view name, std::uint32_t version, Part& part) {
    RW_TRY_ASSIGN(const StateReader record, state.record(name));
    if (record.version() != version) return brokenState("version of a model");
    FieldsFromState fields(record);
    part.visit(fields);
    return fields.status();
}

void writeWaiting(const std::string& id, const WaitingRow& row, StateWriter& out) {
    out.record("waiting", kStateVersion, [&](StateWriter& record) {
        record.bytes("id", id);
        record.i64("time", row.time);
        record.u64("warm", row.warm ? 1 : 0);
        FieldsToState fields(record);
        std::vector<double> features = row.features;
        fields.numbers("features", features);
        // An unknown output is left out: only finite numbers are fields.
        std::vector<double> known, outputs;
        for (const double output : row.outputs) {
            known.push_back(output == output ? 1 : 0);
            outputs.push_back(output == output ? output : 0);
        }
        fields.numbers("known", known);
        fields.numbers("outputs", outputs);
    });
}

}  // namespace

void KeyModels::snapshot(StateWriter& out) const {
    std::vector<std::uint32_t> kept;
    for (std::uint32_t key = 0; key < m_states.size(); ++key) {
        if (m_states[key].model) kept.push_back(key);
    }
    const auto hashOf = [this](std::uint32_t key) { return m_table.hash(key); };
    forEachKeyGroup(std::move(kept), hashOf, [&](int group, std::span<const std::uint32_t> some) {
        out.keyed("models", group, kKeysVersion, [&](StateWriter& record) {
            record.u64("keys", some.size());
            writeColumns(record, "key", m_table.columns(some));
            for (const std::uint32_t key : some) writeState(m_states[key], record);
        });
    });
}

void KeyModels::writeState(const KeyState& state, StateWriter& out) const {
    out.record("state", kStateVersion, [&](StateWriter& record) {
        record.u64("rows", state.rows);
        record.i64("newest", state.newest);
        writePart("model", m_plan.model->version(), *state.model, record);
        if (state.notes) writePart("notes", kStateVersion, *state.notes, record);
        if (state.scale) {
            RunningScale scale = *state.scale;  // visit() may set what it visits
            writePart("scale", kStateVersion, scale, record);
        }
        for (const auto& [id, row] : state.waiting) writeWaiting(id, row, record);
    });
}

Status KeyModels::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto groups, state.keyed("models"));
    for (const auto& [keyGroup, record] : groups) {
        if (!own.contains(keyGroup)) continue;
        if (record.version() != kKeysVersion) return brokenState("version of keys");
        RW_TRY_ASSIGN(const std::uint64_t keys, record.u64("keys"));
        RW_TRY_ASSIGN(const std::vector<StateReader> states, record.records("state"));
        if (states.size() != keys) return brokenState("number of models");
        RW_TRY_ASSIGN(const auto columns, readColumns(record, "key", m_plan.keyTypes, keys));
        const auto first = static_cast<std::uint32_t>(m_table.size());
        RW_TRY(m_table.restore(columns, keys, keyGroup));
        m_states.resize(m_table.size());
        for (std::uint32_t i = 0; i < keys; ++i) RW_TRY(readState(states[i], first + i));
    }
    return {};
}

Status KeyModels::readState(const StateReader& record, std::uint32_t key) {
    if (record.version() != kStateVersion) return brokenState("version of a key's state");
    make(key);
    KeyState& state = m_states[key];
    RW_TRY_ASSIGN(state.rows, record.u64("rows"));
    m_rowsOfAll += state.rows;
    if (hadWarmUp(state)) ++m_warm;
    RW_TRY_ASSIGN(state.newest, record.i64("newest"));
    RW_TRY(readPart(record, "model", m_plan.model->version(), *state.model));
    if (state.notes) RW_TRY(readPart(record, "notes", kStateVersion, *state.notes));
    if (state.scale) RW_TRY(readPart(record, "scale", kStateVersion, *state.scale));
    RW_TRY_ASSIGN(const std::vector<StateReader> waiting, record.records("waiting"));
    for (const StateReader& row : waiting) RW_TRY(readWaiting(row, key));
    changed(key);
    if (state.newest > kMinTimestamp) queueKey(key, state.newest);
    return {};
}

Status KeyModels::readWaiting(const StateReader& record, std::uint32_t key) {
    WaitingRow row;
    RW_TRY_ASSIGN(const std::string_view id, record.bytes("id"));
    RW_TRY_ASSIGN(row.time, record.i64("time"));
    RW_TRY_ASSIGN(const std::uint64_t warm, record.u64("warm"));
    row.warm = warm != 0;
    row.features.resize(m_plan.model->features());
    row.outputs.resize(m_plan.model->outputs());
    std::vector<double> known(row.outputs.size());
    FieldsFromState fields(record);
    fields.numbers("features", row.features);
    fields.numbers("known", known);
    fields.numbers("outputs", row.outputs);
    RW_TRY(fields.status());
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (known[i] == 0) row.outputs[i] = kUnknown;
    }
    wait(key, std::string(id), std::move(row));
    return {};
}

}  // namespace rw::learn
