#include "core/cluster/target_field.h"

#include "core/cluster/engine_backend.h"

namespace rw {

SecretRef* tokenOf(Target& target) {
    for (const TargetField& field : backendOf(target.engine).fields()) {
        if (const auto* const token = std::get_if<TargetField::Token>(&field.place)) return &(*token)(target);
    }
    return nullptr;
}

}  // namespace rw
