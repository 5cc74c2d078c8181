#include "core/connect/sqlite_writer.h"

#include <cmath>

#include "core/data/text.h"

namespace rw {

namespace {

/// “"a" IS ? AND "b" IS ?”: IS, so that NULL finds NULL.
std::string keyCondition(const SqliteTarget& target) {
    std::string condition;
    for (const int column : target.key) {
        if (!condition.empty()) condition += " AND ";
        condition += sqliteName(target.schema->fields[static_cast<std::size_t>(column)].name) + " IS ?";
    }
    return condition;
}

}  // namespace

SqliteWriter::SqliteWriter(SqliteTarget target, std::shared_ptr<Clock> clock)
    : m_target(std::move(target)), m_clock(std::move(clock)), m_texts(m_target.schema->size()) {}

SqliteWriter::~SqliteWriter() {
    m_insert.reset();
    m_remove.reset();
    m_database.reset();  // rolls back
    giveTurnBack();
}

template <class Work>
Status SqliteWriter::guarded(Work&& work) {
    try {
        work();
        return {};
    } catch (const SQLite::Exception& error) {
        const Status status = sqliteError(error, m_target.path);
        // Nobody else shall wait for what can't go on.
        m_insert.reset();
        m_remove.reset();
        m_database.reset();
        giveTurnBack();
        return status;
    }
}

std::vector<std::string> SqliteWriter::keyNames() const {
    std::vector<std::string> names;
    for (const int column : m_target.key)
        names.push_back(m_target.schema->fields[static_cast<std::size_t>(column)].name);
    return names;
}

Status SqliteWriter::open() {
    m_turn = SqliteTurn::of(m_target.path);
    // Changing to WAL wants the file for itself: not while another sink does the same.
    takeTurn();
    Status table;
    const Status opened = guarded([&] {
        m_database = std::make_unique<SQLite::Database>(
            m_target.path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kSqliteWaitMillis);
        m_database->exec("PRAGMA journal_mode = WAL");
        m_database->exec("PRAGMA synchronous = NORMAL");
        m_database->exec("BEGIN IMMEDIATE");
        const SqliteTable found = describeTable(*m_database, m_target.table);
        if (m_target.mode != SqliteTarget::Mode::Replace || found.view) {
            table = fits(found, m_target.table, *m_target.schema, keyNames());
        }
        m_database->exec("ROLLBACK");
    });
    giveTurnBack();
    return opened.ok() ? table : opened;
}

void SqliteWriter::takeTurn() {
    m_turn->take();
    m_open = true;
}

void SqliteWriter::giveTurnBack() {
    if (m_open) m_turn->giveBack();
    m_open = false;
}

void SqliteWriter::begin() {
    takeTurn();
    m_began = m_clock->steadyMillis();
    m_rows = 0;
    m_database->exec("BEGIN IMMEDIATE");
}

void SqliteWriter::makeTable() {
    if (m_made) return;
    const std::string name = sqliteName(m_target.table);
    if (m_target.mode == SqliteTarget::Mode::Replace) m_database->exec("DROP TABLE IF EXISTS " + name);
    std::string columns;
    for (const Field& field : m_target.schema->fields) {
        columns += (columns.empty() ? "" : ", ") + sqliteName(field.name) + " " +
                   std::string(sqliteType(field.type));
    }
    std::string key;
    for (const std::string& column : keyNames()) key += (key.empty() ? "" : ", ") + sqliteName(column);
    if (!key.empty()) columns += ", PRIMARY KEY (" + key + ")";
    m_database->exec("CREATE TABLE IF NOT EXISTS " + name + " (" + columns + ")");
    prepare();
    m_made = true;
}

void SqliteWriter::prepare() {
    std::string columns, values;
    for (const Field& field : m_target.schema->fields) {
        columns += (columns.empty() ? "" : ", ") + sqliteName(field.name);
        values += values.empty() ? "?" : ", ?";
    }
    const std::string name = sqliteName(m_target.table);
    const char* verb =
        m_target.mode == SqliteTarget::Mode::Upsert ? "INSERT OR REPLACE INTO " : "INSERT INTO ";
    m_insert = std::make_unique<SQLite::Statement>(
        *m_database, verb + name + " (" + columns + ") VALUES (" + values + ")");
    if (m_target.mode != SqliteTarget::Mode::Upsert) return;
    m_remove = std::make_unique<SQLite::Statement>(
        *m_database, "DELETE FROM " + name + " WHERE " + keyCondition(m_target));
}

void SqliteWriter::bindCell(SQLite::Statement& statement, int parameter, std::size_t slot,
                            const Column& column, std::size_t row) {
    if (column.isNull(row)) {
        statement.bind(parameter);
        return;
    }
    switch (column.type().id) {
        case TypeId::Boolean:
            statement.bind(parameter, static_cast<std::int32_t>(column.at<std::uint8_t>(row)));
            return;
        case TypeId::Int:
            statement.bind(parameter, column.at<std::int32_t>(row));
            return;
        case TypeId::Bigint:
            statement.bind(parameter, column.at<std::int64_t>(row));
            return;
        case TypeId::Double: {
            const double value = column.at<double>(row);
            if (std::isnan(value)) ++m_nans;
            statement.bind(parameter, value);
            return;
        }
        default:
            m_texts[slot].clear();
            appendCell(m_texts[slot], column, row);
            statement.bindNoCopy(parameter, m_texts[slot]);
    }
}

void SqliteWriter::removeKey(const Batch& batch, std::size_t row) {
    int parameter = 1;
    for (const int column : m_target.key) {
        bindCell(*m_remove, parameter++, static_cast<std::size_t>(column), batch.column(column), row);
    }
    m_remove->exec();
    m_remove->reset();
}

void SqliteWriter::writeRow(const Batch& batch, std::size_t row) {
    const RowKind kind = batch.kind(row);
    if (m_target.mode == SqliteTarget::Mode::Upsert) {
        if (kind == RowKind::UpdateBefore) return;  // the row after it has the same key and takes its place
        bool nullKey = false;
        for (const int column : m_target.key) nullKey = nullKey || batch.column(column).isNull(row);
        // To a primary key two NULLs are two keys; to a stream they are one.
        if (kind == RowKind::Delete || nullKey) removeKey(batch, row);
        if (kind == RowKind::Delete) return;
    }
    for (std::size_t column = 0; column < batch.columns.size(); ++column) {
        bindCell(*m_insert, static_cast<int>(column) + 1, column, *batch.columns[column], row);
    }
    m_insert->exec();
    m_insert->reset();
}

bool SqliteWriter::due() const {
    return m_rows >= kRowsPerTransaction || m_clock->steadyMillis() - m_began >= kMillisPerTransaction ||
           m_turn->wanted();
}

Status SqliteWriter::write(const Batch& batch) {
    RW_TRY(guarded([&] {
        if (!m_open) begin();
        makeTable();
        for (std::size_t row = 0; row < batch.rows; ++row) writeRow(batch, row);
        m_rows += batch.rows;
    }));
    return due() ? commit() : Status{};
}

Status SqliteWriter::commit() {
    if (!m_open && m_made) return {};
    const Status status = guarded([&] {
        if (!m_open) begin();
        makeTable();
        m_database->exec("COMMIT");
    });
    if (status.ok()) giveTurnBack();
    return status;
}

}  // namespace rw
