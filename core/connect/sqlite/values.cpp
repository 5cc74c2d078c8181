#include "core/connect/sqlite/values.h"

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>
#include <algorithm>
#include <optional>

#include "core/base/ascii.h"
#include "core/connect/sqlite/decimal_key.h"
#include "core/data/text.h"
#include "core/data/visit_type.h"

namespace rw {
namespace {

constexpr std::string_view kStorageWords[] = {"TEXT ", "INTEGER "};

bool startsWith(std::string_view text, std::string_view word) {
    return sameAsciiWord(text.substr(0, word.size()), word);
}

std::string_view withoutStorage(std::string_view declared) {
    for (const std::string_view word : kStorageWords)
        if (startsWith(declared, word)) return declared.substr(word.size());
    return declared;
}

bool isTime(TypeId values) {
    return kindOf(values) == TypeKind::Time;
}

std::string_view storedText(sqlite3_value* value) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return text == nullptr ? std::string_view()
                           : std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

std::optional<std::string> keyOfStored(sqlite3_value* value) {
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER:
            return decimalKey(std::to_string(sqlite3_value_int64(value)));
        case SQLITE_FLOAT: {
            std::string text;
            appendDouble(text, sqlite3_value_double(value));
            return decimalKey(text);
        }
        case SQLITE_TEXT:
            return decimalKey(storedText(value));
        default:
            return std::nullopt;
    }
}

bool isStoredNumber(sqlite3_value* value) {
    const int type = sqlite3_value_type(value);
    return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

bool isStoredText(sqlite3_value* value) {
    return sqlite3_value_type(value) == SQLITE_TEXT;
}

// Each gives NULL for a value that it can't read: SQLite would order it below or above all values, by how it
// is stored.

void decimalFunction(sqlite3_context* context, int, sqlite3_value** values) {
    const std::optional<std::string> key = keyOfStored(values[0]);
    if (key) sqlite3_result_blob(context, key->data(), static_cast<int>(key->size()), SQLITE_TRANSIENT);
}

void numberFunction(sqlite3_context* context, int, sqlite3_value** values) {
    if (isStoredNumber(values[0])) return sqlite3_result_value(context, values[0]);
    if (!isStoredText(values[0])) return;
    if (const auto number = parseDouble(storedText(values[0]))) sqlite3_result_double(context, *number);
}

void timeFunction(sqlite3_context* context, int, sqlite3_value** values) {
    if (isStoredNumber(values[0])) return sqlite3_result_value(context, values[0]);
    if (!isStoredText(values[0])) return;
    if (const auto time = parseTimestamp(storedText(values[0]))) sqlite3_result_int64(context, *time);
}

void booleanFunction(sqlite3_context* context, int, sqlite3_value** values) {
    if (isStoredNumber(values[0])) return sqlite3_result_value(context, values[0]);
    if (!isStoredText(values[0])) return;
    if (const auto truth = parseBoolean(storedText(values[0]))) sqlite3_result_int(context, *truth ? 1 : 0);
}

std::string keyExpression(TypeId values, const std::string& expression) {
    return visitType(
        values,
        Overloaded{
            [&](types::Decimal) { return "rill_decimal(" + expression + ')'; },
            [&](AnyOf<types::Date, types::Timestamp> auto) { return "rill_time(" + expression + ')'; },
            [&](types::Boolean) { return "rill_boolean(" + expression + ')'; },
            [&](AnyOf<types::Int, types::Bigint, types::Double, types::String, types::Bytes, types::Null,
                      types::IntervalDay, types::IntervalMonth> auto) { return expression; }});
}

bool isValue(TypeId values, const std::string& text) {
    if (values == TypeId::Decimal) return decimalKey(text).has_value();
    if (isTime(values)) return parseTimestamp(text).has_value();
    return values == TypeId::Boolean && parseBoolean(text).has_value();
}

}  // namespace

std::string sqliteDeclaration(Type type) {
    const std::string storage(sqliteType(type));
    return visitType(
        type.id, Overloaded{[&](AnyOf<types::Boolean, types::Decimal, types::Date, types::Timestamp> auto) {
                                return storage + ' ' + toString(type);
                            },
                            [&](AnyOf<types::Int, types::Bigint, types::Double, types::String, types::Bytes,
                                      types::Null, types::IntervalDay, types::IntervalMonth> auto) {
                                return storage;
                            }});
}

TypeId declaredValues(std::string_view declared) {
    declared = withoutStorage(declared);
    const std::string_view word = declared.substr(0, declared.find_first_of(" ("));
    const auto is = [&](std::string_view name) {
        return word.size() == name.size() && startsWith(word, name);
    };
    if (is("DECIMAL") || is("NUMERIC") || is("DEC")) return TypeId::Decimal;
    if (is("TIMESTAMP") || is("DATETIME")) return TypeId::Timestamp;
    if (is("DATE")) return TypeId::Date;
    return is("BOOLEAN") || is("BOOL") ? TypeId::Boolean : TypeId::Null;
}

std::string_view shownType(const SqliteColumn& column) {
    return column.values == TypeId::Null ? std::string_view(column.type) : withoutStorage(column.type);
}

void refineType(SqliteColumn& column, Type written) {
    const std::string storage(sqliteType(written));
    if (column.values != TypeId::Null || !sameAsciiWord(column.type, storage)) return;
    column.type = sqliteDeclaration(written);
    column.values = declaredValues(column.type);
}

void addValueFunctions(SQLite::Database& database) {
    constexpr int kKind = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    const auto add = [&](const char* name, void (*function)(sqlite3_context*, int, sqlite3_value**)) {
        database.check(sqlite3_create_function_v2(database.getHandle(), name, 1, kKind, nullptr, function,
                                                  nullptr, nullptr, nullptr));
    };
    add("rill_decimal", decimalFunction);
    add("rill_number", numberFunction);
    add("rill_time", timeFunction);
    add("rill_boolean", booleanFunction);
}

std::string sortKeyOf(const SqliteColumn& column) {
    return keyExpression(column.values, sqliteName(column.name));
}

std::string orderOf(const SqliteColumn& column, bool descending) {
    const std::string name = sqliteName(column.name), way = descending ? " DESC" : "";
    if (column.values == TypeId::Null) return name + way;
    // Values that can't be read have an order of their own, below everything.
    return fmt::format("{0}{1}, CASE WHEN {0} IS NULL THEN {2} END{1}", sortKeyOf(column), way, name);
}

std::string numberOf(const SqliteColumn& column) {
    const std::string name = sqliteName(column.name);
    return column.values == TypeId::Decimal ? "rill_number(" + name + ')'
                                            : keyExpression(column.values, name);
}

std::string textOf(const SqliteColumn& column) {
    const std::string name = sqliteName(column.name);
    if (column.values != TypeId::Boolean) return name;
    return "CASE " + name + " WHEN 0 THEN 'false' WHEN 1 THEN 'true' ELSE " + name + " END";
}

std::string comparisonOf(const SqliteColumn& column, const std::string& comparison, const std::string& value,
                         int parameter) {
    const TypeId values = isValue(column.values, value) ? column.values : TypeId::Null;
    const std::string name = sqliteName(column.name);
    const std::string key = keyExpression(values, name),
                      other = keyExpression(values, fmt::format("?{}", parameter));
    // A value that can't be read is neither more nor less than another, but it is unequal.
    if (values != TypeId::Null && (comparison == "!=" || comparison == "<>"))
        return '(' + name + " IS NOT NULL AND " + key + " IS NOT " + other + ')';
    return key + ' ' + comparison + ' ' + other;
}

void bindValue(SQLite::Statement& statement, int parameter, const SqliteColumn& column,
               const std::string& value, bool quoted) {
    if (quoted || isValue(column.values, value)) return statement.bind(parameter, value);
    if (const auto whole = parseBigint(value)) return statement.bind(parameter, *whole);
    if (const auto number = parseDouble(value)) return statement.bind(parameter, *number);
    statement.bind(parameter, value);
}

}  // namespace rw
