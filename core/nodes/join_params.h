// The parameters that joins share, `on` and `kind`, their checks, and the columns of their output.
#pragma once
#include <string>
#include <vector>

#include "core/sql/bind/bind.h"
#include "core/stream/joins/join_plan.h"

namespace rw {

/// `on`.
ParamSpec onParam();
/// `kind`, one of these.
ParamSpec joinKindParam(const std::vector<JoinKind>& kinds);
/// The input ports `left` and `right`.
std::vector<PortSpec> joinInputs();
/// The output ports `out`, `late_left`, `late_right` and `rejected`, in this order.
std::vector<PortSpec> joinOutputs();

/// Reads and checks `on` and `kind`, and refuses updating streams, with `fix`, at either port. False after an
/// error was reported.
bool bindJoin(BindContext& context, const Text& fix, JoinPlan& plan);
/// The same for a join that takes updating streams.
bool bindChangingJoin(BindContext& context, JoinPlan& plan);
/// As bindJoin() for a node whose right side has no wire, but has these columns.
bool bindJoin(BindContext& context, const Text& fix, SchemaRef right, JoinPlan& plan);

/// The names that `on` may use: the columns of left, then those of right, under their own names.
sql::Scope joinScope(const JoinPlan& plan);

/// The columns of left, then those of right; a name that is taken gets “_right” at its end.
SchemaRef bothSchemas(const Schema& left, const Schema& right);

/// Keyed by the columns that must be equal.
Distribution joinDistribution(const JoinPlan& plan);

/// Marks in `reads`, which has an entry for each port, the columns of `both` that are wanted, and those that
/// `on` looks at.
void markJoined(const JoinPlan& plan, const ColumnSet& wanted, std::vector<ColumnSet>& reads);

/// “left.id = right.seller · left”: for the card.
Text joinSummary(const BindContext& context);

}  // namespace rw
