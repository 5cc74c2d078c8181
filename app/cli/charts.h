// Pictures of chart nodes without a window.
#pragma once
#include <memory>
#include <string>

#include "core/runtime/run.h"
#include "widgets/charts/chart_widget.h"

namespace rw::cli {

/// The chart of a node, with its title and its rows; an error where there is nothing to draw, or no chart
/// that draws it. Needs an application, as Offscreen makes it.
Result<std::unique_ptr<ui::ChartWidget>> chartOf(const Node& node, const std::shared_ptr<LiveView>& view);

/// Writes NODE.png for every chart of the run into `folder`, and says where on standard error.
Status writeCharts(Run& run, const std::string& folder);

}  // namespace rw::cli
