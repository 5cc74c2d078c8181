// A schema of Avro 1.11.1 (https://avro.apache.org/docs/1.11.1/specification/), as far as rows need it.
//
// The library of Debian, avro-c 1.11.1, does not know logical types (its schema.c drops them), without which
// a timestamp is a number and a decimal is bytes, and reads a value at a time into a tree; so schema and
// binary encoding are read here.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/data/schema.h"

namespace rw {

enum class AvroKind : std::uint8_t {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Fixed,
    Enum,
    Array,
    Map,
    Record,
    Union
};

/// An annotation that is not known, or does not fit its type, is as none, which the specification wants.
enum class AvroLogical : std::uint8_t {
    None,
    Date,             ///< int: days since 1970-01-01
    TimestampMillis,  ///< long; also local-timestamp-millis
    TimestampMicros,  ///< long; also local-timestamp-micros
    Decimal           ///< bytes or fixed: unscaled, two's complement, the highest byte first
};

struct AvroField {
    std::string name{};
    std::size_t type = 0;  ///< place in AvroSchema::types
};

struct AvroType {
    AvroKind kind = AvroKind::Null;
    AvroLogical logical = AvroLogical::None;
    int precision = 0, scale = 0;         ///< Decimal
    std::size_t size = 0;                 ///< Fixed: bytes
    std::string name{};                   ///< Record, Enum, Fixed: with its namespace
    std::vector<std::string> symbols{};   ///< Enum
    std::vector<AvroField> fields{};      ///< Record
    std::vector<std::size_t> branches{};  ///< Union; Array, Map: the one of its items
};

/// Immutable. A record may contain itself: walks over types must have an end of their own.
struct AvroSchema {
    static constexpr std::size_t kMostTypes = 10'000;
    static constexpr int kDeepest = 100;  ///< of declarations within others

    std::vector<AvroType> types{};  ///< the first is the schema itself

    const AvroType& root() const { return types.front(); }
    /// A type as people write it: “string”, “bytes (decimal(10,2))”, “union of null and long”.
    std::string nameOf(std::size_t type) const;
    /// The one that a value has which is not null: the branch of a union with null; others are themselves.
    std::size_t withoutNull(std::size_t type) const;
    /// Reads a schema in JSON. Default values are not checked.
    static Result<AvroSchema> parse(std::string_view json);
};

/// The schema of rows with these columns, in JSON: a record “row” with a field per column that may be null.
/// DECIMAL is bytes with logical type decimal, TIMESTAMP a long with timestamp-millis, DATE an int with date.
/// An error where a name of a column is none in Avro.
Result<std::string> avroSchemaOf(const Schema& columns);

/// The type of column that has all values of an Avro type.
Type columnTypeOf(const AvroType& type);

/// The columns that a record's fields can be read as, without those that are always null.
Schema columnsOfAvro(const AvroSchema& schema);

}  // namespace rw
