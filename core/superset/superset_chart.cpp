#include "core/superset/superset_chart.h"

#include <algorithm>
#include <utility>

#include "core/nodes/charts/chart_node.h"
#include "core/superset/chart_form.h"

namespace rw {

namespace {

template <class Info>
const Info* infoOf(const BoundNode& bound) {
    const auto* chart = dynamic_cast<const BoundChart<Info>*>(&bound);
    return chart != nullptr ? &chart->info : nullptr;
}

/// A name that Superset, where an administrator has switched templates on, would run as one.
bool isTemplate(std::string_view name) {
    return name.find("{{") != std::string_view::npos || name.find("{%") != std::string_view::npos ||
           name.find("{#") != std::string_view::npos;
}

/// Whether a name of the table can't go to Superset; then that was said.
bool refusesNames(ChartForm& form) {
    const StoredTable& store = form.chart().store;
    std::vector<std::string> names{store.schema, store.table};
    for (const Field& field : form.chart().input.schema->fields) names.push_back(field.name);
    const auto found = std::find_if(names.begin(), names.end(), isTemplate);
    if (found != names.end()) {
        form.refuse(RW_TEXT("superset", "Superset may take the name “%1” for a template.").with(*found),
                    RW_TEXT("superset", "Choose a name without {{, {% and {#."));
        return true;
    }
    // What stands behind it would be settings of the connection.
    if (store.file.find('?') != std::string::npos) {
        form.refuse(
            RW_TEXT("superset", "Superset can't read a file with “?” in its name: “%1”.").with(store.file),
            RW_TEXT("superset", "Let the sink write to a file with another name."));
        return true;
    }
    return false;
}

void formAny(ChartForm& form, const BoundNode& bound) {
    if (const auto* line = infoOf<LineInfo>(bound)) return formLine(form, *line);
    if (const auto* bars = infoOf<BarInfo>(bound))
        return formBars(form, *bars, bars->order, bars->top, false);
    if (const auto* pie = infoOf<PieInfo>(bound))
        return formBars(form, *pie, BarOrder::Largest, pie->top, true);
    if (const auto* number = infoOf<NumberInfo>(bound)) return formNumber(form, *number);
    if (const auto* gauge = infoOf<GaugeInfo>(bound)) return formGauge(form, *gauge);
    if (const auto* table = infoOf<TableInfo>(bound)) return formTable(form, *table);
    if (const auto* histogram = infoOf<HistogramInfo>(bound)) return formHistogram(form, *histogram);
    form.refuse(RW_TEXT("superset", "Charts of this kind have no counterpart in Superset."),
                RW_TEXT("superset", "Show the rows in a table or a line chart instead."));
}

}  // namespace

Text likenessText(Likeness likeness) {
    if (likeness == Likeness::Exact) return RW_TEXT("superset", "exact");
    return likeness == Likeness::Approximate ? RW_TEXT("superset", "approximate")
                                             : RW_TEXT("superset", "not published");
}

std::string_view likenessName(Likeness likeness) {
    if (likeness == Likeness::Exact) return "exact";
    return likeness == Likeness::Approximate ? "approximate" : "none";
}

std::string ChartForm::eventTime() const {
    const int index = m_chart.input.eventTime;
    return index < 0 ? std::string() : m_chart.input.schema->fields[static_cast<std::size_t>(index)].name;
}

Millis ChartForm::spanOf(Millis given) const {
    return spanInRun(given, m_chart.bounded);
}

void ChartForm::approximate(Text what) {
    m_out.likeness = std::max(m_out.likeness, Likeness::Approximate);
    remark(std::move(what));
}

void ChartForm::refuse(Text what, Text mend) {
    m_out.likeness = Likeness::None;
    m_out.remarks = {std::move(what)};
    m_out.mend = std::move(mend);
}

void ChartForm::read(std::string query, std::vector<DatasetColumn> columns, std::string time) {
    m_out.query = std::move(query);
    m_out.columns = std::move(columns);
    m_out.time = std::move(time);
}

void ChartForm::readAll(const std::string& where, const std::string& order, std::size_t limit,
                        std::string time) {
    read(m_sql.select(m_sql.allShown(), where, order, limit), m_sql.allTold(), std::move(time));
}

void ChartForm::draw(std::string viz, const Json& params, const Json& request, std::size_t mostRows) {
    m_out.params = {{"viz_type", viz}, {"datasource", "0__table"}, {"adhoc_filters", Json::array()}};
    m_out.params.update(params);
    m_out.request = {{"filters", Json::array()}, {"extras", Json::object()}, {"row_limit", mostRows}};
    m_out.request.update(request);
    m_out.viz = std::move(viz);
    m_out.mostRows = mostRows;
}

Json supersetMetric(const char* aggregate, const std::string& column) {
    return {{"expressionType", "SIMPLE"},
            {"aggregate", aggregate},
            {"column", {{"column_name", column}}},
            {"label", column},
            {"hasCustomLabel", true},
            {"optionName", "metric_" + column}};
}

Json supersetAxis(const std::string& column) {
    return {
        {"expressionType", "SQL"}, {"label", column}, {"sqlExpression", column}, {"columnType", "BASE_AXIS"}};
}

Json markedAbove(const std::string& column, const std::optional<double>& threshold) {
    Json marks = Json::array();
    if (threshold)
        marks.push_back({{"column", column},
                         {"operator", ">"},
                         {"targetValue", *threshold},
                         {"colorScheme", kThresholdColour}});
    return marks;
}

SupersetChart supersetChart(const ChartToPublish& chart) {
    SupersetChart out;
    out.node = chart.node;
    out.title = chart.title;
    out.store = chart.store;
    ChartForm form(chart, out);
    if (refusesNames(form)) return out;
    if (chart.store.byKey && !chart.input.updating)
        form.approximate(RW_TEXT("superset", "The table “%1” keeps only the newest row of each key.")
                             .with(chart.store.table));
    formAny(form, *chart.bound);
    return out;
}

}  // namespace rw
