// What a node gave in place of a row that is missed.
#pragma once
#include "core/lineage/upstream.h"
#include "core/sql/eval/evaluate.h"
#include "core/stream/lineage/contributors.h"

namespace rw {

/// Rows of the output with the keys and the window of `known`, one row of it, whatever else they have: those
/// that the node made, or let through, instead. Null: `known` says nothing besides, or has not all keys.
RowPredicateRef relatedRows(const Upstream& upstream, const sql::EvalContext& eval, const UpstreamPort& port,
                            const Batch& known);

}  // namespace rw
