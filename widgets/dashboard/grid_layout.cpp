#include "widgets/dashboard/grid_layout.h"

#include <algorithm>

namespace rw::ui {

namespace {

bool overlap(const DashboardCard& a, const DashboardCard& b) {
    return a.column < b.column + b.width && b.column < a.column + a.width && a.row < b.row + b.height &&
           b.row < a.row + a.height;
}

constexpr double kLeastStretch = 0.8, kMostStretch = 1.6;
constexpr int kNumberWidth = 2, kNumberHeight = 1, kChartWidth = 6, kChartHeight = 4;

}  // namespace

std::vector<DashboardCard> defaultCards(const std::vector<std::pair<NodeId, bool>>& charts) {
    std::vector<DashboardCard> cards;
    int column = 0, row = 0;
    for (const auto& [node, number] : charts) {
        if (!number) continue;
        if (column + kNumberWidth > kDashboardColumns) column = 0, row += kNumberHeight;
        cards.push_back({node, column, row, kNumberWidth, kNumberHeight, Json::object()});
        column += kNumberWidth;
    }
    row = rowsOf(cards);
    column = 0;
    for (const auto& [node, number] : charts) {
        if (number) continue;
        cards.push_back({node, column, row, kChartWidth, kChartHeight, Json::object()});
        column += kChartWidth;
        if (column >= kDashboardColumns) column = 0, row += kChartHeight;
    }
    return cards;
}

DashboardCard placedBelow(const std::vector<DashboardCard>& cards, const NodeId& node, int width,
                          int height) {
    return {node, 0, rowsOf(cards), width, height, Json::object()};
}

std::vector<DashboardCard> makeRoom(std::vector<DashboardCard> cards, const DashboardCard& moved) {
    std::vector<DashboardCard> settled{moved};
    std::sort(cards.begin(), cards.end(),
              [](const DashboardCard& a, const DashboardCard& b) { return a.row < b.row; });
    for (DashboardCard card : cards) {
        if (card.node == moved.node) continue;
        const auto covers = [&](const DashboardCard& other) { return overlap(card, other); };
        while (std::any_of(settled.begin(), settled.end(), covers)) ++card.row;
        settled.push_back(card);
    }
    return settled;
}

QRect pixelRect(const DashboardCard& card, int width, int rowHeight, int gap) {
    const double column = (width - gap) / static_cast<double>(kDashboardColumns);
    const int left = static_cast<int>(card.column * column) + gap,
              right = static_cast<int>((card.column + card.width) * column);
    return {left, card.row * rowHeight + gap, right - left, card.height * rowHeight - gap};
}

int fittedRowHeight(int natural, int rows, int height, int gap) {
    if (rows == 0) return natural;
    const int fitting = (height - gap) / rows;
    return fitting >= natural * kLeastStretch && fitting <= natural * kMostStretch ? fitting : natural;
}

int rowsOf(const std::vector<DashboardCard>& cards) {
    int rows = 0;
    for (const DashboardCard& card : cards) rows = std::max(rows, card.row + card.height);
    return rows;
}

}  // namespace rw::ui
