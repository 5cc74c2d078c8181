#include "widgets/dashboard/grid_layout.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace rw::ui {

namespace {

bool overlap(const DashboardCard& a, const DashboardCard& b) {
    return a.column < b.column + b.width && b.column < a.column + a.width && a.row < b.row + b.height &&
           b.row < a.row + a.height;
}

bool isAbove(const DashboardCard* a, const DashboardCard* b) {
    return std::tie(a->row, a->column) < std::tie(b->row, b->column);
}

/// One after the other as far up as those before it let it.
void dropUp(const std::vector<DashboardCard*>& order) {
    std::array<int, kDashboardColumns> filled{};  // rows, by column
    for (DashboardCard* card : order) {
        card->width = std::clamp(card->width, 1, kDashboardColumns);
        card->column = std::clamp(card->column, 0, kDashboardColumns - card->width);
        const auto first = filled.begin() + card->column, behind = first + card->width;
        card->row = *std::max_element(first, behind);
        std::fill(first, behind, card->row + card->height);
    }
}

/// As many cards to a row as `most`, the columns shared out among them.
void fillRows(std::vector<DashboardCard>& cards, const std::vector<NodeId>& nodes, int most, int height) {
    for (std::size_t first = 0; first < nodes.size();) {
        const int row = rowsOf(cards);
        const int count = std::min(most, static_cast<int>(nodes.size() - first));
        for (int i = 0; i < count; ++i) {
            const int left = i * kDashboardColumns / count, right = (i + 1) * kDashboardColumns / count;
            cards.push_back({nodes[first++], left, row, right - left, height, Json::object()});
        }
    }
}

constexpr double kLeastStretch = 0.8, kMostStretch = 1.6;
constexpr int kNumberWidth = 2, kNumberHeight = 1, kChartWidth = 6, kChartHeight = 4;

}  // namespace

std::vector<DashboardCard> defaultCards(const std::vector<std::pair<NodeId, bool>>& charts) {
    std::vector<NodeId> numbers, others;
    for (const auto& [node, number] : charts) (number ? numbers : others).push_back(node);
    std::vector<DashboardCard> cards;
    fillRows(cards, numbers, kDashboardColumns / kNumberWidth, kNumberHeight);
    fillRows(cards, others, kDashboardColumns / kChartWidth, kChartHeight);
    return cards;
}

DashboardCard placedFirst(const std::vector<DashboardCard>& cards, const NodeId& node, int width,
                          int height) {
    DashboardCard card{node, 0, 0, width, height, Json::object()};
    const int below = rowsOf(cards);
    for (card.row = 0; card.row < below; ++card.row) {
        for (card.column = 0; card.column + width <= kDashboardColumns; ++card.column) {
            if (std::none_of(cards.begin(), cards.end(),
                             [&](const DashboardCard& other) { return overlap(card, other); }))
                return card;
        }
    }
    card.column = 0;
    return card;
}

std::vector<DashboardCard> compacted(std::vector<DashboardCard> cards) {
    std::vector<DashboardCard*> order;
    for (DashboardCard& card : cards) order.push_back(&card);
    std::stable_sort(order.begin(), order.end(), isAbove);
    dropUp(order);
    return cards;
}

std::vector<DashboardCard> makeRoom(std::vector<DashboardCard> cards, const DashboardCard& moved) {
    std::vector<DashboardCard*> order;
    DashboardCard* dragged = nullptr;
    for (DashboardCard& card : cards) {
        if (card.node == moved.node) {
            card = moved;
            dragged = &card;
        } else {
            order.push_back(&card);
        }
    }
    std::stable_sort(order.begin(), order.end(), isAbove);
    if (dragged) {
        const auto below = std::stable_partition(order.begin(), order.end(), [&](const DashboardCard* card) {
            return 2 * card->row + card->height < 2 * moved.row;
        });
        order.insert(below, dragged);
    }
    dropUp(order);
    return cards;
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
