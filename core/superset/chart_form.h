// One chart while it is put into Superset's words; shared by the forms of all kinds of charts.
#pragma once
#include <string>

#include "core/superset/superset_chart.h"
#include "core/views/bar_view.h"
#include "core/views/chart_span.h"
#include "core/views/gauge_view.h"
#include "core/views/histogram_view.h"
#include "core/views/line_view.h"
#include "core/views/number_view.h"
#include "core/views/pie_view.h"
#include "core/views/table_view.h"

namespace rw {

/// So many rows of a line chart are asked for: the newest.
inline constexpr std::size_t kMostLineRows = 10'000;
/// The colour of thresholds.
inline constexpr const char* kThresholdColour = "#d62728";

class ChartForm {
 public:
    ChartForm(const ChartToPublish& chart, SupersetChart& out)
        : m_chart(chart), m_sql(chart.store, chart.input.schema), m_out(out) {}

    const ChartToPublish& chart() const { return m_chart; }
    const StoreSql& sql() const { return m_sql; }
    /// The name of the event-time column; empty: there is none.
    std::string eventTime() const;
    Millis spanOf(Millis given) const;

    void remark(Text what) { m_out.remarks.push_back(std::move(what)); }
    void approximate(Text what);
    void refuse(Text what, Text mend);

    /// The dataset: a query, its columns, and the one of them that is its time.
    void read(std::string query, std::vector<DatasetColumn> columns, std::string time = {});
    /// All columns of the table.
    void readAll(const std::string& where, const std::string& order = {}, std::size_t limit = 0,
                 std::string time = {});
    /// `params`: of Superset's form; `request`: of the question that the form asks the dataset.
    void draw(std::string viz, const Json& params, const Json& request, std::size_t mostRows);

 private:
    const ChartToPublish& m_chart;
    const StoreSql m_sql;
    SupersetChart& m_out;
};

/// A number that Superset computes of a column, under the name of the column.
Json supersetMetric(const char* aggregate, const std::string& column);
/// A column as the axis of a chart.
Json supersetAxis(const std::string& column);
/// Marks values above the threshold; nothing where there is none.
Json markedAbove(const std::string& column, const std::optional<double>& threshold);

void formLine(ChartForm& form, const LineInfo& info);
/// `shares`: the bars stand for the slices of a pie.
void formBars(ChartForm& form, const CategoryInfo& info, BarOrder order, std::size_t top, bool shares);
void formNumber(ChartForm& form, const NumberInfo& info);
void formGauge(ChartForm& form, const GaugeInfo& info);
void formTable(ChartForm& form, const TableInfo& info);
void formHistogram(ChartForm& form, const HistogramInfo& info);

}  // namespace rw
