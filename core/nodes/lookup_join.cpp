// lookup_join: rows beside those of a table that they meet: of an SQLite file or a database server, kept in
// memory, or asked for by key.
#include "core/stream/lookups/lookup_join.h"

#include <filesystem>
#include <utility>

#include "core/connect/sqlite/browser.h"
#include "core/connect/sqlite/lookup.h"
#include "core/connect/tables/database_keyed_table.h"
#include "core/connect/tables/database_lookup.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/join_params.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/lookups/keyed_lookup.h"
#include "core/stream/recording/answer_tape.h"
#include "core/stream/recording/tape.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

constexpr double kLeastRefresh = 1'000;
constexpr const char *kInFile = "file", *kOnServer = "server";
constexpr const char *kWholeTable = "whole", *kByKey = "key";
constexpr double kMostKeptRows = 10e6;

class BoundLookup final : public WaitingNode, public TellsContributors {
 public:
    JoinPlan plan{};
    SqliteLookupTarget target{};
    // Of a table on a server; else the connection is empty.
    std::string connection{};
    SqlReading reading{};
    bool byKey = false;
    std::size_t cache = 0;
    Millis ttl = 0;

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>&) const override {
        std::vector<ColumnSet> read{ColumnSet(plan.left.schema->size()),
                                    ColumnSet(plan.right.schema->size())};
        markJoined(plan, wanted.front(), read);
        if (target.by == LookupBy::EventTime)
            read[kLeft][static_cast<std::size_t>(plan.left.eventTime)] = true;
        return {std::move(read[kLeft])};
    }

    /// The version of the table is on the tape, not among the inputs.
    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return std::vector{itself(asked, {0, sameColumns(plan.left.schema->size())})};
    }
    LeftBehind leftBehind() const override { return LeftBehind::Alone; }
};

/// The table on a server.
void bindServer(BindContext& context, BoundLookup& bound) {
    bound.connection = context.text("connection");
    bound.byKey = context.text("by") == kByKey;
    bound.cache = static_cast<std::size_t>(context.integer("cache"));
    bound.ttl = context.duration("ttl");
    bound.reading.schema = bound.plan.right.schema;
    const Result<TableName> name = parseTableName(context.text("table"));
    if (name.ok()) {
        bound.reading.table = *name;
    } else {
        context.error("table", name.error().message, name.error().fix);
    }
    if (bound.byKey) {
        bound.state =
            RW_TEXT("lookup_join",
                    "the rows of the keys that came last, at most %1 of them, for %2; not in checkpoints")
                .with(bound.cache, formatDuration(bound.ttl));
    }
}

BoundNodeRef bindLookup(BindContext& context) {
    auto bound = std::make_shared<BoundLookup>();
    const std::optional<Schema> columns = bindColumns(context);
    if (!columns) return nullptr;
    if (columns->fields.empty()) {
        context.error(
            "columns", RW_TEXT("lookup_join", "No column of the table is named."),
            RW_TEXT("lookup_join", "Read them from the file, or write a name and a type: name STRING."));
        return nullptr;
    }
    const Text fix = RW_TEXT("lookup_join", "Look the rows up before they are aggregated.");
    if (!bindJoin(context, fix, std::make_shared<const Schema>(*columns), bound->plan)) return nullptr;
    bound->target = {context.path("database"), context.text("table"),       bound->plan.right.schema,
                     bound->plan.rightKeys,    context.duration("refresh"), lookupBy(context.input())};
    StreamType joined = context.input();
    joined.schema = bound->plan.both;
    joined.sharedPositions = true;
    bound->letOut({std::move(joined), rejectedStream()}, WaitingNode::Order::AsTheyCame);
    bound->state = RW_TEXT("lookup_join", "the table, which is read anew every %1; not in checkpoints")
                       .with(formatDuration(bound->target.refresh));
    if (context.text("from") == kOnServer) bindServer(context, *bound);
    bound->summary = RW_TEXT("lookup_join", "%1 · %2").with(bound->target.table, joinSummary(context));
    return context.failed() ? nullptr : bound;
}

/// Checks the file as it is now; the run needs it when the first row comes, not sooner.
void checkLookup(const BoundNode& bound, BindContext& context) {
    if (!static_cast<const BoundLookup&>(bound).connection.empty()) return;  // no file
    const SqliteLookupTarget& target = static_cast<const BoundLookup&>(bound).target;
    if (sqliteStamp(target.path).empty()) return;  // there is no file: that was said
    const auto found = describeTable(target.path, target.table);
    const Status status = found.ok() ? hasColumns(*found, target.table, *target.schema) : found.status();
    if (status.ok()) return;
    const char* param = !found.ok() ? "database" : found->exists ? "columns" : "table";
    context.issue(Severity::Warning, param, status.error().message, status.error().fix);
}

/// Those of the tape that is replayed, or of the file or the server where it has none.
Result<std::shared_ptr<LookupTables>> tablesOf(const BoundLookup& bound, const MakeContext& context) {
    const SqliteLookupTarget& target = bound.target;
    std::shared_ptr<LookupTables> tables;
    if (context.replay) {
        RW_TRY_ASSIGN(tables, context.replay->lookup({context.node, target.schema, target.by}, target.keys));
    }
    if (!tables && !bound.connection.empty()) {
        RW_TRY_ASSIGN(const NodeConnection connection, connectionOf(context, bound.connection));
        tables = DatabaseLookup::of(
            context, connection, DatabaseLookupTarget{bound.reading, target.keys, target.refresh, target.by});
        return tables;
    }
    if (!tables) {
        tables = SqliteLookup::of(context, target);
        return tables;
    }
    // All instances have those of the first that asks.
    return context.scope->shared<LookupTables>("taped lookup of " + context.node, [&] { return tables; });
}

Result<Made> makeLookup(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundLookup&>(node);
    const ColumnSet wanted = context.wanted.empty() ? ColumnSet(bound.plan.both->size()) : context.wanted;
    std::vector<ColumnSet> read = bound.reads({wanted}, {});
    if (bound.byKey) {
        KeyedLookup::About about;
        about.cache = bound.cache;
        about.ttl = bound.ttl;
        about.tape = answerTapeOf(context);
        if (!about.tape.reader) {
            RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, bound.connection));
            about.table = std::make_shared<DatabaseKeyedTable>(std::move(connection), bound.reading,
                                                               bound.plan.rightKeys);
        }
        return Made(std::make_unique<KeyedLookup>(bound, bound.plan, context, std::move(read.front()),
                                                  std::move(about)));
    }
    RW_TRY_ASSIGN(std::shared_ptr<LookupTables> tables, tablesOf(bound, context));
    return Made(
        std::make_unique<LookupJoin>(bound, bound.plan, context, std::move(read.front()), std::move(tables)));
}

Result<std::vector<std::string>> inferLookup(const Json& params, const std::string& folder) {
    const auto text = [&params](const char* name) { return params.value(name, Json("")); };
    if (text("from") == kOnServer) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("lookup_join", "Columns of a table on a server are not read from here."),
                      RW_TEXT("lookup_join", "Write the columns that you need: name STRING."));
    }
    const Json database = text("database"), table = text("table");
    if (!database.is_string() || !table.is_string()) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("lookup_join", "The file and the table have no names yet."));
    }
    const auto path = std::filesystem::path(folder) / database.get<std::string>();
    RW_TRY_ASSIGN(const Schema schema,
                  sqliteSchema(path.lexically_normal().native(), table.get<std::string>()));
    std::vector<std::string> columns;
    for (const Field& field : schema.fields) columns.push_back(writeColumnDef(field));
    return columns;
}

ParamSpec lookupChoice(const char* name, Text label, Text help, std::vector<Choice> choices) {
    ParamSpec param =
        makeParam(name, ParamKind::Choice, std::move(label), std::move(help), choices.front().value);
    param.choices = std::move(choices);
    return param;
}

/// Of tables on servers.
std::vector<ParamSpec> keyedParams() {
    ParamSpec by =
        lookupChoice("by", RW_TEXT("lookup_join", "Look up"),
                     RW_TEXT("lookup_join",
                             "With `whole`, the table is kept in memory. With `key`, the server is asked "
                             "for the rows of keys as they come."),
                     {{kWholeTable, RW_TEXT("lookup_join", "In the whole table")},
                      {kByKey, RW_TEXT("lookup_join", "By key")}});
    by.appliesWhen = AppliesWhen{"from", {kOnServer}, {}};
    ParamSpec cache =
        makeParam("cache", ParamKind::Integer, RW_TEXT("lookup_join", "Rows kept"),
                  RW_TEXT("lookup_join",
                          "How many rows of the table are kept for keys that come again; those that "
                          "were not met for longest give way. 0: none."),
                  100'000);
    cache.min = 0;
    cache.max = kMostKeptRows;
    cache.appliesWhen = AppliesWhen{"by", {kByKey}, {}};
    ParamSpec ttl = makeParam(
        "ttl", ParamKind::Duration, RW_TEXT("lookup_join", "For"),
        RW_TEXT("lookup_join", "For how long they are used before the server is asked again."), "1min");
    ttl.min = 0;
    ttl.appliesWhen = AppliesWhen{"by", {kByKey}, {}};
    return {std::move(by), std::move(cache), std::move(ttl)};
}

std::vector<ParamSpec> lookupParams() {
    ParamSpec from = lookupChoice("from", RW_TEXT("lookup_join", "Table of"),
                                  RW_TEXT("lookup_join", "Where the table is."),
                                  {{kInFile, RW_TEXT("lookup_join", "An SQLite file")},
                                   {kOnServer, RW_TEXT("lookup_join", "A database server")}});
    from.section = RW_TEXT("lookup_join", "Table");
    ParamSpec connection =
        makeParam("connection", ParamKind::Connection, RW_TEXT("lookup_join", "Connection"),
                  RW_TEXT("lookup_join", "The database, by the name that it has on this computer."));
    connection.choices = {{"postgresql", RW_TEXT("lookup_join", "PostgreSQL")},
                          {"mariadb", RW_TEXT("lookup_join", "MariaDB")}};
    connection.required = true;
    connection.appliesWhen = AppliesWhen{"from", {kOnServer}, {}};
    ParamSpec database =
        makeParam("database", ParamKind::InputPath, RW_TEXT("lookup_join", "Database"),
                  RW_TEXT("lookup_join", "The SQLite file that contains the table. It is never written."));
    database.required = true;
    database.appliesWhen = AppliesWhen{"from", {kInFile}, {}};
    ParamSpec table = makeParam("table", ParamKind::String, RW_TEXT("lookup_join", "Table"),
                                RW_TEXT("lookup_join", "A table or a view of the file or of the server."));
    table.required = table.subject = true;
    ParamSpec columns =
        makeParam("columns", ParamKind::ColumnDefs, RW_TEXT("lookup_join", "Columns of the table"),
                  RW_TEXT("lookup_join",
                          "Name and type of each column that you need: `name STRING`. They follow the row's "
                          "own columns. They are read from the file once the file and the table are set; "
                          "“Read columns from the file” reads them again."));
    columns.required = true;
    ParamSpec refresh =
        makeParam("refresh", ParamKind::Duration, RW_TEXT("lookup_join", "Read anew every"),
                  RW_TEXT("lookup_join",
                          "The interval at which the table is read again; rows that come after that use the "
                          "new one. The card shows how long ago it was read."),
                  "10min");
    refresh.min = kLeastRefresh;
    refresh.appliesWhen = AppliesWhen{"by", {kWholeTable}, {}};
    std::vector<ParamSpec> params;
    for (ParamSpec* const spec : {&from, &database, &connection, &table, &columns})
        params.push_back(std::move(*spec));
    params.push_back(onParam());
    params.push_back(joinKindParam({JoinKind::Inner, JoinKind::Left}));
    for (ParamSpec& spec : keyedParams()) params.push_back(std::move(spec));
    params.push_back(std::move(refresh));
    params.push_back(onErrorParam());
    return params;
}

}  // namespace

NodeKind lookup_joinKind() {
    NodeKind kind;
    kind.type = "lookup_join";
    kind.group = NodeGroup::Window;
    kind.name = RW_TEXT("lookup_join", "Lookup join");
    kind.palette = {{kind.name, RW_TEXT("lookup_join", "Add columns from a table"), "lookup_join"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = lookupParams();
    kind.bind = bindLookup;
    kind.checkFiles = checkLookup;
    kind.make = makeLookup;
    kind.infer = inferLookup;
    return kind;
}

}  // namespace rw
