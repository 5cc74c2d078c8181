#include "widgets/charts/chart_kinds.h"

#include <algorithm>

#include "widgets/charts/bar_chart.h"
#include "widgets/charts/gauge_chart.h"
#include "widgets/charts/heat_map_chart.h"
#include "widgets/charts/histogram_chart.h"
#include "widgets/charts/line_chart.h"
#include "widgets/charts/number_card.h"
#include "widgets/charts/pie_chart.h"
#include "widgets/charts/scatter_chart.h"
#include "widgets/charts/table_chart.h"

namespace rw::ui {

namespace {

template <class Chart>
constexpr ChartKind kindOf() {
    using View = typename Chart::View;
    return {[](const LiveView& view) { return dynamic_cast<const View*>(&view) != nullptr; },
            []() -> std::unique_ptr<ChartWidget> { return std::make_unique<Chart>(); },
            [](QPainter& painter, const QRectF& rect, const LiveView& view) {
                return Chart::paintThumbnail(painter, rect, static_cast<const View&>(view));
            }};
}

/// A new chart adds a line.
constexpr ChartKind kKinds[] = {
    kindOf<LineChart>(),       //
    kindOf<BarChart>(),        //
    kindOf<PieChart>(),        //
    kindOf<HistogramChart>(),  //
    kindOf<ScatterChart>(),    //
    kindOf<HeatMapChart>(),    //
    kindOf<TableChart>(),      //
    kindOf<GaugeChart>(),      //
    kindOf<NumberCard>(),
};

}  // namespace

std::span<const ChartKind> chartKinds() {
    return kKinds;
}

const ChartKind* chartKindOf(const LiveView& view) {
    const auto found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                    [&](const ChartKind& kind) { return kind.draws(view); });
    return found == std::end(kKinds) ? nullptr : &*found;
}

std::unique_ptr<ChartWidget> makeChart(const LiveView& view) {
    const ChartKind* kind = chartKindOf(view);
    return kind ? kind->make() : nullptr;
}

}  // namespace rw::ui
