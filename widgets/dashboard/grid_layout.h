// Places of cards on a dashboard: 12 columns, rows of one height.
#pragma once
#include <QRect>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

inline constexpr int kDashboardColumns = 12;

/// What the cards of a dashboard are when the document lists none: every chart of the pipeline, number cards
/// in the first row, the others two to a row below.
std::vector<DashboardCard> defaultCards(const std::vector<std::pair<NodeId, bool>>& chartsAndWhetherNumber);

/// Where a card of `width` × `height` fits below all others.
DashboardCard placedBelow(const std::vector<DashboardCard>& cards, const NodeId& node, int width, int height);

/// The cards with `moved` where it wants to be; those it would cover move down.
std::vector<DashboardCard> makeRoom(std::vector<DashboardCard> cards, const DashboardCard& moved);

/// A card's place in a dashboard `width` pixels wide.
QRect pixelRect(const DashboardCard& card, int width, int rowHeight, int gap);
/// The height of a row: `natural`, or what lets `rows` of them just fill a page `height` pixels high where
/// that is not much more or less.
int fittedRowHeight(int natural, int rows, int height, int gap);
int rowsOf(const std::vector<DashboardCard>& cards);

}  // namespace rw::ui
