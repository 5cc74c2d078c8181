// Conversions between types: CAST and TRY_CAST.
#pragma once
#include <optional>
#include <string>

#include "core/sql/eval/scalar_function.h"

namespace rw::sql {

/// Converts call.args[0] to the type of call.call. A value that can't be converted fails its row; with
/// call.call.tryCast it becomes NULL.
Vector evaluateCast(const CallArgs& call);

/// The text that could not be read, as the reason of a failed row quotes it: of a long one the beginning.
/// Nothing: the reason is another one.
std::optional<std::string> unreadText(const Text& reason);

/// A DOUBLE as CAST writes it, which is Java's way: 5.0, 1.0E10, NaN.
void appendJavaDouble(std::string& out, double value);

}  // namespace rw::sql
