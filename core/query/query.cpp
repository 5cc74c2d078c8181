#include "core/query/query.h"

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>

#include "core/base/byte_size.h"
#include "core/base/readable.h"
#include "core/connect/sqlite/reading.h"
#include "core/query/prepared.h"
#include "core/query/query_error.h"
#include "core/query/query_names.h"
#include "core/query/query_text.h"
#include "core/query/read_only.h"

namespace rw {

namespace {

constexpr int kStepsBetweenLooks = 500;  // of SQLite's machine: each may make a value of QueryLimits::value
constexpr int kLongestSql = 1 << 20;
constexpr Millis kLockedAgain = 20;

/// Ends statements: by the flag, by time and by memory.
class Guard {
 public:
    enum class End { None, Cancelled, Time, Bytes };

    Guard(const QueryLimits& limits, CancelFlag cancel)
        : m_limits(limits), m_cancel(cancel), m_memory(sqlite3_memory_used()) {}

    /// Counts what is kept of the result; false: there is no room for it.
    bool keep(std::size_t bytes) {
        m_kept += bytes;
        return m_kept <= m_limits.bytes;
    }
    bool isOver() {
        if (m_end != End::None) return true;
        if (m_cancel != nullptr && m_cancel->load(std::memory_order_relaxed))
            m_end = End::Cancelled;
        else if (m_clock->steadyMillis() - m_began >= m_limits.time)
            m_end = End::Time;
        // Other connections of the program count here, too; theirs are small.
        else if (sqlite3_memory_used() - m_memory > static_cast<sqlite3_int64>(m_limits.bytes))
            m_end = End::Bytes;
        return m_end != End::None;
    }
    End end() const { return m_end; }
    Millis took() const { return m_clock->steadyMillis() - m_began; }

    static int onProgress(void* guard) { return static_cast<Guard*>(guard)->isOver() ? 1 : 0; }
    /// Called while another connection holds a lock.
    static int onBusy(void* guard, int count) {
        Guard& self = *static_cast<Guard*>(guard);
        if (count == 0) self.m_waits = self.m_clock->steadyMillis();
        if (self.isOver() || self.m_clock->steadyMillis() - self.m_waits >= self.m_limits.lock) return 0;
        self.m_clock->sleep(kLockedAgain);
        return 1;
    }

 private:
    const QueryLimits& m_limits;
    const CancelFlag m_cancel;
    const std::shared_ptr<Clock> m_clock = systemClock();
    const sqlite3_int64 m_memory;
    const std::int64_t m_began = m_clock->steadyMillis();
    std::int64_t m_waits = 0;
    std::size_t m_kept = 0;
    End m_end = End::None;
};

std::string uriFor(const std::string& path) {
    const std::string uri = sqliteLook(path).uri;
    return uri + (uri.find('?') == std::string::npos ? "?mode=ro" : "&mode=ro");
}

std::size_t bytesOf(const QueryValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    const auto* blob = std::get_if<QueryBlob>(&value);
    return sizeof value + (text != nullptr ? text->size() : blob != nullptr ? blob->bytes.size() : 0);
}

QueryValue valueOf(sqlite3_stmt* statement, int column) {
    const auto bytes = [&](const void* from) {
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        return size == 0 ? std::string() : std::string(static_cast<const char*>(from), size);
    };
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_INTEGER:
            return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
        case SQLITE_FLOAT:
            return sqlite3_column_double(statement, column);
        case SQLITE_TEXT:
            return bytes(sqlite3_column_text(statement, column));
        case SQLITE_BLOB:
            return QueryBlob{bytes(sqlite3_column_blob(statement, column))};
        default:
            return std::monostate();
    }
}

/// The type that all values have; of whole and other numbers REAL.
std::string_view storageOf(const QueryResult& result, std::size_t column) {
    constexpr std::string_view kTypes[] = {"", "INTEGER", "REAL", "TEXT", "BLOB"};
    std::size_t found = 0;
    for (const auto& row : result.rows) {
        const std::size_t kind = row[column].index();
        if (kind == 0 || kind == found) continue;
        if (found != 0 && (found > 2 || kind > 2)) return {};
        found = std::max(found, kind);
    }
    return kTypes[found];
}

/// A query that is being answered.
class Asking {
 public:
    Asking(const Query& query, CancelFlag cancel)
        : m_query(query),
          m_guard(query.limits, cancel),
          m_database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_URI),
          m_readOnly(m_database) {
        sqlite3* const handle = m_database.getHandle();
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, static_cast<int>(query.limits.value));
        sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, kLongestSql);
        sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_busy_handler(handle, Guard::onBusy, &m_guard);
        sqlite3_progress_handler(handle, kStepsBetweenLooks, Guard::onProgress, &m_guard);
        m_database.exec("PRAGMA temp_store = MEMORY");  // where it is counted
    }

    QueryAnswer answer() {
        for (const QueryDatabase& each : m_query.databases) attach(each);
        for (const std::string_view schema : {kLiveSchema, kTapeSchema})
            m_database.exec("ATTACH ':memory:' AS " + sqliteName(schema));
        for (const LiveRows& each : m_query.live) makeLiveTable(m_database, each);
        // Connected once, they are known from then on: connecting them is more than the authorizer allows.
        m_database.exec("SELECT 1 FROM json_each('[]'), json_tree('[]')");
        m_readOnly.watch();
        Prepared statement = prepare();
        if (!statement) return prepareError();
        if (const auto refused = refusal(statement.get())) return *refused;
        // Only what the statement reads is filled in.
        statement.reset();
        const std::vector<QueryTable> tables = tablesRead();
        for (const LiveRows& each : m_query.live) {
            const QueryTable table{std::string(each.schema), each.table};
            if (std::count(tables.begin(), tables.end(), table) == 0) continue;
            if (m_guard.isOver()) return ended(each);
            const Status filled =
                fillLiveTable(m_database, each, {[this] { return m_guard.isOver(); }, m_query.limits.bytes});
            // A limit is told rather than what came of it.
            if (m_guard.isOver()) return ended(each);
            if (!filled.ok()) return {filled, {}, {}};
        }
        std::map<std::string, std::string> placed = placedBefore(tables);
        m_database.exec("PRAGMA query_only = ON");
        m_readOnly.watch();
        statement = prepare();
        if (!statement) return prepareError();
        QueryAnswer answer = read(statement.get());
        answer.result.tables = tables;
        answer.result.placed = std::move(placed);
        return answer;
    }
    QueryAnswer failed(const SQLite::Exception& failure) { return stepError(failure); }

 private:
    /// One that can't be read is left out: the statement may not need it.
    void attach(const QueryDatabase& database) {
        Status readable = readableSqlite(database.path);
        const std::string schema = sqliteName(database.schema);
        bool attached = false;
        try {
            if (readable.ok()) {
                SQLite::Statement statement(m_database, "ATTACH ? AS " + schema);
                statement.bind(1, uriFor(database.path));
                statement.exec();
                attached = true;
                SQLite::Statement tables(m_database, "SELECT name FROM " + schema + ".sqlite_schema");
                while (tables.executeStep()) continue;
                return;
            }
        } catch (const SQLite::Exception& failure) {
            readable = m_guard.end() == Guard::End::Cancelled
                           ? cancelled()
                           : sqliteError(failure, database.path, static_cast<int>(m_query.limits.lock));
        }
        m_leftOut.emplace_back(database.schema, readable);
        if (attached) m_database.tryExec("DETACH " + schema);
    }

    /// Before the statement: what comes between the two is told as news once more, and never missed.
    std::map<std::string, std::string> placedBefore(const std::vector<QueryTable>& tables) {
        std::map<std::string, std::string> placed;
        for (const QueryTable& table : tables) {
            if (table.schema == kLiveSchema || table.schema == kTapeSchema) continue;
            const auto [known, isNew] = placed.try_emplace(table.schema);
            if (isNew) known->second = placedIn(m_database, table.schema);
        }
        return placed;
    }

    Prepared prepare() {
        sqlite3_stmt* made = nullptr;
        m_code = sqlite3_prepare_v3(m_database.getHandle(), m_query.sql.data(),
                                    static_cast<int>(m_query.sql.size()), 0, &made, nullptr);
        return Prepared(made);
    }

    QueryAnswer prepareError() {
        if (m_guard.end() == Guard::End::Cancelled) return {cancelled(), {}, {}};
        if (m_readOnly.hasRefused()) return {m_readOnly.refusal(), refusedPlace(), {}};
        if (m_code != SQLITE_ERROR) return stepError(SQLite::Exception(m_database.getHandle(), m_code));
        const SqlMistake mistake = lastMistake(m_database);
        const std::string missing = missingTable(mistake);
        QueryAnswer error = statementError(mistake, m_query.sql, known());
        if (missing.empty() || m_leftOut.empty()) return error;
        // The table may be in one that could not be read: that one which is named, else the first.
        const auto named = std::find_if(m_leftOut.begin(), m_leftOut.end(), [&](const auto& each) {
            return foldedName(missing).starts_with(foldedName(each.first) + '.');
        });
        error.status = named != m_leftOut.end() ? named->second : m_leftOut.front().second;
        return error;
    }

    /// The word that the refusal names.
    QueryPlace refusedPlace() const {
        const Status refusal = m_readOnly.refusal();
        const std::vector<TextArg>& named = refusal.error().message.args;
        for (const SqlToken& token : sqlTokens(m_query.sql)) {
            if (token.kind != SqlToken::Kind::Word) continue;
            const std::string word = nameIn(m_query.sql, token);
            const bool isIt = std::any_of(named.begin(), named.end(), [&word](const TextArg& arg) {
                return sameSqliteName(arg.literal(), word);
            });
            if (isIt) return {token.span.begin, token.span.end - token.span.begin};
        }
        return {};
    }

    /// What the authorizer is not asked about.
    std::optional<QueryAnswer> refusal(sqlite3_stmt* statement) const {
        if (sqlite3_stmt_readonly(statement) == 0 || sqlite3_column_count(statement) == 0)
            return QueryAnswer{m_readOnly.refusal(), {}, {}};
        if (sqlite3_bind_parameter_count(statement) == 0) return std::nullopt;
        const char* name = sqlite3_bind_parameter_name(statement, 1);
        return QueryAnswer{
            Status(ErrorCode::Invalid,
                   RW_TEXT("query", "The parameter “%1” has no value.").with(name != nullptr ? name : "?"),
                   RW_TEXT("query", "Write the value in its place.")),
            {},
            {}};
    }

    QueryAnswer read(sqlite3_stmt* statement) {
        QueryAnswer answer;
        QueryResult& result = answer.result;
        const int columns = sqlite3_column_count(statement);
        int code = SQLITE_DONE;
        while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
            std::vector<QueryValue> row;
            row.reserve(static_cast<std::size_t>(columns));
            std::size_t bytes = sizeof row;
            for (int i = 0; i < columns; ++i) bytes += bytesOf(row.emplace_back(valueOf(statement, i)));
            if (!m_guard.keep(bytes)) {
                result.cut = QueryResult::Cut::Bytes;
                break;
            }
            result.rows.push_back(std::move(row));
        }
        if (code != SQLITE_DONE && code != SQLITE_ROW) {
            const bool time =
                code == SQLITE_INTERRUPT && m_guard.end() == Guard::End::Time && !result.rows.empty();
            if (!time) return stepError(SQLite::Exception(m_database.getHandle(), code));
            result.cut = QueryResult::Cut::Time;
        }
        for (int i = 0; i < columns; ++i) {
            const char *name = sqlite3_column_name(statement, i),
                       *type = sqlite3_column_decltype(statement, i);
            SqliteColumn column{name != nullptr ? name : "", type != nullptr ? type : ""};
            if (column.type.empty()) column.type = storageOf(result, static_cast<std::size_t>(i));
            column.values = declaredValues(column.type);
            result.columns.push_back(std::move(column));
        }
        result.took = m_guard.took();
        result.plan = planOf(m_database.getHandle(), m_query.sql, statement);
        return answer;
    }

    QueryAnswer stepError(const SQLite::Exception& failure) {
        const QueryLimits& limits = m_query.limits;
        const SqlMistake mistake = lastMistake(m_database);
        switch (failure.getErrorCode() & 0xff) {
            case SQLITE_INTERRUPT:
                return ended();
            case SQLITE_TOOBIG:
                return {Status(ErrorCode::Invalid,
                               RW_TEXT("query", "A value has more than %1.").with(sizeText(limits.value)),
                               RW_TEXT("query", "Read a part of it: substr(value, 1, 1000).")),
                        {},
                        {}};
            case SQLITE_NOMEM:
                return {outOfMemory(), {}, {}};
            case SQLITE_ERROR:
            case SQLITE_MISMATCH:
            case SQLITE_RANGE:
                return statementError(mistake, m_query.sql, known());
            default:
                return {sqliteError(failure, m_database, pathRead(), static_cast<int>(limits.lock)), {}, {}};
        }
    }

    /// Why the guard has ended the statement before its first row.
    QueryAnswer ended() const {
        if (m_guard.end() == Guard::End::Time) {
            return {Status(ErrorCode::Invalid,
                           RW_TEXT("query", "Stopped after %1 without a row.")
                               .with(durationText(m_query.limits.time)),
                           RW_TEXT("query", "Read fewer rows: narrow WHERE, or add LIMIT to a part.")),
                    {},
                    {}};
        }
        if (m_guard.end() == Guard::End::Bytes) return tooMuch();
        return {cancelled(), {}, {}};
    }
    /// … while rows were asked for: no part of the statement makes a tape faster to read.
    QueryAnswer ended(const LiveRows& rows) const {
        if (m_guard.end() != Guard::End::Time || rows.schema != kTapeSchema) return ended();
        return {
            Status(
                ErrorCode::Invalid,
                RW_TEXT("query", "The tape was not read within %1.").with(durationText(m_query.limits.time)),
                RW_TEXT("query", "Read the rows of the run instead: those in “live”.")),
            {},
            {}};
    }

    QueryAnswer tooMuch() const {
        return {Status(ErrorCode::Invalid,
                       RW_TEXT("query", "The statement needs more than %1 of memory.")
                           .with(sizeText(m_query.limits.bytes)),
                       RW_TEXT("query", "Sort and group fewer rows: narrow WHERE.")),
                {},
                {}};
    }

    static Status cancelled() { return {ErrorCode::Cancelled, RW_TEXT("query", "The query was stopped.")}; }
    static std::string sizeText(std::size_t bytes) { return byteSizeText(bytes); }

    /// The file that an error is about, as far as it is known: that of the first table that is read.
    std::string pathRead() const {
        for (const QueryDatabase& each : m_query.databases) {
            for (const QueryTable& table : m_readOnly.tables())
                if (sameSqliteName(table.schema, each.schema)) return each.path;
        }
        return m_query.databases.empty() ? std::string(kLiveSchema) : m_query.databases.front().path;
    }

    /// The tables that the statement reads; of a name without a schema the first that has it.
    std::vector<QueryTable> tablesRead() {
        m_readOnly.rest();
        std::set<QueryTable> found;
        std::vector<std::string> schemas;
        for (const QueryDatabase& each : m_query.databases) schemas.push_back(each.schema);
        schemas.emplace_back(kLiveSchema);
        schemas.emplace_back(kTapeSchema);
        for (const QueryTable& each : m_readOnly.tables()) {
            for (const std::string& schema : each.schema.empty() ? schemas : std::vector{each.schema}) {
                const auto name = nameOfTable(schema, each.name);
                if (!name) continue;
                found.insert({schema, *name});
                break;
            }
        }
        return {found.begin(), found.end()};
    }

    /// As the schema spells it; nothing: it has no such table, or was left out.
    std::optional<std::string> nameOfTable(const std::string& schema, const std::string& table) {
        try {
            SQLite::Statement name(m_database, "SELECT name FROM " + sqliteName(schema) +
                                                   ".sqlite_schema WHERE name = ? COLLATE NOCASE AND type IN "
                                                   "('table', 'view')");
            name.bind(1, table);
            return name.executeStep() ? std::optional(name.getColumn(0).getString()) : std::nullopt;
        } catch (const SQLite::Exception&) {
            return std::nullopt;
        }
    }

    /// For the mends of misspelt names; what can't be read is not known.
    KnownNames known() {
        m_readOnly.rest();
        KnownNames known;
        std::vector<std::string> schemas{std::string(kLiveSchema), std::string(kTapeSchema)};
        for (const QueryDatabase& each : m_query.databases) schemas.push_back(each.schema);
        for (const std::string& schema : schemas) {
            try {
                SQLite::Statement names(m_database, "SELECT name FROM " + sqliteName(schema) +
                                                        ".sqlite_schema WHERE type IN ('table', 'view')");
                while (names.executeStep()) {
                    const std::string table = names.getColumn(0).getString();
                    if (isOwnTable(table)) continue;
                    known.tables.push_back(table);
                    SQLite::Statement columns(m_database, "SELECT name FROM pragma_table_info(?, ?)");
                    columns.bind(1, table);
                    columns.bind(2, schema);
                    while (columns.executeStep()) known.columns.push_back(columns.getColumn(0).getString());
                }
            } catch (const SQLite::Exception&) {
                continue;
            }
        }
        return known;
    }

    const Query& m_query;
    Guard m_guard;
    SQLite::Database m_database;
    ReadOnly m_readOnly;
    std::vector<std::pair<std::string, Status>> m_leftOut{};  ///< schemas, and why
    int m_code = SQLITE_OK;
};

}  // namespace

QueryAnswer runQuery(const Query& query, CancelFlag cancel) {
    const std::size_t statements = statementsOf(query.sql).size();
    if (statements == 0) {
        return {Status(ErrorCode::Invalid, RW_TEXT("query", "There is no statement to run."),
                       RW_TEXT("query", "Write one that begins with SELECT.")),
                {},
                {}};
    }
    const std::string word = firstWord(query.sql);
    if (const auto refused = refusedStatement(word)) {
        const std::size_t at = statementsOf(query.sql).front().begin;
        return {*refused, {at, word.size()}, {}};
    }
    if (statements > 1) {
        return {Status(ErrorCode::Invalid, RW_TEXT("query", "One statement runs at a time."),
                       RW_TEXT("query", "Put the cursor into the one to run.")),
                {},
                {}};
    }
    if (query.sql.find('\0') != std::string::npos) {
        return {Status(ErrorCode::Invalid, RW_TEXT("query", "The statement has a NUL character."),
                       RW_TEXT("query", "Type it anew.")),
                {},
                {}};
    }
    try {
        Asking asking(query, cancel);
        try {
            return asking.answer();
        } catch (const SQLite::Exception& failure) {
            return asking.failed(failure);
        }
    } catch (const SQLite::Exception& failure) {
        return {sqliteError(failure, std::string(kLiveSchema), 0), {}, {}};
    }
}

}  // namespace rw
