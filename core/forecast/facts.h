// The facts that a node's state depends on: when one changes, the old state does not fit; in words.
#pragma once
#include <string>
#include <vector>

#include "core/forecast/side.h"

namespace rw::forecasting {

/// One change between the deployed and the edited node.
struct StateChange {
    Text why{};  ///< “Size” is 2 min now, 1 min before.
    /// The types in the state are others: an engine that looks at types alone notices that.
    bool types = false;
    std::string_view param{};  ///< of which parameter; empty: of the input of the node
    /// Our own engine takes the state over all the same: it holds a column more than is read now, or a file
    /// is where it was in a folder that was moved.
    bool takenOver = false;
};

/// An aggregate of a node, as far as its state goes.
struct AggregateFact {
    std::string text{};     ///< as in the node, with its name
    std::string meaning{};  ///< of the call alone; the same text: the same meaning
    std::string type{};     ///< of its state
    bool operator==(const AggregateFact& other) const {
        return meaning == other.meaning && type == other.type;
    }
};
std::vector<AggregateFact> aggregateFacts(const SideNode& node);

/// All of them; none: the state means the same. Both have the same type of node.
std::vector<StateChange> stateChanges(const SideNode& before, const SideNode& now);

}  // namespace rw::forecasting
