// The state that each type of node has in a run, and the facts that it depends on: the table of a forecast.
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

/// In the order of nodes.def, without charts. A type without a row is a fault that a test finds.
const std::vector<StateRule>& stateRules();
/// The rule of a type; of a chart, one for all of them: every parameter counts. Of a type without a rule the
/// strictest: every parameter counts, and all columns.
const StateRule& stateRuleOf(const NodeKind& kind);

}  // namespace rw::forecasting
