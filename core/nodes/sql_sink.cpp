// sql_sink: rows into a table of a database server.
#include "core/connect/databases/database_sink.h"
#include "core/connect/sql/database_clients.h"
#include "core/nodes/table_key.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundSqlSink final : public BoundNode {
 public:
    TableTarget target{};
};

TableTarget::Mode tableMode(const std::string& name) {
    if (name == "upsert") return TableTarget::Mode::Upsert;
    return name == "replace" ? TableTarget::Mode::Replace : TableTarget::Mode::Append;
}

void bindTableName(BindContext& context, TableTarget& target) {
    const Result<TableName> name = parseTableName(context.text("table"));
    if (!name.ok()) {
        context.error("table", name.error().message, name.error().fix);
        return;
    }
    target.table = *name;
    if (target.table.table.starts_with("_rill_")) {
        context.error(
            "table",
            RW_TEXT("sqlite_sink", "Names that begin with “%1” belong to this program.").with("_rill_"),
            RW_TEXT("sqlite_sink", "Choose another table name."));
    }
}

Guarantee sqlSinkGuarantee(const TableTarget& target) {
    Guarantee guarantee;
    if (target.mode == TableTarget::Mode::Upsert) {
        guarantee = {Guarantee::Promise::ExactlyOnce, Guarantee::Means::ByKey,
                     Guarantee::Promise::ExactlyOnce};
    } else if (target.exactlyOnce) {
        guarantee = {Guarantee::Promise::ExactlyOnce, Guarantee::Means::Transaction};
    } else {
        guarantee.promise = Guarantee::Promise::AtLeastOnce;
        guarantee.more = RW_TEXT(
            "sql_sink", "“Exactly once” under “Delivery” would write a transaction for each checkpoint.");
    }
    return guarantee;
}

BoundNodeRef bindSqlSink(BindContext& context) {
    auto bound = std::make_shared<BoundSqlSink>();
    TableTarget& target = bound->target;
    target.connection = context.text("connection");
    target.mode = tableMode(context.text("mode"));
    target.schema = context.input().schema;
    target.create = context.flag("create");
    target.exactlyOnce = context.text("delivery") == "exactly_once";
    const bool upserts = target.mode == TableTarget::Mode::Upsert;
    target.key = bindTableKey(context);
    bindTableName(context, target);
    bound->stores = StoredTable{{}, target.connection, target.table.schema, target.table.table, upserts};
    bound->guarantee = sqlSinkGuarantee(target);
    if (!upserts && target.exactlyOnce) {
        bound->decidesWith = target.connection;
        bound->waiver = {"delivery", "at_least_once"};
    }
    bound->distribution.kind = Distribution::Kind::Single;
    bound->summary =
        upserts ? RW_TEXT("sql_sink", "%1 · %2").with(toString(target.table), context.choice("mode"))
                : RW_TEXT("sql_sink", "%1 · %2 · %3")
                      .with(toString(target.table), context.choice("mode"), context.choice("delivery"));
    return context.failed() ? nullptr : bound;
}

Result<Made> makeSqlSink(const BoundNode& node, const MakeContext& context) {
    const TableTarget& target = static_cast<const BoundSqlSink&>(node).target;
    RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, target.connection));
    return Made(std::make_unique<DatabaseSink>(target, context, std::move(connection), makeDatabaseClient));
}

std::vector<ParamSpec> sqlSinkParams() {
    ParamSpec connection = makeParam("connection", ParamKind::Connection, RW_TEXT("sql_sink", "Connection"),
                                     RW_TEXT("sql_sink",
                                             "The database, by the name that it has on this "
                                             "computer."));
    connection.choices = {{"postgresql", RW_TEXT("sql_sink", "PostgreSQL")},
                          {"mariadb", RW_TEXT("sql_sink", "MariaDB")}};
    connection.required = true;
    ParamSpec table = makeParam("table", ParamKind::String, RW_TEXT("sql_sink", "Table"),
                                RW_TEXT("sql_sink",
                                        "The table to write to: `orders`, or `sales.orders`. Its columns are "
                                        "found by their names. Capitals count."));
    table.required = table.subject = true;
    ParamSpec mode = makeParam(
        "mode", ParamKind::Choice, RW_TEXT("sql_sink", "Mode"),
        RW_TEXT(
            "sql_sink",
            "`append`: rows are added. `upsert`: a row replaces the one with the same key. `replace`: the "
            "rows of the run replace the old ones, at its end if it ends by itself."),
        "append");
    mode.choices = {{"append", RW_TEXT("sql_sink", "Append")},
                    {"upsert", RW_TEXT("sql_sink", "Upsert")},
                    {"replace", RW_TEXT("sql_sink", "Replace")}};
    ParamSpec key = makeParam("key", ParamKind::ColumnNames, RW_TEXT("sql_sink", "Key"),
                              RW_TEXT("sql_sink",
                                      "With `upsert`: the columns that identify a row; the table must have a "
                                      "unique index on them. Empty: the key of the changing rows."));
    key.appliesWhen = AppliesWhen{"mode", {"upsert"}};
    ParamSpec create =
        makeParam("create", ParamKind::Boolean, RW_TEXT("sql_sink", "Create the table"),
                  RW_TEXT("sql_sink",
                          "A table that is missing is created with the columns of the rows, and "
                          "the key as its primary key."));
    create.defaultValue = true;
    ParamSpec delivery = makeParam(
        "delivery", ParamKind::Choice, RW_TEXT("sql_sink", "Delivery"),
        RW_TEXT("sql_sink",
                "`exactly_once` writes a transaction for each checkpoint, with its number in the table "
                "`_rill_sinks`. `at_least_once` shows rows at once, and some twice after a failure. A run "
                "without "
                "checkpoints always does the latter."),
        "exactly_once");
    delivery.choices = {{"exactly_once", RW_TEXT("sql_sink", "Exactly once")},
                        {"at_least_once", RW_TEXT("sql_sink", "At least once")}};
    delivery.appliesWhen = AppliesWhen{"mode", {"append", "replace"}};
    std::vector<ParamSpec> params;
    for (ParamSpec* const spec : {&connection, &table, &mode, &key, &create, &delivery})
        params.push_back(std::move(*spec));
    return params;
}

}  // namespace

NodeKind sql_sinkKind() {
    NodeKind kind;
    kind.type = "sql_sink";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("sql_sink", "Database table");
    kind.palette = {
        {kind.name, RW_TEXT("sql_sink", "Append or upsert to PostgreSQL or MariaDB"), "sql_sink"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.params = sqlSinkParams();
    kind.bind = bindSqlSink;
    kind.make = makeSqlSink;
    return kind;
}

}  // namespace rw
