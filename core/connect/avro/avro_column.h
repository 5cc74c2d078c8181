// From the values in messages of Avro to a column.
#pragma once
#include <string>

#include "core/connect/avro/avro_value.h"
#include "core/data/column.h"
#include "core/sql/functions/json_path.h"

namespace rw {

/// Whether values of an Avro type can be values of a column. A number is any number that it fits into, a
/// string and an enum are read as the fields of CSV are, dates, timestamps and decimals are themselves, and
/// STRING takes all: numbers and times in their text forms, bytes where they are UTF-8, the rest as JSON.
bool avroFits(const AvroType& from, Type column);

/// Why messages of the schema can't give the column at `path`, with the mend; empty: they can, or that
/// depends on the branch of a union. `missing`: there is no such field, which is no fault here.
Text avroMisfit(const AvroSchema& schema, const sql::JsonPath& path, const Field& column, bool& missing);

/// The reason for rejecting a value that append() does not take.
Text wrongAvroValue(const Field& column, const AvroValue& value);

/// Single-threaded.
class AvroColumn {
 public:
    /// Long strings point into the messages, which `owner` keeps alive.
    AvroColumn(Type type, std::size_t rows, const BytesRef& owner);

    /// The value of the next row; false: it is not of the type, and NULL.
    bool append(const AvroValue& value, const AvroSchema& schema);
    ColumnRef finish() { return m_builder.finish(); }

 private:
    bool read(const AvroValue& value, const AvroSchema& schema);
    bool readText(const AvroValue& value, const AvroSchema& schema);

    const Type m_type;
    ColumnBuilder m_builder;
    std::string m_text{};
};

}  // namespace rw
