// The values in an SQLite column. SQLite stores DECIMALs, DATEs and TIMESTAMPs as texts and BOOLEANs
// as numbers, and compares them as such: “89.00” is more than “100”. The declaration of a column keeps its
// type, and the expressions here compare by it.
#pragma once
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <string>
#include <string_view>

#include "core/connect/sqlite/file.h"

namespace rw {

/// The declaration of a column for a type of a stream. The first word says how SQLite stores the values, the
/// rest their type: “TEXT DECIMAL(10,2)”, “INTEGER BOOLEAN”; nothing where that is the same.
std::string sqliteDeclaration(Type type);

/// The type of values by their declaration, ours or another program's: Boolean, Decimal, Date, Timestamp;
/// Null: the type that SQLite gives them.
TypeId declaredValues(std::string_view declared);

/// The declaration for a person, without the word for SQLite: “DECIMAL(10,2)”.
std::string_view shownType(const SqliteColumn& column);

/// Gives a column that was declared without a type of ours, as by older versions, the type that a sink wrote.
void refineType(SqliteColumn& column, Type written);

/// Makes the functions known that the expressions below call.
void addValueFunctions(SQLite::Database& database);

// SQL expressions.
/// Sorts and compares as the values do, DECIMALs exactly. NULL for a text that is no value of the column's
/// type, as other programs may have stored there.
std::string sortKeyOf(const SqliteColumn& column);
std::string numberOf(const SqliteColumn& column);  ///< as far as a double goes; times are milliseconds
std::string textOf(const SqliteColumn& column);    ///< as a person reads it

/// The expression for ORDER BY: NULL and values of another type come below all values.
std::string orderOf(const SqliteColumn& column, bool descending);

/// A comparison of the column with the parameter of that number. `value` will be bound: if it is text that is
/// no value of the column's type, the comparison is SQLite's. Otherwise a cell that is none of the type is
/// unequal to it, and neither below nor above it.
std::string comparisonOf(const SqliteColumn& column, const std::string& comparison, const std::string& value,
                         int parameter);
/// `quoted`: it is text even where it reads as a number.
void bindValue(SQLite::Statement& statement, int parameter, const SqliteColumn& column,
               const std::string& value, bool quoted);

}  // namespace rw
