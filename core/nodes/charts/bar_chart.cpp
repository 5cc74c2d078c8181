// bar_chart: the latest value of each category; of rows of windows, the categories of the newest whole
// window; of changing rows, those of their table.
#include "core/nodes/charts/chart_node.h"
#include "core/views/bar_view.h"

namespace rw {

namespace {

BarOrder orderOf(const std::string& name) {
    if (name == "smallest") return BarOrder::Smallest;
    return name == "name" ? BarOrder::Name : BarOrder::Largest;
}

BoundNodeRef bindBarChart(BindContext& context) {
    auto bound = std::make_shared<BoundChart<BarInfo>>();
    BarInfo& info = bound->info;
    bindCategories(context, info, bound->used);
    info.top = static_cast<std::size_t>(context.integer("top"));
    info.order = orderOf(context.text("order"));
    info.unit = context.text("unit");
    bound->distribution.kind = Distribution::Kind::Single;
    bound->summary = RW_TEXT("bar_chart", "%1 by %2").with(info.value.name, info.category.name);
    return context.failed() ? nullptr : bound;
}

}  // namespace

NodeKind bar_chartKind() {
    NodeKind kind;
    kind.type = "bar_chart";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("bar_chart", "Bar chart");
    kind.palette = {{kind.name, RW_TEXT("bar_chart", "Compare or rank keys"), "bar_chart"}};
    kind.inputs = chartInput();
    ParamSpec category = labelParam("category", RW_TEXT("bar_chart", "Bar per"),
                                    RW_TEXT("bar_chart", "A bar for each value of this column."));
    category.required = true;
    ParamSpec value = makeParam("value", ParamKind::ColumnName, RW_TEXT("bar_chart", "Length"),
                                RW_TEXT("bar_chart",
                                        "The column of numbers that the bars show. Rows of one window or "
                                        "table are added up; of others the latest counts."));
    value.required = true;
    value.columnTypes = "numeric";
    ParamSpec top = makeParam("top", ParamKind::Integer, RW_TEXT("bar_chart", "Bars"),
                              RW_TEXT("bar_chart", "How many bars are shown at most."), 10);
    top.min = 1;
    top.max = 100;
    ParamSpec order = makeParam(
        "order", ParamKind::Choice, RW_TEXT("bar_chart", "Order"),
        RW_TEXT("bar_chart",
                "Which bars come first. This also decides which bars are shown if there are too many."),
        "largest");
    order.choices = {{"largest", RW_TEXT("bar_chart", "Largest first")},
                     {"smallest", RW_TEXT("bar_chart", "Smallest first")},
                     {"name", RW_TEXT("bar_chart", "By name")}};
    kind.params = {std::move(category), std::move(value), std::move(top), std::move(order), unitParam()};
    kind.bind = bindBarChart;
    kind.make = makeChart<BarView, BarInfo>;
    kind.chart = true;
    return kind;
}

}  // namespace rw
