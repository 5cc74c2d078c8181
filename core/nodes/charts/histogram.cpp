// histogram: how often which values came, with percentiles.
#include "core/nodes/charts/chart_node.h"
#include "core/pipeline/bind_checks.h"
#include "core/views/histogram_view.h"

namespace rw {

namespace {

BoundNodeRef bindHistogram(BindContext& context) {
    auto bound = std::make_shared<BoundChart<HistogramInfo>>();
    HistogramInfo& info = bound->info;
    refuseUpdating(
        context,
        RW_TEXT("histogram",
                "A histogram counts rows, and rows that change would count twice. Take the wire from "
                "before they change, or use a bar chart."));
    info.value = numberColumn(context, "value", context.text("value"), bound->used);
    info.series = labelColumn(context, "series", context.text("series"), bound->used);
    info.eventTime = context.input().eventTime;
    info.bins = static_cast<std::size_t>(context.integer("bins"));
    info.span = givenSpan(context);
    info.unit = context.text("unit");
    bound->distribution.kind = Distribution::Kind::Single;
    bound->summary = info.series.present()
                         ? RW_TEXT("histogram", "%1 by %2").with(info.value.name, info.series.name)
                         : RW_TEXT("histogram", "%1").with(info.value.name);
    return context.failed() ? nullptr : bound;
}

}  // namespace

NodeKind histogramKind() {
    NodeKind kind;
    kind.type = "histogram";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("histogram", "Histogram");
    kind.palette = {{kind.name, RW_TEXT("histogram", "Distribution, percentiles"), "histogram"}};
    kind.inputs = chartInput();
    ParamSpec value = makeParam("value", ParamKind::ColumnName, RW_TEXT("histogram", "Value"),
                                RW_TEXT("histogram", "The column of numbers whose distribution is shown."));
    value.required = true;
    value.columnTypes = "numeric";
    ParamSpec bins = makeParam(
        "bins", ParamKind::Integer, RW_TEXT("histogram", "Bins"),
        RW_TEXT("histogram", "How many bars at most. Their edges are round numbers. `0`: a suitable number."),
        0);
    bins.min = 0;
    bins.max = 100;
    kind.params = {std::move(value), std::move(bins),
                   labelParam("series", RW_TEXT("histogram", "Colour per"),
                              RW_TEXT("histogram", "Splits the bars by the values of this column.")),
                   spanParam(RW_TEXT("histogram",
                                     "How much of the newest event time counts. Rows without event time "
                                     "count at their arrival time. `0s`: the whole run. Default: the whole "
                                     "run if every source ends by itself, otherwise 5 minutes.")),
                   unitParam()};
    kind.bind = bindHistogram;
    kind.make = makeChart<HistogramView, HistogramInfo>;
    kind.chart = true;
    return kind;
}

}  // namespace rw
