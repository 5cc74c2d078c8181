// The nodes of two versions.
#pragma once
#include "core/pipeline/merging/clash.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// The value of ours where ours changed it, else that of theirs: for what never clashes.
template <class T>
const T& changedBySide(const T& base, const T& ours, const T& theirs) {
    return ours == base ? theirs : ours;
}

/// Nodes that both sides added under one id, and that are not the same, are two nodes: by the rule that of
/// theirs gets a free id, its wires and its card with it, or one of them goes with these.
void separateAddedNodes(const Pipeline& base, Pipeline& ours, Pipeline& theirs, Clashes& clashes);

/// After separateAddedNodes(). A node that one side removed clashes with changes of the other in it, and with
/// wires that the other drew to it; not with where it lies.
std::vector<Node> mergeNodes(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs,
                             const Catalogue& kinds, Clashes& clashes);

}  // namespace rw
