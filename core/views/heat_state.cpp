// The state of a heat map in a snapshot: its cells, all columns in one list, and the names of its rows.
#include <algorithm>
#include <cmath>

#include "core/views/heat_grid.h"
#include "core/views/state_fields.h"

namespace rw {

namespace {

Status brokenHeat() {
    return brokenState("cells of a heat map");
}

bool isNear(std::int64_t number) {
    return std::abs(static_cast<double>(number)) < BinScale::kFarthestBin;
}

struct SavedName {
    std::uint64_t number = 0;
    std::string text{};

    static void fields(auto& self, auto& field) {
        field("name_number", self.number);
        field("name", self.text);
    }
};

struct SavedColumn {
    std::int64_t number = 0;
    Instant time = 0;
    std::int64_t mantissa = 0, exponent = 0;
    std::uint64_t cells = 0;

    static void fields(auto& self, auto& field) {
        field("column", self.number);
        field("time", self.time);
        field("row_mantissa", self.mantissa);
        field("row_exponent", self.exponent);
        field("cells", self.cells);
    }
};

struct SavedCell {
    std::int64_t row = 0;
    double value = 0;
    std::uint64_t order = 0;

    static void fields(auto& self, auto& field) {
        field("row", self.row);
        field("value", self.value);
        field("order", self.order);
    }
};

}  // namespace

void HeatGrid::save(StateWriter& out) const {
    m_axis.save(out);
    if (m_newest) out.f64("newest", *m_newest);
    if (m_leftOut) out.f64("left_out", *m_leftOut);
    out.i64("next_name", m_nextName);
    std::vector<SavedName> names;
    for (const auto& [number, name] : m_names)
        names.push_back({static_cast<std::uint64_t>(number), name.text});
    saveList(out, names);
    std::vector<SavedColumn> columns;
    std::vector<SavedCell> cells;
    for (const auto& [number, column] : m_columns) {
        const BinWidth width = column.scale.width();
        columns.push_back({number, column.time, width.mantissa, width.exponent, column.cells.size()});
        for (const Cell& cell : column.cells) cells.push_back({cell.row, cell.value, cell.order});
    }
    saveList(out, columns);
    saveList(out, cells);
}

Status HeatGrid::restore(const StateReader& state) {
    RW_TRY(m_axis.restore(state));
    if (state.has("newest")) {
        RW_TRY_ASSIGN(m_newest, state.f64("newest"));
    }
    if (state.has("left_out")) {
        RW_TRY_ASSIGN(m_leftOut, state.f64("left_out"));
    }
    if (!std::isfinite(m_newest.value_or(0)) || !std::isfinite(m_leftOut.value_or(0))) return brokenHeat();
    RW_TRY(restoreNames(state));
    return restoreColumns(state);
}

Status HeatGrid::restoreNames(const StateReader& state) {
    RW_TRY_ASSIGN(m_nextName, state.i64("next_name"));
    RW_TRY_ASSIGN(const auto names, restoreList<SavedName>(state, kMaxRows));
    for (const SavedName& name : names) {
        const auto number = static_cast<std::int64_t>(name.number);
        const bool fresh = m_axes.texts && number < m_nextName && isNear(m_nextName) &&
                           m_names.emplace(number, Name{name.text}).second &&
                           m_numbers.emplace(name.text, number).second;
        if (!fresh) return brokenHeat();
    }
    return {};
}

Status HeatGrid::restoreColumns(const StateReader& state) {
    constexpr std::size_t kMostColumns = kMaxColumns + 2;  // a span need not begin at the edge of one
    RW_TRY_ASSIGN(const auto columns, restoreList<SavedColumn>(state, kMostColumns));
    RW_TRY_ASSIGN(const auto saved, restoreList<SavedCell>(state, kMostColumns * kMaxRows));
    std::size_t at = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const SavedColumn& each = columns[i];
        const bool inOrder = isNear(each.number) && (i == 0 || each.number > columns[i - 1].number) &&
                             each.number - columns[0].number <= kMaxColumns + 1;
        if (!inOrder || each.cells > saved.size() - at) return brokenHeat();
        Column& column = m_columns[each.number];
        column.time = each.time;
        RW_TRY_ASSIGN(column.scale, BinScale::checked(each.mantissa, each.exponent));
        std::vector<Cell> cells;
        for (const std::size_t end = at + each.cells; at < end; ++at)
            cells.push_back({saved[at].row, saved[at].value, saved[at].order});
        if (!takeCells(column, std::move(cells))) return brokenHeat();
    }
    const auto unused = [](const auto& name) { return name.second.cells == 0; };
    if (at != saved.size() || std::any_of(m_names.begin(), m_names.end(), unused)) return brokenHeat();
    return {};
}

bool HeatGrid::takeCells(Column& column, std::vector<Cell> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!isNear(cells[i].row) || (i > 0 && cells[i].row <= cells[i - 1].row)) return false;
        if (!m_axes.texts) continue;
        const auto name = m_names.find(cells[i].row);
        if (name == m_names.end()) return false;
        ++name->second.cells;
    }
    column.cells = std::move(cells);
    return !column.cells.empty() && (m_axes.texts || !tooTall(column, column.cells.front().row));
}

}  // namespace rw
