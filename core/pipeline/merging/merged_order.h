// The order of the elements of two lists that were one. Elements are told apart by keys; no key is twice in a
// list.
#pragma once
#include <string>
#include <unordered_set>
#include <vector>

namespace rw {

using MergeKeys = std::vector<std::string>;

struct MergedOrder {
    MergeKeys keys{};
    /// Both sides gave those that they share another order: that of ours stands.
    bool contested = false;
    /// Both sides put elements of their own at one place: those whose first key is smaller come first, so
    /// that the result is the same from either side.
    bool shared = false;
};

/// `kept`: the keys of the result, each of which is in `ours` or in `theirs`. Elements that only one side has
/// stay behind the element that they follow there. An order that one side alone changed is taken.
MergedOrder mergeOrder(const MergeKeys& base, const MergeKeys& ours, const MergeKeys& theirs,
                       const std::unordered_set<std::string>& kept);

}  // namespace rw
