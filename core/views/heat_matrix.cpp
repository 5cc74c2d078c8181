#include "core/views/heat_matrix.h"

#include <algorithm>

#include "core/views/chart_column.h"
#include "core/views/state_fields.h"

namespace rw {

namespace {

constexpr std::string_view kPairs = "pairs of a heat map";

struct SavedCell {
    std::string row{}, column{};
    double value = 0;
    std::uint64_t order = 0;
};

}  // namespace

bool HeatMatrix::hasRoomFor(const std::string& row, const std::string& column) const {
    std::size_t fresh = m_names.contains(row) ? 0 : 1;
    if (column != row && !m_names.contains(column)) ++fresh;
    return m_names.size() + fresh <= kMaxNames;
}

bool HeatMatrix::put(const std::string& row, const std::string& column, Cell cell) {
    if (!hasRoomFor(row, column)) return false;
    for (const std::string* name : {&row, &column}) {
        const auto [known, fresh] = m_names.emplace(*name, cell.value);
        if (!fresh) known->second = std::max(known->second, cell.value);
    }
    const auto [known, fresh] = m_cells.try_emplace({row, column}, cell);
    if (!fresh && cell.order > known->second.order) known->second = cell;
    return true;
}

bool HeatMatrix::add(const HeatPoint& point, std::uint64_t order) {
    const bool kept = put(point.label, point.across, {point.value, order});
    m_more = m_more || !kept;
    return kept;
}

std::vector<std::string> HeatMatrix::shownNames(std::size_t most) const {
    std::vector<std::pair<double, std::string>> all;
    for (const auto& [name, largest] : m_names) all.emplace_back(largest, name);
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    all.resize(std::min(all.size(), std::max<std::size_t>(1, most)));
    std::vector<std::string> names;
    for (auto& [largest, name] : all) names.push_back(std::move(name));
    std::sort(names.begin(), names.end(), labelLess);
    return names;
}

HeatPicture HeatMatrix::picture(const HeatQuery& query) const {
    HeatPicture result;
    if (m_cells.empty()) return result;
    result.names = shownNames(std::min(query.columns, query.rows));
    result.allNames = m_names.size();
    result.more = m_more;
    std::map<std::string, double> places;
    for (const std::string& name : result.names) places.emplace(name, static_cast<double>(places.size()));
    const auto size = static_cast<double>(places.size());
    result.left = result.low = -0.5;
    result.right = result.top = size - 0.5;
    for (const auto& [pair, cell] : m_cells) {
        const auto row = places.find(pair.first), column = places.find(pair.second);
        if (row == places.end() || column == places.end()) continue;
        if (result.cells.empty()) result.least = result.most = cell.value;
        result.least = std::min(result.least, cell.value);
        result.most = std::max(result.most, cell.value);
        result.cells.push_back({column->second - 0.5, size - 1.5 - row->second, cell.value});
    }
    std::sort(result.cells.begin(), result.cells.end(),
              [](const HeatCell& a, const HeatCell& b) { return a.x != b.x ? a.x < b.x : a.y > b.y; });
    return result;
}

void HeatMatrix::fields(StateFields& state) {
    std::vector<SavedCell> cells;
    for (const auto& [pair, cell] : m_cells)
        cells.push_back({pair.first, pair.second, cell.value, cell.order});
    state("more", m_more);
    state.list(cells, kMaxNames * kMaxNames, [](auto& cell, auto& field) {
        field("row", cell.row);
        field("column", cell.column);
        field("value", cell.value);
        field("order", cell.order);
    });
    if (!state.restores()) return;
    for (const SavedCell& cell : cells)
        state.require(put(cell.row, cell.column, {cell.value, cell.order}), kPairs);
}

}  // namespace rw
