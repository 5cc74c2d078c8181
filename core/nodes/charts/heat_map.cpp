// heat_map: the last value of each row and each stretch of time, of another number, or of another category,
// as a colour.
#include "core/nodes/charts/chart_node.h"
#include "core/pipeline/bind_checks.h"
#include "core/views/heat_map_view.h"

namespace rw {

namespace {

ChartColumn columnsOfHeat(BindContext& context, std::vector<int>& used) {
    const std::string name = context.text("x");
    if (!name.empty()) return axisColumn(context, "x", name, used);
    const int index = requireEventTime(
        context, RW_TEXT("heat_map", "A heat map needs an event-time column; “%1” has none marked."));
    return index < 0 ? ChartColumn{} : columnAt(context.input(), index, used);
}

BoundNodeRef bindHeatMap(BindContext& context) {
    auto bound = std::make_shared<BoundChart<HeatMapInfo>>();
    HeatMapInfo& info = bound->info;
    const StreamType& input = context.input();
    info.diagonal = context.flag("diagonal");
    info.x = info.diagonal ? labelColumn(context, "x", context.text("x"), bound->used)
                           : columnsOfHeat(context, bound->used);
    if (info.diagonal && context.text("x").empty())
        context.error("x", RW_TEXT("heat_map", "Two axes of the same values need a column for each."),
                      RW_TEXT("heat_map", "Choose the column across, of a classifier the predicted value."));
    if (!info.diagonal && info.x.present() && info.x.index == input.eventTime)
        info.windowStart = windowColumn(input, "window_start", bound->used);
    info.y = labelColumn(context, "y", context.text("y"), bound->used);
    info.value = numberColumn(context, "value", context.text("value"), bound->used);
    for (const int key : input.key) info.key.push_back(columnAt(input, key, bound->used));
    info.eventTime = input.eventTime;
    info.span = givenSpan(context);
    info.updating = input.updating;
    bound->distribution.kind = Distribution::Kind::Single;
    bound->summary = RW_TEXT("heat_map", "%1 by %2 over %3").with(info.value.name, info.y.name, info.x.name);
    return context.failed() ? nullptr : bound;
}

}  // namespace

NodeKind heat_mapKind() {
    NodeKind kind;
    kind.type = "heat_map";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("heat_map", "Heat map");
    kind.palette = {{kind.name, RW_TEXT("heat_map", "Many keys over time, as colours"), "heat_map"}};
    kind.inputs = chartInput();
    ParamSpec x = makeParam("x", ParamKind::ColumnName, RW_TEXT("heat_map", "Across"),
                            RW_TEXT("heat_map",
                                    "The column of times (TIMESTAMP) or numbers from left to right. Empty: "
                                    "the event time, of windows their start."));
    x.columnTypes = "numeric or timestamp";
    ParamSpec y = labelParam(
        "y", RW_TEXT("heat_map", "Row per"),
        RW_TEXT("heat_map",
                "A row for each value of this column. Many different numbers are grouped into bins."));
    y.required = true;
    ParamSpec value = makeParam(
        "value", ParamKind::ColumnName, RW_TEXT("heat_map", "Colour"),
        RW_TEXT("heat_map", "The column of numbers that the colours show. In a cell the last value counts."));
    value.required = true;
    value.columnTypes = "numeric";
    x.anyTypeWhen = AppliesWhen{"diagonal", {"true"}};
    ParamSpec diagonal = makeParam(
        "diagonal", ParamKind::Boolean, RW_TEXT("heat_map", "Confusion matrix"),
        RW_TEXT("heat_map",
                "Both axes list the values of `x` and `y`, in one order. Cells show their numbers and the "
                "diagonal, where both values are equal, has a frame."));
    diagonal.defaultValue = false;
    kind.params = {std::move(x), std::move(y), std::move(value), std::move(diagonal),
                   spanParam(RW_TEXT(
                       "heat_map",
                       "How much of the newest time is shown. `0s`: the whole run, the coarser the longer it "
                       "lasts. Default: the whole run if every source ends by itself, otherwise 5 minutes; a "
                       "chip on the chart shows which. It has no effect if `x` is a column of numbers, or in "
                       "a confusion matrix."))};
    kind.bind = bindHeatMap;
    kind.make = makeChart<HeatMapView, HeatMapInfo>;
    kind.chart = true;
    return kind;
}

}  // namespace rw
