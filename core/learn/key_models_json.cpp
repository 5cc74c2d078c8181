// The models of all keys as JSON: for export and import (model_document.h).
#include <algorithm>

#include "core/data/text.h"
#include "core/learn/fields_json.h"
#include "core/learn/key_models.h"
#include "core/pipeline/json/json_pull.h"
#include "core/stream/keys/key_hash.h"

namespace rw::learn {

namespace {

template <class Part>
void appendPart(std::string_view name, Part& part, std::string& out) {
    out += ", ";
    appendJsonText(out, name);
    out += ": ";
    FieldsToJson fields(out);
    part.visit(fields);
    fields.end();
}

constexpr char kLearntRows[] = "rows";

Status missing(std::string_view name) {
    return {ErrorCode::Invalid, RW_TEXT("learning", "The field “%1” is missing.").with(name)};
}

/// A part of an item, into what it describes.
template <class Part>
Status takePart(const JsonMembers& item, std::string_view name, Part& part) {
    const auto found = item.find(name);
    if (found == item.end()) return missing(name);
    FieldsFromJson fields(found->second);
    if (fields.status().ok()) part.visit(fields);
    return fields.status();
}

}  // namespace

const KeyState* KeyModels::only() const {
    if (m_live != 1) return nullptr;
    const auto found = std::find_if(m_states.begin(), m_states.end(),
                                    [](const KeyState& state) { return state.model != nullptr; });
    return &*found;
}

std::string KeyModels::keyJson(std::uint32_t key) const {
    const std::uint32_t keys[] = {key};
    std::string json = "[", cell;
    for (const ColumnRef& column : m_table.columns(keys)) {
        if (json.size() > 1) json += ", ";
        if (column->isNull(0)) {
            json += "null";
            continue;
        }
        cell.clear();
        appendCell(cell, *column, 0);
        appendJsonText(json, cell);
    }
    return json + ']';
}

void KeyModels::appendJson(std::string& out) const {
    std::vector<std::pair<std::string, std::uint32_t>> keys;
    for (std::uint32_t key = 0; key < m_states.size(); ++key) {
        if (m_states[key].model) keys.emplace_back(keyJson(key), key);
    }
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const KeyState& state = m_states[keys[i].second];
        out += i > 0 ? ",\n    " : "\n    ";
        out += "{\"key\": " + keys[i].first + ", \"rows\": " + std::to_string(state.rows);
        appendPart("model", *state.model, out);
        if (state.notes) appendPart("notes", *state.notes, out);
        if (state.scale) {
            RunningScale scale = *state.scale;  // visit() may set what it visits
            appendPart("scale", scale, out);
        }
        out += '}';
    }
}

Result<std::vector<ColumnRef>> KeyModels::readKey(std::string_view text) const {
    std::vector<ColumnRef> columns;
    JsonPull json(text);
    for (json.beginArray(); json.nextItem() && columns.size() < m_plan.keyTypes.size();) {
        const Type type = m_plan.keyTypes[columns.size()];
        std::optional<Value> value = Value{};
        if (json.peek() == 'n') {
            (void)json.value();
        } else {
            value = parseValue(json.text(), type);
        }
        if (!value || json.failed()) break;
        ColumnBuilder cell(type);
        appendValue(cell, *value);
        columns.push_back(cell.finish());
    }
    json.end();
    if (!json.failed() && columns.size() == m_plan.keyTypes.size()) return columns;
    return Status(
        ErrorCode::Invalid,
        RW_TEXT("learning", "“key” is no list of %1 values, texts or null, of the types of the keys.")
            .with(m_plan.keyTypes.size()));
}

Status KeyModels::takeJson(std::string_view text, const KeyGroups& own) {
    RW_TRY_ASSIGN(const JsonMembers item, membersOf(text));
    const auto written = item.find("key");
    if (written == item.end()) return missing("key");
    RW_TRY_ASSIGN(const std::vector<ColumnRef> cells, readKey(written->second));
    m_columns.clear();
    for (const ColumnRef& cell : cells) m_columns.push_back(cell.get());
    m_hashes.clear();
    hashKeys(m_columns, 1, m_hashes);
    if (!own.contains(keyGroupOf(m_hashes.front()))) return {};
    m_rows = {0};
    std::vector<std::uint32_t> keys;
    m_table.findOrInsert(m_columns, m_hashes, m_rows, keys);
    m_states.resize(m_table.size());
    const std::uint32_t key = keys.front();
    if (m_states[key].model) {
        return {ErrorCode::Invalid,
                RW_TEXT("learning", "There are two models of the key %1.").with(written->second)};
    }
    make(key);
    return takeLearnt(item, key);
}

Status KeyModels::takeLearnt(const JsonMembers& item, std::uint32_t key) {
    KeyState& state = m_states[key];
    const auto learnt = item.find(kLearntRows);
    if (learnt == item.end()) return missing(kLearntRows);
    RW_TRY_ASSIGN(state.rows, wholeNumber(kLearntRows, learnt->second));
    m_rowsOfAll += state.rows;
    if (hadWarmUp(state)) ++m_warm;
    RW_TRY(takePart(item, "model", *state.model));
    if (state.notes) RW_TRY(takePart(item, "notes", *state.notes));
    // Means that are only put in for missing features may begin with the run.
    if (state.scale && (m_plan.scaled || item.contains("scale")))
        RW_TRY(takePart(item, "scale", *state.scale));
    changed(key);
    return {};
}

}  // namespace rw::learn
