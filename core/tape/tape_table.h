// Tables that a lookup read as bytes, and back.
#pragma once
#include <string>
#include <string_view>

#include "core/stream/recording/tape.h"

namespace rw {

/// The rows of one of kind Rows.
std::string saveTableRows(const TapeTable& table);
/// Of columns of this schema, all of them built.
Result<Batch> loadTableRows(std::string_view payload, const SchemaRef& schema);

/// One of another kind, but for its number, which is in the header of its block.
std::string saveTable(const TapeTable& table);
Result<TapeTable> loadTable(std::string_view payload);

}  // namespace rw
