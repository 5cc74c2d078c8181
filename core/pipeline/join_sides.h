// The two sides that a condition of a join names, `left` and `right`, as far as design time knows them.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw {

struct JoinSide {
    std::string name;  ///< the prefix of its columns: `left.id`
    Schema columns{};  ///< none: not known yet
};
using JoinSides = std::array<JoinSide, 2>;

/// `left` is the rows of the first input. `right` is those of the second one, or, of a node that has one
/// input, the columns that its own parameter `columns` declares. `inputs`: per port, per wire.
JoinSides joinSides(const NodeKind& kind, const Json& params,
                    const std::vector<std::vector<StreamType>>& inputs);

/// Whether values of these types that are equal have one hash and may be compared as they lie.
bool meets(Type a, Type b);

/// Conditions to begin with, “left.id = right.id”: columns that both sides have by one name. Times and
/// DOUBLEs are left out: rows rarely meet by them.
std::vector<std::string> likelyConditions(const JoinSides& sides);

}  // namespace rw
