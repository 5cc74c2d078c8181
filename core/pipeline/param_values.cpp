#include "core/pipeline/param_values.h"

#include <algorithm>

#include "core/base/time.h"

namespace rw {

namespace {

bool allTexts(const Json& values) {
    return std::all_of(values.begin(), values.end(), [](const Json& v) { return v.is_string(); });
}

bool isListOfTexts(const Json& value) {
    return value.is_array() && allTexts(value);
}

}  // namespace

bool isList(ParamKind kind) {
    switch (kind) {
        case ParamKind::ColumnNames:
        case ParamKind::SelectItems:
        case ParamKind::Aggregates:
        case ParamKind::SortItems:
        case ParamKind::Branches:
        case ParamKind::ColumnDefs:
        case ParamKind::GeneratorColumns:
        case ParamKind::Connections:
            return true;
        default:
            return false;
    }
}

bool namesConnections(ParamKind kind) {
    return kind == ParamKind::Connection || kind == ParamKind::Connections;
}

std::vector<NamedConnection> connectionsNamedBy(const ParamSpec& spec, const Json& params) {
    std::vector<NamedConnection> named;
    const auto add = [&named](const Json& value, int item) {
        if (value.is_string() && !isBlank(value)) named.push_back({value.get<std::string>(), item});
    };
    const Json& value = paramValue(spec, params);
    if (spec.kind == ParamKind::Connection) add(value, -1);
    if (spec.kind != ParamKind::Connections || !value.is_array()) return named;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const bool word = std::any_of(spec.words.begin(), spec.words.end(),
                                      [&](const Choice& each) { return value[i] == Json(each.value); });
        if (!word) add(value[i], static_cast<int>(i));
    }
    return named;
}

bool isBlank(const Json& value) {
    if (value.is_string()) {
        return value.get_ref<const std::string&>().find_first_not_of(" \t\r\n") == std::string::npos;
    }
    return value.is_null() || (value.is_structured() && value.empty());
}

bool hasType(const ParamSpec& spec, const Json& value) {
    switch (spec.kind) {
        case ParamKind::Boolean:
            return value.is_boolean();
        case ParamKind::Integer: {
            if (value.is_number_integer()) return true;
            constexpr double kExact = 9e15;
            return value.is_number() && std::abs(value.get<double>()) < kExact &&
                   value.get<double>() == std::floor(value.get<double>());
        }
        case ParamKind::Number:
            return value.is_number();
        case ParamKind::ValueRows:
            return value.is_array();
        case ParamKind::StringMap:
            return value.is_object() && allTexts(value);
        default:
            return isList(spec.kind) ? isListOfTexts(value) : value.is_string();
    }
}

Json typedVariable(const ParamSpec& spec, Json value) {
    const bool scalar =
        spec.kind == ParamKind::Integer || spec.kind == ParamKind::Number || spec.kind == ParamKind::Boolean;
    if (!scalar || !value.is_string()) return value;
    Json read = Json::parse(value.get_ref<const std::string&>(), nullptr, false);
    return read.is_number() || read.is_boolean() ? read : value;
}

Text amount(const ParamSpec& spec, double value) {
    if (spec.kind == ParamKind::Duration)
        return RW_TEXT("params", "%1").with(formatDuration(static_cast<Millis>(value)));
    const std::string text = std::abs(value) < 1e15 && value == std::floor(value)
                                 ? fmt::format("{}", static_cast<std::int64_t>(value))
                                 : fmt::format("{}", value);
    if (value == 1) {
        const std::string_view unit = spec.unit.key;
        if (unit == "rows") return RW_TEXT("params", "1 row");
        if (unit == "rows/s") return RW_TEXT("params", "1 row/s");
        if (unit == "points") return RW_TEXT("params", "1 point");
    }
    return spec.unit.empty() ? RW_TEXT("params", "%1").with(text)
                             : RW_TEXT("params", "%1 %2").with(text, spec.unit);
}

Json amountJson(const ParamSpec& spec, double value) {
    if (spec.kind == ParamKind::Duration) return formatDuration(static_cast<Millis>(value));
    if (spec.kind == ParamKind::Integer) return static_cast<std::int64_t>(value);
    return value;
}

}  // namespace rw
