// The result of a query as batches of rows, whose columns have types.
#pragma once
#include <cstddef>

#include "core/data/batch.h"
#include "core/query/query.h"

namespace rw {

/// The columns of the result: BIGINT and DOUBLE where all values are numbers that it holds to the last digit,
/// BYTES where all are, else STRING. A name that is there already gets a number.
SchemaRef schemaOf(const QueryResult& result);

/// Some of the rows under that schema. Of numbers in a column of texts the shortest text that reads back, of
/// bytes there the literal: X'00FF'.
Batch batchOf(const QueryResult& result, const SchemaRef& schema, std::size_t first, std::size_t count);

/// A value for people and files, as such a text; NULL gives an empty one.
std::string exactText(const QueryValue& value);

}  // namespace rw
