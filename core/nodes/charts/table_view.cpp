// table_view: the last rows that came; of an updating stream, the table that it describes.
#include "core/views/table_view.h"

#include <algorithm>

#include "core/base/figures.h"

#include "core/nodes/charts/chart_node.h"
#include "core/nodes/sort_items.h"

namespace rw {

namespace {

void bindOrder(BindContext& context, TableInfo& info) {
    Schema shown;
    for (const ChartColumn& column : info.columns) shown.fields.push_back({column.name, column.type});
    for (const SortColumn& by : bindSortItems(context, "order", shown))
        info.order.push_back({static_cast<std::size_t>(by.column), by.descending});
}

/// Changing rows of a Top N, whose key ends with their rank: newest first, they would be in no order at all.
void orderByRank(TableInfo& info) {
    if (!info.updating || info.key.empty() || info.key.back().name != "rank") return;
    for (const ChartColumn& key : info.key) {
        const auto shown =
            std::find_if(info.columns.begin(), info.columns.end(),
                         [&key](const ChartColumn& column) { return column.index == key.index; });
        if (shown != info.columns.end())
            info.order.push_back({static_cast<std::size_t>(shown - info.columns.begin())});
    }
}

BoundNodeRef bindTableView(BindContext& context) {
    auto bound = std::make_shared<BoundChart<TableInfo>>();
    TableInfo& info = bound->info;
    const StreamType& input = context.input();
    const auto names = context.list("columns");
    for (std::size_t i = 0; i < names.size(); ++i) {
        info.columns.push_back(chartColumn(context, "columns", names[i], bound->used, static_cast<int>(i)));
    }
    for (std::size_t i = 0; names.empty() && i < input.schema->size(); ++i) {
        info.columns.push_back(columnAt(input, static_cast<int>(i), bound->used));
    }
    info.chosen = !names.empty();
    for (const int key : input.key) info.key.push_back(columnAt(input, key, bound->used));
    info.eventTime = input.eventTime;
    info.keep = static_cast<std::size_t>(context.integer("keep"));
    info.updating = input.updating;
    info.multiset = input.multiset;
    bindOrder(context, info);
    if (context.list("order").empty()) orderByRank(info);
    bound->distribution.kind = Distribution::Kind::Single;
    bound->summary = input.updating ? figures::counted(info.columns.size(),
                                                       RW_TEXT("table_view", "Newest state of 1 column"),
                                                       RW_TEXT("table_view", "Newest state of %1 columns"))
                                    : figures::counted(info.keep, RW_TEXT("table_view", "The last row"),
                                                       RW_TEXT("table_view", "Last %1 rows"));
    return context.failed() ? nullptr : bound;
}

}  // namespace

NodeKind table_viewKind() {
    NodeKind kind;
    kind.type = "table_view";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("table_view", "Table");
    kind.palette = {{kind.name, RW_TEXT("table_view", "Rows as they arrive"), "table"}};
    kind.inputs = chartInput();
    ParamSpec keep = makeParam("keep", ParamKind::Integer, RW_TEXT("table_view", "Keep"),
                               RW_TEXT("table_view", "How many rows are kept and shown."), 1000);
    keep.min = 1;
    keep.max = 20'000;
    keep.unit = RW_TEXT("table_view", "rows");
    kind.params = {
        makeParam("columns", ParamKind::ColumnNames, RW_TEXT("table_view", "Columns"),
                  RW_TEXT("table_view", "Which columns are shown, in this order. Empty: all.")),
        std::move(keep),
        makeParam("order", ParamKind::SortItems, RW_TEXT("table_view", "Order"),
                  RW_TEXT("table_view",
                          "How the rows are sorted: a column, or `column DESC`. Empty: the newest first; the "
                          "changing rows of a Top N by `rank`."))};
    kind.bind = bindTableView;
    kind.make = makeChart<TableView, TableInfo>;
    kind.chart = true;
    return kind;
}

}  // namespace rw
