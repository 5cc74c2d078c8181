// Deleting nodes and joining their neighbours.
#pragma once
#include <optional>
#include <vector>

#include "core/pipeline/validate.h"

namespace rw::ui {

struct Reconnection {
    std::vector<Wire> wires{};       ///< to add once the nodes are gone
    std::optional<Issue> refusal{};  ///< why the neighbours can't be joined; then nothing should be done
};

Reconnection reconnection(const Pipeline& pipeline, const Catalogue& catalogue,
                          const ValidateOptions& options, const std::vector<NodeId>& gone);

}  // namespace rw::ui
