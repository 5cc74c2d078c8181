// A join is to compare by what is computed of a column: it compares by columns, and a Select before it
// computes one.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/sql/bind/bind.h"

namespace rw {

/// Of a join with the inputs left and right, or left alone, whose columns `scope` has by these names: reports
/// “left.a = TRIM(right.b)” among `parts`, the conjuncts of the condition `text`, which names no keys; with a
/// fix where a Select can compute it. False: there is no such equation.
bool refuseComputedKey(BindContext& context, const std::string& text,
                       const std::vector<const sql::Expr*>& parts, const sql::Scope& scope);

}  // namespace rw
