// `state_ttl` of nodes that keep keys.
#pragma once
#include <string>
#include <vector>

#include "core/deploy/form.h"

namespace rw {

/// “/*+ STATE_TTL('left' = '3600 s') */ ” for the inputs that a query calls so, or nothing where keys are
/// kept for ever; adds the remarks on it.
std::string flinkStateTtl(NodeForm& form, const std::vector<std::string>& inputs);

}  // namespace rw
