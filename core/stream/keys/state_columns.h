// Lists of columns in a state.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "core/data/state_reader.h"

namespace rw {

/// Writes columns, in their order, as records called `name`.
void writeColumns(StateWriter& out, std::string_view name, std::span<const ColumnRef> columns);

/// Reads as many as there are types. An error when one is of another type, or has not `rows` rows.
Result<std::vector<ColumnRef>> readColumns(const StateReader& state, std::string_view name,
                                           std::span<const Type> types, std::uint64_t rows);

}  // namespace rw
