// With what a node's state was made: what makes it another state when it changes, in words.
#pragma once
#include <string>
#include <vector>

#include "core/forecast/side.h"

namespace rw::forecasting {

/// One change between the deployed and the edited node.
struct StateChange {
    Text why{};  ///< “Size” is 2 min now, 1 min before.
    /// The types of what is kept are others: an engine that looks at types alone notices that.
    bool types = false;
    std::string_view param{};  ///< of which parameter; empty: of what reaches the node
    /// Our own engine takes the state over all the same: it holds a column more than is read now, or a file
    /// lies where it lay in a folder that was moved.
    bool takenOver = false;
};

/// All of them; none: the state means the same. Both have the same type of node.
std::vector<StateChange> stateChanges(const SideNode& before, const SideNode& now);

}  // namespace rw::forecasting
