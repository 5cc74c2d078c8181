// scatter_chart: a point per row, one number against another.
#include "core/views/scatter_view.h"

#include "core/nodes/charts/chart_node.h"

namespace rw {

namespace {

BoundNodeRef bindScatterChart(BindContext& context) {
    auto bound = std::make_shared<BoundChart<ScatterInfo>>();
    ScatterInfo& info = bound->info;
    const StreamType& input = context.input();
    info.x = axisColumn(context, "x", context.text("x"), bound->used);
    info.y = numberColumn(context, "y", context.text("y"), bound->used);
    info.series = labelColumn(context, "series", context.text("series"), bound->used);
    for (const int key : input.key) info.key.push_back(columnAt(input, key, bound->used));
    info.eventTime = input.eventTime;
    info.keep = static_cast<std::size_t>(context.integer("keep"));
    info.unit = context.text("unit");
    info.updating = input.updating;
    bound->distribution.kind = Distribution::Kind::Single;
    bound->summary =
        info.series.present()
            ? RW_TEXT("scatter_chart", "%1 over %2 by %3").with(info.y.name, info.x.name, info.series.name)
            : RW_TEXT("scatter_chart", "%1 over %2").with(info.y.name, info.x.name);
    return context.failed() ? nullptr : bound;
}

}  // namespace

NodeKind scatter_chartKind() {
    NodeKind kind;
    kind.type = "scatter_chart";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("scatter_chart", "Scatter chart");
    kind.palette = {{kind.name, RW_TEXT("scatter_chart", "How two values go together"), "scatter_chart"}};
    kind.inputs = chartInput();
    ParamSpec x = makeParam(
        "x", ParamKind::ColumnName, RW_TEXT("scatter_chart", "Across"),
        RW_TEXT("scatter_chart", "The column of numbers, or of times (TIMESTAMP), for the horizontal axis."));
    x.required = true;
    x.columnTypes = "numeric or timestamp";
    ParamSpec y = makeParam("y", ParamKind::ColumnName, RW_TEXT("scatter_chart", "Upwards"),
                            RW_TEXT("scatter_chart", "The column of numbers for the vertical axis."));
    y.required = true;
    y.columnTypes = "numeric";
    ParamSpec keep =
        makeParam("keep", ParamKind::Integer, RW_TEXT("scatter_chart", "Keep"),
                  RW_TEXT("scatter_chart",
                          "How many points are kept and shown, at most 50 000. Older ones are dropped."),
                  10'000);
    keep.min = 1;
    keep.max = 50'000;
    keep.unit = RW_TEXT("scatter_chart", "points");
    kind.params = {std::move(x), std::move(y),
                   labelParam("series", RW_TEXT("scatter_chart", "Colour per"),
                              RW_TEXT("scatter_chart",
                                      "Gives the points a colour and a shape for each value "
                                      "of this column.")),
                   std::move(keep), unitParam()};
    kind.bind = bindScatterChart;
    kind.make = makeChart<ScatterView, ScatterInfo>;
    kind.chart = true;
    return kind;
}

}  // namespace rw
