// lookup_join: rows beside those of a table of an SQLite file that they meet, which is kept in memory.
#include "core/stream/lookups/lookup_join.h"

#include <filesystem>
#include <utility>

#include "core/connect/sqlite/browser.h"
#include "core/connect/sqlite/lookup.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/join_params.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/recording/tape.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

constexpr double kLeastRefresh = 1'000;

class BoundLookup final : public WaitingNode {
 public:
    JoinPlan plan{};
    SqliteLookupTarget target{};

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>&) const override {
        std::vector<ColumnSet> read{ColumnSet(plan.left.schema->size()),
                                    ColumnSet(plan.right.schema->size())};
        markJoined(plan, wanted.front(), read);
        if (target.by == LookupBy::EventTime)
            read[kLeft][static_cast<std::size_t>(plan.left.eventTime)] = true;
        return {std::move(read[kLeft])};
    }
};

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
    bound->summary = RW_TEXT("lookup_join", "%1 · %2").with(bound->target.table, joinSummary(context));
    return context.failed() ? nullptr : bound;
}

/// Checks the file as it is now; the run needs it when the first row comes, not sooner.
void checkLookup(const BoundNode& bound, BindContext& context) {
    const SqliteLookupTarget& target = static_cast<const BoundLookup&>(bound).target;
    if (sqliteStamp(target.path).empty()) return;  // there is no file: that was said
    const auto found = describeTable(target.path, target.table);
    const Status status = found.ok() ? hasColumns(*found, target.table, *target.schema) : found.status();
    if (status.ok()) return;
    const char* param = !found.ok() ? "database" : found->exists ? "columns" : "table";
    context.issue(Severity::Warning, param, status.error().message, status.error().fix);
}

/// Those of the tape that is replayed, or of the file where it has none.
Result<std::shared_ptr<LookupTables>> tablesOf(const SqliteLookupTarget& target, const MakeContext& context) {
    std::shared_ptr<LookupTables> tables;
    if (context.replay) {
        RW_TRY_ASSIGN(tables, context.replay->lookup({context.node, target.schema, target.by}, target.keys));
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
    RW_TRY_ASSIGN(std::shared_ptr<LookupTables> tables, tablesOf(bound.target, context));
    const ColumnSet wanted = context.wanted.empty() ? ColumnSet(bound.plan.both->size()) : context.wanted;
    std::vector<ColumnSet> read = bound.reads({wanted}, {});
    return Made(
        std::make_unique<LookupJoin>(bound, bound.plan, context, std::move(read.front()), std::move(tables)));
}

Result<std::vector<std::string>> inferLookup(const Json& params, const std::string& folder) {
    const auto text = [&params](const char* name) { return params.value(name, Json("")); };
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

std::vector<ParamSpec> lookupParams() {
    ParamSpec database =
        makeParam("database", ParamKind::InputPath, RW_TEXT("lookup_join", "Database"),
                  RW_TEXT("lookup_join", "The SQLite file that contains the table. It is never written."));
    database.required = true;
    database.section = RW_TEXT("lookup_join", "Table");
    ParamSpec table = makeParam("table", ParamKind::String, RW_TEXT("lookup_join", "Table"),
                                RW_TEXT("lookup_join", "A table or a view of the file."));
    table.required = true;
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
    return {std::move(database),
            std::move(table),
            std::move(columns),
            onParam(),
            joinKindParam({JoinKind::Inner, JoinKind::Left}),
            std::move(refresh),
            onErrorParam()};
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
