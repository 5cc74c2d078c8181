// What our own engine takes over in part: the aggregates that an edit has left, and the rows of a table whose
// columns have changed.
#pragma once
#include <vector>

#include "core/forecast/facts.h"
#include "core/forecast/forecast.h"

namespace rw::forecasting {

/// Whether nothing but the list of aggregates was changed, and some of them are as before: then says so in
/// `node`, and which. Otherwise `node.why` may say why not.
bool carriesAggregates(const SideNode& before, const SideNode& now, const std::vector<StateChange>& changes,
                       NodeForecast& node);

/// Says in `node`, which begins empty, whether the windows that are open can be closed first: nothing but the
/// windows was changed.
void tellClosable(const SideNode& before, const SideNode& now, const std::vector<StateChange>& changes,
                  NodeForecast& node);

/// Says in `node` which columns the table of a sink gets, and which its rows give no more.
void tellOtherColumns(const SideNode& before, const SideNode& now, NodeForecast& node);

}  // namespace rw::forecasting
