#include <fmt/format.h>

#include "core/superset/chart_form.h"

namespace rw {

namespace {

/// The rows whose values count, as “name, value”, behind FROM; empty: which rows came last is not known.
std::string countedRows(ChartForm& form, const CategoryInfo& info) {
    const StoreSql& sql = form.sql();
    const std::string value = StoreSql::name(info.value.name);
    const std::string isThere = sql.isNumber(info.value.name);
    if (info.windowEnd.present())
        return fmt::format("{} WHERE {} AND {}", sql.table(), sql.last(info.windowEnd.name), isThere);
    if (info.updating) return fmt::format("{} WHERE {}", sql.table(), isThere);
    std::string order = sql.cameLast();
    if (const std::string time = form.eventTime(); order.empty() && !time.empty())
        order = StoreSql::name(time) + " DESC";
    if (order.empty()) return {};
    return fmt::format(
        "(SELECT {0}, {1}, ROW_NUMBER() OVER (PARTITION BY {0} ORDER BY {2}) AS rw_place FROM {3} WHERE {4}) "
        "AS newest WHERE rw_place = 1",
        StoreSql::name(info.category.name), value, order, sql.table(), isThere);
}

/// How the bars are sorted in the query, and by which of its columns Superset sorts them, upwards or not: the
/// axis of horizontal bars begins below.
struct BarSort {
    const char* query;
    bool byName, upwards;
};

BarSort sortOf(BarOrder order) {
    switch (order) {
        case BarOrder::Largest:
            return {"2 DESC, 1", false, true};
        case BarOrder::Smallest:
            return {"2, 1", false, false};
        case BarOrder::Name:
            break;
    }
    return {"1", true, false};
}

}  // namespace

void formBars(ChartForm& form, const CategoryInfo& info, BarOrder order, std::size_t top, bool shares) {
    const StoreSql& sql = form.sql();
    const std::string rows = countedRows(form, info);
    if (rows.empty()) {
        return form.refuse(
            RW_TEXT("superset", "The table does not tell which row of a bar came last."),
            RW_TEXT("superset",
                    "Mark an event time, draw rows of windows, or store them in SQLite without a key."));
    }
    const std::string name = info.category.name;
    const std::string value = info.value.name == name ? name + " (sum)" : info.value.name;
    const BarSort sort = sortOf(order);
    const Field category{name, info.category.type};
    form.read(fmt::format("SELECT {}, SUM({}) AS {} FROM {} GROUP BY {} ORDER BY {} LIMIT {}",
                          sql.shown(category), sql.number(info.value.name), StoreSql::name(value), rows,
                          StoreSql::name(name), sort.query, top),
              {sql.told(category), sql.toldNumber(value)});
    const Json metric = supersetMetric("MAX", value);
    const Json params = {{"x_axis", name},
                         {"metrics", Json::array({metric})},
                         {"groupby", Json::array()},
                         {"row_limit", top},
                         {"order_desc", order != BarOrder::Smallest},
                         {"orientation", "horizontal"},
                         {"xAxisForceCategorical", true},
                         {"x_axis_sort", sort.byName ? name : value},
                         {"x_axis_sort_asc", sort.upwards},
                         {"show_value", true},
                         {"show_legend", false},
                         {"y_axis_format", "SMART_NUMBER"},
                         {"y_axis_title", info.unit},
                         {"truncateYAxis", false}};
    Json by = sort.byName ? Json(name) : metric;
    const bool ascending = sort.byName || order == BarOrder::Smallest;
    const Json request = {{"columns", Json::array({supersetAxis(name)})},
                          {"metrics", Json::array({metric})},
                          {"orderby", Json::array({Json::array({std::move(by), ascending})})}};
    form.draw("echarts_timeseries_bar", params, request, top);
    if (shares)
        form.approximate(
            RW_TEXT("superset", "The slices are bars with their values; there is none for the others."));
    if (info.updating && info.windowEnd.present())
        form.approximate(RW_TEXT("superset", "The newest window is shown before it is complete, too."));
    if (!info.updating && !info.windowEnd.present() && sql.cameLast().empty())
        form.approximate(RW_TEXT(
            "superset", "The latest value is that of the latest event time, not the one that came last."));
}

}  // namespace rw
