#include "core/query/query_rows.h"

#include <algorithm>
#include <cmath>

#include "core/data/column.h"
#include "core/data/text.h"
#include "core/data/visit_type.h"
#include "core/query/query_names.h"

namespace rw {

namespace {

constexpr std::int64_t kExact = std::int64_t{1} << 53;  // whole numbers up to here are DOUBLEs, too

bool isExact(std::int64_t number) {
    return number >= -kExact && number <= kExact;
}

Type typeOf(const QueryResult& result, std::size_t column) {
    bool whole = false, real = false, exact = true, text = false, bytes = false;
    for (const auto& row : result.rows) {
        const QueryValue& value = row[column];
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            whole = true;
            exact &= isExact(*number);
        }
        real |= std::holds_alternative<double>(value);
        text |= std::holds_alternative<std::string>(value);
        bytes |= std::holds_alternative<QueryBlob>(value);
    }
    const bool number = whole || real;
    if (bytes && !number && !text) return Type::of(TypeId::Bytes);
    if (text || bytes || !number || (whole && real && !exact)) return Type::of(TypeId::String);
    return Type::of(real ? TypeId::Double : TypeId::Bigint);
}

void append(ColumnBuilder& builder, const QueryValue& value) {
    if (std::holds_alternative<std::monostate>(value)) return builder.appendNull();
    const auto* whole = std::get_if<std::int64_t>(&value);
    if (builder.type().is(TypeId::Bigint)) return builder.append(*whole);
    if (builder.type().is(TypeId::Double))
        return builder.append(whole != nullptr ? static_cast<double>(*whole) : std::get<double>(value));
    if (builder.type().is(TypeId::Bytes)) return builder.appendString(std::get<QueryBlob>(value).bytes);
    builder.appendString(exactText(value));
}

}  // namespace

std::string exactText(const QueryValue& value) {
    std::string text;
    std::visit(Overloaded{[](std::monostate) {}, [&](std::int64_t number) { text = std::to_string(number); },
                          [&](double number) { appendDouble(text, number); },
                          [&](const std::string& words) { text = words; },
                          [&](const QueryBlob& blob) {
                              const auto* raw = reinterpret_cast<const unsigned char*>(blob.bytes.data());
                              text = fmt::format("X'{:02X}'", fmt::join(raw, raw + blob.bytes.size(), ""));
                          }},
               value);
    return text;
}

SchemaRef schemaOf(const QueryResult& result) {
    auto schema = std::make_shared<Schema>();
    QueryNames taken;
    for (std::size_t i = 0; i < result.columns.size(); ++i)
        schema->fields.push_back({taken.add(result.columns[i].name), typeOf(result, i)});
    return schema;
}

Batch batchOf(const QueryResult& result, const SchemaRef& schema, std::size_t first, std::size_t count) {
    Batch batch;
    batch.schema = schema;
    const std::size_t begin = std::min(first, result.rows.size());
    batch.rows = std::min(count, result.rows.size() - begin);
    for (std::size_t column = 0; column < schema->size(); ++column) {
        ColumnBuilder builder(schema->fields[column].type);
        for (std::size_t row = begin; row < begin + batch.rows; ++row)
            append(builder, result.rows[row][column]);
        batch.columns.push_back(builder.finish());
    }
    return batch;
}

}  // namespace rw
