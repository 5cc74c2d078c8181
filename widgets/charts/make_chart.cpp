#include "widgets/charts/bar_chart.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/charts/histogram_chart.h"
#include "widgets/charts/line_chart.h"
#include "widgets/charts/number_card.h"
#include "widgets/charts/table_chart.h"

namespace rw::ui {

namespace {

/// The chart class that draws a kind of view; a new chart adds a line to makeChart.
template <class View, class Chart>
std::unique_ptr<ChartWidget> tryMake(LiveView& view) {
    if (dynamic_cast<View*>(&view) == nullptr) return nullptr;
    return std::make_unique<Chart>();
}

}  // namespace

std::unique_ptr<ChartWidget> makeChart(LiveView& view) {
    constexpr std::unique_ptr<ChartWidget> (*kMakers[])(LiveView&) = {
        tryMake<LineView, LineChart>,           tryMake<BarView, BarChart>,
        tryMake<HistogramView, HistogramChart>, tryMake<TableView, TableChart>,
        tryMake<NumberView, NumberCard>,
    };
    for (const auto& make : kMakers) {
        if (std::unique_ptr<ChartWidget> chart = make(view)) return chart;
    }
    return nullptr;
}

}  // namespace rw::ui
