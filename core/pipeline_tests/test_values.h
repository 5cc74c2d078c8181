// Cells of a test file as values of columns, both ways.
#pragma once
#include <optional>
#include <string>

#include "core/data/type.h"
#include "core/data/value.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// A cell as the text forms of the type say; null is NULL, and STRING takes the text of any JSON. Nothing: it
/// is not of the type. So are numbers for a DECIMAL that JSON can't keep exactly: they are written as texts.
std::optional<Value> testValue(const Json& cell, Type type);
/// The cell that testValue() reads as `value`. DECIMAL is a text, so that every digit stays.
Json testCell(const Value& value, Type type);
/// A value for a person, as a table shows it: NULL is “NULL”, an empty text “''”.
std::string shownValue(const Value& value, Type type);

/// Equal; DOUBLE may differ by `within`, and NaN equals NaN.
bool sameValue(const Value& a, const Value& b, double within);

}  // namespace rw
