// What lies beside the graph: the cards of the dashboard and the comments on the canvas. Their places and
// sizes never clash.
#pragma once
#include "core/pipeline/merging/clash.h"

namespace rw {

struct MergedCards {
    std::vector<DashboardCard> cards{};
    bool noCards = false;
};
/// After the nodes: those of the result are `nodes`.
MergedCards mergeCards(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs,
                       const std::vector<Node>& nodes, Clashes& clashes);

/// A comment has no name: it is the one with the same text, else the one at the same place.
std::vector<Note> mergeComments(const std::vector<Note>& base, const std::vector<Note>& ours,
                                const std::vector<Note>& theirs, Clashes& clashes);

}  // namespace rw
