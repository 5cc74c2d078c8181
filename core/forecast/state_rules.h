// The state that each type of node keeps in a run, and the parameters that it was made with: the rules of a
// forecast.
#pragma once
#include <string_view>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw::forecasting {

enum class StateSort {
    None,      ///< nothing that an edit could spoil
    Rows,      ///< rows, sums, keys
    Position,  ///< how far a source was read
    Picture    ///< the picture of a chart
};

struct StateRule {
    std::string_view type{};
    StateSort sort = StateSort::None;
    /// Parameters that the state was made with: with another value it means something else. All others may
    /// change.
    std::vector<std::string_view> params{};
    bool rows = false;       ///< whole rows are kept: also their columns count
    bool eventTime = false;  ///< goes by event time: also which column that is counts
    bool hereOnly = false;   ///< kept by this program's engine alone
};

/// Of types that keep less than stateRuleOf() derives, or for fewer edits. In the order of nodes.def.
const std::vector<StateRule>& stateRules();
/// The rule of a node: the row of its type. Without one it follows from the declaration: a source keeps its
/// position, a chart its picture, a transform what BoundNode::state tells, a sink nothing. Then every
/// parameter counts, and all columns: an edit keeps the state only where it changes nothing.
const StateRule& stateRuleOf(const NodeKind& kind, const BoundNode& bound);

}  // namespace rw::forecasting
