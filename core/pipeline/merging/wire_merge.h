// The wires of two versions.
#pragma once
#include "core/pipeline/merging/clash.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// After the nodes: those of the result are `nodes`. An input that takes one wire and gets one of each side
/// clashes; so does the order at an input that takes several, which a run numbers, where both sides changed
/// it. A wire of a node that is gone goes with it; a node that stays though one side removed it keeps its
/// wires.
std::vector<Wire> mergeWires(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs,
                             const std::vector<Node>& nodes, const Catalogue& kinds, Clashes& clashes);

}  // namespace rw
