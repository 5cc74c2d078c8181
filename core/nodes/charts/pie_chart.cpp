// pie_chart: the share of each category in the whole; of rows of windows, in the newest whole window; of
// an updating stream, in its table.
#include "core/nodes/charts/chart_node.h"
#include "core/views/pie_view.h"

namespace rw {

namespace {

constexpr int kMostSlices = 8;  // as many colours as anyone can tell apart

BoundNodeRef bindPieChart(BindContext& context) {
    auto bound = std::make_shared<BoundChart<PieInfo>>();
    PieInfo& info = bound->info;
    bindCategories(context, info, bound->used);
    info.top = static_cast<std::size_t>(context.integer("top"));
    bound->distribution.kind = Distribution::Kind::Single;
    bound->summary = RW_TEXT("pie_chart", "share of %1 by %2").with(info.value.name, info.category.name);
    return context.failed() ? nullptr : bound;
}

}  // namespace

NodeKind pie_chartKind() {
    NodeKind kind;
    kind.type = "pie_chart";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("pie_chart", "Pie chart");
    kind.palette = {{kind.name, RW_TEXT("pie_chart", "Shares of a whole"), "pie_chart"}};
    kind.inputs = chartInput();
    ParamSpec category = labelParam("category", RW_TEXT("pie_chart", "Slice per"),
                                    RW_TEXT("pie_chart", "A slice for each value of this column."));
    category.required = true;
    ParamSpec value = makeParam("value", ParamKind::ColumnName, RW_TEXT("pie_chart", "Size"),
                                RW_TEXT("pie_chart",
                                        "The column of numbers whose shares are shown. Rows of one window or "
                                        "table are added up; of others the latest counts."));
    value.required = true;
    value.columnTypes = "numeric";
    ParamSpec top = makeParam("top", ParamKind::Integer, RW_TEXT("pie_chart", "Slices"),
                              RW_TEXT("pie_chart",
                                      "How many of the largest have their own slice, 8 at most, because more "
                                      "colours are hard to distinguish. The rest are one slice, “others”."),
                              kMostSlices);
    top.min = 1;
    top.max = kMostSlices;
    kind.params = {std::move(category), std::move(value), std::move(top)};
    kind.bind = bindPieChart;
    kind.make = makeChart<PieView, PieInfo>;
    kind.chart = true;
    return kind;
}

}  // namespace rw
