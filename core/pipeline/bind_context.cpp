#include <filesystem>

#include "core/pipeline/node_kind.h"

namespace rw {

BindContext::BindContext(const Node& node, const std::vector<ParamSpec>& specs, const Settings& settings,
                         std::string folder, std::vector<std::vector<StreamType>> inputs,
                         std::vector<Issue>& issues, std::vector<std::vector<Producer>> producers)
    : m_node(node),
      m_specs(specs),
      m_settings(settings),
      m_folder(std::move(folder)),
      m_inputs(std::move(inputs)),
      m_issues(issues),
      m_producers(std::move(producers)) {}

Producer BindContext::producer(int port, std::size_t wire) const {
    const auto at = static_cast<std::size_t>(port);
    return at < m_producers.size() && wire < m_producers[at].size() ? m_producers[at][wire] : Producer{};
}

std::string BindContext::portName(int port) const {
    return producer(port).input;
}

std::string BindContext::connectionKind(std::string_view param) const {
    return kindOfConnection(text(param));
}

std::string BindContext::kindOfConnection(std::string_view name) const {
    if (!m_connections) return {};
    for (const KnownConnection& each : m_connections->connections) {
        if (each.name == name) return each.kind;
    }
    return {};
}

const ParamSpec* BindContext::spec(std::string_view param) const {
    for (const ParamSpec& candidate : m_specs) {
        if (candidate.name == param) return &candidate;
    }
    return nullptr;
}

const Json& BindContext::json(std::string_view param) const {
    static const Json kNothing;
    const ParamSpec* declared = spec(param);
    return declared ? paramValue(*declared, m_node.params) : kNothing;
}

bool BindContext::has(std::string_view param) const {
    return !json(param).is_null();
}

std::string BindContext::text(std::string_view param) const {
    const Json& value = json(param);
    return value.is_string() ? value.get<std::string>() : std::string();
}

Text BindContext::choice(std::string_view param) const {
    const ParamSpec* declared = spec(param);
    const std::string value = text(param);
    if (declared) {
        for (const Choice& choice : declared->choices) {
            if (choice.value == value) return choice.label;
        }
    }
    return {};
}

bool BindContext::flag(std::string_view param) const {
    const Json& value = json(param);
    return value.is_boolean() && value.get<bool>();
}

double BindContext::number(std::string_view param) const {
    const Json& value = json(param);
    return value.is_number() ? value.get<double>() : 0;
}

std::int64_t BindContext::integer(std::string_view param) const {
    const Json& value = json(param);
    return value.is_number() ? value.get<std::int64_t>() : 0;
}

Millis BindContext::duration(std::string_view param) const {
    const Result<Millis> parsed = parseDuration(text(param));
    return parsed.ok() ? *parsed : 0;
}

std::vector<std::string> BindContext::list(std::string_view param) const {
    std::vector<std::string> out;
    const Json& value = json(param);
    if (!value.is_array()) return out;
    for (const Json& element : value) {
        if (element.is_string()) out.push_back(element.get<std::string>());
    }
    return out;
}

std::string BindContext::path(std::string_view param) const {
    const std::string given = text(param);
    if (given.empty() || given == "-") return given;
    return (std::filesystem::path(m_folder) / given).lexically_normal().string();
}

Issue& BindContext::issue(Severity severity, std::string_view param, Text message, Text fix) {
    m_failed = m_failed || severity == Severity::Error;
    Issue& added = m_issues.emplace_back();
    added.severity = severity;
    added.message = std::move(message);
    added.fix = std::move(fix);
    added.node = m_node.id;
    added.param = std::string(param);
    return added;
}

}  // namespace rw
