#include "core/pipeline/merging/merged_order.h"

#include <algorithm>
#include <unordered_map>

namespace rw {

namespace {

using KeySet = std::unordered_set<std::string>;

KeySet setOf(const MergeKeys& keys) {
    return {keys.begin(), keys.end()};
}

MergeKeys onlyThose(const MergeKeys& keys, const KeySet& wanted) {
    MergeKeys out;
    std::copy_if(keys.begin(), keys.end(), std::back_inserter(out),
                 [&](const std::string& key) { return wanted.contains(key); });
    return out;
}

/// The keys of one side alone, by the number of shared keys before them in the result.
using Runs = std::unordered_map<std::string, MergeKeys>;

/// By the shared key that they follow; those before the first one in `first`.
Runs runsOf(const MergeKeys& side, const KeySet& shared, const KeySet& kept, MergeKeys& first) {
    Runs runs;
    MergeKeys* run = &first;
    for (const std::string& key : side) {
        if (shared.contains(key)) {
            run = &runs[key];
        } else if (kept.contains(key)) {
            run->push_back(key);
        }
    }
    return runs;
}

void appendRuns(MergedOrder& order, const MergeKeys& ours, const MergeKeys& theirs) {
    const bool both = !ours.empty() && !theirs.empty();
    order.shared = order.shared || both;
    const bool swapped = both && theirs.front() < ours.front();
    for (const MergeKeys* run : {swapped ? &theirs : &ours, swapped ? &ours : &theirs})
        order.keys.insert(order.keys.end(), run->begin(), run->end());
}

}  // namespace

MergedOrder mergeOrder(const MergeKeys& base, const MergeKeys& ours, const MergeKeys& theirs,
                       const std::unordered_set<std::string>& kept) {
    MergedOrder order;
    const KeySet shared = [&] {
        const KeySet inTheirs = setOf(theirs);
        KeySet both;
        for (const std::string& key : ours) {
            if (kept.contains(key) && inTheirs.contains(key)) both.insert(key);
        }
        return both;
    }();
    MergeKeys frame = onlyThose(ours, shared);
    if (const MergeKeys other = onlyThose(theirs, shared); frame != other) {
        const KeySet old = setOf(base);
        const MergeKeys before = onlyThose(base, shared);
        const bool oursMoved = onlyThose(frame, old) != before;
        const bool theirsMoved = onlyThose(other, old) != before;
        if (theirsMoved && !oursMoved) frame = other;
        order.contested = oursMoved == theirsMoved;
    }
    MergeKeys oursFirst, theirsFirst;
    const Runs oursRuns = runsOf(ours, shared, kept, oursFirst);
    const Runs theirsRuns = runsOf(theirs, shared, kept, theirsFirst);
    order.keys.reserve(kept.size());
    appendRuns(order, oursFirst, theirsFirst);
    for (const std::string& key : frame) {
        order.keys.push_back(key);
        appendRuns(order, oursRuns.at(key), theirsRuns.at(key));
    }
    return order;
}

}  // namespace rw
