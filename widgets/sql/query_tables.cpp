#include "widgets/sql/query_tables.h"

#include <QFileInfo>
#include <algorithm>

#include "core/connect/sqlite/values.h"
#include "core/pipeline/subflow.h"
#include "core/query/alert_rows.h"
#include "core/query/query_names.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/sql/rejected_rows.h"

namespace rw::ui {

namespace {

QString text(std::string_view words) {
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

AskableTable tableOf(SqliteEntry entry, const ResultDatabase& written) {
    const ResultTable sink = written.tables.value(text(entry.name));
    refineTypes(entry, sink);
    AskableTable table{text(entry.name), entry.view, entry.rows, sink.writer};
    for (const SqliteColumn& column : entry.columns)
        table.columns.push_back({text(column.name), text(shownType(column))});
    return table;
}

AskableSchema schemaOf(const QueryDatabase& named, const ResultDatabase& database, const FileReach& reach) {
    AskableSchema schema{text(named.schema), QFileInfo(database.path).fileName(), database.path};
    if (!reach.allows(named.path)) {
        schema.error =
            Error{ErrorCode::Denied,
                  RW_TEXT("document", "“%1” was not read: it lies outside the folder of the pipeline.")
                      .with(named.path),
                  RW_TEXT("document", "Run the pipeline and agree; then its files are looked at.")};
        return schema;
    }
    const Result<SqliteListing> listing = listSqlite(named.path, nullptr);
    if (!listing.ok()) {
        schema.error = listing.error();
        return schema;
    }
    schema.placed = listing->placed;
    for (const SqliteEntry& entry : listing->entries) schema.tables.push_back(tableOf(entry, database));
    return schema;
}

std::size_t countOf(const std::vector<Batch>& batches) {
    std::size_t rows = 0;
    for (const Batch& batch : batches) rows += batch.rows;
    return rows;
}

}  // namespace

bool AskableSchema::operator==(const AskableSchema& other) const {
    const auto words = [](const AskableSchema& schema) {
        return schema.error ? english(*schema.error) : std::string();
    };
    return name == other.name && title == other.title && path == other.path && tables == other.tables &&
           words(*this) == words(other);
}

QueryTables::QueryTables(PipelineDocument& document, RunSession& session, QObject* parent)
    : QObject(parent), m_document(document), m_session(session) {}

void QueryTables::look() {
    std::vector<ResultDatabase> databases = databasesOf(m_document);
    if (databases.size() > kMostQueryDatabases) databases.resize(kMostQueryDatabases);
    if (databases != m_databases) m_listed = {};
    m_databases = databases;
    std::vector<std::string> paths;
    for (const ResultDatabase& each : databases) paths.push_back(each.path.toStdString());
    m_named = namedDatabases(paths);
    findPorts();
    findTape();
    show(m_listed.schemas);
    if (m_looking.isWaiting()) return;
    m_looking.ask(
        m_worker,
        [databases, named = m_named, before = m_listed, ask = DocumentTrust::questionOf(m_document),
         folder = m_document.folder().toStdString()] {
            Listed listed;
            const FileReach reach = ask().reachFrom(folder);
            for (std::size_t i = 0; i < named.size(); ++i) {
                const bool allowed = reach.allows(named[i].path);
                const std::string stamp = allowed ? sqliteStamp(named[i].path) : std::string();
                const bool same = i < before.stamps.size() && !stamp.empty() && before.stamps[i] == stamp &&
                                  !before.schemas[i].error;
                listed.schemas.push_back(same ? before.schemas[i] : schemaOf(named[i], databases[i], reach));
                listed.stamps.push_back(stamp);
            }
            return std::pair(databases, listed);
        },
        [this](std::pair<std::vector<ResultDatabase>, Listed> found) {
            if (found.first != m_databases) return look();  // the pipeline writes others now
            m_listed = std::move(found.second);
            m_known = true;
            show(m_listed.schemas);
        });
}

void QueryTables::forgetRun() {
    m_ports.clear();
    m_alerts.reset();
    m_tape.reset();
    m_taped.clear();
}

void QueryTables::findPorts() {
    m_ports.clear();
    QueryNames taken;
    for (const Node& node : m_session.runningPipeline().nodes) {
        const NodeKind* kind = m_document.catalogue().of(node);
        if (kind == nullptr) continue;
        for (std::size_t i = 0; i < kind->outputs.size(); ++i) {
            const PortRef from{node.id, kind->outputs[i].name};
            std::shared_ptr<Tap> tap = m_session.tap(from);
            if (!tap) continue;
            const std::string name = i == 0 ? node.id : node.id + '_' + from.port;
            const bool rejected = kind->outputs[i].role == PortRole::Rejected;
            m_ports.push_back({taken.add(name), from, titleOf(node), std::move(tap), rejected});
        }
    }
    m_alerts.reset();
    const AlertFeed& feed = m_session.alerts();
    if (feed.board() && !feed.look().rules.empty())
        m_alerts = liveAlerts(taken.add(kAlertsTable), feed.board());
}

// A run records a tape or replays one, or else keeps its newest input by itself.
void QueryTables::findTape() {
    m_taped.clear();
    const bool own = !m_session.shownRun().isElsewhere();
    const std::string path = own ? m_session.lastTape().toStdString() : std::string();
    std::shared_ptr<RollingTape> kept = own && path.empty() ? m_session.keptInput() : nullptr;
    if (kept && !kept->kept().any) kept = nullptr;
    if (path.empty() && !kept) return m_tape.reset();
    if (!m_tape || !m_tape->isOf(kept, path)) m_tape = std::make_shared<RunTape>(kept, path);
    const Pipeline& running = m_session.runningPipeline();
    const std::shared_ptr<const Expanded>& expanded = m_document.validated().expanded;
    QueryNames taken;
    for (const Node& node : expanded ? expanded->pipeline.nodes : running.nodes) {
        const NodeKind* kind = m_document.catalogue().of(node);
        if (kind == nullptr || kind->group != NodeGroup::Source || kind->outputs.empty()) continue;
        if (node.disabled || running.find(outermost(node.id)) == nullptr) continue;
        const TypedNode* const typed = m_document.typed(node.id);
        if (typed == nullptr || !typed->bound || typed->bound->outputs.empty()) continue;
        const StreamType* const stream = &typed->bound->outputs.front();
        if (!stream->schema || stream->schema->size() == 0) continue;
        Taped& taped = m_taped.emplace_back();
        taped.title = titleOf(node);
        taped.rows.table = taken.add(node.id);
        taped.rows.columns = stream->schema;
        taped.rows.changes = stream->updating;
        taped.rows.schema = kTapeSchema;
        taped.rows.later = [tape = m_tape, source = node.id, columns = stream->schema](
                               const AskedLimits& limits) { return tape->newest(source, *columns, limits); };
    }
}

/// Empty where there are none that a table needs.
std::vector<KeptRow> QueryTables::keptRows() const {
    return m_session.snapshot().metrics.rejected > 0 ? m_session.keptRows(0) : std::vector<KeptRow>{};
}

// A rejected port to which no wire leads gives no rows: the run only keeps them, as it does those before the
// tap was made.
std::optional<LiveRows> QueryTables::rowsOf(const Port& port, const std::vector<KeptRow>& kept) const {
    LiveRows live{port.table, nullptr, false, port.tap->recent()};
    if (port.rejected) {
        Batch rejected = rejectedRows(kept, port.from.node);
        if (rejected.rows > countOf(live.rows)) live.rows = {std::move(rejected)};
    }
    const StreamType* stream = m_document.streamAt(port.from);
    if (!live.rows.empty()) {
        live.columns = live.rows.front().schema;
        live.changes = std::any_of(live.rows.begin(), live.rows.end(),
                                   [](const Batch& batch) { return batch.kinds != nullptr; });
    } else if (stream != nullptr) {
        live.columns = stream->schema;
    }
    if (stream != nullptr && live.columns && *stream->schema == *live.columns)
        live.changes |= stream->updating;
    if (!live.columns || live.columns->size() == 0) return std::nullopt;
    return live;
}

bool QueryTables::isCut(const Port& port, std::int64_t rows) const {
    if (rows >= kLiveRowsKept) return true;
    const LiveNode* const node = port.rejected ? m_session.snapshot().node(port.from.node) : nullptr;
    return node != nullptr && node->metrics.rejected > static_cast<std::uint64_t>(rows);
}

AskableSchema QueryTables::liveSchema() const {
    AskableSchema schema{text(kLiveSchema), {}};
    const std::vector<KeptRow> kept = keptRows();
    for (const Port& port : m_ports) {
        const auto live = rowsOf(port, kept);
        if (!live) continue;
        AskableTable table{text(port.table), false, static_cast<std::int64_t>(countOf(live->rows)),
                           port.title};
        table.cut = isCut(port, table.rows);
        for (const Field& field : liveColumns(*live).fields)
            table.columns.push_back({text(field.name), text(toString(field.type))});
        schema.tables.push_back(std::move(table));
    }
    if (m_alerts) {
        AskableTable table{text(m_alerts->table), false};
        table.rows = static_cast<std::int64_t>(m_session.alerts().look().entries.size());
        table.alerts = true;
        for (const Field& field : liveColumns(*m_alerts).fields)
            table.columns.push_back({text(field.name), text(toString(field.type))});
        schema.tables.push_back(std::move(table));
    }
    return schema;
}

AskableSchema QueryTables::tapeSchema() const {
    AskableSchema schema{text(kTapeSchema), {}};
    for (const Taped& taped : m_taped) {
        AskableTable table{text(taped.rows.table), false, -1, taped.title};
        for (const Field& field : liveColumns(taped.rows).fields)
            table.columns.push_back({text(field.name), text(toString(field.type))});
        schema.tables.push_back(std::move(table));
    }
    return schema;
}

void QueryTables::show(std::vector<AskableSchema> listed) {
    for (AskableSchema& ofRun : std::vector{liveSchema(), tapeSchema()}) {
        if (!ofRun.tables.empty()) listed.push_back(std::move(ofRun));
    }
    m_schemas = std::move(listed);
    Q_EMIT changed();
}

bool QueryTables::any() const {
    return std::any_of(m_schemas.begin(), m_schemas.end(),
                       [](const AskableSchema& schema) { return !schema.tables.empty(); });
}

std::map<std::string, std::string> QueryTables::placed() const {
    std::map<std::string, std::string> all;
    for (const AskableSchema& schema : m_listed.schemas)
        if (!schema.placed.empty()) all[schema.name.toStdString()] = schema.placed;
    return all;
}

const AskableTable* QueryTables::find(const QString& schema, const QString& table) const {
    for (const AskableSchema& each : m_schemas) {
        if (!schema.isEmpty() && each.name.compare(schema, Qt::CaseInsensitive) != 0) continue;
        for (const AskableTable& found : each.tables)
            if (found.name.compare(table, Qt::CaseInsensitive) == 0) return &found;
    }
    return nullptr;
}

QString QueryTables::askedAs(const AskableSchema& schema, const AskableTable& table) const {
    const QString name = text(queryName(table.name.toStdString()));
    const auto holds = [&table](const AskableSchema& each) {
        return std::any_of(each.tables.begin(), each.tables.end(), [&table](const AskableTable& other) {
            return other.name.compare(table.name, Qt::CaseInsensitive) == 0;
        });
    };
    const auto first = std::find_if(m_schemas.begin(), m_schemas.end(), holds);
    const bool plain = !schema.isLive() || table.alerts;
    if (plain && first != m_schemas.end() && first->name == schema.name) return name;
    return schema.name + u'.' + name;
}

Query QueryTables::query(std::string sql) const {
    Query query{std::move(sql)};
    for (std::size_t i = 0; i < m_named.size(); ++i) {
        const bool denied = i < m_listed.schemas.size() && m_listed.schemas[i].error &&
                            m_listed.schemas[i].error->code == ErrorCode::Denied;
        if (!denied) query.databases.push_back(m_named[i]);
    }
    const std::vector<KeptRow> kept = keptRows();
    for (const Port& port : m_ports)
        if (auto live = rowsOf(port, kept)) query.live.push_back(std::move(*live));
    if (m_alerts) query.live.push_back(*m_alerts);
    for (const Taped& taped : m_taped) query.live.push_back(taped.rows);
    return query;
}

}  // namespace rw::ui
