#include "core/connect/sqlite/writer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/figures.h"
#include "core/connect/files/output_lock.h"
#include "core/connect/files/system_output_files.h"
#include "core/connect/sqlite/values.h"
#include "core/data/hash.h"
#include "core/data/text.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

/// “ WHERE "a" IS ? AND "b" IS ?”: IS, so that NULL finds NULL. Without a key all rows are meant.
std::string keyCondition(const SqliteTarget& target) {
    std::string condition;
    for (const int column : target.key) {
        condition += condition.empty() ? " WHERE " : " AND ";
        condition += sqliteName(target.schema->fields[static_cast<std::size_t>(column)].name) + " IS ?";
    }
    return condition;
}

std::unique_ptr<EpochRows> epochRowsOf(const SqliteTarget& target, const MakeContext& context) {
    if (context.checkpoints.empty()) return nullptr;
    return std::make_unique<EpochRows>(context.checkpoints + '/' + context.node + '/' + target.table,
                                       target.table);
}

/// NaN is none to SQLite.
bool isNull(const Column& column, std::size_t row) {
    return column.isNull(row) || (column.type().id == TypeId::Double && std::isnan(column.at<double>(row)));
}

template <class T>
void appendBytes(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// As no other value of the column's type has it that is another one to SQLite: −0.0 is 0.0 there, as in
/// GROUP BY.
void appendKey(std::string& out, const Column& column, std::size_t row) {
    out += isNull(column, row) ? '0' : '1';
    if (isNull(column, row)) return;
    const auto asText = [&] {
        const std::size_t begin = out.size();
        appendBytes(out, begin);  // room for how long it is
        appendCell(out, column, row);
        const std::size_t size = out.size() - begin - sizeof begin;
        std::memcpy(out.data() + begin, &size, sizeof size);
    };
    visitType(column.type().id,
              Overloaded{[&](types::Double) { appendBytes(out, keyDouble(column.at<double>(row))); },
                         [&](types::Boolean) { appendBytes(out, column.at<std::uint8_t>(row)); },
                         [&](types::Int) { appendBytes(out, column.at<std::int32_t>(row)); },
                         [&](types::Bigint) { appendBytes(out, column.at<std::int64_t>(row)); },
                         [&](types::Bytes) {
                             appendBytes(out, column.string(row).size());
                             out += column.string(row);
                         },
                         [&](AnyOf<types::Decimal, types::String, types::Date, types::Timestamp, types::Null,
                                   types::IntervalDay, types::IntervalMonth> auto) { asText(); }});
}

}  // namespace

SqliteWriter::SqliteWriter(SqliteTarget target, const MakeContext& context)
    : m_target(std::move(target)),
      m_bounded(context.bounded),
      m_session(SqliteSession::of(context, m_target.path)),
      m_files(outputFilesOr(context.outputs)),
      m_texts(m_target.schema->size()),
      m_epochs(epochRowsOf(m_target, context)),
      m_kept(KeptEpochs::of(context)) {
    node = context.node;
    table = m_target.table;
    staged = context.bounded && m_target.mode == SqliteTarget::Mode::Replace;
}

SqliteWriter::~SqliteWriter() {
    abort();
    if (m_joined) m_session->leave(*this);
}

void SqliteWriter::forget() {
    m_insert.reset();
    m_remove.reset();
    if (m_undo) m_undo->forget();
    // A file that was removed is made again with its tables.
    m_made = m_keyIsRowId = false;
}

std::vector<std::string> SqliteWriter::keyNames() const {
    std::vector<std::string> names;
    for (const int column : m_target.key)
        names.push_back(m_target.schema->fields[static_cast<std::size_t>(column)].name);
    return names;
}

/// The key of another column may be NULL.
bool SqliteWriter::keyIsRowIdOf(const SqliteTable& found) const {
    return found.keyIsRowId && m_target.key.size() == 1 &&
           sameSqliteName(found.uniqueKeys.front().front(), keyNames().front());
}

std::string SqliteWriter::writtenName() const {
    return staged && !m_swapped ? std::string(kSqliteStaging) + m_target.table : m_target.table;
}

std::string SqliteWriter::writtenTable() const {
    return sqliteName(writtenName());
}

Status SqliteWriter::open() {
    const bool adds = m_target.mode == SqliteTarget::Mode::Append;
    RW_TRY_ASSIGN(m_claim, m_files->claim(m_target.path, claimedPart(m_target.table),
                                          adds ? OutputClaim::Mode::Shared : OutputClaim::Mode::Alone));
    if (m_claim->unguarded()) m_notes.push_back(unguardedNote(m_target.path));
    if (m_epochs && m_target.mode == SqliteTarget::Mode::Upsert) {
        m_undo =
            std::make_unique<UpsertUndo>(m_epochs->name(), m_target.table, m_target.schema, m_target.key);
    }
    m_joined = true;
    return m_session->join(*this, [this](SQLite::Database& database) { return look(database); });
}

Status SqliteWriter::look(SQLite::Database& database) {
    if (m_epochs) {
        // For the trial only: join() rolls it back.
        RW_TRY(lookBack(database));
        noteUntold(database);
        return {};
    }
    const SqliteTable found = describeTable(database, m_target.table);
    if (m_target.mode != SqliteTarget::Mode::Replace || found.view) {
        RW_TRY(fits(found, m_target.table, *m_target.schema, keyNames()));
    }
    m_keyIsRowId = keyIsRowIdOf(found);
    return {};
}

/// A lone INTEGER key would be the row id, in which SQLite makes a number up for NULL.
std::string SqliteWriter::columnType(const Field& field) const {
    const std::string type = sqliteDeclaration(field.type);
    const bool loneKey = m_target.key.size() == 1 && keyNames().front() == field.name;
    return loneKey && type == "INTEGER" ? "BIGINT" : type;
}

void SqliteWriter::makeTable(SQLite::Database& database) {
    if (m_made) return;
    const bool anew = m_target.mode == SqliteTarget::Mode::Replace && !m_goesOn;
    if (anew) {
        EpochRows::forgetTable(database, m_target.table, m_epochs ? m_epochs->name() : std::string());
        database.exec("DROP TABLE IF EXISTS " + writtenTable());
    }
    // The staged table of a killed run: no other process has the claim. Not when the table is opened: a run that
    // does not begin removes nothing from which another could resume.
    if (anew || (!m_epochs && m_target.mode == SqliteTarget::Mode::Upsert))
        database.exec("DROP TABLE IF EXISTS " + sqliteName(std::string(kSqliteStaging) + m_target.table));
    std::string columns;
    for (const Field& field : m_target.schema->fields) {
        columns += (columns.empty() ? "" : ", ") + sqliteName(field.name) + " " + columnType(field);
    }
    std::string key;
    for (const std::string& column : keyNames()) key += (key.empty() ? "" : ", ") + sqliteName(column);
    if (!key.empty()) columns += ", PRIMARY KEY (" + key + ")";
    database.exec("CREATE TABLE IF NOT EXISTS " + writtenTable() + " (" + columns + ")");
    makeStatements(database);
    m_made = true;
    stagingMade = staged;
}

void SqliteWriter::makeStatements(SQLite::Database& database) {
    std::string columns, values;
    for (const Field& field : m_target.schema->fields) {
        columns += (columns.empty() ? "" : ", ") + sqliteName(field.name);
        values += values.empty() ? "?" : ", ?";
    }
    const char* verb =
        m_target.mode == SqliteTarget::Mode::Upsert ? "INSERT OR REPLACE INTO " : "INSERT INTO ";
    m_insert = std::make_unique<SQLite::Statement>(
        database, verb + writtenTable() + " (" + columns + ") VALUES (" + values + ")");
    if (m_target.mode != SqliteTarget::Mode::Upsert) return;
    m_remove = std::make_unique<SQLite::Statement>(database,
                                                   "DELETE FROM " + writtenTable() + keyCondition(m_target));
    if (m_undo) m_undo->prepare(database);
}

void SqliteWriter::bindCell(SQLite::Statement& statement, int parameter, std::size_t slot,
                            const Column& column, std::size_t row) {
    if (column.isNull(row)) {
        statement.bind(parameter);
        return;
    }
    visitType(column.type().id,
              Overloaded{[&](types::Boolean) {
                             statement.bind(parameter,
                                            static_cast<std::int32_t>(column.at<std::uint8_t>(row)));
                         },
                         [&](types::Int) { statement.bind(parameter, column.at<std::int32_t>(row)); },
                         [&](types::Bigint) { statement.bind(parameter, column.at<std::int64_t>(row)); },
                         [&](types::Double) {
                             const double value = column.at<double>(row);
                             if (std::isnan(value)) ++m_nans;
                             statement.bind(parameter, value);
                         },
                         [&](types::Bytes) {
                             const std::string_view bytes = column.string(row);
                             constexpr std::size_t kMost =
                                 std::numeric_limits<int>::max();  // too many for SQLite
                             statement.bindNoCopy(parameter, bytes.data(),
                                                  static_cast<int>(std::min(bytes.size(), kMost)));
                         },
                         [&](AnyOf<types::Decimal, types::String, types::Date, types::Timestamp, types::Null,
                                   types::IntervalDay, types::IntervalMonth> auto) {
                             m_texts[slot].clear();
                             appendCell(m_texts[slot], column, row);
                             statement.bindNoCopy(parameter, m_texts[slot]);
                         }});
}

void SqliteWriter::bindCells(SQLite::Statement& statement, int parameter, const std::vector<int>& columns,
                             const Batch& batch, std::size_t row) {
    const std::uint64_t nans = m_nans;  // one is counted where it is written
    for (const int column : columns)
        bindCell(statement, parameter++, static_cast<std::size_t>(column), batch.column(column), row);
    m_nans = nans;
}

bool SqliteWriter::keyHasNull(const Batch& batch, std::size_t row) const {
    return std::any_of(m_target.key.begin(), m_target.key.end(),
                       [&](int column) { return isNull(batch.column(column), row); });
}

void SqliteWriter::remember(const Batch& batch, std::size_t row) {
    m_rowKey.clear();
    for (const int column : m_target.key) appendKey(m_rowKey, batch.column(column), row);
    m_undo->remember(m_rowKey, [&](SQLite::Statement& statement, int first, const std::vector<int>& columns) {
        bindCells(statement, first, columns, batch, row);
    });
}

void SqliteWriter::removeKey(const Batch& batch, std::size_t row) {
    bindCells(*m_remove, 1, m_target.key, batch, row);
    m_remove->exec();
    m_remove->reset();
}

Status SqliteWriter::writeRow(const Batch& batch, std::size_t row) {
    const RowKind kind = batch.kind(row);
    if (m_target.mode == SqliteTarget::Mode::Upsert) {
        if (kind == RowKind::UpdateBefore)
            return {};  // the row after it has the same key and takes its place
        if (m_undo) remember(batch, row);
        const bool nullKey = keyHasNull(batch, row);
        // To a primary key two NULLs are two keys; to a stream they are one. A row without key is the only
        // one.
        if (kind == RowKind::Delete || nullKey || m_target.key.empty()) removeKey(batch, row);
        if (kind == RowKind::Delete) return {};
        if (nullKey && m_keyIsRowId) {
            return {ErrorCode::Row,
                    RW_TEXT("sqlite",
                            "The key “%1” of table “%2” is its INTEGER PRIMARY KEY, which can't hold "
                            "NULL; a row has none.")
                        .with(keyNames().front(), m_target.table),
                    RW_TEXT("sqlite",
                            "Filter rows without key before this node, or remove the table, so that "
                            "the run makes it anew.")};
        }
    }
    for (std::size_t column = 0; column < batch.columns.size(); ++column) {
        bindCell(*m_insert, static_cast<int>(column) + 1, column, *batch.columns[column], row);
    }
    m_insert->exec();
    m_insert->reset();
    return {};
}

Status SqliteWriter::write(const Batch& batch) {
    if (m_epochs) {
        m_epochs->add(batch);
        return m_epochs->large() ? spill() : Status();
    }
    return withSaved(m_session->write(*this, [&](SQLite::Database& database) -> Status {
        makeTable(database);
        for (std::size_t row = 0; row < batch.rows; ++row) RW_TRY(writeRow(batch, row));
        pending += batch.rows;
        return {};
    }));
}

/// Rows that are not staged stay after an error; it says how many.
Status SqliteWriter::withSaved(const Status& status) const {
    if (status.ok() || staged || saved == 0) return status;
    Error error = status.error();
    Text stays =
        figures::counted(saved, RW_TEXT("sqlite", "1 row of table “%1” was written before and stays."),
                         RW_TEXT("sqlite", "%1 rows of table “%2” were written before and stay."));
    error.message = RW_TEXT("sqlite", "%1 %2").with(error.message, std::move(stays).with(m_target.table));
    return Status(std::move(error));
}

Status SqliteWriter::flush() {
    if (m_epochs) return {};  // it can be seen when the checkpoint is there
    return withSaved(m_session->flush(*this));
}

Status SqliteWriter::prepareAll() {
    RW_TRY(withSaved(m_session->write(*this, [this](SQLite::Database& database) -> Status {
        makeTable(database);
        return {};
    })));
    return withSaved(m_session->prepare(*this));
}

Status SqliteWriter::prepare(Epoch epoch) {
    if (!m_epochs) return prepareAll();
    if (!m_session->keepsCheckpoints() && (m_epochs->any() || !m_epochs->introduced())) RW_TRY(spill());
    m_epochs->seal(epoch);
    return {};
}

Status SqliteWriter::commit(Epoch epoch) {
    if (!m_epochs) RW_TRY(withSaved(m_session->commit(*this)));
    if (m_epochs && !m_tookOver) RW_TRY(m_session->begin(*this));
    if (m_epochs && (epoch > m_applied || swaps())) RW_TRY(m_session->commitEpoch(*this, epoch));
    m_over = m_over || !m_epochs || m_last;
    return {};
}

void SqliteWriter::close() {
    m_session->close();
    m_claim.reset();
}

void SqliteWriter::abort() {
    m_last = false;  // nothing is to be tidied up: the rows wait for a run that goes on
    if (std::exchange(m_over, true) || m_epochs) return;
    if (m_joined) m_session->abort();
    if (staged || saved == 0) return;
    m_notes.push_back(
        figures::counted(saved,
                         RW_TEXT("sqlite", "1 row of table “%1” was written before the end and stays."),
                         RW_TEXT("sqlite", "%1 rows of table “%2” were written before the end and stay."))
            .with(m_target.table));
}

std::vector<Text> SqliteWriter::takeNotes() {
    for (Text& note : m_session->takeNotes()) m_notes.push_back(std::move(note));
    return std::exchange(m_notes, {});
}

}  // namespace rw
