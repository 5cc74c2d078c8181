// What the values in an SQLite column are. SQLite stores DECIMALs, DATEs and TIMESTAMPs as texts and BOOLEANs
// as numbers, and compares them as such: “89.00” is more than “100”. The declaration of a column keeps its
// type, and the expressions here compare by it.
#pragma once
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <string>
#include <string_view>

#include "core/connect/sqlite/file.h"

namespace rw {

/// How a column of a stream is declared. The first word says how SQLite stores the values, the rest what they
/// are: “TEXT DECIMAL(10,2)”, “INTEGER BOOLEAN”; nothing where that is the same.
std::string sqliteDeclaration(Type type);

/// What a declaration, ours or another program's, says that the values are: Boolean, Decimal, Date,
/// Timestamp; Null: what SQLite takes them for.
TypeId declaredValues(std::string_view declared);

/// The declaration for a person, without the word for SQLite: “DECIMAL(10,2)”.
std::string_view shownType(const SqliteColumn& column);

/// What a sink knows of a column that was declared without a type of ours, as programs before this one did.
void refineType(SqliteColumn& column, Type written);

/// Makes the functions known that the expressions below call.
void addValueFunctions(SQLite::Database& database);

// SQL expressions.
/// Sorts and compares as the values do, DECIMALs exactly. NULL for what is no value of the column's type, as
/// other programs may have stored there.
std::string sortKeyOf(const SqliteColumn& column);
std::string numberOf(const SqliteColumn& column);  ///< as far as a double goes; times are milliseconds
std::string textOf(const SqliteColumn& column);    ///< as a person reads it

/// What stands behind ORDER BY: below all values what is none of the column's type, and NULL.
std::string orderOf(const SqliteColumn& column, bool descending);

/// A comparison of the column with the parameter of that number. `value` is what will be bound: text that is
/// no value of the column's type is compared as SQLite does. Otherwise what is none in the column is unequal
/// to it, and neither below nor above it.
std::string comparisonOf(const SqliteColumn& column, const std::string& comparison, const std::string& value,
                         int parameter);
/// `quoted`: it is text even where it reads as a number.
void bindValue(SQLite::Statement& statement, int parameter, const SqliteColumn& column,
               const std::string& value, bool quoted);

}  // namespace rw
