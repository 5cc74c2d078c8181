// Rows of every type that streams have, with NULLs and texts that need care, for comparing writers with the
// plain way.
#pragma once
#include <limits>
#include <random>

#include "core/data/batch.h"

namespace rw::test {

/// A text of `alphabet`'s bytes: mostly short, now and then longer than a writer's memory.
inline std::string randomText(std::mt19937_64& random, std::string_view alphabet) {
    std::string text(random() % 200 == 0 ? 9'000 : random() % 40, 'x');
    // Half of them are of letters alone.
    const std::size_t odd = random() % 2 == 0 ? 0 : random() % 4;
    for (std::size_t i = 0; i < odd && !text.empty(); ++i)
        text[random() % text.size()] = alphabet[random() % alphabet.size()];
    return text;
}

inline Batch randomBatch(std::mt19937_64& random, std::size_t rows, std::string_view alphabet) {
    Schema schema;
    for (const char* type : {"BOOLEAN", "INT", "BIGINT", "DOUBLE", "DECIMAL(38,7)", "DECIMAL(9,0)", "STRING",
                             "DATE", "TIMESTAMP(3)", "STRING", "BYTES"})
        schema.fields.push_back({"column " + std::to_string(schema.size()), *parseType(type)});
    Batch batch;
    batch.rows = rows;
    for (const Field& field : schema.fields) {
        ColumnBuilder builder(field.type);
        const bool nulls = random() % 2 == 0;
        for (std::size_t row = 0; row < rows; ++row) {
            const auto number = static_cast<std::int64_t>(random() >> (random() % 64));
            if (nulls && random() % 4 == 0) {
                builder.appendNull();
            } else if (field.type.is(TypeId::String)) {
                builder.appendString(randomText(random, alphabet));
            } else if (field.type.is(TypeId::Bytes)) {
                builder.appendString(randomText(random, std::string_view("\0\xff\n\"/", 5)));
            } else if (field.type.is(TypeId::Boolean)) {
                builder.append(static_cast<std::uint8_t>(number & 1));
            } else if (field.type.is(TypeId::Int) || field.type.is(TypeId::Date)) {
                builder.append(static_cast<std::int32_t>(number));
            } else if (field.type.is(TypeId::Double)) {
                builder.append(number == 0 ? std::numeric_limits<double>::infinity()
                                           : static_cast<double>(number) / 100);
            } else if (field.type.is(TypeId::Decimal)) {
                builder.append(Int128{number} * static_cast<std::int32_t>(random()));
            } else {
                builder.append(number);
            }
        }
        batch.columns.push_back(builder.finish());
    }
    batch.schema = std::make_shared<const Schema>(std::move(schema));
    std::vector<RowKind> kinds;
    for (std::size_t row = 0; row < rows; ++row) kinds.push_back(static_cast<RowKind>(random() % 4));
    batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
    return batch;
}

}  // namespace rw::test
