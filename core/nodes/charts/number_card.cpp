// number_card: one number over the last span of event time, and its value a span before.
#include "core/base/ascii.h"
#include "core/nodes/charts/chart_node.h"
#include "core/pipeline/bind_checks.h"
#include "core/pipeline/prefill.h"
#include "core/sql/parse/ast.h"
#include "core/views/number_view.h"

namespace rw {

namespace {

struct AggregateName {
    const char* name;
    NumberAggregate aggregate;
};
constexpr AggregateName kAggregates[] = {{"last", NumberAggregate::Last}, {"sum", NumberAggregate::Sum},
                                         {"avg", NumberAggregate::Avg},   {"min", NumberAggregate::Min},
                                         {"max", NumberAggregate::Max},   {"count", NumberAggregate::Count}};

/// Once a smallest or largest value is taken back, the next one is known only if all values are kept.
void refuseExtremeOfUpdates(BindContext& context, NumberAggregate aggregate) {
    const bool extreme = aggregate == NumberAggregate::Min || aggregate == NumberAggregate::Max;
    if (!context.input().updating || !extreme) return;
    Issue& issue = context.error(
        "aggregate",
        RW_TEXT("number_card",
                "“%1” sends changing rows: which value comes next when the smallest or largest is retracted "
                "is not known here.")
            .with(context.producer().title),
        RW_TEXT("number_card",
                "Choose another aggregate, or compute this one with a group aggregate before this card."));
    QuickFix fix = replaceParam(context, "aggregate", -1, "last");
    fix.label = RW_TEXT("number_card", "Show the last value");
    issue.quickFixes.push_back(std::move(fix));
}

/// Rows of several keys have one time: which of them comes last differs from run to run.
void warnOfSeveralLast(BindContext& context) {
    const std::vector<std::string> keys = rowKeys(context.producer().keys, context.input());
    if (keys.empty()) return;
    Issue& issue = context.issue(
        Severity::Warning, "aggregate",
        RW_TEXT("number_card", "“%1” has a value for every “%2” at a time: the last may be of any of them.")
            .with(context.producer().title, fmt::format("{}", fmt::join(keys, ", "))),
        RW_TEXT("number_card", "Choose an aggregate of all of them, or keep one of them by a filter."));
    QuickFix fix = replaceParam(context, "aggregate", -1, "avg");
    fix.label = RW_TEXT("number_card", "Show the average");
    issue.quickFixes.push_back(std::move(fix));
}

/// The last value stands in a row. Another number is computed from several: an alert needs a window before
/// it that does the same.
ThresholdRule ruleOfNumber(const BindContext& context, const NumberInfo& info) {
    ThresholdRule rule = thresholdRule(context.input());
    rule.columns = {info.value.name};
    if (info.aggregate == NumberAggregate::Last) {
        rule.keys = rowKeys(context.producer().keys, context.input());
        return rule;
    }
    rule.aggregate = fmt::format("{}({})", inAsciiCapitals(context.text("aggregate")),
                                 sql::quoteIdentifier(info.value.name));
    rule.span = spanInRun(info.span, false);  // of the whole run it would be raised when that is over
    return rule;
}

BoundNodeRef bindNumberCard(BindContext& context) {
    auto bound = std::make_shared<BoundChart<NumberInfo>>();
    NumberInfo& info = bound->info;
    for (const AggregateName& each : kAggregates) {
        if (context.text("aggregate") == each.name) info.aggregate = each.aggregate;
    }
    const std::string name = context.text("value");
    info.value = info.aggregate == NumberAggregate::Count ? chartColumn(context, "value", name, bound->used)
                                                          : numberColumn(context, "value", name, bound->used);
    refuseExtremeOfUpdates(context, info.aggregate);
    if (info.aggregate == NumberAggregate::Last && !context.failed()) warnOfSeveralLast(context);
    info.eventTime = context.input().eventTime;
    info.updating = context.input().updating;
    info.span = givenSpan(context);
    if (context.has("threshold")) {
        info.threshold = context.number("threshold");
        bound->threshold = ruleOfNumber(context, info);
    }
    info.unit = context.text("unit");
    bound->distribution.kind = Distribution::Kind::Single;
    bound->summary = RW_TEXT("number_card", "%1 of %2").with(context.choice("aggregate"), name);
    return context.failed() ? nullptr : bound;
}

}  // namespace

NodeKind number_cardKind() {
    NodeKind kind;
    kind.type = "number_card";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("number_card", "Number card");
    kind.palette = {{kind.name, RW_TEXT("number_card", "One value with its trend"), "number_card"}};
    kind.inputs = chartInput();
    ParamSpec value = makeParam("value", ParamKind::ColumnName, RW_TEXT("number_card", "Value"),
                                RW_TEXT("number_card", "The column whose number is shown."));
    value.required = true;
    value.columnTypes = "numeric";
    value.anyTypeWhen = AppliesWhen{"aggregate", {"count"}};
    ParamSpec aggregate =
        makeParam("aggregate", ParamKind::Choice, RW_TEXT("number_card", "Aggregate"),
                  RW_TEXT("number_card", "What is computed from the values of the span."), "last");
    aggregate.choices = {
        {"last", RW_TEXT("number_card", "Last value")}, {"sum", RW_TEXT("number_card", "Sum")},
        {"avg", RW_TEXT("number_card", "Average")},     {"min", RW_TEXT("number_card", "Smallest")},
        {"max", RW_TEXT("number_card", "Largest")},     {"count", RW_TEXT("number_card", "Count")}};
    ParamSpec span =
        spanParam(RW_TEXT("number_card",
                          "How much of the newest event time counts. Rows without event time count at their "
                          "arrival time. The trend compares with the span before. Default: the whole run if "
                          "every source ends by itself, otherwise 5 minutes; a chip on the chart shows "
                          "which."));
    span.min = 1000;
    ParamSpec threshold = thresholdParam();
    threshold.help = RW_TEXT("number_card", "A value above this one is marked.");
    kind.params = {std::move(value), std::move(aggregate), std::move(span), unitParam(),
                   std::move(threshold)};
    kind.bind = bindNumberCard;
    kind.make = makeChart<NumberView, NumberInfo>;
    kind.chart = true;
    kind.singleNumber = true;
    return kind;
}

}  // namespace rw
