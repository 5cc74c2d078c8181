#include <fmt/format.h>

#include <cstdio>

#include "app/cli/commands.h"
#include "core/connect/connections/connection_kind.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

Json whenJson(const std::optional<AppliesWhen>& when) {
    if (!when) return {};
    return {{"param", when->param}, {"values", when->values}};
}

const char* typeName(ConnectionFieldSpec::Type type) {
    switch (type) {
        case ConnectionFieldSpec::Type::Line:
            return "line";
        case ConnectionFieldSpec::Type::Address:
            return "address";
        case ConnectionFieldSpec::Type::Addresses:
            return "addresses";
        case ConnectionFieldSpec::Type::Url:
            return "url";
        case ConnectionFieldSpec::Type::File:
            return "file";
        case ConnectionFieldSpec::Type::Choice:
            return "choice";
        case ConnectionFieldSpec::Type::Headers:
            return "headers";
    }
    return "";
}

Json fieldJson(const ConnectionFieldSpec& field) {
    Json all = {{"name", field.name},
                {"type", typeName(field.type)},
                {"label", english(field.label)},
                {"help", withoutCodeMarks(english(field.help))},
                {"required", field.required},
                {"default", field.otherwise},
                {"example", field.example},
                {"applies_when", whenJson(field.appliesWhen)}};
    for (const Choice& choice : field.choices) all["choices"].push_back(choice.value);
    return all;
}

Json kindJson(const ConnectionKind& kind) {
    Json all = {{"kind", kind.name}, {"label", english(kind.label)}, {"help", english(kind.help)}};
    all["fields"] = Json::array();
    all["secrets"] = Json::array();
    for (const ConnectionFieldSpec& field : kind.fields) all["fields"].push_back(fieldJson(field));
    for (const ConnectionSecretSpec& secret : kind.secrets)
        all["secrets"].push_back({{"name", secret.name},
                                  {"label", english(secret.label)},
                                  {"help", withoutCodeMarks(english(secret.help))},
                                  {"applies_when", whenJson(secret.appliesWhen)}});
    return all;
}

std::string fieldLine(const ConnectionFieldSpec& field) {
    std::string line =
        fmt::format("    {}{} ({})", field.name, field.required ? "*" : "", typeName(field.type));
    if (!field.otherwise.empty()) line += " = " + field.otherwise;
    if (!field.choices.empty()) line += ":";
    for (const Choice& choice : field.choices) line += " " + choice.value;
    return line;
}

}  // namespace

int connectionKindTable(bool json) {
    Json all = Json::array();
    for (const ConnectionKind& kind : connectionKinds()) {
        if (json) {
            all.push_back(kindJson(kind));
            continue;
        }
        std::printf("%s  %s\n", kind.name.c_str(), english(kind.help).c_str());
        for (const ConnectionFieldSpec& field : kind.fields) std::printf("%s\n", fieldLine(field).c_str());
        for (const ConnectionSecretSpec& secret : kind.secrets)
            std::printf("    %s (secret)\n", secret.name.c_str());
        std::printf("\n");
    }
    if (json) std::printf("%s\n", indented(all).c_str());
    return 0;
}

}  // namespace rw::cli
