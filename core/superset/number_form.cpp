#include "core/superset/chart_form.h"

namespace rw {

namespace {

const char* aggregateOf(NumberAggregate aggregate) {
    switch (aggregate) {
        case NumberAggregate::Sum:
            return "SUM";
        case NumberAggregate::Avg:
            return "AVG";
        case NumberAggregate::Min:
            return "MIN";
        case NumberAggregate::Count:
            return "COUNT";
        case NumberAggregate::Max:
        case NumberAggregate::Last:
            break;
    }
    return "MAX";
}

/// Reads the one value that is the newest. False: the table does not tell which it is; that was said.
bool readNewestValue(ChartForm& form, const ChartColumn& value, bool updating) {
    const StoreSql& sql = form.sql();
    const std::string time = form.eventTime();
    const bool oneRow = updating && form.chart().input.key.empty() && !form.chart().input.multiset;
    std::string order = time.empty() ? std::string() : StoreSql::name(time) + " DESC";
    if (const std::string came = sql.cameLast(); !came.empty()) order += (order.empty() ? "" : ", ") + came;
    if (order.empty() && !oneRow) {
        form.refuse(RW_TEXT("superset", "The table does not tell which value came last."),
                    RW_TEXT("superset", "Mark an event time, or choose another aggregate."));
        return false;
    }
    const std::string quoted = StoreSql::name(value.name);
    form.read(sql.select(sql.number(value.name) + " AS " + quoted, sql.isNumber(value.name), order, 1),
              {sql.toldNumber(value.name)});
    return true;
}

void drawNumber(ChartForm& form, const Json& metric, const std::string& unit,
                const std::optional<double>& threshold, const std::string& column) {
    const Json params = {{"metric", metric},
                         {"y_axis_format", "SMART_NUMBER"},
                         {"subtitle", unit},
                         {"subheader", unit},
                         {"header_font_size", 0.4},
                         {"subtitle_font_size", 0.15},
                         {"conditional_formatting", markedAbove(column, threshold)}};
    const Json request = {{"columns", Json::array()}, {"metrics", Json::array({metric})}};
    form.draw("big_number_total", params, request, kMostLineRows);
}

}  // namespace

void formNumber(ChartForm& form, const NumberInfo& info) {
    const std::string& column = info.value.name;
    const Millis span = form.spanOf(info.span);
    const std::string time = form.eventTime();
    if (info.aggregate == NumberAggregate::Last) {
        if (!readNewestValue(form, info.value, info.updating)) return;
    } else {
        const StoreSql& sql = form.sql();
        const std::string quoted = StoreSql::name(column);
        const std::string where = time.empty() ? std::string() : sql.newest(time, span);
        if (info.aggregate == NumberAggregate::Count) {
            // Of any type, BYTES, too.
            form.read(sql.select("COUNT(" + quoted + ") AS " + quoted, where),
                      {{column, sql.wholeNumberType(), false}});
        } else {
            const std::string numbers = sql.isDouble(column) ? sql.isNumber(column) : std::string();
            const std::string both = where.empty() || numbers.empty() ? "" : " AND ";
            form.read(sql.select(sql.number(column) + " AS " + quoted, where + both + numbers),
                      {sql.toldNumber(column)});
        }
        if (time.empty() && !info.ofAllRows() && span != kWholeRun)
            form.approximate(RW_TEXT(
                "superset", "All rows count: without an event time the table does not tell the newest."));
    }
    const bool computed = info.aggregate == NumberAggregate::Count;
    drawNumber(form, supersetMetric(computed ? "MAX" : aggregateOf(info.aggregate), column), info.unit,
               info.threshold, column);
    form.approximate(RW_TEXT("superset", "The number stands alone, without its trend."));
}

void formGauge(ChartForm& form, const GaugeInfo& info) {
    if (!readNewestValue(form, info.value, info.updating)) return;
    drawNumber(form, supersetMetric("MAX", info.value.name), info.unit, info.threshold, info.value.name);
    form.approximate(RW_TEXT("superset", "The value is shown as a number, without a scale."));
}

}  // namespace rw
