// What forms keep of their trials while other nodes are selected; it goes with the window.
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>

#include "core/pipeline/pipeline.h"
#include "widgets/inspector/trials/typed_rows.h"

namespace rw::ui {

struct TrialMemory {
    std::map<NodeId, std::shared_ptr<TypedCells>> cells{};
    /// Fingerprints of code, with its interpreter, that a person agreed to run.
    std::set<std::string> agreed{};

    std::shared_ptr<TypedCells> cellsOf(const NodeId& node) {
        std::shared_ptr<TypedCells>& kept = cells[node];
        if (!kept) kept = std::make_shared<TypedCells>();
        return kept;
    }
};

}  // namespace rw::ui
