#include <algorithm>

#include "core/base/figures.h"
#include "core/superset/chart_form.h"

namespace rw {

namespace {

/// Without showMarkers a browser is refused with 400.
Json thresholdLine(double value) {
    return {{"annotationType", "FORMULA"},
            {"name", "threshold"},
            {"value", figures::exact(value)},
            {"show", true},
            {"showLabel", false},
            {"showMarkers", false},
            {"style", "dashed"},
            {"width", 1},
            {"color", kThresholdColour},
            {"opacity", ""},
            {"hideLine", false}};
}

/// Whether rows of one time on one line are told apart by nothing: Superset makes one point of them.
bool mayShareTimes(const ChartToPublish& chart, const LineInfo& info) {
    if (!chart.input.windowed || !info.windowStart.present()) return true;
    return std::any_of(chart.keys.begin(), chart.keys.end(),
                       [&info](const std::string& key) { return key != info.series.name; });
}

}  // namespace

void formLine(ChartForm& form, const LineInfo& info) {
    const ChartColumn& x = info.windowStart.present() ? info.windowStart : info.x;
    const std::string& time = x.name;
    const Millis span = form.spanOf(info.span);
    form.readAll(form.sql().newest(time, span), StoreSql::name(time) + " DESC", kMostLineRows, time);
    Json metrics = Json::array(), lines = Json::array(), series = Json::array();
    for (const ChartColumn& y : info.y) metrics.push_back(supersetMetric("AVG", y.name));
    if (info.threshold) lines.push_back(thresholdLine(*info.threshold));
    if (info.series.present()) series.push_back(info.series.name);
    Json columns = Json::array({supersetAxis(time)});
    columns.insert(columns.end(), series.begin(), series.end());
    const Json params = {{"x_axis", time},
                         {"time_grain_sqla", nullptr},
                         {"metrics", metrics},
                         {"groupby", series},
                         {"row_limit", kMostLineRows},
                         {"x_axis_sort_asc", true},
                         {"markerEnabled", false},
                         {"show_legend", true},
                         {"rich_tooltip", true},
                         {"x_axis_time_format", span == kWholeRun ? "smart_date" : "%H:%M:%S"},
                         {"tooltipTimeFormat", "%Y-%m-%d %H:%M:%S.%L"},
                         {"y_axis_title", info.unit},
                         {"y_axis_title_margin", info.unit.empty() ? 0 : 30},
                         {"y_axis_format", "SMART_NUMBER"},
                         {"truncateYAxis", false},
                         {"annotation_layers", lines}};
    const Json request = {{"columns", columns},
                          {"metrics", metrics},
                          {"series_columns", series},
                          {"annotation_layers", lines},
                          {"orderby", Json::array({Json::array({time, true})})}};
    form.draw("echarts_timeseries_line", params, request, kMostLineRows);
    if (mayShareTimes(form.chart(), info))
        form.approximate(RW_TEXT("superset", "Rows of one time on one line are shown as their average."));
    if (info.threshold)
        form.remark(RW_TEXT("superset", "The threshold is a line; values above it have no other colour."));
    if (info.hasBand() || info.mark.present())
        form.remark(RW_TEXT("superset", "The band and the marked points are not drawn."));
    if (span == kWholeRun)
        form.remark(RW_TEXT("superset", "Only the newest rows are shown, %1 at most.")
                        .with(figures::count(kMostLineRows)));
    if (form.chart().timeZone != "UTC") form.approximate(RW_TEXT("superset", "Times are shown in UTC."));
}

}  // namespace rw
