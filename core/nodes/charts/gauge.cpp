// gauge: the newest value of a column on a scale, with a zone that it should stay out of.
#include "core/nodes/charts/chart_node.h"
#include "core/pipeline/prefill.h"
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

/// Rows of several keys have one time: which of them is the newest differs from run to run.
void warnOfSeveralNewest(BindContext& context, const GaugeInfo& info) {
    const std::vector<std::string> keys = rowKeys(context.producer().keys, context.input());
    if (keys.empty()) return;
    Issue& issue = context.issue(
        Severity::Warning, "value",
        RW_TEXT("gauge", "“%1” has a value for every “%2” at a time: the newest may be of any of them.")
            .with(context.producer().title, fmt::format("{}", fmt::join(keys, ", "))),
        RW_TEXT("gauge",
                "Keep one of them by a filter, or show the average of all of them on a number card."));
    QuickFix& fix = issue.quickFixes.emplace_back();
    fix.kind = QuickFix::Kind::ReplaceNode;
    fix.label = RW_TEXT("gauge", "Show the average on a number card");
    fix.node = context.node().id;
    fix.param = "number_card";
    fix.value = Json{{"value", info.value.name}, {"aggregate", "avg"}};
    for (const char* kept : {"unit", "threshold"}) {
        if (context.node().params.contains(kept)) fix.value[kept] = context.node().params[kept];
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
    if (context.has("threshold")) {
        info.threshold = context.number("threshold");
        bound->threshold = thresholdRule(context.input());
        bound->threshold->columns = {info.value.name};
        bound->threshold->keys = rowKeys(context.producer().keys, context.input());
    }
    info.unit = context.text("unit");
    checkScale(context, info);
    if (!context.failed()) warnOfSeveralNewest(context, info);
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
