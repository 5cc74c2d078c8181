#include "core/cluster/unheld_secrets.h"

#include <utility>

#include "core/cluster/engine_backend.h"
#include "core/cluster/target_field.h"
#include "core/secrets/typed_secrets.h"

namespace rw {

std::vector<NeededSecret> unheldSecrets(Target target, const SecretSource& secrets,
                                        std::vector<NeededSecret> needed,
                                        const std::shared_ptr<const Connections>& connections) {
    std::vector<NeededSecret> unheld;
    const SecretRef* const token = tokenOf(target);
    const Status held = token != nullptr && secrets ? secrets(*token).status() : Status();
    if (mayBeTyped(held)) {
        NeededSecret& asked = unheld.emplace_back(NeededSecret{*token});
        asked.lack = held.error().message;
        asked.uses.push_back({RW_TEXT("secrets", "Token"),
                              RW_TEXT("secrets", "the target “%1”").with(target.name),
                              RW_TEXT("connections", "%1").with(backendOf(target.engine).addressOf(target)),
                              {},
                              {}});
    }
    if (!connections) return unheld;
    for (NeededSecret& each : toBeTyped(std::move(needed), *connections)) {
        if (unheld.empty() || !(unheld.front().where == each.where)) unheld.push_back(std::move(each));
    }
    return unheld;
}

}  // namespace rw
