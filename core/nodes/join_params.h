// The parameters that joins share, `on` and `kind`, their checks, and the columns of what joins give.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/sql/bound.h"

namespace rw {

enum JoinPort : int { kLeft = 0, kRight = 1 };

enum class JoinKind { Inner, Left, Right, Full, Semi, Anti };

/// What a join was bound to.
struct JoinPlan {
    StreamType left{}, right{};
    JoinKind kind = JoinKind::Inner;
    /// Columns of left and of right that must be equal, pair by pair; one at least. Their types are the same, or
    /// both whole numbers: hashKeys() meets.
    std::vector<int> leftKeys{}, rightKeys{};
    /// What else must be true of a pair, over the columns of `both`; null: nothing.
    sql::BoundRef rest{};
    /// The columns of left, then those of right; a name that left has takes “_right”.
    SchemaRef both{};

    bool keepsLeft() const { return kind == JoinKind::Left || kind == JoinKind::Full; }    ///< without a match
    bool keepsRight() const { return kind == JoinKind::Right || kind == JoinKind::Full; }  ///< without a match
};

/// `on`.
ParamSpec onParam();
/// `kind`, one of these.
ParamSpec joinKindParam(const std::vector<JoinKind>& kinds);
/// The input ports `left` and `right`.
std::vector<PortSpec> joinInputs();

/// Reads and checks `on` and `kind`, and refuses updating streams, with `fix`, at either port. False after an
/// error was reported.
bool bindJoin(BindContext& context, const Text& fix, JoinPlan& plan);

/// Keyed by the columns that must be equal.
Distribution joinDistribution(const JoinPlan& plan);

/// Marks in `reads`, which has an entry for each port, the columns of `both` that are wanted, and those that
/// `on` looks at.
void markJoined(const JoinPlan& plan, const ColumnSet& wanted, std::vector<ColumnSet>& reads);

/// “left.id = right.seller · left”: for the card.
Text joinSummary(const BindContext& context);

}  // namespace rw
