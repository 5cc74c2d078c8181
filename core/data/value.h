// One value outside a column: literals, grids, tooltips, the recent rows of a tap.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "core/data/batch.h"

namespace rw {

/// NULL, or a value in the memory type that types.def gives (strings owned; those of BYTES hold any bytes).
using Value = std::variant<std::monostate, bool, std::int32_t, std::int64_t, double, Int128, std::string>;

Value valueAt(const Column& column, std::size_t row);
/// Appends a value whose alternative fits the builder's type (monostate: NULL).
void appendValue(ColumnBuilder& builder, const Value& value);
inline bool isNull(const Value& value) {
    return std::holds_alternative<std::monostate>(value);
}

}  // namespace rw
