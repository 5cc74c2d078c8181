// sql_source: rows of a table of a database server, those that are added, or the changes of them.
#include "core/connect/tables/sql_source.h"

#include "core/nodes/column_defs.h"
#include "core/nodes/sources/file_source.h"
#include "core/nodes/sources/subject_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

constexpr const char *kReadsPostgresql = "postgresql", *kReadsMariadb = "mariadb";
constexpr const char *kReadsTable = "table", *kReadsQuery = "query";
constexpr const char *kSnapshotMode = "snapshot", *kGrowingMode = "growing", *kChangesMode = "changes";
constexpr double kLeastEvery = 10;

class BoundSqlSource final : public BoundSource {
 public:
    std::string connection{};
    SqlReading reading{};
};

void bindSubject(BindContext& context, SqlReading& reading) {
    if (context.text("read") == kReadsQuery) {
        reading.query = context.text("query");
        return;
    }
    const Result<TableName> name = parseTableName(context.text("table"));
    if (!name.ok()) {
        context.error("table", name.error().message, name.error().fix);
        return;
    }
    reading.table = *name;
}

/// Changes are those of the rows of a table of PostgreSQL.
void bindChanges(BindContext& context, SqlReading& reading) {
    reading.slot = context.text("slot");
    reading.publication = context.text("publication");
    if (reading.publication.empty()) reading.publication = reading.slot;
    if (!isSlotName(reading.slot)) {
        context.error("slot", RW_TEXT("sql_source", "“%1” can't be the name of a slot.").with(reading.slot),
                      RW_TEXT("sql_source", "Names have small letters, digits and underscores, at most 63."));
    }
    if (reading.key.empty()) {
        context.error("key", RW_TEXT("sql_source", "Which columns tell the rows apart?"),
                      RW_TEXT("sql_source", "Name the columns of the table's primary key."));
    }
    if (!reading.query.empty()) {
        context.error("read", RW_TEXT("sql_source", "Of the result of a query there are no changes."),
                      RW_TEXT("sql_source", "Read the changes of a table, and compute in the pipeline."));
    }
    if (context.connectionKind("connection") == kReadsMariadb) {
        context.error(
            "mode", RW_TEXT("sql_source", "Changes are read from PostgreSQL alone."),
            RW_TEXT("sql_source",
                    "Choose another mode; or have Debezium send the changes to Kafka, and read them there."));
    }
}

void bindGrowing(BindContext& context, SqlReading& reading) {
    reading.cursor = context.list("cursor");
    reading.every = context.duration("every");
    reading.channel = context.text("notify");
    if (reading.cursor.empty()) {
        context.error(
            "cursor", RW_TEXT("sql_source", "By which columns do new rows follow the others?"),
            RW_TEXT("sql_source",
                    "Name a column whose values only grow, such as a number that the table gives, or several "
                    "that do so together."));
    }
    if (context.connectionKind("connection") == kReadsMariadb) {
        context.issue(
            Severity::Warning, "mode",
            RW_TEXT("sql_source",
                    "Rows that commit late can be missed: MariaDB does not tell which transactions are "
                    "open, so a row is not seen that is committed behind others of higher values."),
            RW_TEXT("sql_source", "Let one writer at a time add rows, or read from PostgreSQL."));
    }
}

/// The places of the key's columns among the columns.
std::vector<int> bindKey(BindContext& context, const Schema& columns, SqlReading& reading) {
    reading.key = context.list("key");
    std::vector<int> key;
    for (std::size_t i = 0; i < reading.key.size() && i < mostWrongItems(reading.key.size()); ++i) {
        const int column = requireColumn(context, "key", columns, reading.key[i], static_cast<int>(i));
        if (column >= 0) key.push_back(column);
    }
    return key;
}

Guarantee sqlSourceGuarantee(const SqlReading& reading, bool fromMariadb) {
    Guarantee guarantee{Guarantee::Promise::ExactlyOnce, Guarantee::Means::Position};
    if (reading.mode != SqlReading::Mode::Growing || !fromMariadb) return guarantee;
    guarantee.promise = guarantee.withoutCheckpoints = Guarantee::Promise::AtMostOnce;
    guarantee.lost = RW_TEXT(
        "sql_source", "Rows that are committed behind others of higher values are lost, and no others.");
    return guarantee;
}

BoundNodeRef bindSqlSource(BindContext& context) {
    auto bound = std::make_shared<BoundSqlSource>();
    SqlReading& reading = bound->reading;
    const std::optional<Schema> columns = bindColumns(context);
    if (!columns) return nullptr;
    bound->connection = context.text("connection");
    bindSubject(context, reading);
    const std::string mode = context.text("mode");
    std::vector<int> key;
    if (mode == kGrowingMode) {
        reading.mode = SqlReading::Mode::Growing;
        bindGrowing(context, reading);
    } else {
        key = bindKey(context, *columns, reading);
    }
    if (mode == kChangesMode) {
        reading.mode = SqlReading::Mode::Changes;
        bindChanges(context, reading);
    }
    if (context.has("give_up_after")) reading.giveUpAfter = context.duration("give_up_after");
    reading.schema = std::make_shared<const Schema>(*columns);
    bindTiming(context, *columns, *bound);
    if (mode == kChangesMode) {
        StreamType& stream = bound->outputs.front();
        stream.updating = stream.sharedPositions = true;
        stream.key = key;
    }
    bound->outputs.push_back(sourceRejectedStream());
    bound->live = mode != kSnapshotMode;
    bound->guarantee = sqlSourceGuarantee(reading, context.connectionKind("connection") == kReadsMariadb);
    const std::string subject =
        reading.query.empty() ? toString(reading.table) : reading.query.substr(0, reading.query.find('\n'));
    bound->summary = RW_TEXT("sql_source", "%1 · %2 · %3")
                         .with(subject, context.choice("mode"), columnCount(columns->size()));
    return context.failed() ? nullptr : bound;
}

Result<Made> makeSqlSource(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundSqlSource&>(node);
    RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, bound.connection));
    if (bound.reading.mode == SqlReading::Mode::Changes && connection.kind() != kReadsPostgresql) {
        return Status(
            ErrorCode::Invalid, RW_TEXT("sql_source", "Changes are read from PostgreSQL alone."),
            RW_TEXT("sql_source",
                    "Choose another mode; or have Debezium send the changes to Kafka, and read them there."));
    }
    auto source = std::make_unique<SqlSource>(context, std::move(connection), bound.reading,
                                              decoderOptions(bound, context));
    setTiming(*source, bound);
    return Made(std::move(source));
}

// ── Parameters ──

ParamSpec choiceParam(const char* name, Text label, Text help, std::vector<Choice> choices) {
    ParamSpec param =
        makeParam(name, ParamKind::Choice, std::move(label), std::move(help), choices.front().value);
    param.choices = std::move(choices);
    return param;
}

ParamSpec ofModes(ParamSpec param, std::vector<std::string> modes) {
    param.appliesWhen = AppliesWhen{"mode", std::move(modes), {}};
    return param;
}

std::vector<ParamSpec> subjectParams() {
    ParamSpec connection =
        makeParam("connection", ParamKind::Connection, RW_TEXT("sql_source", "Connection"),
                  RW_TEXT("sql_source", "The database, by the name that it has on this computer."));
    connection.choices = {{kReadsPostgresql, RW_TEXT("sql_source", "PostgreSQL")},
                          {kReadsMariadb, RW_TEXT("sql_source", "MariaDB")}};
    connection.required = true;
    ParamSpec read =
        choiceParam("read", RW_TEXT("sql_source", "Read"), RW_TEXT("sql_source", "Where the rows come from."),
                    {{kReadsTable, RW_TEXT("sql_source", "A table or a view")},
                     {kReadsQuery, RW_TEXT("sql_source", "The result of a query")}});
    ParamSpec table =
        makeParam("table", ParamKind::String, RW_TEXT("sql_source", "Table"),
                  RW_TEXT("sql_source",
                          "`orders` or `sales.orders`; a name with a dot or capitals as it is, with "
                          "double quotes around it where it has a dot."));
    table.required = table.subject = true;
    table.appliesWhen = AppliesWhen{"read", {kReadsTable}, {}};
    ParamSpec query = makeParam("query", ParamKind::String, RW_TEXT("sql_source", "Query"),
                                RW_TEXT("sql_source", "A SELECT in the SQL of the server."));
    query.required = query.subject = true;
    query.appliesWhen = AppliesWhen{"read", {kReadsQuery}, {}};
    ParamSpec mode = choiceParam(
        "mode", RW_TEXT("sql_source", "Mode"),
        RW_TEXT("sql_source",
                "With `snapshot`, the run ends behind the rows that are there. With `growing`, rows that "
                "are added follow. With `changes`, all that happens to the rows is read from the log of "
                "PostgreSQL."),
        {{kSnapshotMode, RW_TEXT("sql_source", "Rows that are there")},
         {kGrowingMode, RW_TEXT("sql_source", "New rows, too")},
         {kChangesMode, RW_TEXT("sql_source", "Changes of rows")}});
    ParamSpec columns = columnsParam();
    columns.help = RW_TEXT("sql_source", "Name and type of each column that is read: `id BIGINT`.");
    return {std::move(connection), std::move(read), std::move(table),
            std::move(query),      std::move(mode), std::move(columns)};
}

std::vector<ParamSpec> positionParams() {
    ParamSpec key = ofModes(
        makeParam(
            "key", ParamKind::ColumnNames, RW_TEXT("sql_source", "Key"),
            RW_TEXT(
                "sql_source",
                "Columns that tell the rows apart. For changes: those of the primary key, by which the "
                "stream "
                "is keyed. For a snapshot they may be left out: the primary key is taken, and a resumed run "
                "goes on behind the row that it had.")),
        {kSnapshotMode, kChangesMode});
    key.section = RW_TEXT("sql_source", "Position");
    ParamSpec cursor = ofModes(
        makeParam(
            "cursor", ParamKind::ColumnNames, RW_TEXT("sql_source", "Cursor"),
            RW_TEXT(
                "sql_source",
                "Columns of the table by whose values rows follow each other, `id`. With PostgreSQL best a "
                "column of type xid8 before it, `xid`, `id`.")),
        {kGrowingMode});
    ParamSpec every =
        ofModes(makeParam("every", ParamKind::Duration, RW_TEXT("sql_source", "Look every"),
                          RW_TEXT("sql_source", "How often the table is asked for new rows."), "1s"),
                {kGrowingMode});
    every.min = kLeastEvery;
    ParamSpec notify = ofModes(
        makeParam(
            "notify", ParamKind::String, RW_TEXT("sql_source", "Channel"),
            RW_TEXT(
                "sql_source",
                "A channel of PostgreSQL: a NOTIFY there makes the table be asked at once. Empty: none.")),
        {kGrowingMode});
    notify.advanced = true;
    ParamSpec slot = ofModes(
        makeParam(
            "slot", ParamKind::String, RW_TEXT("sql_source", "Slot"),
            RW_TEXT("sql_source",
                    "The replication slot of this node, which the first run makes: a name that no other node "
                    "uses. The server keeps its log for it until the slot is dropped.")),
        {kChangesMode});
    slot.required = true;
    ParamSpec publication = ofModes(
        makeParam(
            "publication", ParamKind::String, RW_TEXT("sql_source", "Publication"),
            RW_TEXT("sql_source",
                    "The publication that has the changes of the table. Empty: one of the slot's name, which "
                    "is made where there is none.")),
        {kChangesMode});
    publication.advanced = true;
    ParamSpec giveUp = makeParam(
        "give_up_after", ParamKind::Duration, RW_TEXT("sql_source", "Give up after"),
        RW_TEXT("sql_source",
                "The run ends when the server could not be reached for so long. Empty: it is tried for "
                "ever."));
    giveUp.min = 1;
    giveUp.advanced = true;
    return {std::move(key),  std::move(cursor),      std::move(every), std::move(notify),
            std::move(slot), std::move(publication), std::move(giveUp)};
}

std::vector<ParamSpec> sqlSourceParams() {
    std::vector<ParamSpec> params = subjectParams();
    for (ParamSpec& spec : positionParams()) params.push_back(std::move(spec));
    for (ParamSpec& spec : timingParams()) params.push_back(std::move(spec));
    params.push_back(onErrorParam());
    return params;
}

}  // namespace

NodeKind sql_sourceKind() {
    NodeKind kind;
    kind.type = "sql_source";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("sql_source", "Database table");
    kind.palette = {{kind.name, RW_TEXT("sql_source", "Rows of PostgreSQL or MariaDB"), "sql_source"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = sqlSourceParams();
    kind.bind = bindSqlSource;
    kind.propose = proposeSubject;
    kind.make = makeSqlSource;
    return kind;
}

}  // namespace rw
