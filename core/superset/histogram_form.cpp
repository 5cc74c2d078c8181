#include <fmt/format.h>

#include "core/superset/chart_form.h"

namespace rw {

namespace {

constexpr std::size_t kUsualBins = 20, kMostBars = 10'000;

/// The bin of each value, from 0 on: SQLite may be without FLOOR, and PostgreSQL rounds when it casts.
std::string binOf(const StoreSql& sql, std::size_t bins) {
    const std::string place = "(r.rw_value - b.rw_low) / b.rw_width";
    const std::string whole =
        sql.isSqlite() ? "CAST(" + place + " AS INTEGER)" : "CAST(FLOOR(" + place + ") AS BIGINT)";
    return fmt::format("CASE WHEN b.rw_width = 0 THEN 0 WHEN {} >= {} THEN {} ELSE {} END", place, bins,
                       bins - 1, whole);
}

/// Where a bin begins, without the last digits of sums; narrow bins would become one by that.
std::string edgeOf(const StoreSql& sql) {
    const std::string edge = "rw_low + rw_width * rw_bin";
    const std::string rounded = sql.isSqlite()
                                    ? "ROUND(" + edge + ", 10)"
                                    : "CAST(ROUND(CAST(" + edge + " AS NUMERIC), 10) AS DOUBLE PRECISION)";
    return "CASE WHEN rw_width < 0.000001 THEN " + edge + " ELSE " + rounded + " END";
}

}  // namespace

void formHistogram(ChartForm& form, const HistogramInfo& info) {
    const StoreSql& sql = form.sql();
    const std::size_t bins = info.bins == 0 ? kUsualBins : info.bins;
    const std::string time = form.eventTime();
    const Millis span = form.spanOf(info.span);
    std::string where = sql.isNumber(info.value.name);
    if (const std::string newest = time.empty() ? "" : sql.newest(time, span); !newest.empty())
        where += " AND " + newest;
    const bool split = info.series.present();
    const std::string bin =
        split && info.series.name == info.value.name ? info.value.name + " (bin)" : info.value.name;
    const std::string count = bin == "count" || info.series.name == "count" ? "rows" : "count";
    const std::string value = sql.number(info.value.name) + " AS rw_value";
    const Field series{info.series.name, info.series.type};
    const std::string seriesShown = split ? ", " + sql.shown(series) : std::string();
    const std::string seriesName = split ? ", " + StoreSql::name(series.name) : std::string();
    const std::string rows = sql.select(value + seriesShown, where);
    const std::string range = fmt::format(
        "SELECT MIN(rw_value) AS rw_low, (MAX(rw_value) - MIN(rw_value)) / {}.0 AS rw_width FROM ({}) AS a",
        bins, sql.select(value, where));
    form.read(fmt::format(
                  "SELECT {} AS {}{}, COUNT(*) AS {} FROM (SELECT b.rw_low, b.rw_width, {} AS rw_bin{} FROM "
                  "({}) AS r CROSS JOIN ({}) AS b) AS binned GROUP BY rw_low, rw_width, rw_bin{}",
                  edgeOf(sql), StoreSql::name(bin), seriesName, StoreSql::name(count), binOf(sql, bins),
                  seriesName, rows, range, seriesName),
              split ? std::vector<DatasetColumn>{sql.toldNumber(bin),
                                                 sql.told(series),
                                                 {count, sql.wholeNumberType(), false}}
                    : std::vector<DatasetColumn>{sql.toldNumber(bin), {count, sql.wholeNumberType(), false}});
    const Json metric = supersetMetric("SUM", count);
    Json by = Json::array();
    if (split) by.push_back(series.name);
    Json columns = Json::array({supersetAxis(bin)});
    columns.insert(columns.end(), by.begin(), by.end());
    const Json params = {{"x_axis", bin},
                         {"metrics", Json::array({metric})},
                         {"groupby", by},
                         {"row_limit", kMostBars},
                         {"xAxisForceCategorical", true},
                         {"x_axis_sort", bin},
                         {"x_axis_sort_asc", true},
                         {"x_axis_title", info.unit},
                         {"x_axis_title_margin", info.unit.empty() ? 0 : 30},
                         {"stack", split ? Json("Stack") : Json(nullptr)},
                         {"show_legend", split},
                         {"y_axis_format", "SMART_NUMBER"}};
    const Json request = {{"columns", columns},
                          {"metrics", Json::array({metric})},
                          {"series_columns", by},
                          {"orderby", Json::array({Json::array({bin, true})})}};
    form.draw("echarts_timeseries_bar", params, request, kMostBars);
    form.approximate(
        RW_TEXT("superset",
                "Bins: %1, of equal width from the smallest to the largest value. Percentiles are left "
                "out.")
            .with(bins));
    if (time.empty() && span != kWholeRun)
        form.approximate(
            RW_TEXT("superset", "All rows count: without an event time the table does not tell the newest."));
}

}  // namespace rw
