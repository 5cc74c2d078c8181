// hbase_sink: rows into a table of HBase.
#include "core/connect/hadoop/hbase_sink.h"

#include <algorithm>

#include "core/pipeline/bind_checks.h"
#include "core/pipeline/json/json_layout.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundHbaseSink final : public BoundNode {
 public:
    HbaseTarget target{};
};

/// Another key than that by which rows change would leave rows behind, or remove those of others.
void checkRowKeyOfChanges(BindContext& context, const std::vector<int>& key) {
    const StreamType& input = context.input();
    if (!input.updating || context.failed()) return;
    std::vector<int> given = key, own = input.key;
    std::sort(given.begin(), given.end());
    std::sort(own.begin(), own.end());
    if (given == own) return;
    if (own.empty()) {
        context.error(
            "row_key",
            RW_TEXT("hbase_sink",
                    "The changing rows of “%1” have no key: which row of the table changes can't be "
                    "told.")
                .with(context.producer().title),
            RW_TEXT("hbase_sink",
                    "Put a node between them whose rows have a key, such as a group aggregate."));
        return;
    }
    Json columns = Json::array();
    for (const int column : input.key)
        columns.push_back(input.schema->fields[static_cast<std::size_t>(column)].name);
    Issue& issue = context.error("row_key",
                                 RW_TEXT("hbase_sink", "The rows of “%1” change by another key: %2.")
                                     .with(context.producer().title, onOneLine(columns)),
                                 RW_TEXT("hbase_sink", "Use that key."));
    QuickFix& fix = issue.quickFixes.emplace_back();
    fix.label = RW_TEXT("hbase_sink", "Use the key of the rows");
    fix.node = context.node().id;
    fix.param = "row_key";
    fix.value = std::move(columns);
}

void bindRowKey(BindContext& context, HbaseLayout& layout) {
    const Schema& schema = *context.input().schema;
    const std::vector<std::string> names = context.list("row_key");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int column = requireColumn(context, "row_key", schema, names[i], static_cast<int>(i));
        if (column >= 0) layout.key.push_back(column);
    }
    layout.separator = context.text("separator");
    if (layout.key.size() > 1 && layout.separator.empty()) {
        context.error("separator",
                      RW_TEXT("hbase_sink", "Several columns of a row key need something between them."),
                      RW_TEXT("hbase_sink", "Write a character that is in none of them, such as |."));
    }
    for (int i = 0; i < static_cast<int>(schema.size()); ++i) {
        if (std::find(layout.key.begin(), layout.key.end(), i) == layout.key.end()) layout.cells.push_back(i);
    }
    if (layout.cells.empty() && !context.failed()) {
        context.error(
            "row_key",
            RW_TEXT("hbase_sink", "All columns are in the row key, and a row of HBase needs a cell."),
            RW_TEXT("hbase_sink", "Leave a column out of the row key."));
    }
    checkRowKeyOfChanges(context, layout.key);
}

void bindTimes(BindContext& context, HbaseLayout& layout) {
    const std::string name = context.text("timestamp");
    if (name.empty()) return;
    layout.timestamp = requireColumn(context, "timestamp", *context.input().schema, name);
    if (!context.input().updating) return;
    context.error("timestamp",
                  RW_TEXT("hbase_sink",
                          "Rows that change need times that grow: a row that is removed and comes again with "
                          "an older time would stay hidden."),
                  RW_TEXT("hbase_sink", "Leave it empty: each request then has a later time."));
}

BoundNodeRef bindHbaseSink(BindContext& context) {
    auto bound = std::make_shared<BoundHbaseSink>();
    HbaseTarget& target = bound->target;
    target.connection = context.text("connection");
    target.table = context.text("table");
    target.layout.family = context.text("family");
    target.layout.nullIsEmpty = context.text("nulls") == "empty";
    target.batch = static_cast<std::size_t>(std::max<std::int64_t>(context.integer("batch"), 1));
    target.giveUpAfter = context.duration("give_up_after");
    bindRowKey(context, target.layout);
    bindTimes(context, target.layout);
    if (!isHbaseTable(target.table)) {
        context.error("table", RW_TEXT("hbase_sink", "“%1” can't be the name of a table.").with(target.table),
                      RW_TEXT("hbase_sink",
                              "Names have letters, digits, dots, hyphens and underscores, after a namespace "
                              "and a colon: shop:orders."));
    }
    if (!isHbaseFamily(target.layout.family)) {
        context.error(
            "family",
            RW_TEXT("hbase_sink", "“%1” can't be the name of a column family.").with(target.layout.family),
            RW_TEXT("hbase_sink", "Write a name without colons and slashes, such as cf."));
    }
    bound->distribution.kind = Distribution::Kind::Single;
    bound->guarantee = {Guarantee::Promise::ExactlyOnce, Guarantee::Means::ByKey,
                        Guarantee::Promise::ExactlyOnce};
    bound->summary = RW_TEXT("hbase_sink", "%1 · family %2").with(target.table, target.layout.family);
    return context.failed() ? nullptr : bound;
}

Result<Made> makeHbaseSink(const BoundNode& node, const MakeContext& context) {
    const HbaseTarget& target = static_cast<const BoundHbaseSink&>(node).target;
    RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, target.connection));
    return Made(std::make_unique<HbaseSink>(target, context, std::move(connection)));
}

std::vector<ParamSpec> tableParams() {
    ParamSpec connection = makeParam(
        "connection", ParamKind::Connection, RW_TEXT("hbase_sink", "Connection"),
        RW_TEXT("hbase_sink", "The REST server of HBase, by the name that it has on this computer."));
    connection.choices = {{"hbase", RW_TEXT("hbase_sink", "HBase")}};
    connection.required = true;
    ParamSpec table = makeParam("table", ParamKind::String, RW_TEXT("hbase_sink", "Table"),
                                RW_TEXT("hbase_sink",
                                        "The table to write to, which must be there: `orders`, or "
                                        "`shop:orders` in a namespace."));
    table.required = table.subject = true;
    ParamSpec key = makeParam("row_key", ParamKind::ColumnNames, RW_TEXT("hbase_sink", "Row key"),
                              RW_TEXT("hbase_sink",
                                      "The columns that name a row: a row replaces the one of its key. The "
                                      "other columns are its cells, in the family, as text."));
    key.required = true;
    ParamSpec family =
        makeParam("family", ParamKind::String, RW_TEXT("hbase_sink", "Column family"),
                  RW_TEXT("hbase_sink", "The family of the cells, which the table must have."), "cf");
    return {std::move(connection), std::move(table), std::move(key), std::move(family)};
}

std::vector<ParamSpec> cellParams() {
    ParamSpec timestamp =
        makeParam("timestamp", ParamKind::ColumnName, RW_TEXT("hbase_sink", "Time of cells"),
                  RW_TEXT("hbase_sink",
                          "The column that says which version of a row is the newest: a row that comes late "
                          "then replaces none that is newer. Empty: the row that comes last is."));
    timestamp.columnTypes = "timestamp";
    ParamSpec separator = makeParam(
        "separator", ParamKind::String, RW_TEXT("hbase_sink", "Separator"),
        RW_TEXT("hbase_sink",
                "Stands between several columns of a row key. A row that has it in one of them, but "
                "for the last, is rejected: two rows could have one key."),
        "|");
    separator.advanced = true;
    ParamSpec nulls =
        makeParam("nulls", ParamKind::Choice, RW_TEXT("hbase_sink", "NULL is"),
                  RW_TEXT("hbase_sink",
                          "An empty value, so that nothing of the row before stays, or no cell: "
                          "the column then keeps the value that it has."),
                  "empty");
    nulls.choices = {{"empty", RW_TEXT("hbase_sink", "An empty value")},
                     {"none", RW_TEXT("hbase_sink", "No cell")}};
    nulls.advanced = true;
    ParamSpec batch = makeParam("batch", ParamKind::Integer, RW_TEXT("hbase_sink", "Batch"),
                                RW_TEXT("hbase_sink", "Rows of a request, at most."), 1'000);
    batch.min = 1;
    batch.max = 100'000;
    batch.unit = RW_TEXT("hbase_sink", "rows");
    batch.advanced = true;
    ParamSpec giveUp = makeParam(
        "give_up_after", ParamKind::Duration, RW_TEXT("hbase_sink", "Give up after"),
        RW_TEXT("hbase_sink",
                "The run fails when the server has not taken rows for so long. Its restart settings "
                "say whether it is started again; no row is lost with checkpoints."),
        "1min");
    giveUp.min = 1'000;
    giveUp.advanced = true;
    return {std::move(timestamp), std::move(separator), std::move(nulls), std::move(batch),
            std::move(giveUp)};
}

}  // namespace

NodeKind hbase_sinkKind() {
    NodeKind kind;
    kind.type = "hbase_sink";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("hbase_sink", "HBase table");
    kind.palette = {{kind.name, RW_TEXT("hbase_sink", "Rows by key into a table of HBase"), "hbase_sink"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.params = tableParams();
    for (ParamSpec& spec : cellParams()) kind.params.push_back(std::move(spec));
    kind.bind = bindHbaseSink;
    kind.make = makeHbaseSink;
    return kind;
}

}  // namespace rw
