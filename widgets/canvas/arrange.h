// Lining up cards, and laying the whole graph out from left to right.
#pragma once
#include <utility>
#include <vector>

#include "widgets/document/editing/item_ref.h"

namespace rw::ui {

class CanvasScene;

/// Centres: Across puts those of all cards onto one vertical line, Down onto one horizontal line.
enum class Arrangement {
    AlignLeft,
    AlignCentresAcross,
    AlignRight,
    AlignTop,
    AlignCentresDown,
    AlignBottom,
    DistributeAcross,
    DistributeDown
};

using NewPlaces = std::vector<std::pair<ItemRef, Point>>;

NewPlaces arranged(const CanvasScene& scene, const std::vector<NodeId>& nodes, Arrangement how);

/// Every node in the column behind its last predecessor; in a column in the order that crosses fewest wires,
/// roughly. Columns for which there is no room any more go on below, from the left.
NewPlaces laidOut(const CanvasScene& scene);

}  // namespace rw::ui
