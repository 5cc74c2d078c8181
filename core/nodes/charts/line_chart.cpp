// line_chart: values over event time, a line per column or per value of a series column, with a band and
// marked points.
#include <algorithm>

#include "core/nodes/charts/chart_node.h"
#include "core/pipeline/bind_checks.h"
#include "core/pipeline/prefill.h"
#include "core/views/contributions.h"
#include "core/views/line_view.h"

namespace rw {

namespace {

ChartColumn timeColumn(BindContext& context, std::vector<int>& used) {
    const std::string name = context.text("x");
    if (name.empty()) {
        const int index = requireEventTime(
            context, RW_TEXT("line_chart", "A line chart needs an event-time column; “%1” has none marked."));
        return index < 0 ? ChartColumn{} : columnAt(context.input(), index, used);
    }
    ChartColumn column = chartColumn(context, "x", name, used);
    if (!column.present() || column.type.is(TypeId::Timestamp)) return column;
    context.error(
        "x",
        RW_TEXT("line_chart", "“%1” is %2; the x axis shows a TIMESTAMP.").with(name, toString(column.type)),
        RW_TEXT("line_chart", "Choose a TIMESTAMP column, or leave it empty for event time."));
    return {};
}

/// A line that is drawn through results of several keys jumps between them, and looks as if it meant
/// something.
void warnOfKeysInOneLine(BindContext& context, const LineInfo& info) {
    if (info.series.present()) return;
    std::vector<std::string> keys = rowKeys(context.producer().keys, context.input());
    const auto isDrawn = [&](const std::string& key) {
        return std::any_of(info.y.begin(), info.y.end(), [&](const ChartColumn& y) { return y.name == key; });
    };
    std::erase_if(keys, isDrawn);
    if (keys.empty()) return;
    Issue& issue = context.issue(
        Severity::Warning, "series",
        RW_TEXT("line_chart", "A single line joins the rows of every “%1”, and jumps between them.")
            .with(fmt::format("{}", fmt::join(keys, ", "))),
        RW_TEXT("line_chart", "Choose the column that has a line for each of its values."));
    for (const std::string& key : keys) {
        QuickFix fix = replaceParam(context, "series", -1, key);
        fix.label = RW_TEXT("line_chart", "Draw a line per “%1”").with(key);
        issue.quickFixes.push_back(std::move(fix));
    }
}

/// Each line is judged by itself.
ThresholdRule ruleOfLines(const BindContext& context, const LineInfo& info) {
    ThresholdRule rule = thresholdRule(context.input());
    for (const ChartColumn& y : info.y) rule.columns.push_back(y.name);
    if (info.series.present()) {
        rule.keys = {info.series.name};
    } else {
        rule.keys = rowKeys(context.producer().keys, context.input());
    }
    return rule;
}

void bindBand(BindContext& context, LineInfo& info, std::vector<int>& used) {
    const std::string low = context.text("low"), high = context.text("high");
    if (low.empty() != high.empty()) {
        context.error(low.empty() ? "low" : "high",
                      RW_TEXT("line_chart", "A band has two edges, and only one column is given."),
                      RW_TEXT("line_chart", "Choose the columns of the lower and of the upper edge."));
        return;
    }
    info.low = numberColumn(context, "low", low, used);
    info.high = numberColumn(context, "high", high, used);
}

/// With the column that says why a row has its score, where the rows have one.
void bindMark(BindContext& context, LineInfo& info, std::vector<int>& used) {
    const std::string name = context.text("mark");
    const ChartColumn column = chartColumn(context, "mark", name, used);
    if (!column.present()) return;
    if (!column.type.is(TypeId::Boolean)) {
        context.error(
            "mark",
            RW_TEXT("line_chart", "“%1” is %2; marked rows have TRUE.").with(name, toString(column.type)),
            RW_TEXT("line_chart", "Choose a BOOLEAN column."));
        return;
    }
    info.mark = column;
    const auto reasons = context.input().schema->find(kContributions);
    if (!reasons) return;
    const Field& field = context.input().schema->fields[static_cast<std::size_t>(*reasons)];
    if (isContributions(field.name, field.type)) info.reasons = columnAt(context.input(), *reasons, used);
}

std::vector<ParamSpec> bandAndMark() {
    ParamSpec low = makeParam("low", ParamKind::ColumnName, RW_TEXT("line_chart", "Lower edge"),
                              RW_TEXT("line_chart",
                                      "The column of the lower edge of a band behind the line, as a forecast "
                                      "gives it. With several values, the band is that of the first."));
    low.section = RW_TEXT("line_chart", "Band and marks");
    low.columnTypes = "numeric";
    ParamSpec high = makeParam("high", ParamKind::ColumnName, RW_TEXT("line_chart", "Upper edge"),
                               RW_TEXT("line_chart", "The column of the upper edge of the band."));
    high.columnTypes = "numeric";
    ParamSpec mark = makeParam(
        "mark", ParamKind::ColumnName, RW_TEXT("line_chart", "Marked rows"),
        RW_TEXT("line_chart",
                "A BOOLEAN column. Where it is TRUE, the line has a point in the colour of alerts."));
    mark.columnTypes = "boolean";
    return {std::move(low), std::move(high), std::move(mark)};
}

BoundNodeRef bindLineChart(BindContext& context) {
    auto bound = std::make_shared<BoundChart<LineInfo>>();
    LineInfo& info = bound->info;
    info.x = timeColumn(context, bound->used);
    if (info.x.present() && info.x.index == context.input().eventTime)
        info.windowStart = windowColumn(context.input(), "window_start", bound->used);
    const auto names = context.list("y");
    for (std::size_t i = 0; i < names.size(); ++i) {
        info.y.push_back(numberColumn(context, "y", names[i], bound->used, static_cast<int>(i)));
    }
    info.series = labelColumn(context, "series", context.text("series"), bound->used);
    bindBand(context, info, bound->used);
    bindMark(context, info, bound->used);
    if (!context.failed()) warnOfKeysInOneLine(context, info);
    info.span = givenSpan(context);
    if (context.has("threshold")) info.threshold = context.number("threshold");
    if (info.threshold) bound->threshold = ruleOfLines(context, info);
    info.unit = context.text("unit");
    info.updating = context.input().updating;
    bound->distribution.kind = Distribution::Kind::Single;
    const std::string shown = fmt::format("{}", fmt::join(names, ", "));
    bound->summary = info.series.present() ? RW_TEXT("line_chart", "%1 by %2").with(shown, info.series.name)
                                           : RW_TEXT("line_chart", "%1").with(shown);
    return context.failed() ? nullptr : bound;
}

}  // namespace

NodeKind line_chartKind() {
    NodeKind kind;
    kind.type = "line_chart";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("line_chart", "Line chart");
    kind.palette = {{kind.name, RW_TEXT("line_chart", "Values over event time"), "line_chart"}};
    kind.inputs = chartInput();
    ParamSpec x = makeParam(
        "x", ParamKind::ColumnName, RW_TEXT("line_chart", "Time"),
        RW_TEXT("line_chart",
                "The TIMESTAMP column of the time axis. Empty: the event time, of windows their start."));
    x.columnTypes = "timestamp";
    ParamSpec y = makeParam("y", ParamKind::ColumnNames, RW_TEXT("line_chart", "Values"),
                            RW_TEXT("line_chart", "The columns of numbers that are drawn, a line each."));
    y.columnTypes = "numeric";
    y.required = true;
    kind.params = {
        std::move(x),
        std::move(y),
        labelParam("series", RW_TEXT("line_chart", "Line per"),
                   RW_TEXT("line_chart", "Splits the rows into lines, one per value of this column.")),
        spanParam(RW_TEXT("line_chart",
                          "How much event time is shown while following the newest rows. `0s`: the whole "
                          "run, the coarser the longer it lasts. Default: the whole run if every source ends "
                          "by itself, otherwise 5 minutes. A chip on the chart shows which.")),
        thresholdParam(),
        unitParam()};
    for (ParamSpec& spec : bandAndMark()) kind.params.push_back(std::move(spec));
    kind.bind = bindLineChart;
    kind.make = makeChart<LineView, LineInfo>;
    kind.chart = true;
    return kind;
}

}  // namespace rw
