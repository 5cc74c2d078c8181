// The secrets that a run on a cluster needs and nothing holds: a person is asked for them before it is sent.
#pragma once
#include <memory>
#include <vector>

#include "core/cluster/target.h"
#include "core/connect/connections/needed_secrets.h"

namespace rw {

/// The token of the target, and of `needed`, the secrets of the pipeline, those that have to be typed; each
/// once. `connections` null: there are none of the pipeline. May wait for the user to unlock a keyring.
std::vector<NeededSecret> unheldSecrets(Target target, const SecretSource& secrets,
                                        std::vector<NeededSecret> needed = {},
                                        const std::shared_ptr<const Connections>& connections = {});

}  // namespace rw
