#include "core/connect/sqlite/table_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/connect/files/system_files.h"
#include "core/connect/sqlite/values.h"
#include "core/data/text.h"
#include "core/data/utf8.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

constexpr std::size_t kShownValue = 80;  // bytes
constexpr int kShownTables = 8;

Type declaredType(const SqliteColumn& column) {
    const std::string_view shown = shownType(column), affinity = sqliteAffinity(column.type);
    // A DECIMAL that does not say how many digits would be one without a fraction.
    const bool exact = column.values != TypeId::Decimal || shown.find('(') != std::string_view::npos;
    const Result<Type> declared = parseType(shown);
    if (column.values != TypeId::Null && exact && declared.ok()) return *declared;
    if (affinity == "INTEGER") return Type::of(TypeId::Bigint);
    if (affinity == "BLOB" && !column.type.empty()) return Type::of(TypeId::Bytes);
    if (affinity == "REAL" || affinity == "NUMERIC") return Type::of(TypeId::Double);
    return Type::of(TypeId::String);
}

std::string tableNames(SQLite::Database& database) {
    SQLite::Statement list(database,
                           "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE "
                           "'sqlite\\_%' ESCAPE '\\' ORDER BY name");
    std::string names;
    for (int shown = 0; list.executeStep();) {
        const std::string name = list.getColumn(0).getString();
        if (isOwnTable(name)) continue;
        if (shown++ == kShownTables) return names + " …";
        names += (names.empty() ? "" : ", ") + name;
    }
    return names;
}

std::optional<Value> integerAs(std::int64_t number, Type type) {
    using Read = std::optional<Value>;
    return visitType(
        type.id,
        Overloaded{
            [&](types::Boolean) { return number == 0 || number == 1 ? Read(number == 1) : std::nullopt; },
            [&](AnyOf<types::Bigint, types::Timestamp> auto) { return Read(number); },
            [&](types::Double) { return Read(static_cast<double>(number)); },
            [](types::Bytes) { return Read(); },  // bytesOf() takes no numbers
            [&](AnyOf<types::Int, types::Decimal, types::String, types::Date, types::Null, types::IntervalDay,
                      types::IntervalMonth> auto) { return parseValue(std::to_string(number), type); }});
}

/// Of a text the bytes that SQLite's own cast to BLOB gives, which are UTF-8.
std::optional<Value> bytesOf(const SQLite::Column& cell) {
    if (!cell.isBlob() && !cell.isText()) return std::nullopt;
    const auto* const bytes =
        static_cast<const char*>(cell.getBlob());  // before its size, which may change with it
    const auto size = static_cast<std::size_t>(cell.getBytes());
    return size == 0 ? std::string() : std::string(bytes, size);
}

/// Texts are read as the program writes them; numbers are times in milliseconds.
std::optional<Value> cellValue(const SQLite::Column& cell, Type type) {
    if (cell.isNull()) return Value();
    if (type.is(TypeId::Bytes)) return bytesOf(cell);
    if (cell.isInteger()) return integerAs(cell.getInt64(), type);
    if (cell.isFloat()) {
        if (type.is(TypeId::Double)) return Value(cell.getDouble());
        std::string text;
        appendDouble(text, cell.getDouble());
        return parseValue(text, type);
    }
    if (!cell.isText()) return std::nullopt;
    const std::string text = cell.getString();
    return validUtf8Prefix(text) == text.size() ? parseValue(text, type) : std::nullopt;
}

}  // namespace

Result<Schema> sqliteSchema(const std::string& path, const std::string& table) {
    return readingSqlite<Schema>(path, nullptr, [&](SQLite::Database& database) -> Result<Schema> {
        const SqliteTable found = describeTable(database, table);
        if (!found.exists) {
            return Status(ErrorCode::NotFound, RW_TEXT("sqlite", "“%1” has no table “%2”.").with(path, table),
                          RW_TEXT("sqlite", "Its tables are: %1.").with(tableNames(database)));
        }
        Schema schema;
        for (const SqliteColumn& column : found.columns)
            schema.fields.push_back({column.name, declaredType(column)});
        return schema;
    });
}

Status hasColumns(const SqliteTable& table, const std::string& name, const Schema& schema) {
    if (!table.exists) {
        return {ErrorCode::NotFound, RW_TEXT("sqlite", "There is no table “%1” in the file.").with(name),
                RW_TEXT("sqlite", "Choose another table or another file.")};
    }
    std::string names, missing;
    for (const SqliteColumn& column : table.columns) names += (names.empty() ? "" : ", ") + column.name;
    for (const Field& field : schema.fields) {
        const bool there =
            std::any_of(table.columns.begin(), table.columns.end(),
                        [&](const SqliteColumn& column) { return sameSqliteName(column.name, field.name); });
        if (!there) missing += (missing.empty() ? "" : ", ") + field.name;
    }
    if (missing.empty()) return {};
    return {ErrorCode::Invalid, RW_TEXT("sqlite", "Table “%1” lacks columns: %2.").with(name, missing),
            RW_TEXT("sqlite", "The columns are: %1.").with(names)};
}

SqliteTableReader::SqliteTableReader(std::string path, std::string table, SchemaRef schema, DatabaseFile file,
                                     const Files* files)
    : m_path(std::move(path)),
      m_table(std::move(table)),
      m_schema(std::move(schema)),
      m_files(files),
      m_before(fileNow()),
      m_reading(std::move(file), nullptr) {}

std::optional<FileState> SqliteTableReader::fileNow() const {
    const Result<FileState> now = m_files != nullptr ? m_files->state(m_path) : systemFiles()->state(m_path);
    return now.ok() ? std::optional(*now) : std::nullopt;
}

bool SqliteTableReader::isOfOneMoment(Instant opened) const {
    if (!m_reading.unlocked()) return true;
    if (!m_before || fileNow() != m_before) return false;
    constexpr std::int64_t kNanosPerMilli = 1'000'000, kNanosPerSecond = 1'000'000'000;
    const Millis age = opened - m_before->modified / kNanosPerMilli;
    const bool seconds = m_before->modified % kNanosPerSecond == 0;
    return age < 0 || age >= (seconds ? kWholeSecondsTick : kTick);
}

Result<std::unique_ptr<SqliteTableReader>> SqliteTableReader::open(const std::string& path,
                                                                   const std::string& table,
                                                                   SchemaRef schema, const Files* files) {
    RW_TRY(readableSqlite(path, RW_TEXT("sqlite", "Choose another file.")));
    DatabaseFile file{path, {}, {}, {}};
    if (files != nullptr) {
        RW_TRY_ASSIGN(file, files->database(path));
    }
    std::unique_ptr<SqliteTableReader> reader;
    try {
        reader.reset(new SqliteTableReader(path, table, std::move(schema), std::move(file), files));
        RW_TRY(reader->m_reading.isThat(path));
        SQLite::Database& database = reader->m_reading.database();
        RW_TRY(hasColumns(describeTable(database, table), table, *reader->m_schema));
        std::string columns;
        for (const Field& field : reader->m_schema->fields) {
            // With the table's name before it: SQLite takes a quoted name that it does not know for a text.
            columns += (columns.empty() ? "" : ", ") + sqliteName(table) + '.' + sqliteName(field.name);
        }
        reader->m_rows =
            std::make_unique<SQLite::Statement>(database, "SELECT " + columns + " FROM " + sqliteName(table));
        return reader;
    } catch (const SQLite::Exception& failure) {
        if (reader == nullptr) return sqliteError(failure, path, SqliteReading::kWaitMillis);
        return sqliteError(failure, reader->m_reading.database(), path, SqliteReading::kWaitMillis);
    }
}

Result<Batch> SqliteTableReader::next(std::size_t most) {
    std::vector<ColumnBuilder> builders;
    for (const Field& field : m_schema->fields) builders.emplace_back(field.type);
    Batch batch;
    batch.schema = m_schema;
    try {
        while (!m_over && batch.rows < most) {
            m_over = !m_rows->executeStep();
            if (m_over) break;
            RW_TRY(readRow(builders));
            ++batch.rows;
            ++m_read;
        }
    } catch (const SQLite::Exception& failure) {
        return sqliteError(failure, m_reading.database(), m_path, SqliteReading::kWaitMillis);
    }
    for (ColumnBuilder& builder : builders) batch.columns.push_back(builder.finish());
    return batch;
}

Status SqliteTableReader::readRow(std::vector<ColumnBuilder>& builders) {
    for (std::size_t i = 0; i < builders.size(); ++i) {
        const auto value = cellValue(m_rows->getColumn(static_cast<int>(i)), builders[i].type());
        if (!value) return wrongValue(i);
        appendValue(builders[i], *value);
    }
    return {};
}

Status SqliteTableReader::wrongValue(std::size_t column) const {
    const Field& field = m_schema->fields[column];
    const std::string value = m_rows->getColumn(static_cast<int>(column)).getString();
    return {ErrorCode::Invalid,
            RW_TEXT("sqlite", "Row %1 of table “%2” has “%3” in column “%4”, which is no %5.")
                .with(m_read + 1, m_table, excerpt(value, kShownValue), field.name, toString(field.type)),
            RW_TEXT("sqlite", "Declare the column as STRING, or fix the row.")};
}

}  // namespace rw
