#include "core/what_if/settings.h"

#include <algorithm>
#include <utility>

#include "core/pipeline/bind_checks.h"
#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/param_values.h"

namespace rw {

namespace {

std::string_view withoutBlanks(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// Splits at the commas that are in no quotes and no brackets.
Result<std::vector<std::string_view>> splitAtCommas(std::string_view text) {
    std::vector<std::string_view> pieces;
    std::size_t begin = 0;
    int depth = 0;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            if (c == '\\' && quote == '"') {
                ++i;
            } else if (c == quote) {
                quote = 0;
            }
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '(' || c == '[' || c == '{') {
            ++depth;
        } else if (c == ')' || c == ']' || c == '}') {
            --depth;
        } else if (c == ',' && depth <= 0) {
            pieces.push_back(text.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    if (quote != 0) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("what_if", "“%1” has a quote that is not closed.").with(text),
                      RW_TEXT("what_if", "Close it, or put the whole value between double quotes."));
    }
    pieces.push_back(text.substr(begin));
    return pieces;
}

/// What is between double quotes, where that is all of it.
std::string unquoted(std::string_view value) {
    if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::string(value);
    const Json read = Json::parse(value, nullptr, false);
    return read.is_string() ? read.get<std::string>() : std::string(value);
}

Json jsonOf(const ParamSpec& spec, const std::string& value) {
    if (!isList(spec.kind) && spec.kind != ParamKind::StringMap && spec.kind != ParamKind::ValueRows)
        return typedVariable(spec, Json(value));
    Json read = Json::parse(value, nullptr, false);
    if (read.is_array() || read.is_object()) return read;
    return isList(spec.kind) ? Json::array({value}) : Json(value);
}

std::string joinedNames(const std::vector<std::string>& names) {
    constexpr std::size_t kMostNames = 12;
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), kMostNames); ++i)
        out += (out.empty() ? "" : ", ") + names[i];
    return names.size() > kMostNames ? out + " …" : out;
}

Text meant(const std::string& name, const std::vector<std::string>& names, Text otherwise) {
    std::string nearest = nearestOf(name, names);
    if (nearest.empty() && name.size() > 2) {  // “delay” for “watermark_delay”
        const auto holds = [&name](const std::string& each) { return each.find(name) != std::string::npos; };
        if (const auto found = std::find_if(names.begin(), names.end(), holds); found != names.end())
            nearest = *found;
    }
    return nearest.empty() ? std::move(otherwise) : RW_TEXT("what_if", "Do you mean “%1”?").with(nearest);
}

class Varying {
 public:
    Varying(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& validating)
        : m_catalogue(catalogue) {
        m_varied.pipeline = pipeline;
        m_varied.variables = validating.variables;
    }

    Status set(const WhatIfSetting& setting) {
        if (setting.name.empty()) {
            return {ErrorCode::Invalid, RW_TEXT("what_if", "A setting has no name."),
                    RW_TEXT("what_if", "Write it as name=value.")};
        }
        const std::size_t dot = setting.name.rfind('.');
        if (dot != std::string::npos)
            return setParam(setting.name.substr(0, dot), setting.name.substr(dot + 1), setting.value);
        const std::vector<Variable>& variables = m_varied.pipeline.variables;
        if (std::any_of(variables.begin(), variables.end(),
                        [&](const Variable& one) { return one.name == setting.name; })) {
            RW_TRY(onlyOnce(setting.name));
            m_varied.variables[setting.name] = setting.value;
            return {};
        }
        return setOnly(setting);
    }

    Varied take() { return std::move(m_varied); }

 private:
    Status onlyOnce(const std::string& name) {
        if (m_set.insert(name).second) return {};
        return {ErrorCode::Invalid, RW_TEXT("what_if", "“%1” is set twice in one variant.").with(name),
                RW_TEXT("what_if", "Keep one of both, or make two variants.")};
    }

    Status setParam(const NodeId& id, const std::string& param, const std::string& value) {
        Node* const node = m_varied.pipeline.find(id);
        if (node == nullptr) {
            std::vector<std::string> ids;
            for (const Node& each : m_varied.pipeline.nodes) ids.push_back(each.id);
            return Status(ErrorCode::Invalid, RW_TEXT("what_if", "The pipeline has no node “%1”.").with(id),
                          meant(id, ids, RW_TEXT("what_if", "Its nodes: %1").with(joinedNames(ids))));
        }
        const NodeKind* const kind = m_catalogue.of(*node);
        const ParamSpec* const spec = kind != nullptr ? kind->param(param) : nullptr;
        if (spec == nullptr) {
            std::vector<std::string> names;
            for (const ParamSpec& each : kind != nullptr ? kind->params : std::vector<ParamSpec>())
                names.push_back(each.name);
            return Status(ErrorCode::Invalid,
                          RW_TEXT("what_if", "“%1” has no parameter “%2”.").with(id, param),
                          meant(param, names, RW_TEXT("what_if", "It has: %1").with(joinedNames(names))))
                .at(id, param);
        }
        RW_TRY(onlyOnce(id + "." + param));
        if (value.empty()) {
            node->params.erase(param);
        } else {
            node->params[param] = jsonOf(*spec, value);
        }
        m_varied.nodes.insert(id);
        return {};
    }

    /// A parameter that one node alone has.
    Status setOnly(const WhatIfSetting& setting) {
        std::vector<std::string> having, names;
        NodeId only;
        for (const Variable& variable : m_varied.pipeline.variables) names.push_back(variable.name);
        for (const Node& node : m_varied.pipeline.nodes) {
            const NodeKind* const kind = m_catalogue.of(node);
            if (kind == nullptr || node.disabled) continue;
            for (const ParamSpec& spec : kind->params) {
                if (!applies(spec, *kind, node.params)) continue;
                names.push_back(spec.name);
                if (spec.name != setting.name) continue;
                having.push_back(node.id + "." + spec.name);
                only = node.id;
            }
        }
        if (having.size() == 1) return setParam(only, setting.name, setting.value);
        if (having.empty()) {
            return {
                ErrorCode::Invalid,
                RW_TEXT("what_if", "No node has a parameter “%1”, and it is no variable.").with(setting.name),
                meant(setting.name, names,
                      RW_TEXT("what_if", "Write it as node.parameter=value or variable=value."))};
        }
        return {ErrorCode::Invalid,
                RW_TEXT("what_if", "More than one node has a parameter “%1”.").with(setting.name),
                RW_TEXT("what_if", "Name the node as well: %1").with(joinedNames(having))};
    }

    const Catalogue& m_catalogue;
    Varied m_varied{};
    std::set<std::string> m_set{};
};

}  // namespace

Result<WrittenVariant> parseVariant(std::string_view text) {
    RW_TRY_ASSIGN(const std::vector<std::string_view> pieces, splitAtCommas(text));
    WrittenVariant written;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::string_view piece = withoutBlanks(pieces[i]);
        const std::size_t equals = piece.find('=');
        if (equals == std::string_view::npos && i == 0 && !piece.empty()) {
            written.file = unquoted(piece);
            continue;
        }
        if (equals == std::string_view::npos || equals == 0) {
            return Status(ErrorCode::Invalid, RW_TEXT("what_if", "“%1” is no setting.").with(piece),
                          RW_TEXT("what_if",
                                  "Write it as name=value; a list as JSON, keys=[\"a\", \"b\"]; a value with "
                                  "commas between double quotes."));
        }
        written.settings.push_back({std::string(withoutBlanks(piece.substr(0, equals))),
                                    unquoted(withoutBlanks(piece.substr(equals + 1)))});
    }
    return written;
}

Result<Varied> vary(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& validating,
                    const std::vector<WhatIfSetting>& settings) {
    Varying varying(pipeline, catalogue, validating);
    for (const WhatIfSetting& setting : settings) RW_TRY(varying.set(setting));
    return varying.take();
}

}  // namespace rw
