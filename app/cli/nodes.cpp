#include <fmt/format.h>

#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "core/deploy/portability.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

const char* groupName(NodeGroup group) {
    switch (group) {
        case NodeGroup::Source:
            return "source";
        case NodeGroup::Transform:
            return "transform";
        case NodeGroup::Window:
            return "window";
        case NodeGroup::Sink:
            return "sink";
    }
    return "";
}

const char* kindName(ParamKind kind) {
    switch (kind) {
        case ParamKind::Boolean:
            return "boolean";
        case ParamKind::Integer:
            return "integer";
        case ParamKind::Number:
            return "number";
        case ParamKind::Duration:
            return "duration";
        case ParamKind::Choice:
            return "choice";
        case ParamKind::String:
            return "string";
        case ParamKind::PythonCode:
            return "Python code";
        case ParamKind::Character:
            return "character";
        case ParamKind::InputPath:
            return "input path";
        case ParamKind::OutputPath:
            return "output path";
        case ParamKind::Condition:
            return "condition";
        case ParamKind::JoinCondition:
            return "join condition";
        case ParamKind::RowPattern:
            return "row pattern";
        case ParamKind::ColumnName:
            return "column";
        case ParamKind::ColumnNames:
            return "columns";
        case ParamKind::SelectItems:
            return "expressions";
        case ParamKind::Aggregates:
            return "aggregates";
        case ParamKind::SortItems:
            return "sort columns";
        case ParamKind::Branches:
            return "branches";
        case ParamKind::ColumnDefs:
            return "column definitions";
        case ParamKind::GeneratorColumns:
            return "generated columns";
        case ParamKind::ValueRows:
            return "rows of values";
        case ParamKind::StringMap:
            return "names and values";
        case ParamKind::Connection:
            return "connection";
        case ParamKind::Connections:
            return "connections";
    }
    return "";
}

std::string helpOf(const ParamSpec& param) {
    return withoutCodeMarks(english(param.help));
}

Json toJson(const ParamSpec& param) {
    Json out = {{"name", param.name},    {"kind", kindName(param.kind)}, {"label", english(param.label)},
                {"help", helpOf(param)}, {"required", param.required},   {"default", param.defaultValue}};
    if (param.min) out["min"] = *param.min;
    if (param.max) out["max"] = *param.max;
    if (!param.unit.empty()) out["unit"] = english(param.unit);
    for (const Choice& choice : param.choices) out["choices"].push_back(choice.value);
    if (param.appliesWhen)
        out["applies_when"] = {{"param", param.appliesWhen->param}, {"values", param.appliesWhen->values}};
    return out;
}

Json toJson(const Portability& there) {
    Json out = {{"verdict", verdictName(there.verdict)}};
    if (!there.what.empty()) out["reason"] = english(there.what);
    if (!there.fix.empty()) out["fix"] = english(there.fix);
    return out;
}

Json toJson(const NodeKind& kind) {
    Json out = {{"type", kind.type}, {"group", groupName(kind.group)}, {"name", english(kind.name)}};
    out["inputs"] = Json::array();
    out["outputs"] = Json::array();
    out["params"] = Json::array();
    for (const PortSpec& port : kind.inputs) out["inputs"].push_back(port.name);
    for (const PortSpec& port : kind.outputs) out["outputs"].push_back(port.name);
    for (const ParamSpec& param : kind.params) out["params"].push_back(toJson(param));
    return out;
}

/// The verdicts of other engines on nodes of each type: those of the catalogue, in its order.
void addPortability(Json& kinds) {
    const std::vector<PortabilityRow> rows = nodePortability(catalogue());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const Engine engine : kEngines)
            kinds[i][std::string(engineWord(engine))] = toJson(rows[i].on(engine));
    }
}

std::string paramLine(const ParamSpec& param) {
    std::string line =
        fmt::format("    {}{} ({})", param.name, param.required ? "*" : "", kindName(param.kind));
    if (!param.defaultValue.is_null()) line += " = " + onOneLine(param.defaultValue);
    if (!param.choices.empty()) {
        line += ":";
        for (const Choice& choice : param.choices) line += " " + choice.value;
    }
    return line + "\n        " + helpOf(param) + "\n";
}

}  // namespace

int nodes(bool json) {
    if (json) {
        Json all = Json::array();
        for (const NodeKind& kind : catalogue().kinds()) all.push_back(toJson(kind));
        addPortability(all);
        std::printf("%s\n", indented(all).c_str());
        return 0;
    }
    for (const NodeKind& kind : catalogue().kinds()) {
        std::printf("%s  (%s) %s\n", kind.type.c_str(), groupName(kind.group), english(kind.name).c_str());
        for (const ParamSpec& param : kind.params) std::printf("%s", paramLine(param).c_str());
        std::printf("\n");
    }
    return 0;
}

}  // namespace rw::cli
