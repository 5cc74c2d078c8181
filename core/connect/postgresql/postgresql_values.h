// Values in the binary form of the protocol.
#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "core/connect/postgresql/postgresql_types.h"
#include "core/data/column.h"

namespace rw {

/// Appends a value with its length before it, as in a row of COPY BINARY or in an array: in the form of
/// `sent`, which is postgresqlSent() of the column's type and some column of a table. What the type of the
/// server can't hold becomes a value that the server rejects.
void appendPostgresqlField(std::string& out, const Column& column, std::size_t row, PostgresqlType sent);

/// The values of those rows as an array of `sent`.
void appendPostgresqlArray(std::string& out, const Column& column, std::span<const std::uint32_t> rows,
                           PostgresqlType sent);
/// The number of the type of such arrays.
std::uint32_t postgresqlArrayType(PostgresqlType element);

/// The head of COPY BINARY, the beginning of each row, and the end.
void beginPostgresqlCopy(std::string& out);
void beginPostgresqlRow(std::string& out, std::size_t fields);
void endPostgresqlCopy(std::string& out);

}  // namespace rw
