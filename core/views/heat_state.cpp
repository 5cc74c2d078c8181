// What a heat map keeps in a snapshot: its cells, all columns in one list, and the names of its rows.
#include <algorithm>
#include <cmath>

#include "core/views/heat_grid.h"
#include "core/views/state_lists.h"

namespace rw {

namespace {

Status brokenHeat() {
    return brokenState("cells of a heat map");
}

bool isNear(std::int64_t number) {
    return std::abs(static_cast<double>(number)) < BinScale::kFarthestBin;
}

}  // namespace

void HeatGrid::save(StateWriter& out) const {
    m_axis.save(out);
    if (m_newest) out.f64("newest", *m_newest);
    if (m_leftOut) out.f64("left_out", *m_leftOut);
    out.i64("next_name", m_nextName);
    saveIntegers(out, "name_number", m_names, [](const auto& name) { return name.first; });
    saveTexts(out, "name", m_names, [](const auto& name) -> const std::string& { return name.second.text; });
    saveIntegers(out, "column", m_columns, [](const auto& column) { return column.first; });
    saveIntegers(out, "time", m_columns, [](const auto& column) { return column.second.time; });
    saveIntegers(out, "row_mantissa", m_columns,
                 [](const auto& column) { return column.second.scale.width().mantissa; });
    saveIntegers(out, "row_exponent", m_columns,
                 [](const auto& column) { return column.second.scale.width().exponent; });
    saveIntegers(out, "cells", m_columns, [](const auto& column) { return column.second.cells.size(); });
    std::vector<Cell> cells;
    for (const auto& [number, column] : m_columns)
        cells.insert(cells.end(), column.cells.begin(), column.cells.end());
    saveIntegers(out, "row", cells, [](const Cell& cell) { return cell.row; });
    saveDoubles(out, "value", cells, [](const Cell& cell) { return cell.value; });
    saveIntegers(out, "order", cells, [](const Cell& cell) { return cell.order; });
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
    RW_TRY_ASSIGN(const auto numbers, restoreCounts(state, "name_number"));
    RW_TRY_ASSIGN(const auto texts, restoreTexts(state, "name"));
    if (!samePartsOf(kMaxRows, numbers, texts)) return brokenHeat();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto number = static_cast<std::int64_t>(numbers[i]);
        const bool fresh = m_axes.texts && number < m_nextName && isNear(m_nextName) &&
                           m_names.emplace(number, Name{texts[i]}).second &&
                           m_numbers.emplace(texts[i], number).second;
        if (!fresh) return brokenHeat();
    }
    return {};
}

Status HeatGrid::restoreColumns(const StateReader& state) {
    RW_TRY_ASSIGN(const auto numbers, restoreIntegers(state, "column"));
    RW_TRY_ASSIGN(const auto times, restoreIntegers(state, "time"));
    RW_TRY_ASSIGN(const auto mantissas, restoreIntegers(state, "row_mantissa"));
    RW_TRY_ASSIGN(const auto exponents, restoreIntegers(state, "row_exponent"));
    RW_TRY_ASSIGN(const auto counts, restoreCounts(state, "cells"));
    RW_TRY_ASSIGN(const auto rows, restoreIntegers(state, "row"));
    RW_TRY_ASSIGN(const auto values, restoreDoubles(state, "value"));
    RW_TRY_ASSIGN(const auto orders, restoreCounts(state, "order"));
    constexpr std::size_t kMostColumns = kMaxColumns + 2;  // a span need not begin at the edge of one
    if (!samePartsOf(kMostColumns, numbers, times, mantissas, exponents, counts) ||
        !samePartsOf(kMostColumns * kMaxRows, rows, values, orders))
        return brokenHeat();
    std::size_t at = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const bool inOrder = isNear(numbers[i]) && (i == 0 || numbers[i] > numbers[i - 1]) &&
                             numbers[i] - numbers[0] <= kMaxColumns + 1;
        if (!inOrder || counts[i] > rows.size() - at) return brokenHeat();
        Column& column = m_columns[numbers[i]];
        column.time = times[i];
        RW_TRY_ASSIGN(column.scale, BinScale::checked(mantissas[i], exponents[i]));
        std::vector<Cell> cells;
        for (const std::size_t end = at + counts[i]; at < end; ++at)
            cells.push_back({rows[at], values[at], orders[at]});
        if (!takeCells(column, std::move(cells))) return brokenHeat();
    }
    const auto unused = [](const auto& name) { return name.second.cells == 0; };
    if (at != rows.size() || std::any_of(m_names.begin(), m_names.end(), unused)) return brokenHeat();
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
