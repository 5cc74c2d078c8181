// Batches for tests, written as rows.
#pragma once
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "core/data/value.h"

namespace rw::test {

using Rows = std::vector<std::vector<Value>>;

inline SchemaRef schemaOf(std::vector<Field> fields) {
    return std::make_shared<const Schema>(Schema{std::move(fields)});
}

inline Batch batchOf(const SchemaRef& schema, const Rows& rows, std::vector<RowKind> kinds = {}) {
    Batch batch;
    batch.schema = schema;
    batch.rows = rows.size();
    for (std::size_t column = 0; column < schema->size(); ++column) {
        ColumnBuilder builder(schema->fields[column].type);
        for (const auto& row : rows) appendValue(builder, row[column]);
        batch.columns.push_back(builder.finish());
    }
    if (!kinds.empty()) batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
    return batch;
}

}  // namespace rw::test
