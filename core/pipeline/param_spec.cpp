#include "core/pipeline/param_spec.h"

namespace rw {

const Json& paramValue(const ParamSpec& spec, const Json& params) {
    const auto it = params.find(spec.name);
    return it == params.end() || it->is_null() ? spec.defaultValue : *it;
}

}  // namespace rw
