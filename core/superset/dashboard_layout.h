// The cards of a dashboard as Superset places them: in rows, each chart with a width in twelfths.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw {

/// A card with its chart's UUID and title in Superset.
struct PlacedChart {
    DashboardCard card{};
    std::string uuid{}, title{};
};

/// Cards for the charts of a pipeline that lists none: those that are one number in the first rows, the
/// others two to a row below. `charts`: id, and whether it is one number.
std::vector<DashboardCard> usualCards(const std::vector<std::pair<NodeId, bool>>& charts);

/// `position` of the dashboard's file. Cards that begin in one row of the grid stand side by side; Superset
/// has no place for others beside the lower part of one.
Json supersetLayout(std::vector<PlacedChart> charts, const std::string& title);

}  // namespace rw
