// Places of cards on a dashboard: 12 columns, rows of one height.
#pragma once
#include <QRect>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

inline constexpr int kDashboardColumns = 12;

/// The cards of a dashboard when the document lists none: every chart of the pipeline, number cards
/// in the first rows, the others two to a row below. They fill their rows.
std::vector<DashboardCard> defaultCards(const std::vector<std::pair<NodeId, bool>>& chartsAndWhetherNumber);

/// The first place, from the top and the left, where a card of `width` × `height` covers no other.
DashboardCard placedFirst(const std::vector<DashboardCard>& cards, const NodeId& node, int width, int height);

/// The cards, each as far up as those above it let it: none covers another, none hangs over a hole, and each
/// keeps its columns as far as the grid has them.
std::vector<DashboardCard> compacted(std::vector<DashboardCard> cards);

/// The same with `moved` put where it wants to be: cards that it would cover move out of its way, down, or up
/// where its top is below their middle.
std::vector<DashboardCard> makeRoom(std::vector<DashboardCard> cards, const DashboardCard& moved);

/// A card's place in a dashboard `width` pixels wide.
QRect pixelRect(const DashboardCard& card, int width, int rowHeight, int gap);
/// The height of a row: `natural`, or the height at which `rows` of them just fill a page `height` pixels high
/// where that is not much more or less.
int fittedRowHeight(int natural, int rows, int height, int gap);
int rowsOf(const std::vector<DashboardCard>& cards);

}  // namespace rw::ui
