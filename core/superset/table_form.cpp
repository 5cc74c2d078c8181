#include "core/superset/chart_form.h"

namespace rw {

namespace {

constexpr int kDigitsOfDouble = 15;

}  // namespace

void formTable(ChartForm& form, const TableInfo& info) {
    const StoreSql& sql = form.sql();
    Json columns = Json::array(), orders = Json::array(), sorted = Json::array();
    bool bytes = false, times = false, rounded = false;
    for (const ChartColumn& column : info.columns) {
        bytes = bytes || column.type.is(TypeId::Bytes);
        times = times || column.type.is(TypeId::Timestamp);
        rounded = rounded || (column.type.is(TypeId::Decimal) && column.type.precision > kDigitsOfDouble);
        if (!column.type.is(TypeId::Bytes)) columns.push_back(column.name);
    }
    if (columns.empty())
        return form.refuse(RW_TEXT("superset", "Superset shows no BYTES, and the table has nothing else."),
                           RW_TEXT("superset", "Make texts of them in a select before: TO_BASE64(…)."));
    const std::string time = form.eventTime();
    std::string ranks;  // as the table is sorted, in SQL
    const auto sortBy = [&](const std::string& column, bool descending) {
        orders.push_back(Json::array({column, !descending}).dump());
        sorted.push_back(Json::array({column, !descending}));
        ranks += (ranks.empty() ? "" : ", ") + sql.sortedBy(column, descending);
    };
    for (const TableOrder& by : info.order) {
        const ChartColumn& column = info.columns[by.column];
        if (!column.type.is(TypeId::Bytes)) sortBy(column.name, by.descending);
    }
    if (info.order.empty() && !info.updating && !time.empty()) sortBy(time, true);
    // Of rows that come for good those are kept that came last, in whatever order they are shown.
    std::string newest = info.updating ? ranks : sql.cameLast();
    const bool byTime = newest.empty() && !time.empty() && !info.updating;
    if (byTime) newest = StoreSql::name(time) + " DESC";
    form.readAll({}, newest, info.keep, time);
    const Json params = {{"query_mode", "raw"},
                         {"all_columns", columns},
                         {"order_by_cols", orders},
                         {"row_limit", info.keep},
                         {"table_timestamp_format", "%Y-%m-%d %H:%M:%S"},
                         {"server_pagination", false},
                         {"include_search", false},
                         {"show_cell_bars", false}};
    // No “metrics”: an empty list of them would make equal rows one.
    form.draw("table", params, {{"columns", columns}, {"orderby", sorted}}, info.keep);
    if (rounded) form.remark(RW_TEXT("superset", "Superset rounds DECIMALs of more than 15 digits."));
    if (!sql.isSqlite() && !info.order.empty())
        form.remark(RW_TEXT("superset",
                            "Where the sorted column is NULL, PostgreSQL puts the row at the other end."));
    if (bytes) form.approximate(RW_TEXT("superset", "Columns of BYTES are left out."));
    if (byTime)
        form.approximate(
            RW_TEXT("superset", "The rows with the latest event times are shown, not those that came last."));
    if (newest.empty() && !info.updating)
        form.approximate(
            RW_TEXT("superset", "Which rows came last is not known: any %1 of the table are shown.")
                .with(info.keep));
    if (times && form.chart().timeZone != "UTC")
        form.approximate(RW_TEXT("superset", "Times are shown in UTC."));
}

}  // namespace rw
