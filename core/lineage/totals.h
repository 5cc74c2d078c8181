// What the rows of the steps of an answer come to together.
#pragma once
#include "core/lineage/lineage.h"
#include "core/lineage/upstream.h"
#include "core/lineage/versions.h"
#include "core/sql/eval/evaluate.h"

namespace rw {

/// Sets `together` of the steps to nodes that were asked about one row, which is made of their rows: those of
/// several windows are not told apart, and of rows that come by several wires each step has a part.
void tellTotals(const Upstream& upstream, const sql::EvalContext& eval, const AskedRows& asked,
                Lineage& lineage);

}  // namespace rw
