// The names by which the elements of a list are known.
#pragma once
#include <optional>

#include "core/pipeline/merging/merged_order.h"
#include "core/pipeline/param_spec.h"

namespace rw {

/// The name of each element of a parameter's list: the column that it makes, the branch, the connection.
/// Nothing: elements of such a list have no names, an element is no text, or a name is there twice.
std::optional<MergeKeys> elementNames(ParamKind kind, const Json& list);

/// Whether an earlier element goes before a later one: then two elements at one place are not simply put one
/// behind the other.
bool orderDecides(ParamKind kind);

}  // namespace rw
