#include "core/forecast/facts.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>
#include <variant>

#include "core/base/readable.h"
#include "core/data/text.h"
#include "core/data/trim.h"
#include "core/forecast/canonical.h"
#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/column_def.h"
#include "core/pipeline/json/json_layout.h"
#include "core/pipeline/param_values.h"
#include "core/sql/aggregates/aggregates.h"
#include "core/sql/parse/keywords.h"

namespace rw::forecasting {

namespace {

constexpr std::size_t kShownBytes = 80;  // of a value in a sentence

/// A value, or an element of a list.
struct Value {
    std::string meaning{};    ///< the same text: the same meaning
    std::string type{};       ///< of its state; empty: it has none
    std::string typeShown{};  ///< of a column, or of an aggregate's argument
    Text shown{};
    std::string inFolder{};  ///< of a relative path: where it leads to from the pipeline's folder
};

struct Fact {
    Text label{};
    bool list = false;
    std::vector<Value> values{};  ///< not a list: one, or none where nothing is set
};

Text literal(std::string_view text) {
    return RW_TEXT("forecast", "%1").with(shortened(text, kShownBytes));
}

const Schema& schemaAt(const SideNode& node, std::size_t port) {
    static const Schema kNothing;
    const auto& inputs = node.typed.inputs;
    return port < inputs.size() && !inputs[port].empty() ? *inputs[port].front().schema : kNothing;
}

std::string typeOf(const Schema& schema, const std::string& column) {
    const auto found = schema.find(column);
    return found ? toString(schema.fields[static_cast<std::size_t>(*found)].type) : std::string();
}

Value columnValue(const Schema& schema, const std::string& name) {
    const std::string type = typeOf(schema, name);
    return {name, type, type, literal(name)};
}

/// “n DESC”, “`order`”, “n asc”.
Value sortValue(const Schema& schema, const std::string& text) {
    std::string_view name = trimmed(text);
    bool descending = false;
    for (const std::string_view word : {" DESC", " ASC"}) {
        if (name.size() <= word.size() || sql::upperCase(name.substr(name.size() - word.size())) != word)
            continue;
        descending = word == " DESC";
        name = trimmed(name.substr(0, name.size() - word.size()));
        break;
    }
    if (name.size() > 2 && name.front() == '`') name = name.substr(1, name.size() - 2);
    Value out = columnValue(schema, std::string(name));
    if (descending) out.meaning += " DESC";
    out.shown = literal(text);
    return out;
}

/// The state of an aggregate besides its argument's type: the extremes and the sum keep one value.
std::string kept(const sql::BoundAggregate& aggregate) {
    const bool oneValue =
        aggregate.function == "MIN" || aggregate.function == "MAX" || aggregate.function == "SUM";
    return (oneValue ? std::string() : aggregate.function) + (aggregate.distinct ? " DISTINCT" : "");
}

Value aggregateValue(const SideNode& node, const std::string& text) {
    const std::string call = sql::aggregateCallText(text);
    Value out{canonicalSql(call), {}, {}, literal(call)};
    const auto bound =
        sql::bindAggregate(text, sql::Scope{std::make_shared<const Schema>(schemaAt(node, 0))});
    if (const auto* const aggregate = std::get_if<sql::BoundAggregate>(&bound)) {
        const std::string result = toString(aggregate->type);
        out.typeShown = aggregate->argument ? toString(aggregate->argument->type) : result;
        out.type = kept(*aggregate) + "(" + out.typeShown + ")" + result;
    }
    return out;
}

Value columnDefValue(const std::string& text) {
    Value out{canonicalSql(text), {}, {}, literal(text)};
    const auto def = splitColumnDef(text);
    const Result<Type> type = def ? parseType(def->type) : Result<Type>(Type{});
    if (!def || !type.ok()) return out;
    out.meaning = def->name + (def->from() ? " FROM " + def->part + def->path.value_or("") : "");
    out.type = out.typeShown = toString(*type);
    return out;
}

Value pathValue(const SideNode& node, const std::string& text) {
    const auto path = (std::filesystem::path(node.folder) / text).lexically_normal();
    const std::filesystem::path given(text);
    return {path.string(), {}, {}, literal(text), given.is_absolute() ? "" : given.lexically_normal()};
}

Value choiceValue(const ParamSpec& spec, const std::string& text) {
    for (const Choice& choice : spec.choices) {
        if (choice.value == text) return {text, {}, {}, choice.label};
    }
    return {text, {}, {}, literal(text)};
}

Value textValue(const SideNode& node, const ParamSpec& spec, const std::string& text) {
    switch (spec.kind) {
        case ParamKind::Duration:
            if (const Result<Millis> length = parseDuration(text); length.ok())
                return {std::to_string(*length), {}, {}, durationText(*length)};
            break;
        case ParamKind::Choice:
            return choiceValue(spec, text);
        case ParamKind::InputPath:
        case ParamKind::OutputPath:
            return pathValue(node, text);
        case ParamKind::ColumnName:
        case ParamKind::ColumnNames:
            return columnValue(schemaAt(node, 0), text);
        case ParamKind::SortItems:
            return sortValue(schemaAt(node, 0), text);
        case ParamKind::Aggregates:
            return aggregateValue(node, text);
        case ParamKind::ColumnDefs:
            return columnDefValue(text);
        case ParamKind::Condition:
        case ParamKind::JoinCondition:
        case ParamKind::SelectItems:
        case ParamKind::Branches:
        case ParamKind::GeneratorColumns:
            return {canonicalSql(text), {}, {}, literal(text)};
        case ParamKind::String:
            if (spec.name == "frame") return {canonicalFrame(text), {}, {}, literal(text)};
            break;
        case ParamKind::Boolean:
        case ParamKind::Integer:
        case ParamKind::Number:
        case ParamKind::Character:
        case ParamKind::RowPattern:
        case ParamKind::ValueRows:
        case ParamKind::PythonCode:
        case ParamKind::StringMap:
        case ParamKind::Connection:
        case ParamKind::Connections:
            break;
    }
    return {text, {}, {}, literal(text)};
}

Value valueOf(const SideNode& node, const ParamSpec& spec, const Json& json) {
    if (json.is_string()) return textValue(node, spec, json.get<std::string>());
    const std::string text = onOneLine(json);
    if (json.is_boolean()) {
        Text said = json.get<bool>() ? RW_TEXT("forecast", "on") : RW_TEXT("forecast", "off");
        return {text, {}, {}, std::move(said)};
    }
    if (json.is_number()) return {text, {}, {}, amount(spec, json.get<double>())};
    return {text, {}, {}, literal(text)};
}

/// Nothing: the parameter does not apply.
std::optional<Fact> paramFact(const SideNode& node, const ParamSpec& spec) {
    if (!applies(spec, *node.kind, node.params)) return std::nullopt;
    const Json& json = paramValue(spec, node.params);
    Fact fact;
    fact.label = spec.label;
    fact.list = isList(spec.kind) || spec.kind == ParamKind::ValueRows;
    if (isBlank(json)) return fact;
    if (!fact.list || !json.is_array()) {
        fact.values.push_back(valueOf(node, spec, json));
        return fact;
    }
    for (const Json& element : json) fact.values.push_back(valueOf(node, spec, element));
    return fact;
}

Text ofPort(const SideNode& node, std::size_t port, Text alone, Text oneOf) {
    return node.kind->inputs.size() < 2 ? std::move(alone)
                                        : std::move(oneOf).with(node.kind->inputs[port].label);
}

Fact rowsFact(const SideNode& node, std::size_t port) {
    Fact fact;
    fact.list = true;
    fact.label = ofPort(node, port, RW_TEXT("forecast", "Columns that it keeps"),
                        RW_TEXT("forecast", "Columns that it keeps, %1"));
    const Schema& schema = schemaAt(node, port);
    for (std::size_t i = 0; i < schema.size(); ++i) {
        if (node.read[port].size() <= i || node.read[port][i])
            fact.values.push_back(columnValue(schema, schema.fields[i].name));
    }
    return fact;
}

Fact timeFact(const SideNode& node, std::size_t port) {
    Fact fact;
    fact.label = ofPort(node, port, RW_TEXT("forecast", "Event time"), RW_TEXT("forecast", "Event time, %1"));
    const auto& streams = node.typed.inputs[port];
    if (streams.empty() || streams.front().eventTime < 0) return fact;
    const auto column = static_cast<std::size_t>(streams.front().eventTime);
    fact.values.push_back({schemaAt(node, port).fields[column].name,
                           {},
                           {},
                           literal(schemaAt(node, port).fields[column].name)});
    return fact;
}

Text shownOrNothing(const Fact& fact) {
    return fact.values.empty() ? RW_TEXT("forecast", "nothing") : fact.values.front().shown;
}

std::vector<std::string> typesOf(const Fact& fact) {
    std::vector<std::string> out;
    for (const Value& value : fact.values) out.push_back(value.type);
    return out;
}

/// The first value of `a` that `b` does not have so often.
const Value* surplus(const std::vector<Value>& a, const std::vector<Value>& b) {
    for (const Value& value : a) {
        const auto same = [&](const Value& other) { return other.meaning == value.meaning; };
        if (std::count_if(a.begin(), a.end(), same) > std::count_if(b.begin(), b.end(), same)) return &value;
    }
    return nullptr;
}

void compareLists(const Fact& before, const Fact& now, StateChange change, bool lostIsTakenOver,
                  std::vector<StateChange>& changes) {
    const Value* const fresh = surplus(now.values, before.values);
    const Value* const lost = surplus(before.values, now.values);
    if (fresh != nullptr) {
        change.why = RW_TEXT("forecast", "“%1” is new in “%2”.").with(fresh->shown, now.label);
        changes.push_back(change);
    }
    if (lost != nullptr) {
        change.why = RW_TEXT("forecast", "“%1” is gone from “%2”.").with(lost->shown, now.label);
        change.takenOver = lostIsTakenOver;
        changes.push_back(change);
    }
    if (fresh != nullptr || lost != nullptr) return;
    for (std::size_t i = 0; i < now.values.size(); ++i) {
        const Value &a = before.values[i], &b = now.values[i];
        if (a.meaning == b.meaning && a.type == b.type) continue;
        change.why =
            a.meaning != b.meaning
                ? RW_TEXT("forecast", "“%1” is in another order.").with(now.label)
                : RW_TEXT("forecast", "“%1” is %2 now, %3 before.").with(b.shown, b.typeShown, a.typeShown);
        changes.push_back(change);
        return;
    }
}

void compare(const std::optional<Fact>& before, const std::optional<Fact>& now, std::string_view param,
             std::vector<StateChange>& changes, bool lostIsTakenOver = false) {
    if (!before || !now) return;  // the parameter that decides whether it applies has changed
    StateChange change{{}, typesOf(*before) != typesOf(*now), param};
    if (now->list) return compareLists(*before, *now, std::move(change), lostIsTakenOver, changes);
    const bool same = before->values.empty()
                          ? now->values.empty()
                          : !now->values.empty() && now->values[0].meaning == before->values[0].meaning &&
                                now->values[0].type == before->values[0].type;
    if (same) return;
    change.takenOver = !before->values.empty() && !now->values.empty() && !now->values[0].inFolder.empty() &&
                       now->values[0].inFolder == before->values[0].inFolder;
    change.why = RW_TEXT("forecast", "“%1” is %2 now, %3 before.")
                     .with(now->label, shownOrNothing(*now), shownOrNothing(*before));
    changes.push_back(std::move(change));
}

/// Names of the columns that name a row of an updating stream.
std::string keyNames(const SideNode& node, const StreamType& stream, std::size_t port) {
    std::string out;
    for (const int column : stream.key)
        out += (out.empty() ? "" : ", ") + schemaAt(node, port).fields[static_cast<std::size_t>(column)].name;
    return out;
}

/// Rows that are changed later are kept in another way than rows that are not.
void compareStreams(const SideNode& before, const SideNode& now, std::size_t port,
                    std::vector<StateChange>& changes) {
    const auto &a = before.typed.inputs[port], &b = now.typed.inputs[port];
    if (a.empty() || b.empty()) return;
    const StreamType &was = a.front(), &is = b.front();
    if (was.updating != is.updating) {
        Text why =
            is.updating
                ? RW_TEXT("forecast", "The rows that reach it may be changed later; before, they were not.")
                : RW_TEXT("forecast", "The rows that reach it are not changed any more; before, they were.");
        changes.push_back({std::move(why), true, {}});
        return;
    }
    if (!is.updating) return;
    const std::string keyBefore = keyNames(before, was, port), keyNow = keyNames(now, is, port);
    if (was.multiset == is.multiset && keyBefore == keyNow) return;
    changes.push_back({RW_TEXT("forecast", "Other columns tell the rows that reach it apart."), true, {}});
}

}  // namespace

std::vector<AggregateFact> aggregateFacts(const SideNode& node) {
    std::vector<AggregateFact> facts;
    const ParamSpec* const spec = node.kind->param("aggregates");
    if (spec == nullptr || spec->kind != ParamKind::Aggregates) return facts;
    for (const Json& text : paramValue(*spec, node.params)) {
        Value value = aggregateValue(node, text.get<std::string>());
        facts.push_back({text.get<std::string>(), std::move(value.meaning), std::move(value.type)});
    }
    return facts;
}

std::vector<StateChange> stateChanges(const SideNode& before, const SideNode& now) {
    std::vector<StateChange> changes;
    const StateRule& rule = *now.rule;
    for (const std::string_view name : rule.params) {
        const ParamSpec* const spec = now.kind->param(name);
        if (spec != nullptr) compare(paramFact(before, *spec), paramFact(now, *spec), name, changes);
    }
    const std::size_t ports = std::min(before.typed.inputs.size(), now.typed.inputs.size());
    for (std::size_t port = 0; port < ports && rule.sort == StateSort::Rows; ++port)
        compareStreams(before, now, port, changes);
    for (std::size_t port = 0; port < ports; ++port) {
        if (rule.eventTime) compare(timeFact(before, port), timeFact(now, port), {}, changes);
        if (rule.rows) compare(rowsFact(before, port), rowsFact(now, port), {}, changes, true);
    }
    return changes;
}

}  // namespace rw::forecasting
