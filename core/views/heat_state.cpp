// The state of a heat map in a snapshot: its cells, all columns in one list, and the names of its rows.
#include <algorithm>
#include <cmath>

#include "core/views/heat_grid.h"
#include "core/views/state_fields.h"

namespace rw {

namespace {

bool isNear(std::int64_t number) {
    return std::abs(static_cast<double>(number)) < BinScale::kFarthestBin;
}

}  // namespace

struct HeatGrid::SavedColumn {
    std::int64_t number = 0;
    Instant time = 0;
    BinWidth rows{};
    std::size_t cells = 0;
};

void HeatGrid::fields(StateFields& state) {
    m_axis.fields(state);
    state("newest", m_newest);
    state("left_out", m_leftOut);
    state("next_name", m_nextName);
    state.list(m_names, kMaxRows, [](auto& name, auto& field) {
        field("name_number", name.first);
        field("name", name.second.text);
    });
    std::vector<SavedColumn> columns;
    std::vector<Cell> cells;
    for (const auto& [number, column] : m_columns) {
        columns.push_back({number, column.time, column.scale.width(), column.cells.size()});
        cells.insert(cells.end(), column.cells.begin(), column.cells.end());
    }
    constexpr std::size_t kMostColumns = kMaxColumns + 2;  // a span need not begin at the edge of one
    state.list(columns, kMostColumns, [](auto& column, auto& field) {
        field("column", column.number);
        field("time", column.time);
        field("row_mantissa", column.rows.mantissa);
        field("row_exponent", column.rows.exponent);
        field("cells", column.cells);
    });
    state.list(cells, kMostColumns * kMaxRows, [](auto& cell, auto& field) {
        field("row", cell.row);
        field("value", cell.value);
        field("order", cell.order);
    });
    if (state.restores()) state.require(takeNames() && takeColumns(columns, cells), "cells of a heat map");
}

bool HeatGrid::takeNames() {
    if (!m_names.empty() && !(m_axes.texts && isNear(m_nextName))) return false;
    return std::all_of(m_names.begin(), m_names.end(), [this](const auto& name) {
        const auto& [number, named] = name;
        return number >= 0 && number < m_nextName && m_numbers.emplace(named.text, number).second;
    });
}

bool HeatGrid::takeColumns(const std::vector<SavedColumn>& columns, const std::vector<Cell>& cells) {
    if (!std::isfinite(m_newest.value_or(0)) || !std::isfinite(m_leftOut.value_or(0))) return false;
    auto from = cells.begin();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const SavedColumn& each = columns[i];
        const bool inOrder = isNear(each.number) && (i == 0 || each.number > columns[i - 1].number) &&
                             each.number - columns[0].number <= kMaxColumns + 1;
        const bool whole = each.cells <= static_cast<std::size_t>(cells.end() - from);
        if (!inOrder || !whole || !BinScale::has(each.rows)) return false;
        Column& column = m_columns[each.number];
        column.time = each.time;
        column.scale = BinScale(each.rows);
        const auto end = from + static_cast<std::ptrdiff_t>(each.cells);
        if (!takeCells(column, {from, end})) return false;
        from = end;
    }
    const auto unused = [](const auto& name) { return name.second.cells == 0; };
    return from == cells.end() && std::none_of(m_names.begin(), m_names.end(), unused);
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
