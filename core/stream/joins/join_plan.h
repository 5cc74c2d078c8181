// A join as it was bound: shared by all its parallel instances. Immutable.
#pragma once
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/sql/bound.h"

namespace rw {

enum JoinPort : int { kLeft = 0, kRight = 1 };

enum class JoinKind { Inner, Left, Right, Full, Semi, Anti };

struct JoinPlan {
    StreamType left{}, right{};
    JoinKind kind = JoinKind::Inner;
    /// Columns of left and of right that must be equal, pair by pair; one at least. Their types are the same,
    /// or both whole numbers: hashKeys() meets.
    std::vector<int> leftKeys{}, rightKeys{};
    /// The further condition on a pair, over the columns of `both`; null: none.
    sql::BoundRef rest{};
    /// The columns of left, then those of right; a name that left has takes “_right”.
    SchemaRef both{};

    // Whether rows of a side go on without a match.
    bool keepsLeft() const { return kind == JoinKind::Left || kind == JoinKind::Full; }
    bool keepsRight() const { return kind == JoinKind::Right || kind == JoinKind::Full; }
    /// Left rows alone go on, never pairs.
    bool leftOnly() const { return kind == JoinKind::Semi || kind == JoinKind::Anti; }
};

}  // namespace rw
