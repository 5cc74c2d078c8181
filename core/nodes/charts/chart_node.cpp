#include "core/nodes/charts/chart_node.h"

#include "core/pipeline/bind_checks.h"
#include "core/sql/parse/ast.h"

namespace rw {

namespace {

/// The first columns of numbers in place of the one that was named.
void offerNumbers(const BindContext& context, std::string_view param, const std::string& named,
                  Issue& issue) {
    issue.length = named.size();
    for (const Field& field : context.input().schema->fields) {
        if (field.type.isNumeric())
            issue.quickFixes.push_back(replaceParam(context, param, issue.item, field.name));
        if (issue.quickFixes.size() == 3) break;
    }
}

}  // namespace

std::vector<ColumnSet> BoundChartBase::reads(const std::vector<ColumnSet>&,
                                             const std::vector<StreamType>& inputs) const {
    ColumnSet read(inputs.front().schema->size(), false);
    for (const int column : used) read[static_cast<std::size_t>(column)] = true;
    return {std::move(read)};
}

ParamSpec unitParam() {
    return makeParam(
        "unit", ParamKind::String, RW_TEXT("chart", "Unit"),
        RW_TEXT("chart", "The unit of the values, for axis titles and tooltips: `ms`, `bytes`, `%`."));
}

ParamSpec thresholdParam() {
    return makeParam("threshold", ParamKind::Number, RW_TEXT("chart", "Threshold"),
                     RW_TEXT("chart", "A line is drawn at this value, and values above it are marked."));
}

ThresholdRule thresholdRule(const StreamType& rows) {
    ThresholdRule rule;
    rule.judge = "alert";
    rule.computer = "window_aggregate";
    // Results of windows that change become final.
    const bool ofWindows = rows.windowed && !rows.multiset && !rows.key.empty();
    if (rows.updating && !ofWindows) {
        rule.refusal = RW_TEXT(
            "chart",
            "An alert judges final rows, and these change: put it before the node that changes them.");
    } else if (rows.eventTime < 0) {
        rule.refusal = RW_TEXT("chart", "An alert is judged in event time, and these rows have none marked.");
    }
    return rule;
}

ParamSpec spanParam(Text help) {
    ParamSpec span = makeParam("span", ParamKind::Duration, RW_TEXT("chart", "Span"), std::move(help));
    span.min = 0;
    span.alternative =
        Alternative{.without = RW_TEXT("chart", "As long as the run"),
                    .withoutHelp = RW_TEXT("chart",
                                           "The whole run; of one that does not end by itself, the newest 5 "
                                           "minutes."),
                    .with = RW_TEXT("chart", "A fixed span"),
                    .withHelp = RW_TEXT("chart", "The newest rows only."),
                    .value = "5min"};
    return span;
}

Millis givenSpan(const BindContext& context) {
    return context.has("span") ? context.duration("span") : kSpanOfRun;
}

std::vector<PortSpec> chartInput() {
    return {{"in", RW_TEXT("node", "rows")}};
}

ChartColumn columnAt(const StreamType& input, int index, std::vector<int>& used) {
    const Field& field = input.schema->fields[static_cast<std::size_t>(index)];
    used.push_back(index);
    return {index, field.name, field.type};
}

ChartColumn windowColumn(const StreamType& input, std::string_view name, std::vector<int>& used) {
    const auto index = input.windowed ? input.schema->find(name) : std::nullopt;
    return index ? columnAt(input, *index, used) : ChartColumn{};
}

ChartColumn chartColumn(BindContext& context, std::string_view param, const std::string& name,
                        std::vector<int>& used, int item) {
    if (name.empty()) return {};
    const int index = requireColumn(context, param, *context.input().schema, name, item);
    return index < 0 ? ChartColumn{} : columnAt(context.input(), index, used);
}

ChartColumn numberColumn(BindContext& context, std::string_view param, const std::string& name,
                         std::vector<int>& used, int item) {
    const ChartColumn column = chartColumn(context, param, name, used, item);
    if (!column.present() || column.type.isNumeric()) return column;
    Issue& issue = context.error(
        param, RW_TEXT("chart", "“%1” is %2; a chart draws numbers.").with(name, toString(column.type)),
        RW_TEXT("chart", "Choose a column of INT, BIGINT, DOUBLE or DECIMAL."));
    issue.item = item;
    offerNumbers(context, param, name, issue);
    return {};
}

ChartColumn axisColumn(BindContext& context, std::string_view param, const std::string& name,
                       std::vector<int>& used) {
    const ChartColumn column = chartColumn(context, param, name, used);
    if (!column.present() || column.type.isNumeric() || column.type.is(TypeId::Timestamp)) return column;
    Issue& issue = context.error(
        param,
        RW_TEXT("chart", "“%1” is %2; this axis shows numbers or times.").with(name, toString(column.type)),
        RW_TEXT("chart", "Choose a column of INT, BIGINT, DOUBLE, DECIMAL or TIMESTAMP."));
    offerNumbers(context, param, name, issue);
    return {};
}

ChartColumn labelColumn(BindContext& context, std::string_view param, const std::string& name,
                        std::vector<int>& used) {
    const ChartColumn column = chartColumn(context, param, name, used);
    if (!column.present() || !column.type.is(TypeId::Bytes)) return column;
    Issue& issue = context.error(
        param, RW_TEXT("chart", "“%1” is BYTES, which a chart has no names for.").with(name),
        RW_TEXT("chart", "Choose another column, or make a text of it in a select before: TO_BASE64(%1).")
            .with(sql::quoteIdentifier(name)));
    issue.length = name.size();
    return {};
}

ParamSpec labelParam(std::string name, Text label, Text help) {
    ParamSpec spec = makeParam(std::move(name), ParamKind::ColumnName, std::move(label), std::move(help));
    spec.columnTypes = "label";
    return spec;
}

void bindCategories(BindContext& context, CategoryInfo& info, std::vector<int>& used) {
    const StreamType& input = context.input();
    info.category = labelColumn(context, "category", context.text("category"), used);
    info.value = numberColumn(context, "value", context.text("value"), used);
    info.windowStart = windowColumn(input, "window_start", used);
    info.windowEnd = windowColumn(input, "window_end", used);
    info.eventTime = input.eventTime;
    info.updating = input.updating;
}

}  // namespace rw
