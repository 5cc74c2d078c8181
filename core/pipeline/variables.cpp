#include "core/pipeline/variables.h"

#include "core/pipeline/bind_checks.h"

namespace rw {

namespace {

/// The text with other names of variables in it, which are found as substitute() finds them.
template <class NameOf>
std::string withNames(std::string_view text, const NameOf& nameOf) {
    std::string out;
    for (;;) {
        const std::size_t begin = text.find("${");
        const std::size_t end = begin == std::string_view::npos ? begin : text.find('}', begin);
        const bool escaped = begin != std::string_view::npos && begin > 0 && text[begin - 1] == '$';
        if (!escaped && end == std::string_view::npos) return out.append(text);
        out.append(text.substr(0, begin + 2));
        text.remove_prefix(begin + 2);
        if (escaped) continue;
        const std::size_t size = end - begin - 2;
        out.append(nameOf(text.substr(0, size))).append("}");
        text.remove_prefix(size + 1);
    }
}

template <class NameOf>
void renameAll(Json& value, const NameOf& nameOf) {
    if (value.is_string()) {
        value = withNames(value.get<std::string>(), nameOf);
    } else if (value.is_structured()) {
        for (Json& element : value) renameAll(element, nameOf);
    }
}

}  // namespace

std::string substitute(std::string_view text, const std::map<std::string, std::string>& variables,
                       std::vector<std::string>* unknown) {
    std::string out;
    for (;;) {
        const std::size_t begin = text.find("${");
        if (begin == std::string_view::npos) return out.append(text);
        if (begin > 0 && text[begin - 1] == '$') {
            out.append(text.substr(0, begin - 1)).append("${");
            text.remove_prefix(begin + 2);
            continue;
        }
        const std::size_t end = text.find('}', begin);
        if (end == std::string_view::npos) return out.append(text);
        out.append(text.substr(0, begin));
        const std::string name(text.substr(begin + 2, end - begin - 2));
        if (const auto it = variables.find(name); it != variables.end()) {
            out += it->second;
        } else {
            out.append(text.substr(begin, end + 1 - begin));
            if (unknown) unknown->push_back(name);
        }
        text.remove_prefix(end + 1);
    }
}

Variables variablesOf(const Pipeline& pipeline, const ValidateOptions& options, std::vector<Issue>& issues) {
    Variables out;
    std::vector<std::string> names;
    for (const Variable& variable : pipeline.variables) {
        out[variable.name] = variable.value;
        names.push_back(variable.name);
    }
    for (const auto& [name, value] : options.variables) {
        if (out.count(name) == 0) {
            Issue& issue = issues.emplace_back();
            issue.severity = Severity::Warning;
            issue.message =
                RW_TEXT("validate", "The pipeline has no variable “%1”; its value is not used.").with(name);
            const std::string nearest = nearestOf(name, names);
            if (!nearest.empty()) issue.fix = RW_TEXT("validate", "Is “%1” meant?").with(nearest);
        }
        out[name] = value;
    }
    return out;
}

Pipeline withVariables(Pipeline pipeline, const ValidateOptions& options) {
    std::vector<Issue> reported;  // validation told them
    std::vector<std::string> unknown;
    const Variables variables = variablesOf(pipeline, options, reported);
    for (Node& node : pipeline.nodes) substituteAll(node.params, variables, unknown);
    return pipeline;
}

bool usesVariables(const Json& value) {
    if (value.is_string()) return value.get_ref<const std::string&>().find("${") != std::string::npos;
    return value.is_structured() && std::any_of(value.begin(), value.end(), usesVariables);
}

void substituteAll(Json& value, const Variables& variables, std::vector<std::string>& unknown) {
    if (value.is_string()) {
        std::string& text = value.get_ref<std::string&>();
        text = substitute(text, variables, &unknown);
    } else if (value.is_structured()) {
        for (Json& element : value) substituteAll(element, variables, unknown);
    }
}

void renameVariable(Json& value, const std::string& from, const std::string& to) {
    renameAll(value, [&](std::string_view name) { return name == from ? to : std::string(name); });
}

void prefixVariables(Json& value, const std::string& prefix) {
    renameAll(value, [&](std::string_view name) { return prefix + std::string(name); });
}

std::string withoutVariables(std::string_view text) {
    std::string out;
    for (std::size_t begin; (begin = text.find("${")) != std::string_view::npos;) {
        out.append(text.substr(0, begin)).append("$${");
        text.remove_prefix(begin + 2);
    }
    return out.append(text);
}

}  // namespace rw
