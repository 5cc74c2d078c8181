// Two edited versions of a pipeline as one: see the README of this room for the rules. differences.h has the
// differences between two.
#pragma once
#include <vector>

#include "core/pipeline/merging/clash.h"
#include "core/pipeline/node_kind.h"

namespace rw {

struct Merged {
    Pipeline pipeline{};  ///< it can be saved and loaded, with clashes, too
    /// In the order of the file. By MergeRule::Tell a person is to look at each.
    std::vector<MergeClash> clashes{};
};

/// `base` is the version that both come from; an empty one where there is none. merge(p, p, a) and
/// merge(p, a, p) are a, and so is merge(p, a, a). The two sides in the other order give the same pipeline,
/// but for the sides of clashes, for places, sizes and folded nodes that both changed, and for the order of
/// lists that both put into another. Lists of parameters are merged element by element where both have kept
/// their node type and it is in `kinds`. Node ids are unique in each version, as loading sees to. A function
/// of its arguments; any thread.
Merged merge(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs, const Catalogue& kinds,
             MergeRule rule = MergeRule::Tell);
/// The same by MergeRule::Tell, but for what was chosen. A choice may make clashes come and go: that of a
/// list as a whole, for one, where its elements have clashed.
Merged merge(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs, const Catalogue& kinds,
             const std::vector<MergeChoice>& choices);

}  // namespace rw
