#include "core/pipeline/param_spec.h"

namespace rw {

ParamSpec makeParam(std::string name, ParamKind kind, Text label, Text help, Json defaultValue) {
    ParamSpec spec;
    spec.name = std::move(name);
    spec.kind = kind;
    spec.label = std::move(label);
    spec.help = std::move(help);
    spec.defaultValue = std::move(defaultValue);
    return spec;
}

const Json& paramValue(const ParamSpec& spec, const Json& params) {
    const auto it = params.find(spec.name);
    return it == params.end() || it->is_null() ? spec.defaultValue : *it;
}

}  // namespace rw
