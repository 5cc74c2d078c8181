#include "core/cluster/targets/target_check.h"

#include "core/cluster/engine_backend.h"

namespace rw {

Result<TargetReport> checkTarget(const Target& target, const SecretSource& secrets,
                                 const std::atomic<bool>* cancelled) {
    RW_TRY(usableTarget(target));
    return backendOf(target.engine).check(target, secrets, cancelled);
}

}  // namespace rw
