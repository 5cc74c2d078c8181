// gauge: the newest value of a column on a scale, with a zone that it should stay out of.
#include "core/nodes/charts/chart_node.h"
#include "core/views/gauge_view.h"

namespace rw {

namespace {

void checkScale(BindContext& context, const GaugeInfo& info) {
    if (info.min >= info.max) {
        context.error("max",
                      RW_TEXT("gauge", "The scale begins at %1 and ends at %2.").with(info.min, info.max),
                      RW_TEXT("gauge", "Let it end at a number larger than the one it begins at."));
    } else if (info.threshold && (*info.threshold < info.min || *info.threshold > info.max)) {
        context.issue(Severity::Warning, "threshold",
                      RW_TEXT("gauge", "The threshold %1 is not on the scale from %2 to %3.")
                          .with(*info.threshold, info.min, info.max),
                      RW_TEXT("gauge", "Choose a number on the scale, or widen the scale."));
    }
}

BoundNodeRef bindGauge(BindContext& context) {
    auto bound = std::make_shared<BoundChart<GaugeInfo>>();
    GaugeInfo& info = bound->info;
    info.value = numberColumn(context, "value", context.text("value"), bound->used);
    info.eventTime = context.input().eventTime;
    info.updating = context.input().updating;
    info.min = context.number("min");
    info.max = context.number("max");
    if (context.has("threshold")) info.threshold = context.number("threshold");
    info.unit = context.text("unit");
    checkScale(context, info);
    bound->distribution.kind = Distribution::Kind::Single;
    bound->summary = RW_TEXT("gauge", "newest %1, %2 to %3").with(info.value.name, info.min, info.max);
    return context.failed() ? nullptr : bound;
}

}  // namespace

NodeKind gaugeKind() {
    NodeKind kind;
    kind.type = "gauge";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("gauge", "Gauge");
    kind.palette = {{kind.name, RW_TEXT("gauge", "The newest value on a scale"), "gauge"}};
    kind.inputs = chartInput();
    ParamSpec value = makeParam("value", ParamKind::ColumnName, RW_TEXT("gauge", "Value"),
                                RW_TEXT("gauge", "The column whose newest number is shown."));
    value.required = true;
    value.columnTypes = "numeric";
    ParamSpec threshold = thresholdParam();
    threshold.help = RW_TEXT("gauge", "The scale is marked above this value, and so is a value there.");
    kind.params = {std::move(value),
                   makeParam("min", ParamKind::Number, RW_TEXT("gauge", "From"),
                             RW_TEXT("gauge", "Where the scale begins."), 0),
                   makeParam("max", ParamKind::Number, RW_TEXT("gauge", "To"),
                             RW_TEXT("gauge",
                                     "Where the scale ends. A value beyond it is shown at the end, with its "
                                     "number."),
                             100),
                   unitParam(), std::move(threshold)};
    kind.bind = bindGauge;
    kind.make = makeChart<GaugeView, GaugeInfo>;
    kind.chart = true;
    return kind;
}

}  // namespace rw
