// The types of PostgreSQL and those of streams.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/data/type.h"

namespace rw {

/// Numbers of types, which all servers share (pg_type.dat).
enum class PostgresqlType : std::uint32_t {
    Boolean = 16,
    Bytea = 17,
    Char = 18,
    Name = 19,
    Int8 = 20,
    Int2 = 21,
    Int4 = 23,
    Text = 25,
    Oid = 26,
    JsonText = 114,
    Float4 = 700,
    Float8 = 701,
    Bpchar = 1042,
    Varchar = 1043,
    Date = 1082,
    Timestamp = 1114,
    Timestamptz = 1184,
    Numeric = 1700
};

struct ReadableType {
    Type type{};
    bool asText = false;  ///< the stream has the server's text of it
};
/// How a stream has values of a column: `wireType` is the number of its type, `modifier` as pg_attribute has
/// it (atttypmod). NUMERIC without digits, and with more than 38, is DECIMAL(38,18).
ReadableType postgresqlReadable(std::uint32_t wireType, int modifier);

/// The declaration of a column for a type of a stream: “numeric(10,2)”. TIMESTAMP, which is UTC, is
/// “timestamp(3)”.
std::string postgresqlDeclaration(Type type);

/// The type in which values of `type` are sent to a column of the number `wireType`: the column's own where
/// both are alike in binary form, else one that the server casts to it. None: the column takes no such
/// values.
std::optional<PostgresqlType> postgresqlSent(Type type, std::uint32_t wireType);

}  // namespace rw
