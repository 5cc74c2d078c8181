#include "core/superset/dashboard_layout.h"

#include <algorithm>
#include <tuple>

namespace rw {

namespace {

constexpr int kColumns = 12, kNumberWidth = 2, kNumberHeight = 2, kChartWidth = 6, kChartHeight = 4;
constexpr int kUnitsOfRow = 11;  // of 8 pixels: a row of our grid has 88
constexpr int kLeastHeight = 20, kMostHeight = 200;

class Layout {
 public:
    explicit Layout(const std::string& title) {
        m_position = {
            {"DASHBOARD_VERSION_KEY", "v2"},
            {"ROOT_ID", {{"type", "ROOT"}, {"id", "ROOT_ID"}, {"children", Json::array({"GRID_ID"})}}},
            {"GRID_ID",
             {{"type", "GRID"},
              {"id", "GRID_ID"},
              {"children", Json::array()},
              {"parents", Json::array({"ROOT_ID"})}}},
            {"HEADER_ID", {{"type", "HEADER"}, {"id", "HEADER_ID"}, {"meta", {{"text", title}}}}}};
    }

    void beginRow() {
        m_row = "ROW-" + std::to_string(++m_rows);
        m_width = 0;
        m_position["GRID_ID"]["children"].push_back(m_row);
        m_position[m_row] = {{"type", "ROW"},
                             {"id", m_row},
                             {"children", Json::array()},
                             {"parents", Json::array({"ROOT_ID", "GRID_ID"})},
                             {"meta", {{"background", "BACKGROUND_TRANSPARENT"}}}};
    }

    bool hasRoom(const PlacedChart& chart) const {
        return m_rows > 0 && m_width + chart.card.width <= kColumns;
    }

    void add(const PlacedChart& chart) {
        // Without a chartId, any number that no other has, the import fails.
        const int number = ++m_charts;
        const std::string id = "CHART-" + std::to_string(number);
        m_width += chart.card.width;
        m_position[m_row]["children"].push_back(id);
        m_position[id] = {
            {"type", "CHART"},
            {"id", id},
            {"children", Json::array()},
            {"parents", Json::array({"ROOT_ID", "GRID_ID", m_row})},
            {"meta",
             {{"chartId", number},
              {"uuid", chart.uuid},
              {"width", chart.card.width},
              {"height", std::clamp(chart.card.height * kUnitsOfRow, kLeastHeight, kMostHeight)},
              {"sliceName", chart.title}}}};
    }

    Json take() && { return std::move(m_position); }

 private:
    Json m_position = Json::object();
    std::string m_row{};
    int m_rows = 0, m_charts = 0, m_width = 0;
};

/// So many of the same size to a row, the columns shared out among them.
void fillSupersetRows(std::vector<DashboardCard>& cards, const std::vector<NodeId>& nodes, int most,
                      int height, int& row) {
    for (std::size_t first = 0; first < nodes.size(); row += height) {
        const int count = std::min(most, static_cast<int>(nodes.size() - first));
        for (int i = 0; i < count; ++i) {
            const int left = i * kColumns / count, right = (i + 1) * kColumns / count;
            cards.push_back({nodes[first++], left, row, right - left, height, Json::object()});
        }
    }
}

}  // namespace

std::vector<DashboardCard> usualCards(const std::vector<std::pair<NodeId, bool>>& charts) {
    std::vector<NodeId> numbers, others;
    for (const auto& [node, number] : charts) (number ? numbers : others).push_back(node);
    std::vector<DashboardCard> cards;
    int row = 0;
    fillSupersetRows(cards, numbers, kColumns / kNumberWidth, kNumberHeight, row);
    fillSupersetRows(cards, others, kColumns / kChartWidth, kChartHeight, row);
    return cards;
}

Json supersetLayout(std::vector<PlacedChart> charts, const std::string& title) {
    std::stable_sort(charts.begin(), charts.end(), [](const PlacedChart& a, const PlacedChart& b) {
        return std::tie(a.card.row, a.card.column) < std::tie(b.card.row, b.card.column);
    });
    Layout layout(title);
    int row = -1;
    for (PlacedChart& chart : charts) {
        chart.card.width = std::clamp(chart.card.width, 1, kColumns);
        if (chart.card.row != row || !layout.hasRoom(chart)) layout.beginRow();
        row = chart.card.row;
        layout.add(chart);
    }
    return std::move(layout).take();
}

}  // namespace rw
